"""Search for the job of a lost response: by the time of its creation, among the jobs that nobody accounts for."""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from krea_client.errors import OutcomeUnknown
from krea_client.jobs import Job

CLOCK_TOLERANCE = timedelta(seconds=5)  # how far the API's clock may differ from this machine's
SETTLING = timedelta(seconds=60)  # after a lost response, its job may still be created for so long


class SearchWindow(NamedTuple):
    """The time in which a job of a lost response may have been created, and the jobs that are accounted for."""

    since: datetime
    until: datetime | None
    accounted: Container[str]

    @classmethod
    def of(cls, error: OutcomeUnknown | None, since: datetime | str | None, accounted: Container[str]) -> SearchWindow:
        """Return the window for an error, or from a time on.

        Raises:
            ValueError: neither says when.
        """
        if since is not None:
            start = datetime.fromisoformat(since) if isinstance(since, str) else since
            start = start if start.tzinfo else start.replace(tzinfo=UTC)
            return cls(start - CLOCK_TOLERANCE, None, accounted)
        if error is None or error.sent_at is None:
            raise ValueError("give the OutcomeUnknown that was raised, or since=")
        until = error.failed_at + SETTLING if error.failed_at else None
        return cls(error.sent_at - CLOCK_TOLERANCE, until, accounted)

    def reaches(self, job: Job) -> bool:
        """Return False for a job that is older than the window, as every later one of a listing is too."""
        return job.created_at is None or job.created_at >= self.since

    def may_contain(self, job: Job) -> bool:
        """Return True for a job that may belong to a lost response."""
        too_late = self.until is not None and job.created_at is not None and job.created_at > self.until
        return self.reaches(job) and not too_late and job.id not in self.accounted
