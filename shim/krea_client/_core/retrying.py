"""One exchange with the API, retried where that cannot be charged twice; and the options that every operation gets."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

from krea_client._core import responses
from krea_client._core.clock_offset import ClockOffset
from krea_client._core.effects import (
    Answer,
    ApiCall,
    Flow,
    Moment,
    Now,
    Sleep,
    Timeout,
    Unanswered,
    Undelivered,
    Warn,
)
from krea_client._core.job_memory import JobMemory
from krea_client._core.observation import Attempt
from krea_client._core.policies import (
    BUSY,
    RETRYABLE_READS,
    Pace,
    Retry,
    can_be_waited,
    may_resend,
)
from krea_client._core.retry_budget import RetryBudget
from krea_client._core.tracing import Trace
from krea_client._core.upload_cache import UploadCache
from krea_client._request.call_site import Site
from krea_client.errors import (
    AnswerError,
    ConnectionFailed,
    KreaError,
    ModelGone,
    OutcomeUnknown,
)
from krea_client.events import Hooks

if TYPE_CHECKING:
    from krea_client._core.budget import Budget

OnInterrupt = Literal["keep", "cancel"]
_SHORTEST_TRY = 0.05  # seconds


class RequestOptions(NamedTuple):
    """A client's settings and shared state, as its operations need them.

    Attributes:
        retry, pace: the policies.
        on_interrupt: what happens to the remote job when a wait is interrupted.
        timeout: seconds that one exchange may take where a call names none.
        draw: returns a random number from 0 to 1, for jitter.
        first_time: returns True when the client has not warned about this model yet.
        memory: the jobs that the client has created.
        upload_cache: local files that have been uploaded.
        retry_budget: limits the retries of the whole client.
        clock_offset: how far the API's clock is ahead of this machine's.
        queueing: True in a batch, where a 429 only means that a request has to wait for its turn.
        budget: the spending limit, or None.
        hooks: functions of the user's that are called round each exchange.
    """

    retry: Retry
    pace: Pace
    on_interrupt: OnInterrupt
    timeout: float
    draw: Callable[[], float]
    first_time: Callable[[str], bool]
    memory: JobMemory
    upload_cache: UploadCache
    retry_budget: RetryBudget
    clock_offset: ClockOffset
    budget: Budget | None = None
    queueing: bool = False
    hooks: Hooks = Hooks()


class CallContext(NamedTuple):
    """Who calls: model or operation for messages, the user's line, what the call says itself, span, and when it is too late to send."""

    label: str
    site: Site
    timeout: float | Timeout | None = None
    trace: Trace | None = None
    not_after: Moment | None = None
    retry: Retry | None = None


class CallLimits(NamedTuple):
    """What a call says about its exchanges: how long one may take, and when it is sent again; None for the client's own."""

    timeout: float | Timeout | None = None
    retry: Retry | None = None


NO_LIMITS = CallLimits()


class TimedResponse(NamedTuple):
    """A response, with the times at which its request was sent and at which it was complete.

    Attributes:
        repeated: True when an earlier try may have been carried out already.
    """

    answer: Answer
    sent: Moment
    ended: Moment
    repeated: bool = False


def send(
    call: ApiCall, options: RequestOptions, context: CallContext, start: Moment | None = None
) -> Flow[TimedResponse]:
    """Send a call and return its response, retrying it as the policy allows; a paid call only if it was surely not accepted.

    Args:
        call: what to send.
        options: the client's settings and state.
        context: who calls.
        start: the present time, where the caller has just read the clock.

    Raises:
        ConnectionFailed: there is no response, and nothing was charged.
        OutcomeUnknown: a paid call was sent and no complete response came back.
    """
    began: Moment = start or (yield Now())
    sent, attempt, repeated = began, 0, False
    if context.trace is not None:
        call = call._replace(trace=context.trace)
    while True:
        attempt += 1
        observed = Attempt(call, context.label, attempt)
        if options.hooks.on_request is not None:
            yield from observed.begin(options.hooks.on_request)
        answer, fault, ended = yield from _try(call, sent, options)
        pause = _pause(call, options, answer, fault, attempt, began, ended)
        yield from observed.end(options.hooks, answer, fault, ended.at - sent.at, pause)
        if pause is not None:
            if context.trace is not None:
                context.trace.set("krea.retries", attempt)
            yield Sleep(pause, for_room=answer is not None and answer.status == BUSY and call.paid)
            repeated = repeated or not (isinstance(fault, Undelivered) or (answer and answer.status == BUSY))
            sent = yield Now()
            call = _within(call, options, options.retry.budget - (sent.at - began.at))
        elif answer is not None:
            if answer.status not in RETRYABLE_READS:
                options.retry_budget.give()
            return TimedResponse(answer, sent, ended, repeated)
        else:
            raise _no_response(call, fault, attempt, options, context, sent, ended) from fault


def _try(call: ApiCall, sent: Moment, options: RequestOptions) -> Flow[tuple[Answer | None, Exception | None, Moment]]:
    """Send a call once; return its response or the reason why there is none, and when it ended."""
    answer: Answer | None = None
    fault: Exception | None = None
    try:
        answer = yield call
    except (Undelivered, Unanswered) as problem:
        fault = problem
    ended: Moment = yield Now()
    if answer is not None:
        options.clock_offset.measure(answer.headers, sent, ended)
    return answer, fault, ended


def check_timeout(timeout: object) -> None:
    """Check the timeout of one exchange.

    Raises:
        ValueError: it is not a usable timeout; a job could be created and charged before anybody notices.
    """
    if not (hasattr(timeout, "as_dict") or (can_be_waited(timeout) and timeout)):
        raise ValueError(
            f"timeout={timeout!r}: give seconds, more than 0; an exchange without a limit can hang for ever"
        )


def longest(timeout: float | Timeout) -> float:
    """Return the seconds of the longest phase of a timeout; infinity where one has no limit."""
    if isinstance(timeout, (int, float)):
        return timeout
    return max(math.inf if seconds is None else seconds for seconds in timeout.as_dict().values())


def _within(call: ApiCall, options: RequestOptions, remaining: float) -> ApiCall:
    # A retried read must not outlast the budget; a paid call keeps its timeout, or its outcome would be lost.
    timeout = options.timeout if call.timeout is None else longest(call.timeout)
    if call.paid or timeout <= remaining:
        return call
    return call._replace(timeout=max(remaining, _SHORTEST_TRY))


def _pause(
    call: ApiCall,
    options: RequestOptions,
    answer: Answer | None,
    fault: Exception | None,
    attempt: int,
    began: Moment,
    ended: Moment,
) -> float | None:
    status = answer.status if answer else None
    if status is not None and status < 400:
        return None
    # What was uploaded may have been stored, and would be stored twice.
    if not may_resend(call.paid or call.upload is not None, status, delivered=not isinstance(fault, Undelivered)):
        return None
    retry_after = responses.retry_after(answer.headers, ended.utc) if answer else None
    busy = status == BUSY
    pause = options.retry.pause(attempt, ended.at - began.at, options.draw(), busy=busy, retry_after=retry_after)
    free = busy and call.paid and options.queueing
    return pause if pause is None or free or options.retry_budget.take(busy=busy) else None


def _no_response(
    call: ApiCall,
    fault: Exception | None,
    attempts: int,
    options: RequestOptions,
    context: CallContext,
    sent: Moment,
    ended: Moment,
) -> KreaError:
    request = f"{call.method} {call.path}"
    times = "" if attempts == 1 else f" in {attempts} attempts"
    if isinstance(fault, Undelivered):
        return ConnectionFailed(f"{request}: the API was not reached{times}, so nothing was charged: {fault}")
    if not call.paid:
        return ConnectionFailed(f"{request}: no complete response came back{times}: {fault}")
    text = (
        f"{request} was sent, but no complete response came back: {fault} "
        "(a job may have been created; it was not sent again; krea.jobs.candidates(error) lists what it may be)"
    )
    return with_context(OutcomeUnknown(text, request=request), options, context, sent, ended)


def with_context(
    error: AnswerError, options: RequestOptions, context: CallContext, sent: Moment, ended: Moment
) -> AnswerError:
    """Return the same error, completed with its model and the times of its request."""
    if isinstance(error, OutcomeUnknown):
        error.model, error.sent_at, error.failed_at = context.label, sent.utc, ended.utc
        error.clock_offset = options.clock_offset.value
    if isinstance(error, ModelGone):
        error.model = context.label
    return error


def warn_about_model(response: TimedResponse, options: RequestOptions, context: CallContext) -> Flow[None]:
    """Warn once per model when the response's headers announce its end."""
    headers = response.answer.headers
    if "deprecation" in headers or "sunset" in headers:
        from krea_client._core import deprecation_headers

        warning = deprecation_headers.warning_from(headers, context.label, response.ended.utc)
        if warning and options.first_time(context.label):
            yield Warn(warning, context.site)
