"""`krea-client jobs orphans`, as help shows it."""

from __future__ import annotations

from datetime import datetime

import click

from krea_client.cli import options


@click.command("orphans")
@click.option("--since", type=options.moment, metavar="TIME", required=True, help="When the lost request was sent.")
@click.option(
    "--known",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Job ids that are accounted for, anywhere in the lines of a file (a log, a result of --json), or - for standard input.",
)
@options.as_json
def find_orphans(since: datetime, known: str | None, as_json: bool) -> int:
    """List the jobs that a lost answer may belong to.

    These are all jobs of the account made since TIME that are not among the known ones. The API's list tells neither prompt
    nor model, so other programs' jobs are among them, and two lost jobs cannot be told apart before their results are
    looked at. Nothing is cancelled or sent again.
    """
    from krea_client.cli import orphans as work

    return work.list_orphans(since, known, as_json)
