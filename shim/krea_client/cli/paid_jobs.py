"""The ids of jobs that were paid for and whose results were not handed over yet, on disk for `krea-client jobs orphans`.

A paid request leaves a record, too, until its response is there: a process that is killed meanwhile may have paid for a job whose id
nobody knows.

A record is a small file in the platform's state folder, written as soon as the id is known and removed when the result was printed or
saved. It outlives what no program can answer to: a kill, a power cut, a terminal that is closed.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from krea_client import _json

_SUFFIX = ".json"
_UNANSWERED = ".request"
_UNANSWERED_KEPT = timedelta(days=1)


class PaidJob(NamedTuple):
    """A job as it was recorded: its id, the model (or another short description), the API's address, and when."""

    job_id: str
    subject: str
    base_url: str
    recorded_at: datetime


def state_folder() -> Path:
    """Return the folder of the platform for what a program remembers, with this program's name below it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        configured = os.environ.get("XDG_STATE_HOME", "")
        base = configured if Path(configured).is_absolute() else Path.home() / ".local" / "state"
    return Path(base) / "krea-client"


def _folder() -> Path:
    return state_folder() / "jobs"


def _file(job_id: str) -> Path:
    # An id is the API's text, so it is not used as a file name.
    return _folder() / (hashlib.sha256(job_id.encode("utf-8", "surrogatepass")).hexdigest()[:32] + _SUFFIX)


def record(job_id: str, subject: str, base_url: str, request: Path | None = None) -> bool:
    """Write a record; return False where that is impossible (a full disk, no home), which must not stop a paid job.

    Args:
        job_id: of the job.
        subject: the model, or another short description.
        base_url: the API's address.
        request: what `begin` returned for the request that created the job. A program that is killed before `settle` leaves that
            record behind, and its outcome is known from this one.
    """
    content = {
        "job_id": job_id,
        "subject": subject,
        "base_url": base_url,
        "recorded_at": datetime.now(UTC).isoformat(),
        "request": "" if request is None else request.name,
    }
    try:
        file = _file(job_id)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.write_text(json.dumps(content), "utf-8")
    except (OSError, RuntimeError):  # RuntimeError: there is no home folder
        return False
    return True


def begin(subject: str, base_url: str) -> Path | None:
    """Record that a paid request is about to be sent; return its file for `settle`, or None where that is impossible."""
    content = {"subject": subject, "base_url": base_url, "recorded_at": datetime.now(UTC).isoformat()}
    try:
        file = _folder() / f"{secrets.token_hex(8)}{_UNANSWERED}"
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.write_text(json.dumps(content), "utf-8")
    except (OSError, RuntimeError):  # as above
        return None
    return file


def settle(file: Path | None) -> None:
    """Remove the record of a request: what became of it is known."""
    if file is not None:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def unanswered_since(base_url: str) -> datetime | None:
    """Return when the first request of the last day was sent whose outcome is unknown; remove the records of older ones."""
    moments: list[datetime] = []
    answered = {content.get("request") for _, content in _contents(_SUFFIX)}
    for file, content in _contents(_UNANSWERED):
        if file.name in answered:
            continue
        with suppress(ValueError, KeyError, TypeError):
            moment = datetime.fromisoformat(content["recorded_at"])
            if datetime.now(UTC) - moment > _UNANSWERED_KEPT:
                settle(file)
            elif content["base_url"] == base_url:
                moments.append(moment)
    return min(moments, default=None)


def discard(job_id: str) -> None:
    """Remove the record of a job whose result was handed over; without a record, do nothing."""
    with suppress(OSError, RuntimeError):
        file = _file(job_id)
        requests = {content.get("request") for path, content in _contents(_SUFFIX) if path == file}
        for path in _folder().glob(f"*{_UNANSWERED}"):
            if path.name in requests:
                settle(path)
        file.unlink(missing_ok=True)


def undelivered(base_url: str) -> list[PaidJob]:
    """Return the recorded jobs of this API address, newest first; a file that is no record is passed over."""
    jobs = [job for job in _records() if job.base_url == base_url]
    return sorted(jobs, key=lambda job: job.recorded_at, reverse=True)


def _records() -> Iterator[PaidJob]:
    for _, content in _contents(_SUFFIX):
        with suppress(ValueError, KeyError, TypeError):
            moment = datetime.fromisoformat(content["recorded_at"])
            yield PaidJob(str(content["job_id"]), str(content["subject"]), str(content["base_url"]), moment)


def _contents(suffix: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    try:
        files = sorted(_folder().glob(f"*{suffix}"))
    except (OSError, RuntimeError):
        return
    for file in files:
        with suppress(OSError, ValueError):
            yield file, _json.members(json.loads(file.read_text("utf-8")))
