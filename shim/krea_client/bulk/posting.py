"""Send the POST of an item once and interpret its response; limit the number of POSTs without a response (the lane)."""

from __future__ import annotations

import math
from datetime import timedelta
from enum import Enum
from typing import NamedTuple

from krea_client._core import operations
from krea_client._core.effects import Flow, Moment, Now
from krea_client._core.policies import Retry
from krea_client._core.retrying import CallContext, RequestOptions
from krea_client._request.build import PreparedRequest
from krea_client.errors import (
    ApiError,
    Busy,
    ConnectionFailed,
    Forbidden,
    KreaError,
    OutcomeUnknown,
    OutOfCredits,
    RequestInvalid,
    Unauthorized,
    UnexpectedAnswer,
)
from krea_client.jobs import Job

INTENT_LIFE = 5.0  # seconds after its commit in which an intent may be sent
WIDEST_LANE = 8
_FILL_SHARE = 0.04  # of a job's time in which idle slots should be filled
_ONCE = Retry(attempts=1, busy_attempts=1)


class Meaning(Enum):
    """What the answer to a POST means."""

    ACCEPTED = "a job was made"
    REFUSED = "no job was made, and sending it again does not help"
    LATER = "no job was made; it can be sent again later"
    STOP = "no job was made, and none will be before the user has acted"
    LOST = "a job may have been made"


class PostOutcome(NamedTuple):
    """The answer to a POST, or that there is none.

    Attributes:
        meaning: what it means.
        job: the job that was made.
        error: why there is none.
        seconds: how long the exchange took.
    """

    meaning: Meaning
    job: Job | None
    error: Exception | None
    seconds: float


def post(
    request: PreparedRequest, options: RequestOptions, context: CallContext, committed: Moment
) -> Flow[PostOutcome]:
    """Send a request whose intent was committed at a moment, once."""
    not_after = Moment(committed.at + INTENT_LIFE, committed.utc + timedelta(seconds=INTENT_LIFE))
    context = context._replace(label=request.operation.model, not_after=not_after)
    began: Moment = yield Now()
    try:
        job = yield from operations.submit(request, options._replace(retry=_ONCE), context)
    except Exception as error:  # noqa: BLE001  # the meaning of every failure is told
        ended: Moment = yield Now()
        accepted = getattr(error, "job", None)  # a warning that a filter made an error, after the answer
        if isinstance(error, Warning) and isinstance(accepted, Job):
            return PostOutcome(Meaning.ACCEPTED, accepted, None, ended.at - began.at)
        return PostOutcome(meaning_of(error), None, error, ended.at - began.at)
    ended = yield Now()
    return PostOutcome(Meaning.ACCEPTED, job, None, ended.at - began.at)


def meaning_of(error: Exception) -> Meaning:
    """Return what an error of a submission says about its job."""
    if isinstance(error, OutcomeUnknown):
        return Meaning.LOST
    if isinstance(error, (Busy, ConnectionFailed)):
        return Meaning.LATER
    if isinstance(error, (Unauthorized, OutOfCredits, Forbidden)):
        return Meaning.STOP
    if isinstance(error, (ApiError, RequestInvalid, UnexpectedAnswer)):
        return Meaning.REFUSED
    if isinstance(error, KreaError) and not operations.may_have_created_a_job(error):
        return Meaning.STOP  # such as a client that was closed, or whose budget is spent
    return Meaning.LOST


class Lane:
    """How many POSTs may be unanswered at a time.

    With one, an interrupted POST has at most one candidate. It is widened only while slots stand idle for long, measured by what jobs
    and POSTs take.

    Args:
        width: a fixed width; None chooses it.
    """

    def __init__(self, width: int | None) -> None:
        self._fixed = width
        self._post_seconds: float | None = None

    def measure(self, post_seconds: float) -> None:
        """Take how long a POST took."""
        before = self._post_seconds
        self._post_seconds = post_seconds if before is None else 0.8 * before + 0.2 * post_seconds

    def width(self, idle: int, job_seconds: float | None) -> int:
        """Return the width for so many idle slots and jobs that take so long."""
        if self._fixed is not None:
            return self._fixed
        if job_seconds is None or self._post_seconds is None:
            return 1
        enough = math.ceil(idle * self._post_seconds / (_FILL_SHARE * max(job_seconds, 0.001)))
        return max(1, min(WIDEST_LANE, enough))
