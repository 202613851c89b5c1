"""What the client does in one go, as generators: submit, look, cancel, ask, list, download."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from krea_client import _json
from krea_client._core import responses
from krea_client._core.effects import (
    Answer,
    Call,
    DownloadSink,
    Fetch,
    Flow,
    InvalidDownload,
    Moment,
    Now,
    Sleep,
    Unanswered,
    Undelivered,
)
from krea_client._core.retrying import CallContext, RequestOptions, TimedResponse, exchange, heed, placed
from krea_client._request.build import PreparedRequest
from krea_client._spec.catalogue import catalogue
from krea_client.errors import (
    AnswerError,
    ApiError,
    ConnectionFailed,
    KreaError,
    NotFound,
    SaveFailed,
    UnexpectedAnswer,
)
from krea_client.jobs import CANCELLED, Job

T = TypeVar("T")
NOT_FOUND = 404
HEADWAY = 64 << 10  # bytes more than before, after which a download has all its tries again


def submit(prepared: PreparedRequest, terms: RequestOptions, asking: CallContext) -> Flow[Job]:
    """Sends a generation and gives its job; its local files go first.

    Raises:
        ApiError: the API refused it; nothing was charged.
        ConnectionFailed: it was never delivered; nothing was charged.
        OverBudget: it would cost more than the client may spend; nothing was sent.
        OutcomeUnknown: a job may exist.
    """
    return (yield from _send(prepared, terms, asking, responses.job_in, lambda job: [job]))


def submit_many(prepared: PreparedRequest, terms: RequestOptions, asking: CallContext) -> Flow[list[Job]]:
    """Sends a request that makes several jobs; raises what `submit` raises."""
    return (yield from _send(prepared, terms, asking, responses.jobs_in, lambda jobs: jobs))


def _send(
    prepared: PreparedRequest,
    terms: RequestOptions,
    asking: CallContext,
    read: Callable[[Call, Answer], T],
    jobs_of: Callable[[T], list[Job]],
) -> Flow[T]:
    if prepared.files:
        from krea_client._core.uploads import with_uploads

        prepared = yield from with_uploads(prepared, terms, asking)
    call = _call_of(prepared, asking)
    amount = _set_aside(prepared, terms)
    try:
        exchanged = yield from _paid_exchange(call, terms, asking)
        made = _read(call, exchanged, asking, read)
    except (ApiError, ConnectionFailed, UnexpectedAnswer):  # refused or never there, so nothing was charged
        if terms.budget:
            terms.budget.give_back(amount)
        raise
    jobs = jobs_of(made)
    for job in jobs:
        terms.remember(job.id, prepared.operation.typical_seconds)
    if terms.budget and jobs:
        terms.budget.belongs_to(jobs[0].id, amount)
    try:
        yield from heed(exchanged, terms, asking)
    except Warning as warning:  # a filter made it an error; the job exists and is paid for, so it goes along
        warning.job = jobs[0] if jobs else None  # type: ignore[attr-defined]  # only our own warnings are yielded
        warning.add_note(f"Krea accepted the job before: {', '.join(job.id for job in jobs)}")
        raise
    return made


def _set_aside(prepared: PreparedRequest, terms: RequestOptions) -> int:
    if terms.budget is None or not prepared.operation.paid:
        return 0
    from krea_client._spec.prices import price_of

    return terms.budget.take(price_of(prepared.operation, prepared.fields))


def _call_of(prepared: PreparedRequest, asking: CallContext) -> Call:
    operation = prepared.operation
    headers = {"content-type": "application/json"}
    if prepared.webhook_url is not None:
        headers["x-webhook-url"] = prepared.webhook_url
    return Call(operation.method, prepared.path, None, headers, prepared.body, operation.paid, asking.timeout)


def _paid_exchange(call: Call, terms: RequestOptions, asking: CallContext) -> Flow[TimedResponse]:
    began: Moment = yield Now()
    try:
        return (yield from exchange(call, terms, asking))
    except BaseException as stop:
        if not isinstance(stop, Exception):
            stop.add_note(
                f"krea-client: {call.method} {call.path} was under way; if it got through, a job exists: "
                f"krea.jobs.candidates(since={began.utc.isoformat()!r}) lists what it may be"
            )
        raise


def _read(call: Call, exchanged: TimedResponse, asking: CallContext, read: Callable[[Call, Answer], T]) -> T:
    try:
        return read(call, exchanged.answer)
    except AnswerError as error:
        raise placed(error, asking, exchanged.sent, exchanged.ended) from None


def look(job_id: str, terms: RequestOptions, asking: CallContext) -> Flow[Job]:
    """The job as it is now.

    Raises:
        NotFound: there is no such job, or it is someone else's.
        RequestInvalid: it is no job id.
    """
    operation = catalogue().operation("get_job")
    call = Call(operation.method, operation.path_for(id=job_id), timeout=asking.timeout)
    try:
        exchanged = yield from exchange(call, terms, asking)
        job = responses.job_in(call, exchanged.answer)
    except KreaError as error:
        error.job_id = job_id
        raise
    if terms.budget and job.finished:
        terms.budget.ended(job.id, billed=job.succeeded)
    return job


def cancel(job_id: str, terms: RequestOptions, asking: CallContext) -> Flow[None]:
    """Cancels a job that is queued or running; cancelled jobs are not billed."""
    operation = catalogue().operation("delete_job")
    call = Call(operation.method, operation.path_for(id=job_id), timeout=asking.timeout)
    try:
        exchanged = yield from exchange(call, terms, asking)
        # A 404 after a try whose answer was lost may mean that the lost one has done it.
        lost = exchanged.repeated and exchanged.answer.status == NOT_FOUND
        if not (lost and (yield from _is_cancelled(job_id, terms, asking))):
            responses.read_as(done, call, exchanged.answer)
    except KreaError as error:
        error.job_id = job_id
        raise
    yield from heed(exchanged, terms, asking)
    if terms.budget:
        terms.budget.ended(job_id, billed=False)


def _is_cancelled(job_id: str, terms: RequestOptions, asking: CallContext) -> Flow[bool]:
    try:
        job = yield from look(job_id, terms, asking)
    except NotFound:
        return True
    return job.status == CANCELLED


def done(_document: object) -> None:
    """Reads what a done deed answers: nothing."""


class Ask(NamedTuple):
    """A call that costs nothing: an operation of the spec, and what goes into it.

    Attributes:
        operation: its id in the spec.
        parts: what fills the gaps of the path.
        query: the query parameters.
        body: the JSON text of the body, or None.
    """

    operation: str
    parts: Mapping[str, str] | None = None
    query: Mapping[str, str] | None = None
    body: bytes | None = None


def ask(request: Ask, terms: RequestOptions, asking: CallContext, read: Callable[[object], T]) -> Flow[T]:
    """What a call that costs nothing answers, as `read` makes it out of the JSON document.

    Raises:
        ApiError, ConnectionFailed: see there.
        UnexpectedAnswer: `read` could not (it raises ValueError).
    """
    operation = catalogue().operation(request.operation)
    headers = {"content-type": "application/json"} if request.body is not None else None
    path = operation.path_for(**(request.parts or {}))
    call = Call(operation.method, path, request.query, headers, request.body, timeout=asking.timeout)
    exchanged = yield from exchange(call, terms, asking)
    made = responses.read_as(read, call, exchanged.answer)
    yield from heed(exchanged, terms, asking)
    return made


def page(
    request: Ask, terms: RequestOptions, asking: CallContext, read: Callable[[dict[str, Any]], T]
) -> Flow[tuple[list[T], str | None]]:
    """One page of a listing, and the cursor of the next one or None; an item that has no id is left out."""

    def items(document: object) -> tuple[list[T], str | None]:
        found = _json.members(document)
        if not isinstance(found.get("items"), list):
            raise ValueError("it has no list of items")  # noqa: TRY004  # about foreign content, not a Python type
        rows = [_json.members(item) for item in _json.items(found["items"])]
        named = [row for row in rows if _json.text(row.get("job_id")) or _json.text(row.get("id"))]
        return [read(row) for row in named], _json.text(found.get("next_cursor"))

    return (yield from ask(request, terms, asking, items))


def fetch(url: str, landing: DownloadSink, terms: RequestOptions) -> Flow[Any]:
    """Downloads one result into its landing, trying again while that makes sense; gives what the landing made of it.

    Raises:
        SaveFailed: it could not be kept; nothing half-written is left.
    """
    began: Moment = yield Now()
    attempt = best = 0
    try:
        while True:
            attempt += 1
            try:
                return (yield Fetch(url, landing))
            except (Undelivered, Unanswered, InvalidDownload) as fault:
                ended: Moment = yield Now()
                if landing.came >= best + HEADWAY:  # a download that gets on may take its time
                    attempt, began, best = 1, ended, landing.came
                final = isinstance(fault, InvalidDownload) and not fault.again
                pause = None if final else terms.retry.pause(attempt, ended.at - began.at, terms.draw())
                if pause is None:
                    shown = url.partition("?")[0]  # a query may be a signature
                    raise SaveFailed(f"{shown}: {fault}; nothing was written", url=shown) from None
            yield Sleep(pause)
    finally:
        landing.abandon()
