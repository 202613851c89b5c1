"""Profiles: named settings in a file of the platform's configuration folder, below arguments and the environment.

profile = "studio"                # the one that is used where none is named

[profiles.studio]
token_command = ["pass", "show", "krea/studio"]
base_url = "https://api.krea.ai"
aliases = "silent"
budget = 5.0
log = "info"
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from krea_client import _json

PROFILE_NAME = "KREA_PROFILE"
FILE_NAME = "config.toml"
KEYRING_SERVICE = "krea-client"
COMMAND_SECONDS = 60.0  # a password manager may ask the user first
KEYS = {"token_command": (str, list), "token_file": (str,), "token_keyring": (bool,), "base_url": (str,)} | {
    "aliases": (str,),
    "budget": (int, float),
    "log": (str,),
}


def config_folder() -> Path:
    """Return the folder of the platform for settings, with this program's name below it.

    Raises:
        RuntimeError: there is no home folder.
    """
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "krea-client"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "krea-client"
    configured = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(configured) if Path(configured).is_absolute() else Path.home() / ".config") / "krea-client"


def config_file() -> Path | None:
    """Return the file that holds the profiles, which may not exist; None where there is no home folder."""
    try:
        return config_folder() / FILE_NAME
    except RuntimeError:
        return None


class SettingsProfile(NamedTuple):
    """Settings with a name.

    Attributes:
        name: the profile's name; "" for none, which has no settings.
        settings: its values by key; see KEYS.
        file: where it was read.
    """

    name: str
    settings: Mapping[str, Any]
    file: Path | None

    def text(self, key: str) -> str:
        """Return a setting that is text, or ""."""
        return str(self.settings.get(key, "")).strip()

    def source(self, key: str) -> str:
        """Return where a setting stands, for an error about its value."""
        return f"profile {self.name!r} of {self.file}: {key} = "

    @property
    def budget(self) -> float | None:
        """The spending limit in USD, or None."""
        return self.settings.get("budget")

    @property
    def token_source(self) -> str | None:
        """Where the token comes from, in words, or None."""
        if "token_command" in self.settings:
            return "token_command"
        if self.settings.get("token_keyring"):
            return "the keyring"
        return "token_file" if self.text("token_file") else None

    def token(self) -> str | None:
        """Return the API token, or None where the profile names none.

        Raises:
            ValueError: it cannot be had; the error does not show it.
        """
        if "token_command" in self.settings:
            return self._from_command()
        if self.settings.get("token_keyring"):
            return self._from_keyring()
        return self._from_file() if self.text("token_file") else None

    def _from_command(self) -> str:
        import shlex
        import subprocess

        setting = self.settings["token_command"]
        command = shlex.split(setting) if isinstance(setting, str) else [str(word) for word in setting]
        try:
            output = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_SECONDS, check=False)  # noqa: S603  # the user's own
        except (OSError, subprocess.TimeoutExpired, ValueError) as error:
            raise self._problem(f"token_command cannot be run: {error}") from None
        if output.returncode or not output.stdout.strip():
            reason = output.stderr.strip().splitlines()[-1:] or ["it prints nothing"]
            raise self._problem(f"token_command ended with {output.returncode}: {reason[0]}; run it by hand")
        return output.stdout.strip().splitlines()[0]

    def _from_keyring(self) -> str:
        try:
            import keyring
            from keyring.errors import KeyringError
        except ModuleNotFoundError:
            raise self._problem("token_keyring needs the package keyring: pip install keyring") from None
        try:
            token = keyring.get_password(KEYRING_SERVICE, self.name)
        except KeyringError as error:
            raise self._problem(f"the keyring cannot be read: {first_sentence(error)}") from None
        if not token:
            raise self._problem(f"the keyring has no token: krea-client login --profile {self.name} --keyring")
        return token

    def _from_file(self) -> str:
        import shlex

        path = Path(self.text("token_file")).expanduser()
        path = path if path.is_absolute() or self.file is None else self.file.parent / path
        try:
            if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise self._problem(f"others can read {path}: chmod 600 {shlex.quote(str(path))}")
            return path.read_text("utf-8").strip()
        except OSError as error:
            raise self._problem(f"token_file {path} cannot be read: {error.strerror}") from None

    def _problem(self, text: str) -> ValueError:
        return ValueError(f"profile {self.name!r} of {self.file}: {text}")


NO_PROFILE = SettingsProfile("", {}, None)


def load(argument: str | None = None) -> SettingsProfile:
    """Return the profile of this name, else the one that KREA_PROFILE names, else the file's own default, else none.

    Raises:
        ValueError: there is no such profile, or the file is not as it should be.
    """
    name = argument or os.environ.get(PROFILE_NAME, "").strip()
    file = config_file()
    if file is None or not file.is_file():
        if name:
            raise ValueError(
                f"there is no profile {name!r}: {file} does not exist; run krea-client login --profile {name}"
            )
        return NO_PROFILE
    document = read(file)
    name = name or str(document.get("profile", ""))
    if not name:
        return NO_PROFILE
    profiles = _json.members(document.get("profiles"))
    if name not in profiles:
        raise ValueError(f"{file} has no profile {name!r}; it has {', '.join(sorted(profiles)) or 'none'}")
    return SettingsProfile(name, _checked(name, profiles[name], file), file)


def read(file: Path) -> Mapping[str, Any]:
    """Return the content of the file of profiles.

    Raises:
        ValueError: it cannot be read as TOML.
    """
    import tomllib

    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{file} cannot be read: {error}") from None


def _checked(name: str, settings: object, file: Path) -> Mapping[str, Any]:
    values = _json.members(settings)
    for key, value in values.items():
        if key not in KEYS:
            raise ValueError(
                f"{file}: profile {name!r} has an unknown key {key!r}; there are {', '.join(sorted(KEYS))}"
            )
        if not isinstance(value, KEYS[key]) or (isinstance(value, bool) and bool not in KEYS[key]):
            kinds = " or ".join(kind.__name__ for kind in KEYS[key])
            raise ValueError(f"{file}: profile {name!r}: {key} is of type {type(value).__name__}, and must be {kinds}")
    return values


def first_sentence(error: Exception) -> str:
    """Return what an error says without its advice, which is about the packages of another project."""
    return str(error).partition(". ")[0].rstrip(".") or type(error).__name__
