"""`krea-client run`: an unchanged legacy program whose requests go out under the current field names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from krea_client.cli.gateway_commands import ProgramOptions

_ANY_PROGRAM = "krea_client.any_program"
_WITH_VALUE = ("--date", "--time-scale")


class _RunCommand(click.Command):
    """Tells `run -- COMMAND` from `run PROGRAM`: click drops the two dashes."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        position = 0
        while position < len(args) and args[position].startswith("-"):
            if args[position] == "--":
                ctx.meta[_ANY_PROGRAM] = True
                break
            position += 2 if args[position] in _WITH_VALUE else 1
        return super().parse_args(ctx, args)


@click.command(cls=_RunCommand, context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.option("-m", "as_module", is_flag=True, help="PROGRAM is the name of a Python module, as with python -m.")
@click.option("--sandbox", is_flag=True, help="Lead its calls to a sandbox: nothing is sent to Krea, nothing is paid.")
@click.option("--date", metavar="DATE", help="The day on which the sandbox believes to be, such as 2026-06-18.")
@click.option(
    "--time-scale",
    type=click.FloatRange(min=0),
    metavar="N",
    help="Seconds of the sandbox in one real second.  [default: 1.0]",
)
@click.option(
    "--compat-document/--no-compat-document",
    default=None,
    help="Whether the deprecated names are kept in the API document that the program reads.  [default: kept]",
)
@click.argument("program")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def run(
    context: click.Context,
    program: str,
    arguments: tuple[str, ...],
    as_module: bool,
    sandbox: bool,
    date: str | None,
    time_scale: float | None,
    compat_document: bool | None,
) -> int:
    """Run a legacy program, unchanged.

    Its requests to Krea go out under the current field names. A Python PROGRAM runs in this process, with a warning at its own line
    for each deprecated name; everything else is as `python PROGRAM ARGUMENTS` does it. After `--` stands a command in any language:
    Node, curl, Go, PHP, Ruby, Java, shell scripts, and the programs that they start. It runs behind a local gateway that reads the TLS
    of Krea's host alone, with a certificate made for this run. Exit code, signals and output are the program's own; what was translated
    is told at the end, on standard error. Where KREA_BASE_URL is set, calls to Krea's own address are led there, for every program.
    KREA_CLIENT_ALIASES says what happens to deprecated names in Python programs,
    KREA_CLIENT_ALIAS_LOG names a file in which each use is recorded.

    \b
    krea-client run posters.py --count 3
    krea-client run -m posters --count 3
    krea-client run --sandbox -- node posters.mjs
    krea-client run -- bash nightly.sh
    """  # noqa: D301 - click asks for a real \b before lines that it shall not wrap
    from krea_client.cli import gateway_commands

    settings = gateway_commands.sandbox_options(sandbox, date, time_scale)
    options = gateway_commands.ProgramOptions(settings, compat_document)
    if not context.meta.get(_ANY_PROGRAM):
        return _run_python(program, arguments, options, as_module=as_module)
    if as_module:
        raise click.UsageError("-m is for Python modules: krea-client run -- python -m MODULE")
    return gateway_commands.run_any([program, *arguments], options)


def _run_python(program: str, arguments: Sequence[str], options: ProgramOptions, *, as_module: bool) -> int:
    from krea_client.cli import gateway_commands, program_runner

    compat_document = options.compat_document
    if options.sandbox or program_runner.hides_this_package(program, as_module=as_module):
        return gateway_commands.run_any(program_runner.python_command(program, arguments, as_module=as_module), options)
    if gateway_commands.must_be_led():
        command = program_runner.nested_command(program, arguments, as_module, compat_document)
        return gateway_commands.run_any(command, replace(options, is_nested=True))
    return program_runner.run_program(program, arguments, as_module=as_module, compat_document=compat_document)


COMMAND = run
