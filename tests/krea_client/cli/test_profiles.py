"""Profiles: a token and settings for this computer, from a file, a command or the keyring; the environment and arguments win."""

import io
import json
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import httpx
import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as DisabledKeyring

from krea_client import AsyncKrea, Krea
from krea_client.cli import commands
from krea_client.sandbox import Sandbox

TOKEN = "token-of-the-studio"


class Outcome(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process."""

    def call(*arguments: str, stdin: str = "") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = commands.run(arguments)
        return Outcome(code, *capsys.readouterr())

    return call


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in ("KREA_API_TOKEN", "KREA_API_KEY", "KREA_BASE_URL", "KREA_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "krea-client" / "config.toml"


class MemoryKeyring(KeyringBackend):
    """A keyring without a system behind it."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring has no types here
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.passwords[service, username]


def sent_token(box: Sandbox, **options: object) -> str:
    """Return the token with which a client made without one calls the API."""
    tokens: list[str] = []
    transport = box.transport()
    forward = transport.handle_request

    def noting(request: httpx.Request) -> httpx.Response:
        tokens.append(request.headers["authorization"])
        return forward(request)

    transport.handle_request = noting  # type: ignore[method-assign]  # looks at what passes
    with Krea(transport=transport, clock=box.clock, **options) as krea:  # type: ignore[arg-type]  # options of Krea
        next(krea.jobs.list(), None)
    return tokens[0].removeprefix("Bearer ")


def write(config: Path, text: str) -> None:
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(text)


def test_a_login_is_used_by_clients_and_kept_private(run: Run, config: Path) -> None:
    outcome = run("login", "--profile", "studio", stdin=f"{TOKEN}\n")
    assert outcome.code == 0
    assert TOKEN not in outcome.out + outcome.err
    assert sent_token(Sandbox(time_scale=0)) == TOKEN
    files = [path for path in config.parent.rglob("*") if path.is_file()]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    assert TOKEN not in config.read_text()


def test_a_second_profile_is_used_where_it_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("login", "--profile", "studio", stdin=f"{TOKEN}\n")
    run("login", "--profile", "private", stdin="another-token\n")
    box = Sandbox(time_scale=0)
    assert sent_token(box) == TOKEN
    assert sent_token(box, profile="private") == "another-token"
    monkeypatch.setenv("KREA_PROFILE", "private")
    assert sent_token(box) == "another-token"
    monkeypatch.setenv("KREA_API_TOKEN", "of-the-environment")
    assert sent_token(box) == "of-the-environment"


def test_a_command_can_print_the_token(run: Run) -> None:
    command = f"{sys.executable} -c 'print(\"{TOKEN}\")'"
    assert run("login", "--token-command", command).code == 0
    assert sent_token(Sandbox(time_scale=0)) == TOKEN


def test_the_keyring_can_keep_the_token(run: Run, config: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    try:
        assert run("login", "--keyring", stdin=f"{TOKEN}\n").code == 0
        assert sent_token(Sandbox(time_scale=0)) == TOKEN
        assert TOKEN not in config.read_text()
        assert run("logout").code == 0
        assert keyring.get_password("krea-client", "default") is None
    finally:
        keyring.set_keyring(before)


def test_a_computer_without_a_keyring_is_told_what_to_do(run: Run, config: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        answer = run("login", "--keyring", stdin=f"{TOKEN}\n")
        assert answer.code == 2
        assert "No recommended backend was available; leave --keyring out" in answer.err
        assert not config.exists()
        write(config, 'profile = "default"\n[profiles.default]\ntoken_keyring = true\n')
        with pytest.raises(ValueError, match="the keyring cannot be read: No recommended backend was available"):
            sent_token(Sandbox(time_scale=0))
        answer = run("logout")
        assert answer.code == 2
        assert "still in the keyring: No recommended backend" in answer.err
    finally:
        keyring.set_keyring(before)


def test_a_keyring_that_keeps_nothing_is_refused(run: Run, config: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(DisabledKeyring())  # type: ignore[no-untyped-call]  # keyring has no types here
    try:
        answer = run("login", "--keyring", stdin=f"{TOKEN}\n")
        assert answer.code == 2
        assert "--keyring: the keyring does not keep the token; leave --keyring out" in answer.err
        assert TOKEN not in answer.err
        assert not config.exists()
    finally:
        keyring.set_keyring(before)


def test_logout_forgets_the_token_and_keeps_the_rest(run: Run, config: Path) -> None:
    write(config, '# mine\nprofile = "studio"\n\n[profiles.studio]\nbudget = 2.5  # USD\n')
    run("login", "--profile", "studio", stdin=f"{TOKEN}\n")
    assert run("logout").code == 0
    assert not any(TOKEN in path.read_text() for path in config.parent.rglob("*") if path.is_file())
    assert config.read_text().startswith('# mine\nprofile = "studio"\n')
    assert "budget = 2.5  # USD" in config.read_text()


def test_a_login_in_another_way_forgets_the_token_before(run: Run, config: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    try:
        run("login", stdin=f"{TOKEN}\n")
        assert run("login", "--keyring", stdin="another-token\n").code == 0
        assert not any(TOKEN in path.read_text() for path in config.parent.rglob("*") if path.is_file())
        assert run("login", "--token-command", "pass show krea").code == 0
        assert keyring.get_password("krea-client", "default") is None
    finally:
        keyring.set_keyring(before)


def test_the_command_line_keeps_the_policy_of_a_profile(config: Path, run: Run) -> None:
    write(config, 'profile = "studio"\n[profiles.studio]\naliases = "error"\n')
    fields = ("-i", "aspectRatio=1:1", "-i", "resolution=1K")
    outcome = run("generate", "z-image/z-image", "-p", "a fox", *fields, "--sandbox", "-o", str(config.parent))
    assert outcome.code == 2
    assert "aspectRatio is a deprecated name" in outcome.err


def test_settings_of_a_profile_hold_for_clients(config: Path) -> None:
    write(config, '[profiles.studio]\nbase_url = "http://127.0.0.1:9"\nbudget = 2\naliases = "error"\n')
    krea = Krea("token", profile="studio")
    assert (krea._base_url, krea.spent, krea._session.rules.policy) == ("http://127.0.0.1:9", 0.0, "error")
    assert "127.0.0.1:9" in repr(AsyncKrea("token", profile="studio"))
    assert "api.krea.ai" in repr(Krea("token"))  # the file names no default


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[profiles.studio]\ntoken = 'x'\n", "unknown key 'token'; there are"),
        ("[profiles.studio]\nbudget = 'much'\n", "budget is of type str, and must be int or float"),
        ("[profiles.other]\n", "has no profile 'studio'; it has other"),
        ("[profiles\n", "cannot be read"),
        ("[profiles.studio]\ntoken_command = ['false']\n", "token_command ended with 1"),
        ("[profiles.studio]\ntoken_command = 'no-such-program-anywhere'\n", "token_command cannot be run"),
        ("[profiles.studio]\ntoken_file = 'absent'\n", "token_file .*absent cannot be read"),
    ],
)
def test_a_profile_that_cannot_be_used_says_why(
    config: Path, run: Run, monkeypatch: pytest.MonkeyPatch, content: str, words: str
) -> None:
    write(config, content)
    with pytest.raises(ValueError, match=words):
        Krea(profile="studio")
    monkeypatch.setenv("KREA_PROFILE", "studio")
    outcome = run("doctor", "--offline")
    assert outcome.code == 1
    assert re.search(r"^failed +profile", outcome.out, re.IGNORECASE | re.MULTILINE)


def test_a_token_that_others_can_read_is_refused(config: Path) -> None:
    write(config, "[profiles.studio]\ntoken_file = 'token'\n")
    token = config.parent / "token"
    token.write_text(TOKEN)
    token.chmod(0o644)
    with pytest.raises(ValueError, match=r"others can read .*: chmod 600"):
        Krea(profile="studio")


def test_profiles_are_listed_without_tokens(run: Run) -> None:
    assert "there is no profile yet" in run("profiles").err
    run("login", "--profile", "studio", "--base-url", "http://127.0.0.1:9", stdin=f"{TOKEN}\n")
    outcome = run("profiles")
    assert "* studio" in outcome.out
    assert TOKEN not in outcome.out
    (row,) = json.loads(run("profiles", "--json").out)
    assert row == {
        "name": "studio",
        "active": True,
        "token_source": "token_file",
        "base_url": "http://127.0.0.1:9",
        "budget": None,
    }


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (("--profile", "../x"), "t\n", "give a name of letters"),
        ((), "\n", "no token was given"),
        (("--token-command", "x", "--keyring"), "", "give one of them"),
    ],
)
def test_a_bad_login_writes_nothing(run: Run, config: Path, arguments: tuple[str, ...], stdin: str, words: str) -> None:
    outcome = run("login", *arguments, stdin=stdin)
    assert outcome.code == 2
    assert words in outcome.err
    assert not config.parent.exists()


@pytest.mark.parametrize("key", ["log", "aliases"])
def test_a_wrong_value_names_the_profile_and_not_a_variable(config: Path, key: str) -> None:
    config.parent.mkdir()
    config.write_text(f'profile = "studio"\n[profiles.studio]\n{key} = "loud"\n', "utf-8")
    with pytest.raises(ValueError, match=f"profile 'studio' of {re.escape(str(config))}: {key} = 'loud' is") as excinfo:
        Krea("t")
    assert "KREA_CLIENT" not in str(excinfo.value)


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
def test_a_login_writes_through_a_symbolic_link(run: Run, config: Path, tmp_path: Path) -> None:
    dotfiles = tmp_path / "dotfiles" / "krea.toml"
    dotfiles.parent.mkdir()
    dotfiles.write_text('# mine\n[profiles.old]\nlog = "info"\n', "utf-8")
    config.parent.mkdir()
    config.symlink_to(dotfiles)
    assert run("login", "--profile", "studio", stdin=f"{TOKEN}\n").code == 0
    assert config.is_symlink()
    text = dotfiles.read_text("utf-8")
    assert "# mine" in text
    assert "[profiles.studio]" in text
    assert [path.name for path in dotfiles.parent.iterdir()] == ["krea.toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
def test_links_in_a_circle_are_named(run: Run, config: Path) -> None:
    config.parent.mkdir()
    config.symlink_to(config)
    outcome = run("login", "--profile", "studio", stdin=f"{TOKEN}\n")
    assert outcome.code == 2
    assert str(config) in outcome.err
