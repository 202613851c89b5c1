"""The commands: a module of this folder holds the command of its name in `COMMAND`, with its help, its options and its work.

A module is imported when its command is used, so one command does not pay for another; a new command needs no other entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

import click

from krea_client.cli import console, shell_completion
from krea_client.cli.exit_codes import FAILED, READER_GONE
from krea_client.cli.signals import INTERRUPTED, exit_code

PROGRAM = "krea-client"
HELP = {"help_option_names": ["-h", "--help"]}


class CommandFolder(click.Group):
    """A group whose commands are the modules of this folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the names of all commands: those of the files, with - for _."""
        return sorted(_modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, imported now; None where there is none."""
        if cmd_name not in self.commands and (module := _modules().get(cmd_name)):
            command: click.Command = import_module(f"{__name__}.{module}").COMMAND
            # click remembers the help option of a command's first use, which may be without this group above it.
            command.context_settings = {**HELP, **command.context_settings}
            self.add_command(command, cmd_name)
        return super().get_command(ctx, cmd_name)


def _modules() -> dict[str, str]:
    """Return the module of each command: - stands for _, and a _ at the end only keeps the name apart from a function here."""
    return {module.name.rstrip("_").replace("_", "-"): module.name for module in iter_modules(__path__)}


def command(name: str) -> click.Command:
    """Return the command of this name.

    Raises:
        KeyError: there is none.
    """
    match = cli.get_command(click.Context(cli, info_name=PROGRAM), name)
    if match is None:
        raise KeyError(name)
    return match


def run(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code."""
    if (code := shell_completion.run(cli, PROGRAM)) is not None:
        return code
    try:
        value = cli.main(list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except click.ClickException as error:
        if isinstance(error, click.UsageError):
            error = _with_advice(error, arguments)
        error.show()
        return error.exit_code
    except click.Abort as abort:  # of click itself, for Ctrl-C and its like
        return exit_code(abort.__cause__) if isinstance(abort.__cause__, KeyboardInterrupt) else INTERRUPTED
    except KeyboardInterrupt as stop:
        return exit_code(stop)
    except console.ReaderGone:
        return READER_GONE
    except OSError as error:  # of standard output: a command reports its own
        console.abandon_stdout()
        console.message(f"krea-client: {error}")
        return FAILED
    return value if isinstance(value, int) else 0


def _with_advice(error: click.UsageError, arguments: Sequence[str]) -> click.UsageError:
    from krea_client.cli.usage_hints import hint

    advice = hint(error, arguments)
    return click.UsageError(f"{error.format_message().rstrip('.')}; {advice}", error.ctx) if advice else error


def _version(context: click.Context, _parameter: click.Parameter, requested: bool) -> None:
    if requested:
        from importlib.metadata import version

        console.result(f"{PROGRAM} {version(PROGRAM)}")
        context.exit()


@click.group(cls=CommandFolder, context_settings=HELP)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
def cli() -> None:
    """Use the Krea API from a shell. An unofficial client.

    The token is read from KREA_API_TOKEN (or KREA_API_KEY). Results go to standard output, everything else to standard
    error. Exit code: 0 ok, 1 the API or the job failed, 2 usage or bad input, 128 and its number after a signal (130 for Ctrl-C).
    """
