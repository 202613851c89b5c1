"""`krea-client check` and `krea-client migrate`: old field names in programs, as help shows it."""

from __future__ import annotations

from typing import Any

import click

_paths = click.argument("paths", nargs=-1, required=True, metavar="PATHS")


@click.command()
@_paths
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How the findings are printed.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
def check(paths: tuple[str, ...], form: Any) -> int:
    """Find old field names in programs and payloads.

    Python and notebooks, JavaScript, TypeScript and pages, shell and Makefiles, JSON, YAML, .http files and the code blocks of
    Markdown. Exit code: 0 nothing found, 1 something found, 2 something could not be read.
    """
    from krea_migrate import commands

    try:
        return commands.check(commands.Wish(paths, form))
    except commands.BadSettings as error:
        raise click.UsageError(str(error)) from None


@click.command()
@_paths
@click.option("--write", is_flag=True, help="Change the files. Without it the diff is printed.")
@click.option("--likely", is_flag=True, help="Also what is only likely.")
def migrate(paths: tuple[str, ...], write: bool, likely: bool) -> int:
    """Rename old field names in programs and payloads.

    Shows the diff, or writes it with --write; only what is certain, unless --likely. Exit code: 0 nothing left to do, 1 something
    left, 2 a file could not be read or written.
    """
    from krea_migrate import commands

    try:
        return commands.migrate(commands.Wish(paths, write=write, likely=likely))
    except commands.BadSettings as error:
        raise click.UsageError(str(error)) from None
