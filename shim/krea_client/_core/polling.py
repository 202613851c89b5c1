"""Waiting for a job: a first look timed by the model, growing pauses, a deadline, and no way to lose the job's id."""

from __future__ import annotations

from collections.abc import Callable

from krea_client._core.effects import Flow, Moment, Now, Sleep
from krea_client._core.operations import cancel, look, submit
from krea_client._core.retrying import CallContext, RequestOptions, longest
from krea_client._request.build import PreparedRequest
from krea_client.errors import (
    Busy,
    ConnectionFailed,
    JobCancelled,
    JobEmpty,
    JobFailed,
    KreaError,
    NotFound,
    ServerFailed,
    UnexpectedAnswer,
    WaitTimeout,
)
from krea_client.jobs import CANCELLED, COMPLETED, FAILED, Job

GOODBYE = 5.0  # seconds for the one call that cancels a job on the way out
NEARLY_OVER = 0.25  # seconds left of a wait in which another look is not worth it
SHORTEST = 1.0  # seconds that the first look may take even when the deadline is shorter


class PollState:
    """How a wait goes.

    Attributes:
        deadline: seconds for the whole wait; None is the pace's own.
        typical: the model's typical seconds, or None where unknown.
        on_update: is told of the job after every look.
        latest: the job as it was last seen.
    """

    __slots__ = ("deadline", "latest", "on_update", "typical")

    def __init__(
        self,
        deadline: float | None = None,
        typical: float | None = None,
        on_update: Callable[[Job], object] | None = None,
    ) -> None:
        self.deadline: float | None = deadline
        self.typical: float | None = typical
        self.on_update: Callable[[Job], object] | None = on_update
        self.latest: Job | None = None

    def see(self, job: Job) -> None:
        """Takes note of the job as it is now."""
        self.latest = job
        if self.on_update is not None:
            self.on_update(job)


def run(prepared: PreparedRequest, terms: RequestOptions, asking: CallContext, watching: PollState) -> Flow[Job]:
    """Submits, waits, and gives the completed job. Raises what `submit` and `wait` raise."""
    job = yield from submit(prepared, terms, asking)
    return (yield from wait(job, terms, asking, watching, fresh=True))


def wait(
    start: Job | str, terms: RequestOptions, asking: CallContext, watching: PollState, *, fresh: bool = False
) -> Flow[Job]:
    """Waits until the job is completed. A fresh one, just submitted, is told of as after a look.

    Raises:
        JobFailed, JobCancelled, JobEmpty: it ended otherwise.
        WaitTimeout: the deadline came first; the job goes on.
    """
    known = isinstance(start, Job)
    job = start if isinstance(start, Job) else Job(id=start)
    watching.latest = job
    try:
        if fresh:
            watching.see(job)
        return settled(job if job.finished else (yield from _watch(job, known, terms, asking, watching)))
    except KreaError as error:
        error.job_id = job.id
        raise
    except GeneratorExit:  # the flow is being thrown away: nothing can be asked any more
        raise
    except BaseException as stop:
        if isinstance(stop, Exception) or terms.on_interrupt == "keep":
            stop.add_note(f"krea-client: job {job.id} goes on at Krea; krea.wait({job.id!r}) goes on waiting for it")
        else:
            stop.add_note((yield from _cancelled_on_the_way_out(job.id, terms, asking)))
        raise


def _cancelled_on_the_way_out(job_id: str, terms: RequestOptions, asking: CallContext) -> Flow[str]:
    once = terms._replace(retry=terms.retry._replace(attempts=1, busy_attempts=1))
    try:
        yield from cancel(job_id, once, asking._replace(timeout=GOODBYE))
    except KreaError as error:
        return f"krea-client: job {job_id} could not be cancelled and may go on at Krea: {error}"
    except BaseException as second:  # impatience: it leaves at once, and now it is the one that is seen
        second.add_note(
            f"krea-client: job {job_id} was being cancelled; krea.jobs.get({job_id!r}) tells what became of it"
        )
        raise
    return f"krea-client: job {job_id} was cancelled at Krea"


def _watch(job: Job, known: bool, terms: RequestOptions, asking: CallContext, watching: PollState) -> Flow[Job]:
    pace = terms.pace
    limit = pace.deadline if watching.deadline is None else watching.deadline
    grace = pace.absence if known else pace.absence_unseen
    began: Moment = yield Now()
    age = (began.utc - job.created_at).total_seconds() if job.created_at else 0.0
    pause = pace.before_first(watching.typical, max(0.0, age)) if known else 0.0
    usual = watching.typical - max(0.0, age) if watching.typical is not None and known else None
    well, left, looked = began.at, limit, False  # well: when the API could last be read, or was first asked
    while True:
        if (nap := min(pause, left - pace.margin(left))) > 0:
            yield Sleep(nap)
            well = well if looked else began.at + nap  # a first look may come late, and still deserves its grace
        try:
            job = yield from look(job.id, *_within(left - max(nap, 0.0), looked, terms, asking))
            trouble: KreaError | None = None
        except (NotFound, ServerFailed, Busy, ConnectionFailed, UnexpectedAnswer) as error:
            trouble = error
        else:
            watching.see(job)
            if job.finished:
                return job
        looked = True
        now: Moment = yield Now()
        left = limit - (now.at - began.at)
        well = well if trouble else now.at
        if trouble and now.at - well > (grace if isinstance(trouble, NotFound) else pace.patience):
            raise trouble
        if left <= NEARLY_OVER:
            if left > 0:
                yield Sleep(left)
            raise _overdue(job, limit) from trouble
        pause = pace.before_next(now.at - began.at, usual)


def _overdue(job: Job, limit: float) -> WaitTimeout:
    state = job.status or "running"
    text = f"job {job.id} is still {state} after {limit:g} s; it goes on at Krea: krea.wait({job.id!r}) goes on waiting"
    return WaitTimeout(text, job)


def _within(
    left: float, looked: bool, terms: RequestOptions, asking: CallContext
) -> tuple[RequestOptions, CallContext]:
    """The same terms for one look that must not outlast what is left of a wait."""
    given = terms.timeout if asking.timeout is None else longest(asking.timeout)
    limit = left if looked else max(left, SHORTEST)
    if limit < given:
        asking = asking._replace(timeout=limit)
    return terms._replace(retry=terms.retry._replace(budget=min(terms.retry.budget, left))), asking


def settled(job: Job) -> Job:
    """The job itself when it is completed with results.

    Raises:
        JobFailed, JobCancelled, JobEmpty: it ended otherwise.
    """
    why = f": {job.error}" if job.error and str(job.error) else ""
    if job.status == FAILED:
        raise JobFailed(
            f"job {job.id} failed{why or ', and the API gives no reason'} (failed jobs are not billed)", job
        )
    if job.status == CANCELLED:
        raise JobCancelled(f"job {job.id} was cancelled{why} (cancelled jobs are not billed)", job)
    if job.status == COMPLETED and not job.urls and not job.style_id:
        raise JobEmpty(
            f"job {job.id} is completed but has no results{why}; a refusal of the content looks like this", job
        )
    return job
