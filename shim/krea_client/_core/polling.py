"""Waits for a job: the first poll timed by the model, growing pauses, a deadline, and no way to lose the job's id."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta

from krea_client._core import observation, open_jobs, tracing
from krea_client._core.effects import ConsumerClosed, Flow, Moment, Notify, Now, Sleep
from krea_client._core.operations import cancel_job, get_job, note_state, shortened, submit
from krea_client._core.retrying import CallContext, RequestOptions, longest
from krea_client._core.tracing import Trace
from krea_client._request.build import PreparedRequest
from krea_client._spec.catalogue import Operation
from krea_client.errors import (
    Busy,
    ConnectionFailed,
    JobCancelled,
    JobEmpty,
    JobFailed,
    KreaError,
    NotFound,
    RequestInvalid,
    ServerFailed,
    UnexpectedAnswer,
    WaitTimeout,
)
from krea_client.jobs import CANCELLED, COMPLETED, FAILED, Job, origin_of, with_origin

CANCEL_TIMEOUT = 5.0  # seconds for the call that cancels a job when its wait is interrupted
NEARLY_OVER = 0.25  # seconds before the deadline in which another poll is not worth it
SHORTEST_FIRST_POLL = 1.0  # seconds that the first poll may take even when the deadline is shorter


class PollState:
    """The settings and progress of one wait.

    Attributes:
        deadline: seconds for the whole wait; None is the pace's own.
        on_update: called with the job after its submission and after every poll.
        on_submit: called with the job as soon as it has an id.
        shared_by: returns the number of jobs that one look is about.
        latest: the job in its last known state.
    """

    __slots__ = ("deadline", "latest", "on_submit", "on_update", "shared_by")

    def __init__(
        self,
        deadline: float | None = None,
        on_update: Callable[[Job], object] | None = None,
        on_submit: Callable[[Job], object] | None = None,
        shared_by: Callable[[], int] = lambda: 1,
    ) -> None:
        self.deadline: float | None = deadline
        self.on_update: Callable[[Job], object] | None = on_update
        self.on_submit: Callable[[Job], object] | None = on_submit
        self.shared_by: Callable[[], int] = shared_by
        self.latest: Job | None = None

    def submitted(self, job: Job) -> Flow[None]:
        """Record a job that was just submitted, and pass it to both callbacks."""
        self.latest = job
        if self.on_submit is not None:
            yield Notify(self.on_submit, job)
        yield from self.updated(job)

    def updated(self, job: Job) -> Flow[None]:
        """Record the job's present state, and pass it to the callback."""
        self.latest = job
        if self.on_update is not None:
            yield Notify(self.on_update, job)


def run(
    prepared: PreparedRequest,
    options: RequestOptions,
    context: CallContext,
    state: PollState,
    save: Callable[[Job, Trace | None], Flow[None]] | None = None,
) -> Flow[Job]:
    """Submit, wait, save the results where `save` is given, and return the completed job. Raise what these three raise."""
    with tracing.span("krea.run", context.trace, {"krea.model": context.label}) as trace:
        context = context._replace(trace=trace)
        job = yield from submit(prepared, options, context)
        job = yield from wait(job, options, context, state, submitted=True)
        if save is not None:
            yield from save(job, trace)
        return job


def run_submitted(
    operation: Operation, submission: Flow[Job], options: RequestOptions, context: CallContext, state: PollState
) -> Flow[Job]:
    """Run a submission, wait, and return the completed job. The submission may return a job that was created earlier."""
    with tracing.span("krea.run", context.trace, {"krea.model": context.label}) as trace:
        context = context._replace(trace=trace)
        job = yield from submission
        options.memory.add(job, operation.typical_seconds, operation.model)
        yield from state.submitted(job)
        return (yield from wait(job, options, context, state))


def wait(
    start: Job | str, options: RequestOptions, context: CallContext, state: PollState, *, submitted: bool = False
) -> Flow[Job]:
    """Wait until the job is completed. One that was just submitted is passed to the callback at once.

    Raises:
        JobFailed, JobCancelled, JobEmpty: it ended otherwise.
        WaitTimeout: the deadline passed first; the job goes on at Krea.
    """
    created_here = isinstance(start, Job)
    job = start if isinstance(start, Job) else Job(id=start)
    state.latest = job
    process = os.getpid()
    options.memory.claim(job.id)
    try:
        if submitted:
            yield from state.submitted(job)
        age = 0.0 if submitted else None
        end = job if job.finished else (yield from _watch(job, options, context, state, created_here, age))
    except KreaError as error:
        error.job_id = job.id
        if submitted and isinstance(error, RequestInvalid):
            raise _unusable_id(error, job) from error
        raise
    except GeneratorExit as stop:  # the generator is being destroyed: no effect can be performed any more
        options.memory.abandon(state.latest)
        open_jobs.attach(stop, [state.latest], [open_jobs.note_about(state.latest)])
        open_jobs.report_destroyed(stop, process)
        raise
    except BaseException as stop:
        yield from _leave(stop, state.latest, options, context)
        raise
    options.memory.close(end.id)
    observation.ended(end)
    return settled(end if end is job else with_origin(end, origin_of(job)))


def _unusable_id(error: RequestInvalid, job: Job) -> UnexpectedAnswer:
    # The job exists, so this is no request that was refused before anything was sent.
    text = f"job {shortened(job.id)} was created, but its id cannot be used in a request: {error.problems[0].rule}"
    return UnexpectedAnswer(text, job_id=job.id)


def _leave(stop: BaseException, job: Job, options: RequestOptions, context: CallContext) -> Flow[None]:
    """Name the job of an interrupted wait, or cancel it where the client is set so."""
    if isinstance(stop, Exception) or options.on_interrupt == "keep":
        options.memory.abandon(job)
        open_jobs.attach(stop, [job], [open_jobs.note_about(job)])
    else:
        yield from _cancel_on_interrupt(stop, job, options, context)
    if not isinstance(stop, ConsumerClosed):  # a batch is being left, and reports all its jobs at once
        open_jobs.report(stop)


def _cancel_on_interrupt(stop: BaseException, job: Job, options: RequestOptions, context: CallContext) -> Flow[None]:
    once = options._replace(retry=options.retry._replace(attempts=1, busy_attempts=1))
    try:
        yield from cancel_job(job.id, once, context._replace(timeout=CANCEL_TIMEOUT))
    except KreaError as error:
        options.memory.abandon(job)
        note = f"krea-client: job {job.id} could not be cancelled and may go on at Krea: {error}"
        open_jobs.attach(stop, [job], [note])
    except BaseException as second:  # a second interrupt leaves at once, and is the one that the user gets
        options.memory.abandon(job)
        note = f"krea-client: job {job.id} was being cancelled; krea.jobs.get({job.id!r}) returns its present state"
        open_jobs.attach(second, [job], [note])
        if not isinstance(second, ConsumerClosed):
            open_jobs.report(second)
        raise
    else:
        open_jobs.attach(stop, [], [f"krea-client: job {job.id} was cancelled at Krea"])


def _watch(
    job: Job, options: RequestOptions, context: CallContext, state: PollState, created_here: bool, age: float | None
) -> Flow[Job]:
    with tracing.span("krea.wait", context.trace, {"krea.job.id": job.id}) as trace:
        context = context._replace(trace=trace)
        end = yield from _poll(job, options, context, state, created_here=created_here, age=age)
        if trace is not None:
            trace.set("krea.job.status", end.status)
        return end


def _poll(
    job: Job,
    options: RequestOptions,
    context: CallContext,
    state: PollState,
    *,
    created_here: bool,
    age: float | None,
) -> Flow[Job]:
    pace = options.pace
    limit = pace.deadline if state.deadline is None else state.deadline
    grace = pace.absence if created_here else pace.absence_unseen
    began: Moment = yield Now()
    age = _age(job, began, options) if age is None else age
    first = pace.before_first(options.memory.expected(job.id), age, shared_by=state.shared_by())
    pause = first if created_here else 0.0
    last_success = began.at  # when the API was last readable, or the first poll began
    remaining, polled = limit, False
    while True:
        seen: Job | None = None
        if (nap := min(pause, remaining - pace.margin(remaining))) > 0:
            seen = yield Sleep(nap, job_id=job.id)
            last_success = last_success if polled else began.at + nap  # a late first poll still has its grace
        within = _within(remaining - max(nap, 0.0), polled, options, context)
        job, failure = yield from _look(job, seen, *within, state)
        polled = True
        now: Moment = yield Now()
        waited = now.at - began.at
        if failure is None and job.finished:
            options.memory.record_time(job, waited)
            return job
        remaining = limit - waited
        last_success = last_success if failure else now.at
        if failure and now.at - last_success > (grace if isinstance(failure, NotFound) else pace.patience):
            raise failure
        if remaining <= NEARLY_OVER:
            if remaining > 0:
                yield Sleep(remaining)
            raise _overdue(job, limit) from failure
        pause = pace.before_next(options.memory.expected(job.id), age + waited, waited, shared_by=state.shared_by())


def _look(
    job: Job, seen: Job | None, options: RequestOptions, context: CallContext, state: PollState
) -> Flow[tuple[Job, KreaError | None]]:
    """Return the job in its present state, which may have been seen already, or as it was with the failure of the look."""
    if seen is None:
        try:
            job = yield from get_job(job.id, options, context)
        except (NotFound, ServerFailed, Busy, ConnectionFailed, UnexpectedAnswer) as error:
            return job, error
    else:
        note_state(seen, options)
        job = seen
    yield from state.updated(job)
    return job, None


def _age(job: Job, began: Moment, options: RequestOptions) -> float:
    """Return the seconds since a job was created, by the API's clock where that is known."""
    if job.created_at is None:
        return 0.0
    now = began.utc + (options.clock_offset.value or timedelta())
    return max(0.0, (now - job.created_at).total_seconds())


def _overdue(job: Job, limit: float) -> WaitTimeout:
    status = job.status or "running"
    text = (
        f"job {job.id} is still {status} after {limit:g} s; it goes on at Krea: krea.wait({job.id!r}) goes on waiting"
    )
    return WaitTimeout(text, job)


def _within(
    remaining: float, polled: bool, options: RequestOptions, context: CallContext
) -> tuple[RequestOptions, CallContext]:
    """Return the options and context of one poll that must not outlast the rest of a wait."""
    timeout = options.timeout if context.timeout is None else longest(context.timeout)
    limit = remaining if polled else max(remaining, SHORTEST_FIRST_POLL)
    if limit < timeout:
        context = context._replace(timeout=limit)
    return options._replace(retry=options.retry._replace(budget=min(options.retry.budget, remaining))), context


def settled(job: Job) -> Job:
    """Return the job itself when it is completed with results.

    Raises:
        JobFailed, JobCancelled, JobEmpty: it ended otherwise.
    """
    reason = f": {job.error}" if job.error and str(job.error) else ""
    if job.status == FAILED:
        raise JobFailed(
            f"job {job.id} failed{reason or ', and the API gives no reason'} (failed jobs are not billed)", job
        )
    if job.status == CANCELLED:
        raise JobCancelled(f"job {job.id} was cancelled{reason} (cancelled jobs are not billed)", job)
    if job.status == COMPLETED and not job.urls and not job.style_id:
        raise JobEmpty(
            f"job {job.id} is completed but has no results{reason}; a refusal of the content looks like this", job
        )
    return job
