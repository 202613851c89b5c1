"""`krea-client migrate`: deprecated field names in programs, renamed."""

from __future__ import annotations

import click

from krea_client.cli import analysis, options


@click.command()
@options.program_paths
@click.option("--write", is_flag=True, help="Change the files. Without it the diff is printed.")
@click.option("--likely", is_flag=True, help="Also what is only likely.")
def migrate(paths: tuple[str, ...], write: bool, likely: bool) -> int:
    """Rename deprecated field names in programs and payloads.

    Shows the diff, or writes it with --write; only what is certain, unless --likely. Exit code: 0 nothing left to do, 1 something
    left, 2 a file was not read or written.
    """
    from krea_migrate import command_line
    from krea_migrate.report import BadSettings

    try:
        if not paths:
            raise click.UsageError(options.NO_PATHS)
        with analysis.ended_by_signals():
            return command_line.migrate(command_line.Options(paths, write=write, likely=likely))
    except BadSettings as error:
        raise click.UsageError(str(error)) from None


COMMAND = migrate
