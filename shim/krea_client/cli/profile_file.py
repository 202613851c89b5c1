"""Changes of the file of profiles that keep the user's comments, and of the tokens beside it; nothing is ever half-written."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from krea_client import _json
from krea_client._settings_profiles import FILE_NAME, KEYRING_SERVICE, config_folder, first_sentence
from krea_client.cli.extras import require
from krea_client.cli.inputs import BadInput

TOKENS = "tokens"  # the folder for tokens that are kept in files


def save(name: str, settings: dict[str, Any]) -> Path:
    """Set values of a profile and return the file; None removes a value. The first profile becomes the default.

    Raises:
        BadInput: the file cannot be read or written.
    """
    file = config_folder() / FILE_NAME
    document = _document(file)
    profiles = document.setdefault("profiles", tomlkit.table(is_super_table=True))
    profile = profiles.setdefault(name, tomlkit.table())
    for key, value in settings.items():
        if value is None:
            profile.pop(key, None)
        else:
            profile[key] = value
    text = tomlkit.dumps(document)
    if "profile" not in document:  # a key of the whole file has to stand before the first table
        text = f"profile = {tomlkit.item(name).as_string()}\n\n{text.lstrip()}"
    _write(file, text)
    return file


def save_token(name: str, token: str) -> str:
    """Keep a token in a file that only the user can read, and return its name as the profile has it."""
    file = config_folder() / TOKENS / name
    _write(file, f"{token}\n")
    return f"{TOKENS}/{name}"


def setting(name: str, key: str) -> object:
    """Return a value of a profile, or None where it has none.

    Raises:
        BadInput: the file cannot be read.
    """
    document: dict[str, Any] = _document(config_folder() / FILE_NAME).unwrap()
    return _json.members(_json.members(document.get("profiles")).get(name)).get(key)


def keep_in_keyring(name: str, token: str) -> None:
    """Keep the token of a profile in the system's keyring.

    Raises:
        BadInput: there is no keyring, it refuses, or it is disabled.
        ExtraMissing: the package keyring is not installed.
    """
    require("keyring", "a token in the keyring", "keyring")
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(KEYRING_SERVICE, name, token)
        # The backend of a disabled keyring takes every token and keeps none.
        reason = None if keyring.get_password(KEYRING_SERVICE, name) == token else "the keyring does not keep the token"
    except KeyringError as error:
        reason = first_sentence(error)
    if reason:
        remedy = "leave --keyring out for a file that only you can read, or give --token-command"
        raise BadInput(f"--keyring: {reason}; {remedy}")


def forget_in_keyring(name: str) -> None:
    """Remove the token of a profile from the system's keyring, where it is there.

    Raises:
        BadInput: there is no keyring, or it refuses.
        ExtraMissing: the package keyring is not installed.
    """
    require("keyring", "a token in the keyring", "keyring")
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        with suppress(PasswordDeleteError):  # it is gone already
            keyring.delete_password(KEYRING_SERVICE, name)
    except KeyringError as error:
        raise BadInput(f"the token of profile {name} is still in the keyring: {first_sentence(error)}") from None


def forget_token(name: str) -> bool:
    """Remove a token that is kept in a file; return whether there was one."""
    try:
        (config_folder() / TOKENS / name).unlink()
    except FileNotFoundError:
        return False
    return True


def _document(file: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(file.read_text("utf-8"))
    except FileNotFoundError:
        return tomlkit.document()
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise BadInput(f"{file} cannot be read: {error}; mend it, or move it away") from None


def _write(file: Path, text: str) -> None:
    """Replace the content of a file; where it is a symbolic link, as in a folder of dotfiles, that of the file it leads to."""
    try:
        file = file.resolve()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise BadInput(f"{file} cannot be written: {getattr(error, 'strerror', None) or error}") from None
    number, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # readable by the user only
    try:
        with os.fdopen(number, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(temporary).replace(file)
    except OSError as error:
        with suppress(OSError):
            Path(temporary).unlink()
        raise BadInput(f"{file} cannot be written: {error.strerror}") from None
