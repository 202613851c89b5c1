"""Signals that end a program: the first one ends the work in good order, the second one ends the process at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

INTERRUPTED = 128 + signal.SIGINT  # what a shell reports for a program that SIGINT ended
_SHOW_CURSOR = "\x1b[?25h"
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")  # some platforms have fewer
_STDERR = 2


class Interrupted(BaseException):
    """Ctrl-C ended the user's program under `krea-client run`; the process ends by the signal, as Python itself does."""


class EndedBySignal(KeyboardInterrupt):
    """A signal asked the program to end. Everything that ends in good order on Ctrl-C does so on this."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(signal.Signals(number).name)


def exit_code(stop: BaseException) -> int:
    """Return what a shell reports for a program that the signal behind `stop` ended."""
    return 128 + (stop.number if isinstance(stop, EndedBySignal) else signal.SIGINT)


def describe(stop: BaseException) -> str:
    """Return "interrupted" for Ctrl-C, and otherwise which signal ended the work."""
    if isinstance(stop, EndedBySignal) and stop.number != signal.SIGINT:
        return f"ended by {signal.Signals(stop.number).name}"
    return "interrupted"


class EmergencyNotice:
    """The text that a second signal still writes, such as the id of a job that was paid for."""

    text = ""


class HeldSignal:
    """The first signal while a paid request is under way, held back so that the answer, and with it the id of the job, comes.

    Attributes:
        number: the signal that came; None where none did.
        is_holding: whether a signal is held back now.
    """

    number: int | None = None
    is_holding = False

    @classmethod
    def hold(cls) -> None:
        """Hold signals back from now on."""
        cls.is_holding = True
        EmergencyNotice.text = (
            "krea-client: left at once; a job may exist: krea-client jobs orphans lists what it may be\n"
        )

    @classmethod
    def release(cls) -> None:
        """Let signals through again."""
        cls.is_holding = False
        EmergencyNotice.text = ""

    @classmethod
    def raise_if_any(cls) -> None:
        """Raise EndedBySignal if a signal was held back."""
        number, cls.number = cls.number, None
        if number is not None:
            raise EndedBySignal(number)


@contextmanager
def handled() -> Generator[None]:
    """Raise EndedBySignal within the block at the first of the signals; the second one leaves the process.

    A signal that is ignored (by nohup, for instance) or that has another handler is left alone.
    """
    replaced: dict[int, Any] = {}
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is None:
            continue
        before = signal.getsignal(number)
        if before in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _first)
            replaced[number] = before
    try:
        yield
    finally:
        for number, before in replaced.items():
            signal.signal(number, before)


def restore_python_defaults() -> None:
    """Give the signals back to the user's program, as Python starts one."""
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is _first:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def _first(number: int, _frame: FrameType | None) -> None:
    for name in _NAMES:
        number_of_name = getattr(signal, name, None)
        if number_of_name is not None and signal.getsignal(number_of_name) is _first:
            signal.signal(number_of_name, _second)
    if not HeldSignal.is_holding:
        raise EndedBySignal(number)
    HeldSignal.number = number
    _write(
        f"krea-client: {describe(EndedBySignal(number))}; waiting for the answer to the paid request, to cancel its job; "
        "a second signal leaves at once\n"
    )


def _second(number: int, _frame: FrameType | None) -> None:
    _write(EmergencyNotice.text, _SHOW_CURSOR)
    os._exit(128 + number)


def _write(text: str, control: str = "") -> None:
    # Straight to the file descriptor: the interrupted code may be in the middle of a write to sys.stderr.
    with suppress(OSError):
        start = f"{control}\n" if os.isatty(_STDERR) else ""
        os.write(_STDERR, f"{start}{text}".encode())
