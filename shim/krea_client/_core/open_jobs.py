"""Jobs that go on when an exception or a departure ends their wait: named in notes, in an attribute, and in the log."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from contextlib import suppress

from krea_client.errors import OPEN_JOBS, open_jobs
from krea_client.jobs import Job

Undelivering = Callable[[object, BaseException], None]  # adds a value that nobody takes any more to an exception
_logger = logging.getLogger("krea_client")


def note_about(job: Job) -> str:
    """Return the note about a job that nobody waits for."""
    if job.finished:
        return f"krea-client: job {job.id} is {job.status}, but nobody took its result; krea.jobs.get({job.id!r}) returns it"
    return f"krea-client: job {job.id} goes on at Krea; krea.wait({job.id!r}) goes on waiting for it"


def attach(stop: BaseException, jobs: Iterable[Job], notes: Iterable[str]) -> None:
    """Add jobs and notes to an exception; `errors.open_jobs(exception)` returns the jobs."""
    own: tuple[Job, ...] = getattr(stop, OPEN_JOBS, ())
    ids = {job.id for job in own}
    setattr(stop, OPEN_JOBS, own + tuple(job for job in jobs if job.id not in ids))
    for note in notes:
        if note not in getattr(stop, "__notes__", ()):
            stop.add_note(note)


def move(source: BaseException, target: BaseException) -> None:
    """Add the jobs and notes of one exception to another."""
    attach(target, open_jobs(source), getattr(source, "__notes__", ()))


def report(stop: BaseException) -> None:
    """Log the notes of an exception that may never be shown.

    A program without logging handlers gets them on stderr: by Python's handler of last resort, which needs a logger without a
    handler of its own. KeyboardInterrupt is left out: Python shows it with its notes.
    """
    if isinstance(stop, KeyboardInterrupt):
        return
    for note in getattr(stop, "__notes__", ()):
        try:
            _logger.warning("%s", note)
        except Exception:  # noqa: BLE001  # whatever a handler or a closed stderr raises, the id of a paid job must get out
            _write_to_stderr(note)


def report_destroyed(stop: GeneratorExit, process: int) -> None:
    """Log the notes of an operation that is destroyed, as at the end of a program; not in a child of the process that began it."""
    if os.getpid() == process:
        report(stop)


def _write_to_stderr(note: str) -> None:
    with suppress(OSError):
        os.write(2, f"{note}\n".encode())
