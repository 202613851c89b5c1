"""The commands and their options, as help shows them; what they do stands in the modules of the folder above."""

from __future__ import annotations

from collections.abc import Sequence

import click

from krea_client.cli.commands.account import export, upload, usage
from krea_client.cli.commands.generate import generate
from krea_client.cli.commands.jobs import jobs
from krea_client.cli.commands.migration import check, migrate
from krea_client.cli.commands.models import aliases, models, price, translate
from krea_client.cli.commands.node_apps import node_apps
from krea_client.cli.commands.orphans import find_orphans
from krea_client.cli.commands.run import gateway, run_program
from krea_client.cli.commands.specification import spec
from krea_client.cli.commands.styles import styles
from krea_client.cli.commands.workshop import doctor, sandbox
from krea_client.cli.signals import INTERRUPTED

HELP = {"help_option_names": ["-h", "--help"]}


def run(arguments: Sequence[str]) -> int:
    """Runs one command and gives the exit code."""
    try:
        code = cli.main(list(arguments), prog_name="krea-client", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return 1
    return code if isinstance(code, int) else 0


def _forget_stdout() -> None:
    # The reader of the pipe is gone; without this the interpreter complains when it flushes at its end.
    import os
    import sys

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"krea-client {version('krea-client')}")
        context.exit()


@click.group(context_settings=HELP)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
def cli() -> None:
    """Use the Krea API from a shell. An unofficial client.

    The token is read from KREA_API_TOKEN (or KREA_API_KEY). Results go to standard output, everything else to standard
    error. Exit code: 0 ok, 1 the API or the job failed, 2 usage or bad input, 130 interrupted.
    """


COMMANDS = (
    generate,
    jobs,
    models,
    price,
    upload,
    export,
    styles,
    node_apps,
    usage,
    aliases,
    translate,
    run_program,
    gateway,
    spec,
    sandbox,
    doctor,
    check,
    migrate,
)
jobs.add_command(find_orphans)
for command in COMMANDS:
    # click remembers the help option of a command's first use, which may be without this group above it.
    command.context_settings = {**HELP, **command.context_settings}
    cli.add_command(command)
