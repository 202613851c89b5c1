"""Runs a function on a stack of its own that is large enough for deeply nested programs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")
FRAMES = 60_000  # of the interpreter; the limits of the analysis keep below that
BYTES = 512 << 20  # address space: only what is used of it becomes memory


def run(function: Callable[[], Result]) -> Result:
    """Return what the function returns, or raise what it raises."""
    results: list[Result] = []
    errors: list[BaseException] = []

    def target() -> None:
        try:
            results.append(function())
        except BaseException as error:  # noqa: BLE001  # it is raised again in the caller's thread
            errors.append(error)

    frames, size = sys.getrecursionlimit(), threading.stack_size(BYTES)
    sys.setrecursionlimit(max(frames, FRAMES))
    try:
        thread = threading.Thread(target=target, name="krea_migrate", daemon=True)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(frames)
    if errors:
        raise errors[0]
    return results[0]
