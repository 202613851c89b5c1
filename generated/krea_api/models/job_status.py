# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

JobStatus = Literal[
    "backlogged",
    "cancelled",
    "completed",
    "failed",
    "intermediate-complete",
    "processing",
    "queued",
    "sampling",
    "scheduled",
]

JOB_STATUS_VALUES: set[JobStatus] = {
    "backlogged",
    "cancelled",
    "completed",
    "failed",
    "intermediate-complete",
    "processing",
    "queued",
    "sampling",
    "scheduled",
}


def check_job_status(value: str) -> JobStatus:
    if value in JOB_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {JOB_STATUS_VALUES!r}")
