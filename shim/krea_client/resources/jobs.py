"""What hangs at `krea.jobs`: generations, in both colours."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx

from krea_client._session import Session
from krea_client.errors import OutcomeUnknown
from krea_client.jobs import Job
from krea_client.resources._paging import all_pages, all_pages_async

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver

Found: TypeAlias = list[Job]  # inside the classes below, `list` is a method


class Jobs:
    """The jobs of an account, as `krea.jobs`."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self._session = session
        self._driver = driver

    def get(self, job: Job | str, /, *, timeout: float | httpx.Timeout | None = None) -> Job:
        """Gives a job as it is now.

        Raises:
            NotFound: there is no such job, or it is someone else's.
        """
        return self._driver.run(self._session.looking(job, timeout))

    def cancel(self, job: Job | str, /, *, timeout: float | httpx.Timeout | None = None) -> None:
        """Cancels a job that is queued or running; cancelled jobs are not billed.

        Raises:
            NotFound: there is no such job, or it is someone else's.
        """
        self._driver.run(self._session.cancelling(job, timeout))

    def list(
        self,
        *,
        status: str | None = None,
        types: str | Iterable[str] | None = None,
        limit: int | None = None,
        cursor: datetime | str | None = None,
        timeout: float | httpx.Timeout | None = None,
    ) -> Iterator[Job]:
        """Gives the account's jobs, newest first, page after page as you go on.

        Args:
            status: only jobs in this state.
            types: only jobs of these types.
            limit: how many jobs one page holds, 1 to 1000; all pages are gone through whatever it is.
            cursor: only jobs made before this time.
            timeout: of one HTTP exchange, in seconds.

        Raises:
            RequestInvalid: an argument breaks the documented rules.
        """
        query = self._session.listing("list_jobs", {"cursor": cursor, "limit": limit, "types": types, "status": status})
        return all_pages(self._driver, query, lambda at: self._session.paging(at, timeout))

    def candidates(self, error: OutcomeUnknown | None = None, /, *, since: datetime | str | None = None) -> Found:
        """Gives the jobs that a lost answer may belong to, newest first: made at that time, and unknown to this client.

        The API's list tells neither prompt nor model, so several may fit; none is picked for you.

        Args:
            error: what `submit` or `run` raised.
            since: instead of an error, the time from which on to look.

        Raises:
            ValueError: neither is given, or the error does not say when.
        """
        window = self._session.window(error, since)
        recent = itertools.takewhile(window.not_before, self.list())
        return [job for job in recent if window.may_hold(job)]


class AsyncJobs:
    """The jobs of an account, as `krea.jobs` of an `AsyncKrea`; arguments and errors are those of `Jobs`."""

    def __init__(self, session: Session, driver: AsyncDriver) -> None:
        self._session = session
        self._driver = driver

    def get(self, job: Job | str, /, *, timeout: float | httpx.Timeout | None = None) -> Coroutine[Any, Any, Job]:
        """Gives a job as it is now."""
        return self._driver.later(self._session.looking, job, timeout)

    def cancel(self, job: Job | str, /, *, timeout: float | httpx.Timeout | None = None) -> Coroutine[Any, Any, None]:
        """Cancels a job that is queued or running; cancelled jobs are not billed."""
        return self._driver.later(self._session.cancelling, job, timeout)

    def list(
        self,
        *,
        status: str | None = None,
        types: str | Iterable[str] | None = None,
        limit: int | None = None,
        cursor: datetime | str | None = None,
        timeout: float | httpx.Timeout | None = None,
    ) -> AsyncIterator[Job]:
        """Gives the account's jobs, newest first, page after page as you go on."""
        query = self._session.listing("list_jobs", {"cursor": cursor, "limit": limit, "types": types, "status": status})
        return all_pages_async(self._driver, query, lambda at: self._session.paging(at, timeout))

    async def candidates(self, error: OutcomeUnknown | None = None, /, *, since: datetime | str | None = None) -> Found:
        """Gives the jobs that a lost answer may belong to, newest first; several may fit, and none is picked for you."""
        window = self._session.window(error, since)
        found: Found = []
        async for job in self.list():
            if not window.not_before(job):
                break
            if window.may_hold(job):
                found.append(job)
        return found
