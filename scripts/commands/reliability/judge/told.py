"""What a caller can find out about the jobs of a program that was left: from the error, its notes, the log, and the client."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class _Records(logging.Handler):
    """Keeps the text of records from WARNING on, which logging prints even where nobody has set it up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.texts.append(record.getMessage())


@contextmanager
def log_texts() -> Iterator[list[str]]:
    """Collect what is logged at WARNING or above."""
    handler = _Records()
    logging.getLogger().addHandler(handler)
    try:
        yield handler.texts
    finally:
        logging.getLogger().removeHandler(handler)


def ids_in_error(error: BaseException | None) -> set[str]:
    """Return the job ids that an error shows: in its traceback text with notes and causes, and in its attributes."""
    if error is None:
        return set()
    texts = ["".join(traceback.format_exception(error))]
    pending: list[Any] = [error]
    while pending:
        current = pending.pop()
        texts += [repr(value) for value in vars(current).values()]
        pending += [*getattr(current, "exceptions", ()), *filter(None, (current.__cause__, current.__context__))]
    return set(UUID.findall("\n".join(texts)))


def ids_in(texts: list[str]) -> set[str]:
    """Return the job ids in some texts."""
    return set(UUID.findall("\n".join(texts)))
