"""Make posters with Celery: one task submits and is never repeated, another one waits and saves and may be.

Usage: BROKER=redis://localhost celery -A celery_app worker
"""

import os
from pathlib import Path
from typing import Any

from celery import Celery, Task

from krea_client import ConnectionFailed, JobFailed, Krea, OutcomeUnknown, SaveFailed, WaitTimeout

FOLDER = Path(os.environ.get("POSTERS", "posters"))
app = Celery("celery_app", broker=os.environ["BROKER"])
krea = Krea()  # one for all tasks; each process that Celery forks opens connections of its own


@app.task(acks_late=False)
def order(title: str) -> str | None:
    """Submit a poster, once; the other task does the rest."""
    try:
        job = krea.submit("z-image/z-image", prompt=f"a poster: {title}", aspect_ratio="2:3", resolution="1K")
    except OutcomeUnknown as error:
        # It may have been billed, so it is not sent again. A person, or a later look, decides.
        print("unknown:", title, [candidate.id for candidate in krea.jobs.candidates(error)])
        return None
    collect.delay(job.id)
    return job.id


@app.task(bind=True, acks_late=True, max_retries=20)
def collect(self: "Task[Any, Any]", job_id: str) -> str | None:
    """Wait for a job and save its poster; repeating this costs nothing."""
    path = FOLDER / f"{job_id}.png"
    try:
        job = krea.wait(job_id, deadline=30)  # a worker is not kept for the whole job
        krea.save(job, path, overwrite=True)
    except JobFailed as error:
        print("failed:", error)
        return None
    except (WaitTimeout, ConnectionFailed, SaveFailed) as error:
        raise self.retry(exc=error, countdown=5) from error
    return str(path)
