"""The jobs that a client has created, and which of them still have an owner who will be told of their end."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from krea_client import _forks
from krea_client._core.job_times import Duration, JobTimes
from krea_client._core.responses import id_key
from krea_client.jobs import Job

CAPACITY = 10_000  # jobs


@dataclass(slots=True)
class _Entry:
    typical_seconds: float | None
    job: Job | None  # in its last known state; None once the caller has been told of its end
    model: str | None = None
    abandoned: bool = False  # its wait was interrupted, so the caller may not even know its id


class JobMemory:
    """Jobs by id. Threads may share it.

    Attributes:
        times: how long they took.
    """

    def __init__(self) -> None:
        self.times: JobTimes = JobTimes()
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._lock = Lock()
        _forks.register(self)

    def renew_after_fork(self) -> None:
        """Replace the lock; the jobs stay."""
        self._lock = Lock()

    def add(self, job: Job, typical_seconds: float | None, model: str | None = None) -> None:
        """Remember a job that was created; beyond the capacity the oldest is forgotten."""
        with self._lock:
            self._entries[id_key(job.id)] = _Entry(typical_seconds, job, model)
            if len(self._entries) > CAPACITY:
                self._entries.popitem(last=False)

    def update(self, job: Job) -> None:
        """Record the present state of an open job."""
        entry = self._entries.get(id_key(job.id))
        if entry is not None and entry.job is not None:
            entry.job = job

    def close(self, job_id: str) -> None:
        """Record that the caller was told of the end of a job."""
        entry = self._entries.get(id_key(job_id))
        if entry is not None:
            entry.job, entry.abandoned = None, False

    def abandon(self, job: Job) -> None:
        """Record that nobody waits for a job any more, or that its result could not be handed over."""
        entry = self._entries.get(id_key(job.id))
        if entry is not None:
            entry.job, entry.abandoned = job, True

    def claim(self, job_id: str) -> None:
        """Record that the caller waits for a job (again)."""
        entry = self._entries.get(id_key(job_id))
        if entry is not None:
            entry.abandoned = False

    def expected(self, job_id: str) -> Duration | None:
        """Return how long a job that this client created takes, or None where that is unknown."""
        entry = self._entries.get(id_key(job_id))
        return None if entry is None else self.times.expected(entry.model, entry.typical_seconds)

    def record_time(self, job: Job, waited: float) -> None:
        """Record how long a job of this client took, which was seen to have ended after a wait of so many seconds."""
        entry = self._entries.get(id_key(job.id))
        if entry is not None and entry.model is not None:
            self.times.record(entry.model, job, waited)

    def knows(self, job_id: str) -> bool:
        """Return True for a job that this client has created."""
        return id_key(job_id) in self._entries

    def accounts_for(self, job_id: str) -> bool:
        """Return True for a job whose id the caller was given, or of whose end it will be told."""
        entry = self._entries.get(id_key(job_id))
        return entry is not None and not entry.abandoned

    def open_jobs(self) -> list[Job]:
        """Return the jobs of whose end the caller was not told, oldest first, in their last known state."""
        with self._lock:
            return [entry.job for entry in self._entries.values() if entry.job is not None]

    def abandoned_jobs(self) -> list[Job]:
        """Return the open jobs for which nobody waits."""
        with self._lock:
            return [entry.job for entry in self._entries.values() if entry.job is not None and entry.abandoned]

    def __len__(self) -> int:
        return len(self._entries)
