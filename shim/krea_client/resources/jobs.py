"""`krea.jobs`: the account's generations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from krea_client._core import operations
from krea_client._core.effects import Flow, Timeout
from krea_client._core.operations import EndpointCall
from krea_client._core.policies import Retry
from krea_client._core.recovery import Candidates, CandidateSearch
from krea_client._core.retrying import NO_LIMITS, CallContext, CallLimits
from krea_client._session import Session, id_of
from krea_client.errors import OutcomeUnknown
from krea_client.jobs import Job
from krea_client.resources._base import (
    Page,
    Query,
    ResourceRequests,
    iterate_pages,
    iterate_pages_async,
    without_none,
)

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver


class JobRequests(ResourceRequests):
    """Builds the operations of `krea.jobs`."""

    def get(self, job: Job | str, limits: CallLimits) -> Flow[Job]:
        """Build `jobs.get`."""
        return self._get(id_of(job), self._session.context("get_job", limits))

    def _get(self, job_id: str, context: CallContext) -> Flow[Job]:
        memory = self._session.options.memory
        memory.claim(job_id)
        job = yield from operations.get_job(job_id, self._session.options_for(context), context)
        if job.finished:
            memory.close(job.id)
        return job

    def cancel(self, job: Job | str, limits: CallLimits) -> Flow[None]:
        """Build `jobs.cancel`."""
        context = self._session.context("delete_job", limits)
        return operations.cancel_job(id_of(job), self._session.options_for(context), context)

    def query(self, **parameters: object) -> Query:
        """Return the query parameters of `jobs.list`."""
        return self._session.query("list_jobs", without_none(**parameters))

    def page(self, query: Query, limits: CallLimits = NO_LIMITS) -> Flow[Page[Job]]:
        """Build one page of `jobs.list`."""
        return self._page(EndpointCall("list_jobs", query=query), limits, Job.from_dict)

    def search(self, error: OutcomeUnknown | None, since: datetime | str | None) -> CandidateSearch:
        """Return a search for the job of a lost response."""
        options = self._session.options
        return CandidateSearch(error, since, options.memory, options.clock_offset, self._session.rules.now)


class Jobs:
    """The jobs of an account, as `krea.jobs`."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self._requests = JobRequests(session)
        self._driver = driver

    def get(self, job: Job | str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None) -> Job:
        """Return a job in its present state.

        Raises:
            NotFound: there is no such job, or it belongs to another account.
        """
        return self._driver.run(self._requests.get(job, CallLimits(timeout, retry)))

    def cancel(self, job: Job | str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None) -> None:
        """Cancel a job that is queued or running; cancelled jobs are not billed.

        Raises:
            NotFound: there is no such job, or it belongs to another account.
        """
        self._driver.run(self._requests.cancel(job, CallLimits(timeout, retry)))

    def list(
        self,
        *,
        status: str | None = None,
        types: str | Iterable[str] | None = None,
        limit: int | None = None,
        cursor: datetime | str | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Iterator[Job]:
        """Yield the account's jobs, newest first; each page is requested when the iteration reaches it.

        Args:
            status: only jobs in this state.
            types: only jobs of these types.
            limit: number of jobs per page, 1 to 1000; the iteration covers all pages whatever it is.
            cursor: only jobs created before this time.
            timeout: of one HTTP exchange, in seconds.
            retry: when to send it again; the client's policy where None.

        Raises:
            RequestInvalid: an argument breaks the documented rules.
        """
        query = self._requests.query(cursor=cursor, limit=limit, types=types, status=status)
        return iterate_pages(self._driver, query, lambda page: self._requests.page(page, CallLimits(timeout, retry)))

    def candidates(
        self,
        error: OutcomeUnknown | None = None,
        /,
        *,
        since: datetime | str | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Candidates:
        """Return the jobs that a lost response may belong to, newest first: created at that time, and known to nobody.

        Known are the jobs that this client has returned, or waits for; one whose wait was interrupted is a candidate again. The
        API's list holds neither prompt nor model, so several may match; none is picked for you. Where the list is empty, nothing
        was created only if it is `conclusive`. The API's clock may differ from this computer's: the Date of responses tells.

        Args:
            error: what `submit` or `run` raised.
            since: instead of an error, the start of the time to search.
            timeout: of one HTTP exchange, in seconds.
            retry: when to send it again; the client's policy where None.

        Raises:
            ValueError: neither is given, or the error does not say when.
        """
        search = self._requests.search(error, since)
        for job in self.list(timeout=timeout, retry=retry):
            if not search.reaches(job):
                break
            search.consider(job)
        return search.result()


class AsyncJobs:
    """The jobs of an account, as `krea.jobs` of an `AsyncKrea`; arguments and errors are those of `Jobs`."""

    def __init__(self, session: Session, driver: AsyncDriver) -> None:
        self._requests = JobRequests(session)
        self._driver = driver

    def get(
        self, job: Job | str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> Coroutine[Any, Any, Job]:
        """Return a job in its present state."""
        return self._driver.later(self._requests.get, job, CallLimits(timeout, retry))

    def cancel(
        self, job: Job | str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> Coroutine[Any, Any, None]:
        """Cancel a job that is queued or running; cancelled jobs are not billed."""
        return self._driver.later(self._requests.cancel, job, CallLimits(timeout, retry))

    def list(
        self,
        *,
        status: str | None = None,
        types: str | Iterable[str] | None = None,
        limit: int | None = None,
        cursor: datetime | str | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> AsyncIterator[Job]:
        """Yield the account's jobs, newest first; each page is requested when the iteration reaches it."""
        query = self._requests.query(cursor=cursor, limit=limit, types=types, status=status)
        return iterate_pages_async(
            self._driver, query, lambda page: self._requests.page(page, CallLimits(timeout, retry))
        )

    def candidates(
        self,
        error: OutcomeUnknown | None = None,
        /,
        *,
        since: datetime | str | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Coroutine[Any, Any, Candidates]:
        """Return the jobs that a lost response may belong to, newest first; several may match, none is picked for you."""
        return self._candidates(error, since, CallLimits(timeout, retry))

    async def _candidates(
        self, error: OutcomeUnknown | None, since: datetime | str | None, limits: CallLimits
    ) -> Candidates:
        search = self._requests.search(error, since)
        async for job in self.list(timeout=limits.timeout, retry=limits.retry):
            if not search.reaches(job):
                break
            search.consider(job)
        return search.result()
