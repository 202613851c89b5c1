"""`krea-client profiles`: the profiles of this computer."""

from __future__ import annotations

import json

import click

from krea_client import _json
from krea_client._redaction import redact_url
from krea_client._settings_profiles import SettingsProfile, config_file, load, read
from krea_client.cli import console, options
from krea_client.cli import text_layout as layout
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.cli.inputs import BadInput


@click.command()
@options.as_json
def profiles(*, as_json: bool) -> int:
    """List the profiles, without their tokens; * marks the one that is used now."""
    return CommandRun(OutputOptions()).run(lambda: _list(as_json=as_json))


def _list(*, as_json: bool) -> None:
    file = config_file()
    try:
        names = sorted(_json.members(read(file).get("profiles"))) if file is not None and file.is_file() else []
        active = load().name if names else ""
        rows = [load(name) for name in names]
    except ValueError as error:
        raise BadInput(str(error)) from None
    if as_json:
        console.result(json.dumps([_row(profile, active) for profile in rows], indent=2))
    elif not rows:
        console.message("krea-client: there is no profile yet; `krea-client login` makes one")
    else:
        layout.show(layout.table(("PROFILE", "TOKEN FROM", "ADDRESS", "BUDGET"), (_cells(row, active) for row in rows)))


def _row(profile: SettingsProfile, active: str) -> dict[str, object]:
    return {
        "name": profile.name,
        "active": profile.name == active,
        "token_source": profile.token_source,
        "base_url": redact_url(profile.text("base_url")) or None,
        "budget": profile.budget,
    }


def _cells(profile: SettingsProfile, active: str) -> tuple[str, ...]:
    row = _row(profile, active)
    values = (str(row[key] or "-") for key in ("token_source", "base_url", "budget"))
    return ("* " if row["active"] else "  ") + profile.name, *values


COMMAND = profiles
