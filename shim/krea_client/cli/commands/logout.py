"""`krea-client logout`: forget a profile's token."""

from __future__ import annotations

import click

from krea_client._settings_profiles import load
from krea_client.cli import console
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.cli.inputs import BadInput


@click.command()
@click.option("--profile", help="The profile; the one that is used now where not given.")
def logout(profile: str | None) -> int:
    """Forget the token of a profile; its other settings stay."""
    return CommandRun(OutputOptions()).run(lambda: _logout(profile))


def _logout(name: str | None) -> None:
    from krea_client.cli import profile_file

    try:
        profile = load(name)
    except ValueError as error:
        raise BadInput(str(error)) from None
    if not profile.name:
        raise BadInput("there is no profile: nothing to forget")
    if profile.settings.get("token_keyring"):
        profile_file.forget_in_keyring(profile.name)
    profile_file.forget_token(profile.name)
    profile_file.save(profile.name, dict.fromkeys(("token_command", "token_keyring", "token_file")))
    console.message(f"krea-client: profile {profile.name} has no token any more")


COMMAND = logout
