"""All jobs of the machine: slots for the ones that run, a queue behind them, pages by creation time, and forgetting."""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

from krea_client.sandbox.job_states import SandboxJob

TICK = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _created(job: SandboxJob) -> datetime:
    return job.created_at


class JobStore:
    """Runs jobs in at most `concurrent` slots and lets `backlog` more wait for one.

    Forgets the oldest finished jobs beyond `keep` of them, or beyond `keep_bytes` of request bodies, so that its memory
    stays flat; jobs that have not finished are never forgotten.
    """

    def __init__(
        self,
        concurrent: int,
        backlog: int,
        keep: int,
        keep_bytes: int = 32 << 20,
        *,
        created_at_step: timedelta = timedelta(),
    ) -> None:
        self.concurrent: int = concurrent
        self.backlog: int = backlog
        self._keep, self._keep_bytes, self._step = keep, keep_bytes, created_at_step
        self._by_id: dict[str, SandboxJob] = {}
        self._by_time: list[SandboxJob] = []
        self._due: list[tuple[float, int, SandboxJob]] = []
        self._waiting: deque[SandboxJob] = deque()
        self._running = 0
        self._bytes = 0
        self._order = count()
        self._asked = self._given = datetime.min.replace(tzinfo=UTC)

    def __iter__(self) -> Iterator[SandboxJob]:
        """Go through the jobs in the order in which they were accepted."""
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_time)

    @property
    def active(self) -> int:
        """How many jobs run or wait for a slot."""
        return self._running + len(self._waiting)

    def has_room(self, jobs: int = 1) -> bool:
        """Return whether that many more jobs are let in."""
        return self.active + jobs <= self.concurrent + self.backlog

    def find(self, job_id: str) -> SandboxJob | None:
        """Return the job of that id, unless it never was or is forgotten."""
        return self._by_id.get(job_id)

    def moment(self, now: datetime) -> datetime:
        """Return a creation time that no other job has: `now`, or a few microseconds later. Pages depend on it.

        With a `created_at_step`, return `now` rounded down to it instead, which several jobs may share.
        """
        if self._step:
            return EPOCH + (now - EPOCH) // self._step * self._step
        stamp = self._given + TICK if self._asked <= now <= self._given else now
        at = bisect_left(self._by_time, stamp, key=_created)
        while at < len(self._by_time) and self._by_time[at].created_at == stamp:
            stamp, at = stamp + TICK, at + 1
        self._asked, self._given = now, stamp
        return stamp

    def add(self, job: SandboxJob, now: float) -> None:
        """Take the job in: into a free slot, else behind the others."""
        self._by_id[job.job_id] = job
        insort(self._by_time, job, key=_created)
        self._bytes += len(job.body)
        self._waiting.append(job)
        self._fill(now)

    def settle(self, now: float) -> list[SandboxJob]:
        """End every job whose time is up, in order, each slot passing to the next in line; give the ones that ended."""
        ended: list[SandboxJob] = []
        while self._due and self._due[0][0] <= now:
            due, _, job = heapq.heappop(self._due)
            if job.cancelled:
                continue
            job.ended = due
            self._running -= 1
            ended.append(job)
            self._fill(due)
        if self._waiting:
            self._fill(now)
        self._forget()
        return ended

    def cancel(self, job: SandboxJob, now: float) -> bool:
        """Cancel a job that has not ended and free its slot; False when it had ended."""
        if job.ended is not None:
            return False
        job.cancelled, job.ended = True, now
        if job.started is None:
            self._waiting.remove(job)
        else:
            self._running -= 1
            self._fill(now)
        return True

    def page(
        self, before: datetime | None, limit: int, matches: Callable[[SandboxJob], bool]
    ) -> tuple[list[SandboxJob], bool]:
        """Return up to `limit` wanted jobs created before that time, newest first, and whether there are more."""
        at = len(self._by_time) if before is None else bisect_left(self._by_time, before, key=_created)
        page: list[SandboxJob] = []
        for index in range(at - 1, -1, -1):
            job = self._by_time[index]
            if matches(job):
                if len(page) == limit:
                    return page, True
                page.append(job)
        return page, False

    def _fill(self, at: float) -> None:
        while self._waiting and self._running < self.concurrent:
            job = self._waiting.popleft()
            job.started = at
            self._running += 1
            heapq.heappush(self._due, (job.due, next(self._order), job))

    def _forget(self) -> None:
        # Ten per cent of slack: the list is walked once per many jobs, not once per job.
        if len(self._by_time) <= self._keep * 1.1 and self._bytes <= self._keep_bytes * 1.1:
            return
        surplus = len(self._by_time) - self._keep
        remaining: list[SandboxJob] = []
        for job in self._by_time:
            if job.ended is not None and (surplus > 0 or self._bytes > self._keep_bytes):
                surplus -= 1
                self._bytes -= len(job.body)
                del self._by_id[job.job_id]
            else:
                remaining.append(job)
        self._by_time = remaining
