"""Ctrl-C: the first one ends the work in good order, the second one ends the program."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130  # what a shell reports for a program that SIGINT ended
_SHOW_CURSOR = "\x1b[?25h"


class Interrupted(BaseException):
    """Ctrl-C ended somebody's program under `krea-client run`; the process is to end by the signal, as Python itself ends."""


@contextmanager
def leaving_at_once_on_the_second() -> Generator[None, None, None]:
    """Within the block the first SIGINT raises KeyboardInterrupt and the second leaves the process without another word."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # ignored, by nohup for instance, or somebody else's
        yield
        return
    signal.signal(signal.SIGINT, _first)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class LastWords:
    """What the second SIGINT still has to say, such as the id of a job that was paid for."""

    text = ""


def _first(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, _second)
    raise KeyboardInterrupt


def _second(_number: int, _frame: FrameType | None) -> None:
    # Straight to the file: the interrupted code may be in the middle of a write to sys.stderr.
    cursor = f"{_SHOW_CURSOR}\n" if os.isatty(2) else ""
    os.write(2, f"{cursor}{LastWords.text}".encode())
    os._exit(INTERRUPTED)
