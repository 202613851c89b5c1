"""`krea-client jobs orphans`: jobs that nobody accounts for."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING

import click

from krea_client.cli import clients
from krea_client.cli.command_run import Delivery, Errand
from krea_client.cli.jobs import table

if TYPE_CHECKING:
    from krea_client.cli.jobs import ClientMaker

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{7,}")


def list_orphans(since: datetime, known: str | None, as_json: bool, open_client: ClientMaker | None = None) -> int:
    """Prints the jobs made since then whose ids are not known, newest first; gives the exit code."""

    def work() -> None:
        accounted = _ids(known)
        with (open_client or clients.real)("keep") as krea:
            found = [job for job in krea.jobs.candidates(since=since) if job.id not in accounted]
        if as_json:
            click.echo(json.dumps([job.raw for job in found], indent=2, ensure_ascii=False))
        elif found:
            click.echo(table(found))
        else:
            click.echo("krea-client: every job since then is accounted for", err=True)

    return Errand(Delivery()).run(work)


def _ids(known: str | None) -> frozenset[str]:
    if known is None:
        return frozenset()
    with click.open_file(known, errors="replace") as lines:
        return frozenset(name for line in lines for name in _ID.findall(line))
