"""How much CPU time one file may take to be read: beside other programs it waits, but it is read."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from time import process_time

from krea_migrate.limits import READING

_end = float("inf")


class TookTooLong(Exception):
    """The reader of a file was stopped."""


@contextmanager
def one_file(seconds: float = READING.seconds.value) -> Generator[None]:
    """Limit the time of what is done inside; a file that is read for the sake of another one has its own time."""
    global _end  # noqa: PLW0603  # every reader's loop looks at it: a parameter would go through some hundred functions
    before, start = _end, process_time()
    _end = start + seconds
    try:
        yield
    finally:
        _end = before + (process_time() - start)


def check() -> None:
    """Raise TookTooLong when the time of the file is over; called for each statement and expression."""
    if process_time() > _end:
        raise TookTooLong
