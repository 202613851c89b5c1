"""The command `krea-client`. It needs the extra `cli`; everything heavy is imported when a command runs."""

from __future__ import annotations

import sys

NEEDS_EXTRA = 2


def main() -> None:
    """Run the command line and leave with its exit code.

    0: ok. 1: the API or the job failed. 2: usage or bad input. 128 and its number: a signal (130: Ctrl-C).
    """
    try:
        from krea_client.cli import commands
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        from krea_client.cli.extras import missing_extra

        sys.stderr.write(f"krea-client: {missing_extra('cli', 'the command line')}\n")
        sys.exit(NEEDS_EXTRA)
    from krea_client.cli import console, signals

    console.occupy_closed_descriptors()
    try:
        with signals.handled():
            code = commands.run(sys.argv[1:])
            console.finish()
            sys.exit(code)
    except signals.Interrupted:
        # Python ends by the signal itself, which shells look at, when nobody catches this; the traceback was shown.
        sys.excepthook = _silent
        raise KeyboardInterrupt from None


def _silent(*_: object) -> None:
    """Stand in for Python's own report."""
