"""Warnings about old names and ageing models, each at the line of the user's own code that caused it."""

from __future__ import annotations

import os
import sys
import warnings
from datetime import date as Date
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple


class KreaDeprecationWarning(FutureWarning):
    """A name or a model that Krea is going to stop accepting, on `date`.

    It is a FutureWarning so that the people who run a program see it too, not only those who test it.

    Attributes:
        operation: the model (or operation) it is about, such as "z-image/z-image".
        old: the deprecated name as it was given, or None where the whole model is deprecated.
        new: what to use instead, or None where nothing is documented.
        date: the day (00:00 UTC) from which the old one is no longer accepted, or None where it is unknown.
        job: set when a filter turned the warning into an error after a job had been accepted: that job.
    """

    def __init__(
        self,
        message: str = "",
        *,
        operation: str | None = None,
        old: str | None = None,
        new: str | None = None,
        date: Date | None = None,
    ) -> None:
        super().__init__(message)
        self.operation = operation
        self.old = old
        self.new = new
        self.date = date
        self.job: object = None

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args, self.__dict__


class KreaSunsetWarning(KreaDeprecationWarning):
    """The date has passed: the API no longer accepts the old name or model."""


class Site(NamedTuple):
    """A line of the user's code, with what the warnings module needs to blame it."""

    filename: str
    lineno: int
    module: str
    registry: dict[Any, Any]
    known: bool = True  # False: the call was made where no line of the user's is on the stack


_OURS = str(Path(__file__).parents[1]) + os.sep
# Where a call can start with no user frame below it: pools and loops run callables from these files.
_STDLIB = Path(os.__file__).parent
_STARTERS = (
    str(_STDLIB / "threading.py"),
    str(_STDLIB / "asyncio") + os.sep,
    str(_STDLIB / "concurrent" / "futures") + os.sep,
)
_nowhere: dict[Any, Any] = {}


def call_site() -> Site:
    """The nearest line on the stack that is not this package's own: where the user called."""
    frame = sys._getframe(1)  # noqa: SLF001  # inspect would build every frame below as well
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_OURS):
        frame = frame.f_back
    return site_of(frame)


def site_of(frame: FrameType) -> Site:
    """The line that a frame stands at; an unknown one where the frame is of what starts threads and tasks."""
    filename = frame.f_code.co_filename
    if filename.startswith(_STARTERS):
        return nowhere()
    names = frame.f_globals
    registry = names.setdefault("__warningregistry__", {})
    return Site(filename, frame.f_lineno, names.get("__name__") or "<string>", registry)


def nowhere() -> Site:
    """Stands for a line where none is known: in a worker thread, or in a task that no code of the user's awaits."""
    return Site("<worker thread>", 1, "krea_client", _nowhere, known=False)


def warn(warning: KreaDeprecationWarning, site: Site) -> None:
    """Shows the warning as coming from the site, under Python's own filters; raises it where a filter says "error"."""
    if not site.known:
        told = warning.args[0] if warning.args else ""
        warning.args = (f"{told} (called from a worker thread, where no line of your code can be named)",)
    warnings.warn_explicit(warning, None, site.filename, site.lineno, site.module, site.registry)


def log_notes(error: BaseException) -> None:
    """Keeps in the log what nobody is left to be told: the ids of jobs that go on.

    The logger is `krea_client`; a program that has not set up its logging sees nothing.
    """
    import logging

    log = logging.getLogger("krea_client")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    for note in getattr(error, "__notes__", ()):
        log.warning("%s", note)
