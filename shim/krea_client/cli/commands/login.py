"""`krea-client login`: keep a token, or say where it comes from, in a profile."""

from __future__ import annotations

import re
import shlex
import sys
from typing import Any

import click

from krea_client.cli import console
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.cli.extras import require
from krea_client.cli.inputs import BadInput

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@click.command()
@click.option("--profile", default="default", show_default=True, help="The profile to write.")
@click.option("--token-command", metavar="COMMAND", help="A command that prints the token, such as 'pass show krea'.")
@click.option(
    "--keyring", is_flag=True, help="Keep the token in the system's keyring, which needs the extra `keyring`."
)
@click.option("--base-url", metavar="URL", help="Another address than the API's.")
def login(profile: str, token_command: str | None, base_url: str | None, *, keyring: bool) -> int:
    """Keep an API token for this computer, or the command that prints it; clients then need no variable.

    The token is asked for without being shown, or read from standard input. Without --keyring it is kept in a file that only you can read.
    """
    return CommandRun(OutputOptions()).run(lambda: _login(profile, token_command, base_url, keyring=keyring))


def _login(name: str, token_command: str | None, base_url: str | None, *, keyring: bool) -> None:
    from krea_client.cli import profile_file

    if not _NAME.fullmatch(name):
        raise BadInput(f"--profile {name!r}: give a name of letters, digits, - and _")
    if token_command and keyring:
        raise BadInput("--token-command and --keyring: give one of them")
    settings: dict[str, Any] = dict.fromkeys(("token_command", "token_keyring", "token_file"))
    if token_command:
        settings["token_command"] = shlex.split(token_command)
    elif keyring:
        require("keyring", "--keyring", "keyring")
        profile_file.keep_in_keyring(name, _token())
        settings["token_keyring"] = True
    else:
        settings["token_file"] = profile_file.save_token(name, _token())
    if base_url:
        settings["base_url"] = base_url
    if not settings["token_keyring"] and profile_file.setting(name, "token_keyring"):
        profile_file.forget_in_keyring(name)
    file = profile_file.save(name, settings)
    if not settings["token_file"]:
        profile_file.forget_token(name)
    console.message(f"krea-client: profile {name} is in {file}; `krea-client doctor` tries it")


def _token() -> str:
    from krea_client._settings import token_for

    text = click.prompt("API token", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline()
    try:
        token = token_for(text.strip() or " ")
    except ValueError as error:
        raise BadInput(str(error)) from None
    if not text.strip() or token is None:
        raise BadInput("no token was given: nothing was written")
    return token


COMMAND = login
