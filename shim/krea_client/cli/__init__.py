"""The command `krea-client`. It needs the extra `cli`; everything heavy is imported when a command runs."""

from __future__ import annotations

import sys

NEEDS_EXTRA = 2


def main() -> None:
    """Runs the command line and leaves with its exit code: 0 ok, 1 the API or the job failed, 2 usage or bad input, 130 Ctrl-C."""
    try:
        from krea_client.cli import commands
    except ModuleNotFoundError as missing:
        if missing.name != "click":
            raise
        sys.stderr.write(f"krea-client: {missing_extra('cli', 'the command line')}\n")
        sys.exit(NEEDS_EXTRA)
    from krea_client.cli.signals import Interrupted, leaving_at_once_on_the_second

    try:
        with leaving_at_once_on_the_second():
            sys.exit(commands.run(sys.argv[1:]))
    except Interrupted:
        # Python ends by the signal itself, which shells look at, when this is what nobody caught; the traceback was shown.
        sys.excepthook = _say_nothing
        raise KeyboardInterrupt from None


def _say_nothing(*_: object) -> None:
    """Takes the place of Python's own report."""


def missing_extra(extra: str, what: str) -> str:
    """One line that says which extra to install for what."""
    return f"{what} needs more packages; in a checkout of krea-client, run: pip install '.[{extra}]'"
