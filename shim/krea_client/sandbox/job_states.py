"""The states of a job: which one holds when, how long a job takes, how the API shows it. Pure; time comes as numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from krea_client.sandbox.api_document import ApiOperation
from krea_client.sandbox.job_outputs import JobOutputs, preview_path

# What a job passes through while it runs, and the fraction of its time at which each state begins.
STAGES = (
    (0.75, "intermediate-complete"),
    (0.40, "sampling"),
    (0.15, "processing"),
    (0.05, "scheduled"),
    (0.0, "queued"),
)
FINISHED = frozenset({"completed", "failed", "cancelled"})

# The sandbox's own: what a job takes, in seconds, when the documentation gives no typical time for its model.
DEFAULT_SECONDS = 6.0

STEER = re.compile(rb"\[sandbox:(fail|nsfw|empty|seconds=([0-9]{1,7}(?:\.[0-9]{1,6})?))\]")
EXPIRES = re.compile(r"expires=([0-9]{1,12}\.[0-9]{3})")
ENDINGS = {b"fail": "internal", b"nsfw": "nsfw", b"empty": "empty"}
FAILURES = {
    "internal": "The model stopped with an error (asked for by [sandbox:fail] in the request).",
    "nsfw": "The result was withheld as unsafe (asked for by [sandbox:nsfw] in the request).",
}


@dataclass(slots=True)
class SandboxJob:
    """A job with its times on the machine's monotonic scale (seconds); None where it has not come to that yet.

    `ending` is what will happen when its time is up: "completed", "empty" or a failure's code. `price` is in micro-USD.
    `style` is the style that a training makes. `foreign` jobs are those of other programs. The addresses of results expire
    `results_expire_after` seconds after they were shown.
    """

    job_id: str
    operation: ApiOperation
    body: bytes
    created_at: datetime
    submitted: float
    seconds: float
    ending: str
    price: int
    home: str
    product: JobOutputs
    style: str | None = None
    webhook: str | None = None
    started: float | None = None
    ended: float | None = None
    cancelled: bool = False
    foreign: bool = False
    results_expire_after: float | None = None

    @property
    def due(self) -> float:
        """When it ends if nobody cancels it; only for a job that has started."""
        return (self.started or 0.0) + self.seconds


def steering(operation: ApiOperation, body: bytes) -> tuple[str, float]:
    """Return a job's ending and its seconds: what the model usually takes, unless a directive in the request says otherwise.

    `[sandbox:fail]`, `[sandbox:nsfw]`, `[sandbox:empty]` and `[sandbox:seconds=12]` are understood.
    """
    ending, seconds = "completed", operation.seconds or DEFAULT_SECONDS
    for directive in STEER.finditer(body):
        if directive[2]:
            seconds = float(directive[2])
        else:
            ending = ENDINGS[directive[1]]
    return ending, seconds


def status(job: SandboxJob, now: float) -> str:
    """Name the documented state that the job is in at `now`."""
    if job.cancelled:
        return "cancelled"
    if job.ended is not None:
        return "failed" if job.ending in FAILURES else "completed"
    if job.started is None:
        return "backlogged"
    fraction = (now - job.started) / job.seconds if job.seconds else 1.0
    return next((name for begins, name in STAGES if fraction >= begins), "queued")


def describe(job: SandboxJob, now: float) -> dict[str, Any]:
    """Write the job as the API shows it: pending with nulls, then with its result or its error."""
    state = status(job, now)
    document: dict[str, Any] = {
        "job_id": job.job_id,
        "status": state,
        "created_at": stamp(job.created_at),
        "completed_at": None,
        "result": None,
    }
    if state == "intermediate-complete":
        document["result"] = (
            {"urls": [job.home + preview_path(job.job_id) + _expiry(job, now)]} if job.product.has_preview else {}
        )
    if job.ended is not None:
        document["completed_at"] = stamp(job.created_at + timedelta(seconds=job.ended - job.submitted))
    if state == "completed":
        document["result"] = {} if job.ending == "empty" else _result(job, now)
    elif state == "failed":
        document["error"] = {"code": job.ending, "message": FAILURES[job.ending]}
    return document


def _result(job: SandboxJob, now: float) -> dict[str, Any]:
    if job.style is not None:
        return {"style_id": job.style}
    return {"urls": job.product.urls(job.home, job.job_id, _expiry(job, now))}


def _expiry(job: SandboxJob, now: float) -> str:
    return "" if job.results_expire_after is None else f"?expires={now + job.results_expire_after:.3f}"


def is_expired(job: SandboxJob, query: str, now: float) -> bool:
    """Return whether an address with that query, of one of the job's results, is valid no more."""
    if job.results_expire_after is None:
        return False
    seconds = EXPIRES.fullmatch(query)
    return seconds is None or float(seconds[1]) < now


def stamp(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC with microseconds: creation times are cursors, so none may be cut off."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
