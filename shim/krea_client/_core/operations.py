"""Operations that end without a wait, as generators: submit, get and cancel a job, call a free endpoint, list, download."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from krea_client import _json
from krea_client._core import observation, open_jobs, responses, tracing
from krea_client._core.effects import (
    Answer,
    ApiCall,
    ConsumerClosed,
    DownloadSink,
    Fetch,
    Flow,
    InvalidDownload,
    Moment,
    Now,
    Sleep,
    Timeout,
    Unanswered,
    Undelivered,
)
from krea_client._core.retrying import (
    CallContext,
    RequestOptions,
    TimedResponse,
    send,
    warn_about_model,
    with_context,
)
from krea_client._core.tracing import Trace
from krea_client._redaction import redact_url
from krea_client._request.build import PreparedRequest
from krea_client._spec.catalogue import Operation, catalogue
from krea_client.errors import (
    AnswerError,
    ApiError,
    ConnectionFailed,
    KreaError,
    NotFound,
    Problem,
    Rejected,
    RequestInvalid,
    SaveFailed,
    UnexpectedAnswer,
)
from krea_client.jobs import CANCELLED, Job, JobOrigin

T = TypeVar("T")
NOT_FOUND = 404
_UNDER_WAY = "krea_request_under_way"  # set on an exception that ended a paid request
LONGEST_ID = 1000  # letters; those of the API have 36
SHOWN_LETTERS = 100  # of an id in a message
PROGRESS = 64 << 10  # bytes; a download that got so much further has all its attempts again


def submit(prepared: PreparedRequest, options: RequestOptions, context: CallContext) -> Flow[Job]:
    """Submit a generation and return its job; its local files are uploaded first.

    Raises:
        ApiError: the API refused it; nothing was charged.
        ConnectionFailed: it was never delivered; nothing was charged.
        OverBudget: it would pass the client's budget; nothing was sent.
        OutcomeUnknown: a job may exist.
    """
    # first: nothing that can fail may stand behind the payment
    job_in = partial(responses.job_in, origin=_origin(prepared))
    return _submit(prepared, options, context, job_in, lambda job: [job])


def submit_many(prepared: PreparedRequest, options: RequestOptions, context: CallContext) -> Flow[list[Job]]:
    """Submit a request that creates several jobs; raise what `submit` raises."""
    return (yield from _submit(prepared, options, context, responses.jobs_in, lambda jobs: jobs))


def _submit(
    prepared: PreparedRequest,
    options: RequestOptions,
    context: CallContext,
    read: Callable[[ApiCall, Answer], T],
    jobs_of: Callable[[T], list[Job]],
) -> Flow[T]:
    if not tracing.is_on():
        return (yield from _submit_with_files(prepared, options, context, read, jobs_of))
    with tracing.span("krea.submit", context.trace, {"krea.model": context.label}) as trace:
        return (yield from _submit_with_files(prepared, options, context._replace(trace=trace), read, jobs_of))


def _submit_with_files(
    prepared: PreparedRequest,
    options: RequestOptions,
    context: CallContext,
    read: Callable[[ApiCall, Answer], T],
    jobs_of: Callable[[T], list[Job]],
) -> Flow[T]:
    if not prepared.files:
        return (yield from _submit_once(prepared, options, context, read, jobs_of))
    from krea_client._core.uploads import with_uploads

    request = yield from with_uploads(prepared, options, context)
    try:
        return (yield from _submit_once(request.prepared, options, context, read, jobs_of))
    except (Rejected, NotFound):  # so nothing was charged; a file that was uploaded earlier may have been deleted since
        if not request.reused:
            raise
    for digest in request.reused:
        options.upload_cache.forget(digest)
    request = yield from with_uploads(prepared, options, context)
    return (yield from _submit_once(request.prepared, options, context, read, jobs_of))


def _submit_once(
    prepared: PreparedRequest,
    options: RequestOptions,
    context: CallContext,
    read: Callable[[ApiCall, Answer], T],
    jobs_of: Callable[[T], list[Job]],
) -> Flow[T]:
    call = _call_of(prepared, context)
    amount = _reserve(prepared, options)
    try:
        response = yield from _send_paid(call, options, context)
        outcome = _read(
            call, response, options, context, lambda call, answer: _read_new(read, call, answer, options, jobs_of)
        )
    except (ApiError, ConnectionFailed, UnexpectedAnswer):  # refused or not delivered, so nothing was charged
        if options.budget:
            options.budget.release(amount)
        raise
    jobs = jobs_of(outcome)
    for job in jobs:
        options.memory.add(job, prepared.operation.typical_seconds, prepared.operation.model)
        observation.submitted(job, context.label)
        if context.trace is not None:
            context.trace.set("krea.job.id", job.id)
            context.trace.set("krea.price", _price(prepared))
    if options.budget and jobs:
        options.budget.assign(jobs[0].id, amount)
    try:
        yield from warn_about_model(response, options, context)
    except Warning as warning:  # a filter made it an error; the job exists and is paid for, so the error carries it
        warning.job = jobs[0] if jobs else None  # type: ignore[attr-defined]  # only our own warnings are yielded
        warning.add_note(f"Krea accepted the job before: {', '.join(job.id for job in jobs)}")
        raise
    return outcome


def _read_new(
    read: Callable[[ApiCall, Answer], T],
    call: ApiCall,
    answer: Answer,
    options: RequestOptions,
    jobs_of: Callable[[T], list[Job]],
) -> T:
    outcome = read(call, answer)
    # The response to an earlier request that arrives once more, while the connection carries this one, looks like the response to this one.
    known = [job.id for job in jobs_of(outcome) if answer.on_kept_connection and options.memory.knows(job.id)]
    if known:
        if answer.distrust is not None:
            answer.distrust()
        raise responses.unreadable(call, answer, f"with {shortened(known[0])}, the job of an earlier request")
    return outcome


def _reserve(prepared: PreparedRequest, options: RequestOptions) -> int:
    if options.budget is None or not prepared.operation.paid:
        return 0
    from krea_client._spec.prices import price_of

    return options.budget.reserve(price_of(prepared.operation, prepared.fields))


def _origin(prepared: PreparedRequest) -> JobOrigin:
    from krea_client._spec.prices import has_one_price, price_of

    operation = prepared.operation
    origin = _origins.get(operation)
    if origin is None:
        origin = JobOrigin(operation.model, price_of(operation, prepared.fields).short)
        if has_one_price(operation):
            _origins[operation] = origin
    return origin


# Of operations whose price does not depend on the body.
_origins: WeakKeyDictionary[Operation, JobOrigin] = WeakKeyDictionary()


def _price(prepared: PreparedRequest) -> float | None:
    from krea_client._spec.prices import price_of

    return price_of(prepared.operation, prepared.fields).amount


def _call_of(prepared: PreparedRequest, context: CallContext) -> ApiCall:
    operation = prepared.operation
    headers = {"content-type": "application/json"}
    if prepared.webhook_url is not None:
        headers["x-webhook-url"] = prepared.webhook_url
    return ApiCall(
        operation.method,
        prepared.path,
        None,
        headers,
        prepared.body,
        operation.paid,
        context.timeout,
        not_after=context.not_after,
    )


def _send_paid(call: ApiCall, options: RequestOptions, context: CallContext) -> Flow[TimedResponse]:
    began: Moment = yield Now()
    process = os.getpid()
    try:
        return (yield from send(call, options, context, began))
    except KreaError:
        raise
    except BaseException as stop:  # an interrupt, or an error of a transport or a filter of the user's
        note = (
            f"krea-client: {call.method} {call.path} was under way; if it was accepted, a job exists: "
            f"krea.jobs.candidates(since={began.utc.isoformat()!r}) lists what it may be"
        )
        open_jobs.attach(stop, [], [note])
        setattr(stop, _UNDER_WAY, True)
        if isinstance(stop, GeneratorExit):
            open_jobs.report_destroyed(stop, process)
        elif not isinstance(stop, (ConsumerClosed, Exception)):
            open_jobs.report(stop)
        raise


def may_have_created_a_job(error: BaseException) -> bool:
    """Return True for an error that a paid request was ended by, so that nobody knows its outcome."""
    return getattr(error, _UNDER_WAY, False)


def _read(
    call: ApiCall,
    response: TimedResponse,
    options: RequestOptions,
    context: CallContext,
    read: Callable[[ApiCall, Answer], T],
) -> T:
    try:
        return read(call, response.answer)
    except AnswerError as error:
        raise with_context(error, options, context, response.sent, response.ended) from None


def get_job(job_id: str, options: RequestOptions, context: CallContext) -> Flow[Job]:
    """Return the job in its present state.

    Raises:
        NotFound: there is no such job, or it belongs to another account.
        RequestInvalid: the text is not a job id.
        UnexpectedAnswer: the response is about another job.
    """
    call = _job_call("get_job", job_id, context)
    try:
        response = yield from send(call, options, context)
        job = responses.job_in(call, response.answer)
        if not _same_id(job.id, job_id):
            raise responses.unreadable(call, response.answer, f"it is about another job, {shortened(job.id)}")
    except KreaError as error:
        error.job_id = job_id
        raise
    note_state(job, options)
    return job


def note_state(job: Job, options: RequestOptions) -> None:
    """Record the present state of a job, which a look has shown."""
    options.memory.update(job)
    if options.budget and job.finished:
        options.budget.settle(job.id, billed=job.succeeded)


def cancel_job(job_id: str, options: RequestOptions, context: CallContext) -> Flow[None]:
    """Cancel a job that is queued or running; cancelled jobs are not billed."""
    call = _job_call("delete_job", job_id, context)
    try:
        response = yield from send(call, options, context)
        # A 404 after a try whose response was lost may mean that the lost one was carried out.
        repeated = response.repeated and response.answer.status == NOT_FOUND
        if not (repeated and (yield from _is_cancelled(job_id, options, context))):
            responses.read_as(no_content, call, response.answer)
    except KreaError as error:
        error.job_id = job_id
        raise
    yield from warn_about_model(response, options, context)
    options.memory.close(job_id)
    if options.budget:
        options.budget.settle(job_id, billed=False)


def _job_call(operation_id: str, job_id: str, context: CallContext) -> ApiCall:
    operation = catalogue().operation(operation_id)
    if len(str(job_id)) > LONGEST_ID:
        problem = Problem(f"the id {shortened(job_id)}", "is too long for an address", "give the id of a job")
        raise RequestInvalid(operation.id, [problem])
    return ApiCall(operation.method, operation.path_for(id=job_id), timeout=context.timeout)


def _same_id(first: str, second: str) -> bool:
    return first == second or responses.id_key(first) == responses.id_key(second)


def shortened(job_id: str) -> str:
    """Return an id as a message may show it."""
    return job_id if len(job_id) <= SHOWN_LETTERS else f"{job_id[:SHOWN_LETTERS]}... ({len(job_id)} letters)"


def _is_cancelled(job_id: str, options: RequestOptions, context: CallContext) -> Flow[bool]:
    try:
        job = yield from get_job(job_id, options, context)
    except NotFound:
        return True
    return job.status == CANCELLED


def no_content(_document: object) -> None:
    """Read a response whose body means nothing."""


class EndpointCall(NamedTuple):
    """A call of a free endpoint.

    Attributes:
        operation: its id in the spec.
        parts: values of the variables in its path.
        query: the query parameters.
        body: the JSON text of the body, or None.
    """

    operation: str
    parts: Mapping[str, str] | None = None
    query: Mapping[str, str] | None = None
    body: bytes | None = None


def call_endpoint(
    request: EndpointCall, options: RequestOptions, context: CallContext, read: Callable[[object], T]
) -> Flow[T]:
    """Return the response of a free endpoint, as `read` converts its JSON document.

    Raises:
        ApiError, ConnectionFailed: see there.
        UnexpectedAnswer: `read` raised ValueError.
    """
    operation = catalogue().operation(request.operation)
    headers = {"content-type": "application/json"} if request.body is not None else None
    path = operation.path_for(**(request.parts or {}))
    call = ApiCall(operation.method, path, request.query, headers, request.body, timeout=context.timeout)
    response = yield from send(call, options, context)
    value = responses.read_as(read, call, response.answer)
    yield from warn_about_model(response, options, context)
    return value


def list_page(
    request: EndpointCall, options: RequestOptions, context: CallContext, read: Callable[[dict[str, Any]], T]
) -> Flow[tuple[list[T], str | None]]:
    """Return one page of a listing with the cursor of the next one or None; items without an id are left out."""

    def read_page(document: object) -> tuple[list[T], str | None]:
        members = _json.members(document)
        if not isinstance(members.get("items"), list):
            raise ValueError("it has no list of items")  # noqa: TRY004  # about foreign content, not a Python type
        rows = [_json.members(item) for item in _json.items(members["items"])]
        identified = [row for row in rows if _json.text(row.get("job_id")) or _json.text(row.get("id"))]
        return [read(row) for row in identified], _json.text(members.get("next_cursor"))

    return (yield from call_endpoint(request, options, context, read_page))


def download(
    url: str,
    sink: DownloadSink,
    options: RequestOptions,
    timeout: float | Timeout | None = None,
    parent: Trace | None = None,
) -> Flow[Any]:
    """Download one result into its sink, with retries; return what the sink makes of it. `timeout` is that of one exchange.

    Raises:
        SaveFailed: it could not be saved; no partial file is left.
    """
    with tracing.span("krea.save", parent, {"krea.job.id": sink.job_id or ""}) as trace:
        try:
            outcome = yield from fetch_whole(Fetch(url, sink, trace, timeout), options)
        finally:
            sink.abandon()
    observation.saved(url, outcome)
    return outcome


def fetch_whole(fetch: Fetch, options: RequestOptions) -> Flow[Any]:
    """Do the same, but leave it to the caller to abandon the sink."""
    url, sink = fetch.url, fetch.sink
    began: Moment = yield Now()
    attempt = furthest = 0
    while True:
        attempt += 1
        try:
            return (yield fetch)
        except (Undelivered, Unanswered, InvalidDownload) as fault:
            ended: Moment = yield Now()
            if sink.came >= furthest + PROGRESS:
                attempt, began, furthest = 1, ended, sink.came
            final = isinstance(fault, InvalidDownload) and not fault.again
            pause = None if final else options.retry.pause(attempt, ended.at - began.at, options.draw())
            if pause is None:
                fault.__traceback__ = None  # its frames hold the response, in which a server may send the token back
                address = redact_url(url)
                text = f"{address}: {fault}; nothing was written"
                raise SaveFailed(text, url=address, job_id=sink.job_id) from None
        yield Sleep(pause)
