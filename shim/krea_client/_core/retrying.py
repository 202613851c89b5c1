"""One exchange with the API, tried again where that cannot be paid for twice; and what every flow is told."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

from krea_client._core import responses
from krea_client._core.effects import (
    Answer,
    Call,
    Flow,
    Moment,
    Now,
    Sleep,
    Timeout,
    Unanswered,
    Undelivered,
    Warn,
)
from krea_client._core.policies import (
    BUSY,
    RETRYABLE_READS,
    Pace,
    Retry,
    can_be_waited,
    may_resend,
)
from krea_client._core.retry_budget import RetryBudget
from krea_client._core.upload_cache import UploadCache
from krea_client._request.call_site import Site
from krea_client.errors import (
    AnswerError,
    ConnectionFailed,
    KreaError,
    ModelGone,
    OutcomeUnknown,
)

if TYPE_CHECKING:
    from krea_client._core.budget import Budget

OnInterrupt = Literal["keep", "cancel"]
_SHORTEST = 0.05  # seconds of a last try


class RequestOptions(NamedTuple):
    """What a client was told about trying again and waiting.

    Attributes:
        retry, pace: the policies.
        on_interrupt: what becomes of the remote job when a wait is interrupted.
        timeout: seconds that one exchange may take where a call names none.
        draw: a random number from 0 to 1, for jitter.
        first_time: True when this model has not been warned about yet.
        shelf: which local files have been uploaded.
        quota: how many more tries the client may make in all.
        queueing: True in a batch, where a 429 only says that a request's turn has not come.
        budget: what may be spent, or None.
        remember: is told of every job id that this client was given, with the model's typical seconds or None.
    """

    retry: Retry
    pace: Pace
    on_interrupt: OnInterrupt
    timeout: float
    draw: Callable[[], float]
    first_time: Callable[[str], bool]
    remember: Callable[[str, float | None], None]
    shelf: UploadCache
    quota: RetryBudget
    budget: Budget | None = None
    queueing: bool = False


class CallContext(NamedTuple):
    """Who asks: the model or operation for messages, the user's line, the time-out of one exchange in seconds."""

    label: str
    site: Site
    timeout: float | Timeout | None = None


class TimedResponse(NamedTuple):
    """An answer, with when its request went out and when it had come.

    Attributes:
        repeated: True when an earlier try may have done already what was asked.
    """

    answer: Answer
    sent: Moment
    ended: Moment
    repeated: bool = False


def exchange(call: Call, terms: RequestOptions, asking: CallContext) -> Flow[TimedResponse]:
    """Sends a call until an answer is worth having; a paid one never again once it may have been accepted.

    Raises:
        ConnectionFailed: nothing came of it, and nothing was charged.
        OutcomeUnknown: a paid call went out and no whole answer came back.
    """
    began: Moment = yield Now()
    sent, attempt, repeated = began, 0, False
    while True:
        attempt += 1
        answer: Answer | None = None
        fault: Exception | None = None
        try:
            answer = yield call
        except (Undelivered, Unanswered) as problem:
            fault = problem
        ended: Moment = yield Now()
        pause = _pause(call, terms, answer, fault, attempt, began, ended)
        if pause is not None:
            yield Sleep(pause, for_room=answer is not None and answer.status == BUSY and call.paid)
            repeated = repeated or not (isinstance(fault, Undelivered) or (answer and answer.status == BUSY))
            sent = yield Now()
            call = _in_time(call, terms, terms.retry.budget - (sent.at - began.at))
        elif answer is not None:
            if answer.status not in RETRYABLE_READS:
                terms.quota.give()
            return TimedResponse(answer, sent, ended, repeated)
        else:
            raise _no_answer(call, fault, attempt, asking, sent, ended) from fault


def check_timeout(timeout: object) -> None:
    """Lets a time-out of one exchange pass.

    Raises:
        ValueError: it is none, and a job might be made and paid for before anybody notices.
    """
    if not (hasattr(timeout, "as_dict") or (can_be_waited(timeout) and timeout)):
        raise ValueError(
            f"timeout={timeout!r}: give seconds, more than 0; an exchange without a limit can hang for ever"
        )


def longest(timeout: float | Timeout) -> float:
    """Seconds of the longest phase of a time-out; infinite where one has no limit."""
    if isinstance(timeout, (int, float)):
        return timeout
    return max(math.inf if seconds is None else seconds for seconds in timeout.as_dict().values())


def _in_time(call: Call, terms: RequestOptions, left: float) -> Call:
    # A read that is tried again must not outlast the budget; a paid call keeps its time-out, or its outcome would get lost.
    given = terms.timeout if call.timeout is None else longest(call.timeout)
    return call if call.paid or given <= left else call._replace(timeout=max(left, _SHORTEST))


def _pause(
    call: Call,
    terms: RequestOptions,
    answer: Answer | None,
    fault: Exception | None,
    attempt: int,
    began: Moment,
    ended: Moment,
) -> float | None:
    status = answer.status if answer else None
    if status is not None and status < 400:
        return None
    if not may_resend(call.paid, status, delivered=not isinstance(fault, Undelivered)):
        return None
    told = responses.retry_after(answer.headers, ended.utc) if answer else None
    busy = status == BUSY
    pause = terms.retry.pause(attempt, ended.at - began.at, terms.draw(), busy=busy, retry_after=told)
    free = busy and call.paid and terms.queueing
    return pause if pause is None or free or terms.quota.take(busy=busy) else None


def _no_answer(
    call: Call, fault: Exception | None, attempts: int, asking: CallContext, sent: Moment, ended: Moment
) -> KreaError:
    request = f"{call.method} {call.path}"
    times = "" if attempts == 1 else f" in {attempts} attempts"
    if isinstance(fault, Undelivered):
        return ConnectionFailed(f"{request}: the API was not reached{times}, so nothing was charged: {fault}")
    if not call.paid:
        return ConnectionFailed(f"{request}: no whole answer came{times}: {fault}")
    text = (
        f"{request} was sent, but no whole answer came: {fault} "
        "(a job may have been created; it was not sent again; krea.jobs.candidates(error) lists what it may be)"
    )
    return placed(OutcomeUnknown(text, request=request), asking, sent, ended)


def placed(error: AnswerError, asking: CallContext, sent: Moment, ended: Moment) -> AnswerError:
    """The same error, told which model it is about and when its request was under way."""
    if isinstance(error, OutcomeUnknown):
        error.model, error.sent_at, error.failed_at = asking.label, sent.utc, ended.utc
    if isinstance(error, ModelGone):
        error.model = asking.label
    return error


def heed(exchanged: TimedResponse, terms: RequestOptions, asking: CallContext) -> Flow[None]:
    """Passes on what the answer's headers say about the end of a model, once per model."""
    headers = exchanged.answer.headers
    if "deprecation" in headers or "sunset" in headers:
        from krea_client._core import deprecation_headers

        warning = deprecation_headers.notice(headers, asking.label, exchanged.ended.utc)
        if warning and terms.first_time(asking.label):
            yield Warn(warning, asking.site)
