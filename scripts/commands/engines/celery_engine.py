"""Celery with Redis: prefork workers, acks_late, a lost task is sent again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

from celery import Celery

from engines.workload import BROKER, RUN, make_picture

PROCESSES = 5

app = Celery("engines", broker=os.environ.get(BROKER), backend=None)
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
)


@app.task(name="picture", autoretry_for=(Exception,), retry_backoff=1, retry_backoff_max=4, max_retries=100)
def picture(key: str) -> str:
    """Make one picture."""
    return make_picture(key)


class CeleryEngine:
    """Two workers with processes of their own."""

    def __init__(self) -> None:
        options = ["-A", "engines.celery_engine", "worker", "-c", str(PROCESSES), "-l", "ERROR", "-Q", os.environ[RUN]]
        quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._workers = [
            subprocess.Popen([sys.executable, "-m", "celery", *options, "-n", f"worker{number}@%h"], **quiet)
            for number in (1, 2)
        ]

    def submit(self, keys: Iterable[str]) -> None:
        """Send a task for each key."""
        for key in keys:
            picture.apply_async(args=[key], queue=os.environ[RUN])

    def victims(self) -> list[int]:
        """Return the processes that run tasks."""
        return [pid for worker in self._workers for pid in children(worker.pid)]

    def stop(self) -> None:
        """End everything."""
        for worker in self._workers:
            worker.kill()
            worker.wait()
        for pid in self.victims():
            os.kill(pid, 9)


def children(pid: int) -> list[int]:
    """Return the child processes of a process."""
    try:
        text = open(f"/proc/{pid}/task/{pid}/children").read()  # noqa: PTH123, SIM115  # a file of the kernel
    except OSError:
        return []
    return [int(child) for child in text.split()]
