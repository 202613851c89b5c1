"""What `check` and `migrate` have in common: a signal ends them at once."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager

from krea_client.cli import console, signals


@contextmanager
def ended_by_signals() -> Generator[None]:
    """Leave the process at the first signal, with the exit code that it stands for.

    The analysis goes on in a thread of its own, which nothing ends, and to free its trees takes seconds. A file that was being written
    is whole by then: the signal is raised in the thread that writes.
    """
    try:
        yield
    except KeyboardInterrupt as stop:
        console.finish()
        os._exit(signals.exit_code(stop))
