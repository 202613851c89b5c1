"""The jobs that a client has created, so that it can tell them from those whose response was lost."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

CAPACITY = 10_000  # jobs


class JobMemory:
    """Ids of jobs with their model's typical seconds. Threads may share it."""

    def __init__(self) -> None:
        self._typical_seconds: OrderedDict[str, float | None] = OrderedDict()
        self._lock = Lock()

    def __contains__(self, job_id: object) -> bool:
        return job_id in self._typical_seconds

    def add(self, job_id: str, typical_seconds: float | None) -> None:
        """Remember a job; beyond the capacity the oldest is forgotten."""
        with self._lock:
            self._typical_seconds[job_id] = typical_seconds
            if len(self._typical_seconds) > CAPACITY:
                self._typical_seconds.popitem(last=False)

    def typical_seconds(self, job_id: str) -> float | None:
        """Return how long jobs of the model usually take, or None where that is unknown."""
        return self._typical_seconds.get(job_id)
