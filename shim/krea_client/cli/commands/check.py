"""`krea-client check`: deprecated field names in programs, found."""

from __future__ import annotations

from typing import Any

import click

from krea_client.cli import analysis, options


@click.command()
@options.program_paths
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How the findings are printed.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--changed", is_flag=True, help="Only files that differ from the last commit, as git sees them.")
@click.option("--changed-since", metavar="REVISION", default="", help="Only files that differ from this revision.")
@click.option("--baseline", metavar="FILE", default="", help="Leave out the findings that this file knows.")
@click.option("--write-baseline", metavar="FILE", default="", help="Write that file; nothing is shown.")
@click.option("--explain", "code", metavar="CODE", default="", help="Say what a code such as KREA302 means.")
def check(paths: tuple[str, ...], form: Any, code: str, **limits: Any) -> int:
    """Find deprecated field names in programs and payloads.

    Python and notebooks, JavaScript, TypeScript and pages, shell and Makefiles, JSON, YAML, .http files and the code blocks of
    Markdown are followed; all other text is searched for names. Exit code: 0 nothing found, 1 something found, 2 something was
    not read.
    """
    from krea_migrate import command_line
    from krea_migrate.report import BadSettings

    try:
        if code:
            return command_line.explain(code)
        since = limits["changed_since"] or ("HEAD" if limits["changed"] else "")
        if not paths and not since:
            raise click.UsageError(options.NO_PATHS)
        settings = command_line.Options(
            paths or (".",),
            form,
            changed_since=since,
            baseline=limits["baseline"],
            write_baseline=limits["write_baseline"],
        )
        with analysis.ended_by_signals():
            return command_line.check(settings)
    except BadSettings as error:
        raise click.UsageError(str(error)) from None


COMMAND = check
