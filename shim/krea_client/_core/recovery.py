"""Search for the job of a lost response: by the time of its creation, among the jobs that nobody accounts for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from krea_client._core.clock_offset import ClockOffset
from krea_client._core.job_memory import JobMemory
from krea_client.errors import OutcomeUnknown
from krea_client.jobs import Job

CLOCK_TOLERANCE = timedelta(seconds=5)  # of a comparison of the two clocks
UNKNOWN_OFFSET = timedelta(days=1)  # how far the clocks may differ where the difference could not be measured
SETTLING = timedelta(seconds=60)  # after a lost response, its job may still be created for so long


class Candidates(list[Job]):
    """The jobs that a lost response may belong to, newest first; a list.

    Attributes:
        clock_offset: how far the API's clock is ahead of this machine's, or None where no response said so; then the search covers
            a day more in both directions.
        conclusive: True when the job of the lost response, if there is one, must be among these: an empty list then means that
            none was created. False within a minute of the lost response (its job may still be created), and for a search by
            `since=`, which knows no response.
    """

    def __init__(self, jobs: list[Job], clock_offset: timedelta | None, *, conclusive: bool) -> None:
        super().__init__(jobs)
        self.clock_offset = clock_offset
        self.conclusive = conclusive


class CandidateSearch:
    """Collects candidates from a listing, newest job first.

    Args:
        error: the error that says when the response was lost.
        since: instead of an error, the start of the time to search, by this machine's clock.
        memory: the jobs that the client has created.
        offset: the offset of the API's clock; a listing measures it, so it is read late.
        now: returns the present time by this machine's clock.

    Raises:
        ValueError: neither error nor since says when.
    """

    def __init__(
        self,
        error: OutcomeUnknown | None,
        since: datetime | str | None,
        memory: JobMemory,
        offset: ClockOffset,
        now: Callable[[], datetime],
    ) -> None:
        if since is not None:
            start = datetime.fromisoformat(since) if isinstance(since, str) else since
            self._start = start if start.tzinfo else start.replace(tzinfo=UTC)
            self._end: datetime | None = None
        elif error is not None and error.sent_at is not None:
            self._start, self._end = error.sent_at, error.failed_at
        else:
            raise ValueError("give the OutcomeUnknown that was raised, or since=")
        self._then = None if error is None or since is not None else error.clock_offset
        self._by_since = since is not None
        self._memory, self._offset, self._now = memory, offset, now
        self._jobs: list[Job] = []

    def _offsets(self) -> list[timedelta]:
        # A clock may have been set between the lost response and now, so both measurements count. A time that the caller names
        # may be by either clock.
        offsets = [offset for offset in (self._then, self._offset.value) if offset is not None]
        if not offsets:
            return [-UNKNOWN_OFFSET, UNKNOWN_OFFSET]
        return [*offsets, timedelta()] if self._by_since else offsets

    def reaches(self, job: Job) -> bool:
        """Return False for a job that is too old, as every later one of the listing is too."""
        return job.created_at is None or job.created_at >= self._start + min(self._offsets()) - CLOCK_TOLERANCE

    def consider(self, job: Job) -> None:
        """Add a job that may belong to the lost response."""
        latest = None if self._end is None else self._end + max(self._offsets()) + SETTLING + CLOCK_TOLERANCE
        too_late = latest is not None and job.created_at is not None and job.created_at > latest
        if not too_late and not self._memory.accounts_for(job.id):
            self._jobs.append(job)

    def result(self) -> Candidates:
        """Return the jobs of a listing that has reached its end, or the first job that is too old."""
        settled = self._end is not None and self._now() >= self._end + SETTLING
        return Candidates(self._jobs, self._offset.value, conclusive=settled and self._offset.value is not None)
