"""What both faces share: a client's memory, and the flow behind every public method."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Container, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from datetime import date as Date
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from krea_client import _json
from krea_client._core import operations, polling
from krea_client._core.effects import Flow, Timeout
from krea_client._core.operations import Ask
from krea_client._core.policies import can_be_waited
from krea_client._core.polling import PollState
from krea_client._core.retry_budget import RetryBudget
from krea_client._core.retrying import CallContext, RequestOptions, check_timeout, longest
from krea_client._core.upload_cache import UploadCache
from krea_client._request.build import SubmitOptions, TranslationRules, build_request
from krea_client._request.call_site import Site, call_site
from krea_client._request.validation import problems
from krea_client._settings import ClientSettings
from krea_client.errors import KreaError, OutcomeUnknown, RequestInvalid
from krea_client.jobs import FAILED, Job, JobError, RunResult

if TYPE_CHECKING:
    from krea_client._spec.prices import Price

MEMORY = 10_000  # job ids that a client remembers
SKEW = timedelta(seconds=5)  # how far the API's clock may be off when lost jobs are looked for
SETTLING = timedelta(seconds=60)  # how long after a lost answer its job may still be created


class Window(NamedTuple):
    """A time in which a job may have been made whose answer was lost, and the jobs that are accounted for."""

    since: datetime
    until: datetime | None
    known: Container[str]

    def not_before(self, job: Job) -> bool:
        """False for a job that is older than the window, so that every later one of a listing is too."""
        return job.created_at is None or job.created_at >= self.since

    def may_hold(self, job: Job) -> bool:
        """True for a job that a lost answer may belong to."""
        late = self.until is not None and job.created_at is not None and job.created_at > self.until
        return self.not_before(job) and not late and job.id not in self.known


class Session:
    """A client's settings and memory; makes the flow of each public method, at the call, on the user's line."""

    def __init__(self, settings: ClientSettings) -> None:
        self.rules: TranslationRules = settings.rules
        self._lock = Lock()
        self._jobs: OrderedDict[str, float | None] = OrderedDict()
        self._warned: set[str] = set()
        self.terms: RequestOptions = RequestOptions(
            retry=settings.retry,
            pace=settings.pace,
            on_interrupt=settings.on_interrupt,
            timeout=longest(settings.timeout),
            draw=random.random,
            first_time=self._first_time,
            remember=self._remember,
            shelf=UploadCache(),
            quota=RetryBudget(),
            budget=settings.budget,
        )

    def _first_time(self, model: str) -> bool:
        with self._lock:
            fresh = model not in self._warned
            self._warned.add(model)
            return fresh

    def _remember(self, job_id: str, typical: float | None) -> None:
        with self._lock:
            self._jobs[job_id] = typical
            if len(self._jobs) > MEMORY:
                self._jobs.popitem(last=False)

    @property
    def spent(self) -> float | None:
        """What has been spent at most so far, or None without a budget."""
        return None if self.terms.budget is None else self.terms.budget.spent

    def submitting(
        self,
        target: object,
        body: Mapping[str, Any] | None,
        fields: Mapping[str, Any],
        options: SubmitOptions,
        timeout: float | Timeout | None,
        site: Site | None = None,
    ) -> Flow[Job]:
        """The flow of `submit`, its request translated, warned about and checked."""
        asking = self.asking("submit", timeout, site)
        prepared = build_request(target, body, fields, options, self.rules, asking.site)
        return operations.submit(prepared, self.terms, asking._replace(label=prepared.operation.model))

    def running(
        self,
        target: object,
        body: Mapping[str, Any] | None,
        fields: Mapping[str, Any],
        options: SubmitOptions,
        timeout: float | Timeout | None,
        watching: PollState,
        site: Site | None = None,
    ) -> Flow[Job]:
        """The flow of `run`, its request translated, warned about and checked."""
        asking = self.asking("run", timeout, site)
        _check_deadline(watching.deadline)
        prepared = build_request(target, body, fields, options, self.rules, asking.site)
        watching.typical = prepared.operation.typical_seconds
        return polling.run(prepared, self.terms, asking._replace(label=prepared.operation.model), watching)

    def waiting(self, job: Job | str, timeout: float | Timeout | None, watching: PollState) -> Flow[Job]:
        """The flow of `wait`."""
        _check_deadline(watching.deadline)
        watching.typical = self._jobs.get(_id_of(job))
        return polling.wait(job, self.terms, self.asking("get_job", timeout), watching)

    def looking(self, job: Job | str, timeout: float | Timeout | None) -> Flow[Job]:
        """The flow of `jobs.get`."""
        return operations.look(_id_of(job), self.terms, self.asking("get_job", timeout))

    def cancelling(self, job: Job | str, timeout: float | Timeout | None) -> Flow[None]:
        """The flow of `jobs.cancel`."""
        return operations.cancel(_id_of(job), self.terms, self.asking("delete_job", timeout))

    def asking(self, label: str, timeout: float | Timeout | None, site: Site | None = None) -> CallContext:
        """Who asks, on the user's line.

        Raises:
            ValueError: the time-out is none.
        """
        if timeout is not None:
            check_timeout(timeout)
        return CallContext(label, site or call_site(), timeout)

    def listing(self, name: str, query: Mapping[str, Any], *, check: bool = True) -> dict[str, str]:
        """The query parameters of an operation, checked.

        Raises:
            RequestInvalid: a parameter breaks the documented rules.
        """
        given = {name: _parameter(value) for name, value in query.items() if value is not None}
        operation = self.rules.catalogue.operation(name).query
        if check and (found := problems(operation, given)):
            raise RequestInvalid(name, found)
        return {name: _written(value) for name, value in given.items()}

    def paging(
        self, query: Mapping[str, str], timeout: float | Timeout | None = None
    ) -> Flow[tuple[list[Job], str | None]]:
        """The flow of one page of `jobs.list`."""
        return operations.page(
            Ask("list_jobs", query=query), self.terms, self.asking("list_jobs", timeout), Job.from_dict
        )

    def pricing(self, target: object, body: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> Price:
        """The price of a request, which is translated without a word; what is given is checked, fields may be missing."""
        quiet = self.rules._replace(policy="silent", on_alias=None)
        prepared = build_request(target, body, fields, SubmitOptions(require_all=False), quiet, call_site())
        from krea_client._spec.prices import price_of

        return price_of(prepared.operation, prepared.fields)

    def window(self, error: OutcomeUnknown | None, since: datetime | str | None) -> Window:
        """When a job that nobody was told of may have been made.

        Raises:
            ValueError: that cannot be known from what is given.
        """
        if since is not None:
            start = datetime.fromisoformat(since) if isinstance(since, str) else since
            start = start if start.tzinfo else start.replace(tzinfo=UTC)
            return Window(start - SKEW, None, self._jobs)
        if error is None or error.sent_at is None:
            raise ValueError("give the OutcomeUnknown that was raised, or since=")
        until = error.failed_at + SETTLING if error.failed_at else None
        return Window(error.sent_at - SKEW, until, self._jobs)

    def saving(self, url: str, landing: Any) -> Flow[Any]:
        """The flow that brings one result down."""
        return operations.fetch(url, landing, self.terms)

    def running_all(
        self,
        requests: Iterable[Any],
        at_once: int,
        options: SubmitOptions,
        deadline: float | None,
        timeout: float | Timeout | None,
    ) -> Flow[None]:
        """The flow of `run_all`: it emits a `RunResult` for each request."""
        if at_once < 1:
            raise ValueError(f"at_once={at_once}: give 1 or more")
        from krea_client._core import batch

        asking = self.asking("run_all", timeout)
        _check_deadline(deadline)
        patient = self.terms.retry._replace(busy_attempts=1_000_000, budget=deadline or self.terms.pace.deadline)
        terms = self.terms._replace(retry=patient, queueing=True)

        def start(request: Any) -> Flow[Job]:
            target, body = _pair(request)
            prepared = build_request(target, body, {}, options, self.rules, asking.site)
            watching = PollState(deadline=deadline, typical=prepared.operation.typical_seconds)
            return polling.run(prepared, terms, asking._replace(label=prepared.operation.model), watching)

        return batch.run_all(iter(requests), start, _result, at_once)


def _id_of(job: Job | str) -> str:
    if isinstance(job, Job):
        return job.id
    if not isinstance(job, str):
        raise TypeError(f"a {type(job).__name__} is no job: give a Job, or the id of one")
    return job


def _check_deadline(deadline: object) -> None:
    if not (deadline is None or can_be_waited(deadline)):
        raise ValueError(f"deadline={deadline!r}: give the seconds that the wait may last, or 0 for one look")


def _pair(request: object) -> tuple[object, Any]:
    parts = _json.sequence(request)
    return (parts[0], parts[1]) if parts is not None and len(parts) == 2 else (request, None)


def _written(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _parameter(value: object) -> object:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat().replace("+00:00", "Z")
    if isinstance(value, (list, tuple, set, frozenset)):
        return ",".join(map(str, cast("Iterable[object]", value)))
    return value.isoformat() if isinstance(value, Date) else value


def _result(request: object, end: object) -> RunResult:
    if isinstance(end, Job):
        return RunResult.of(request, end)
    if not isinstance(end, Exception):
        raise TypeError(f"a flow of run_all ended with {end!r}")
    job = getattr(end, "job", None)
    if not isinstance(job, Job):
        known = end.job_id if isinstance(end, KreaError) else None
        status = "" if known or isinstance(end, OutcomeUnknown) else FAILED
        job = Job(id=known or "", status=status, error=JobError(type(end).__name__, str(end)))
    return RunResult.of(request, job, end)
