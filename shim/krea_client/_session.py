"""The state of a client, and the operation behind each of its public methods."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from datetime import date as Date
from functools import partial
from threading import Lock
from typing import IO, TYPE_CHECKING, Any, Protocol, TypedDict, cast

from krea_client import _forks, _json, errors
from krea_client._core import open_jobs, operations, polling
from krea_client._core.clock_offset import ClockOffset
from krea_client._core.effects import DownloadSink, Flow, Timeout
from krea_client._core.job_memory import JobMemory
from krea_client._core.policies import Retry, can_be_waited
from krea_client._core.polling import PollState
from krea_client._core.retry_budget import RetryBudget
from krea_client._core.retrying import NO_LIMITS, CallContext, CallLimits, RequestOptions, check_timeout, longest
from krea_client._core.tracing import Trace
from krea_client._core.upload_cache import UploadCache
from krea_client._request.build import PreparedRequest, SubmitOptions, TranslationRules, build_request
from krea_client._request.call_site import Site, call_site
from krea_client._request.validation import problems
from krea_client._settings import ClientSettings, expect
from krea_client.errors import KreaError, OutcomeUnknown, RequestInvalid
from krea_client.jobs import CANCELLED, FAILED, UNKNOWN, Job, JobError, RunResult

if TYPE_CHECKING:
    from krea_client._spec.prices import Price
    from krea_client._transport.saving import SaveTarget

Submit = Callable[[PreparedRequest, RequestOptions, CallContext], Flow[Job]]
UNLIMITED_ATTEMPTS = 1_000_000
ASYNC_FUNCTION = 0x80  # inspect.CO_COROUTINE
NOT_BILLED = frozenset({FAILED, CANCELLED})


class OpenOptions(TypedDict, total=False):
    """Options of `Krea.open` and `Krea.read`; all have defaults.

    Attributes:
        most_bytes: how large the result may be; 8 GiB where None.
        timeout: how long the download may wait for its next bytes, in seconds.
        retry: when to fetch the result, or its rest, again; the client's policy where None.
    """

    most_bytes: int | None
    timeout: float | Timeout | None
    retry: Retry | None


class DurableBatch(Protocol):
    """What submits the requests of a batch so that a later batch finds their jobs."""

    def submission_of(self, request: object) -> Submit:
        """Return what submits a request, or takes the job that an earlier batch has made of it."""
        ...

    def is_last(self, end: object) -> bool:
        """Return True for the end of a request after which no other can be submitted."""
        ...


class Session:
    """A client's settings and state. Builds the operation of each public method: at the call, so that warnings name its line."""

    def __init__(self, settings: ClientSettings) -> None:
        self.rules: TranslationRules = settings.rules
        self._models_warned_of: set[str] = set()
        self._lock = Lock()
        _forks.register(self)
        self.options: RequestOptions = RequestOptions(
            retry=settings.retry,
            pace=settings.pace,
            on_interrupt=settings.on_interrupt,
            timeout=longest(settings.timeout),
            draw=random.random,
            first_time=self._first_time,
            memory=JobMemory(),
            upload_cache=UploadCache(),
            retry_budget=RetryBudget(),
            clock_offset=ClockOffset(),
            budget=settings.budget,
            hooks=settings.hooks,
        )

    def renew_after_fork(self) -> None:
        """Replace the lock."""
        self._lock = Lock()

    def _first_time(self, model: str) -> bool:
        with self._lock:
            first = model not in self._models_warned_of
            self._models_warned_of.add(model)
            return first

    def name_abandoned_jobs(self, error: BaseException | None) -> None:
        """Add the jobs for which nobody waits to the error that ends a `with` block."""
        if error is not None and (jobs := self.options.memory.abandoned_jobs()):
            open_jobs.attach(error, jobs, map(open_jobs.note_about, jobs))

    @property
    def spent(self) -> float | None:
        """Upper bound of what has been spent, or None without a budget."""
        return None if self.options.budget is None else self.options.budget.spent

    def submit(
        self,
        target: object,
        body: Mapping[str, Any] | None,
        fields: Mapping[str, Any],
        submission: SubmitOptions,
        limits: CallLimits,
        site: Site | None = None,
    ) -> Flow[Job]:
        """Build `Krea.submit`; translate, warn about and validate its request now."""
        context = self.context("submit", limits, site)
        prepared = build_request(target, body, fields, submission, self.rules, context.site)
        return operations.submit(prepared, self.options_for(context), context._replace(label=prepared.operation.model))

    def run(
        self,
        target: object,
        body: Mapping[str, Any] | None,
        fields: Mapping[str, Any],
        submission: SubmitOptions,
        limits: CallLimits,
        state: PollState,
        save_to: SaveTarget | None = None,
    ) -> Flow[Job]:
        """Build `Krea.run`; translate, warn about and validate its request now, and look at where its results go."""
        context = self.context("run", limits)
        _check_deadline(state.deadline)
        if save_to is not None:
            is_path = isinstance(save_to.path, (str, os.PathLike))
            expect("save_to", save_to.path, is_path, "a path; krea.save saves a job into a file object")
            save_to.check()
        prepared = build_request(target, body, fields, submission, self.rules, context.site)
        context = context._replace(label=prepared.operation.model)
        options = self.options_for(context)
        save = None if save_to is None else partial(self._save, save_to, options, limits.timeout)
        return polling.run(prepared, options, context, state, save)

    def _save(
        self,
        target: SaveTarget,
        options: RequestOptions,
        timeout: float | Timeout | None,
        job: Job,
        trace: Trace | None,
    ) -> Flow[None]:
        try:
            for url, sink in target.plan(job):
                yield from operations.download(url, sink, options, timeout, trace)
        except BaseException as stop:  # the job is completed and paid for, and the caller has not got it
            self.undelivered(job, stop)
            raise

    def wait(self, job: Job | str, limits: CallLimits, state: PollState) -> Flow[Job]:
        """Build `Krea.wait`."""
        _check_deadline(state.deadline)
        id_of(job)
        context = self.context("get_job", limits)
        return polling.wait(job, self.options_for(context), context, state)

    def saving(self, limits: CallLimits) -> Callable[[str, DownloadSink], Flow[Any]]:
        """Return the function that builds the download of one result.

        Raises:
            ValueError, TypeError: the timeout, or the retry policy, is not usable.
        """
        _check_limits(limits)
        options = self.options if limits.retry is None else self.options._replace(retry=limits.retry)
        return lambda url, sink: operations.download(url, sink, options, limits.timeout)

    def open_result(
        self,
        job: Job | str,
        number: int,
        *,
        most_bytes: int | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Flow[IO[bytes]]:
        """Build `Krea.open`."""
        from tempfile import TemporaryFile

        from krea_client._transport.downloads import plan_stream

        save = self.saving(CallLimits(timeout, retry))
        chosen = job.with_result(number) if isinstance(job, Job) else job
        file: IO[bytes] = TemporaryFile()  # noqa: SIM115  # the caller closes it
        try:
            url, sink = plan_stream(chosen, file, most_bytes=most_bytes)
        except BaseException:
            file.close()
            raise
        return self._opened(save(url, sink), file)

    def _opened(self, download: Flow[Any], file: IO[bytes]) -> Flow[IO[bytes]]:
        try:
            yield from download
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    def run_all(
        self,
        requests: Iterable[Any],
        at_once: int,
        submission: SubmitOptions,
        limits: CallLimits,
        state: PollState,
        durable: DurableBatch | None = None,
    ) -> Flow[None]:
        """Build `Krea.run_all`: it emits a `RunResult` for each request."""
        if at_once < 1:
            raise ValueError(f"at_once={at_once}: give 1 or more")
        from krea_client._core import batch
        from krea_client._core.shared_looks import SharedLooks

        context = self.context("run_all", limits)
        _check_deadline(state.deadline)
        options = self.options_for(context)
        retry = options.retry._replace(
            busy_attempts=UNLIMITED_ATTEMPTS, budget=state.deadline or self.options.pace.deadline
        )
        options = options._replace(retry=retry, queueing=True)
        looks = SharedLooks(options.timeout if limits.timeout is None else longest(limits.timeout))

        def start(request: Any) -> Flow[Job]:
            submit = None if durable is None else durable.submission_of(request)
            target, body = _pair(request)
            prepared = build_request(target, body, {}, submission, self.rules, context.site)
            own = PollState(state.deadline, state.on_update, state.on_submit, looks.shared_by)
            labelled = context._replace(label=prepared.operation.model)
            if submit is None:
                return polling.run(prepared, options, labelled, own)
            return polling.run_submitted(
                prepared.operation, submit(prepared, options, labelled), options, labelled, own
            )

        handlers = batch.Handlers(start, _result, self.undelivered)
        if durable is not None:
            handlers = handlers._replace(is_last=durable.is_last)
        return batch.run_all(iter(requests), handlers, at_once, looks)

    def undelivered(self, result: object, stop: BaseException) -> None:
        """Add a job, or a result of a batch, that nobody has taken to the exception that ended the operation."""
        if isinstance(result, Job) and not isinstance(result, RunResult):
            if not self.options.memory.knows(result.id):
                self.options.memory.add(result, None)
            self.options.memory.abandon(result)
            open_jobs.attach(stop, [result], [open_jobs.note_about(result)])
        if not isinstance(result, RunResult):
            return
        if result.failure is not None:
            open_jobs.move(result.failure, stop)
        if isinstance(result.failure, OutcomeUnknown):
            open_jobs.attach(stop, [], [f"krea-client: {result.failure}"])
        elif result.id and result.status not in NOT_BILLED:
            job = _without_request(result)
            self.options.memory.abandon(job)
            open_jobs.attach(stop, [job], [open_jobs.note_about(job)])

    def price(self, target: object, body: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> Price:
        """Return the price of a request: translated without a warning, validated but for fields that are missing."""
        silent = self.rules._replace(policy="silent", on_alias=None)
        prepared = build_request(target, body, fields, SubmitOptions(require_all=False), silent, call_site())
        from krea_client._spec.prices import price_of

        return price_of(prepared.operation, prepared.fields)

    def context(self, label: str, limits: CallLimits = NO_LIMITS, site: Site | None = None) -> CallContext:
        """Return the context of a call, with the user's line.

        Raises:
            ValueError, TypeError: the timeout, or the retry policy, is not usable.
        """
        _check_limits(limits)
        return CallContext(label, site or call_site(), limits.timeout, retry=limits.retry)

    def options_for(self, context: CallContext) -> RequestOptions:
        """Return the client's options with the retry policy of one call."""
        return self.options if context.retry is None else self.options._replace(retry=context.retry)

    def query(self, name: str, parameters: Mapping[str, Any]) -> dict[str, str]:
        """Return the query parameters of an operation, validated, without those that are None.

        Raises:
            RequestInvalid: a parameter breaks the documented rules.
        """
        values = {key: _parameter(value) for key, value in parameters.items() if value is not None}
        if violations := problems(self.rules.catalogue.operation(name).query, values):
            raise RequestInvalid(name, violations)
        return {key: _query_text(value) for key, value in values.items()}


def _check_limits(limits: CallLimits) -> None:
    if limits.timeout is not None:
        check_timeout(limits.timeout)
    expect("retry", limits.retry, isinstance(limits.retry, Retry), "a krea_client.Retry, such as Retry(attempts=5)")


def id_of(job: Job | str) -> str:
    """Return the id of a job.

    Raises:
        TypeError: the value is neither a Job nor text.
    """
    if isinstance(job, Job):
        return job.id
    if not isinstance(job, str):
        raise TypeError(f"expected a Job or a job id, got {type(job).__name__}")
    return job


def sync_state(
    deadline: float | None,
    on_update: Callable[[Job], object] | None,
    on_submit: Callable[[Job], object] | None = None,
) -> PollState:
    """Return the state of a wait of a sync client.

    Raises:
        TypeError: a callback is an async function, which nobody would await.
    """
    for name, callback in (("on_update", on_update), ("on_submit", on_submit)):
        code = getattr(callback, "__code__", None)
        if code is not None and code.co_flags & ASYNC_FUNCTION:
            raise TypeError(
                f"{name} is async, and Krea is sync: give a plain function, or use AsyncKrea (nothing was sent)"
            )
    return PollState(deadline, on_update, on_submit)


def _check_deadline(deadline: object) -> None:
    if not (deadline is None or can_be_waited(deadline)):
        raise ValueError(f"deadline={deadline!r}: give the seconds that the wait may last, or 0 for a single poll")


def _pair(request: object) -> tuple[object, Any]:
    parts = _json.sequence(request)
    return (parts[0], parts[1]) if parts is not None and len(parts) == 2 else (request, None)


def _query_text(value: object) -> str:
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
        raise TypeError(f"an operation of run_all ended with {end!r}")
    job = getattr(end, "job", None)
    if not isinstance(job, Job):
        job = _last_known(end)
    return RunResult.of(request, job, end)


def _last_known(error: Exception) -> Job:
    """Return the job of an operation that ended with an error: its state is unknown, where there may be one."""
    reason = JobError(type(error).__name__, str(error))
    if running := errors.open_jobs(error):
        return replace(running[0], error=reason)
    job_id = error.job_id if isinstance(error, KreaError) else None
    may_exist = job_id is not None or isinstance(error, OutcomeUnknown) or operations.may_have_created_a_job(error)
    return Job(id=job_id or "", status=UNKNOWN if may_exist else FAILED, error=reason)


def _without_request(result: RunResult) -> Job:
    return Job(**{field.name: getattr(result, field.name) for field in fields(Job) if field.init})
