"""What an answer means: status before body, one table from status to error, one reading of the server's messages."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from datetime import date as Date
from typing import Any, TypeVar

from krea_client import _json, errors
from krea_client._core.effects import Answer, Call
from krea_client.errors import AnswerError, FieldMessage
from krea_client.jobs import Job

T = TypeVar("T")

_BY_STATUS: dict[int, type[errors.ApiError]] = {
    400: errors.Rejected,
    401: errors.Unauthorized,
    402: errors.OutOfCredits,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    410: errors.ModelGone,
    422: errors.Rejected,
    429: errors.Busy,
}
_REMEDY: dict[int, str] = {
    400: "change the request",
    401: "check the token (KREA_API_TOKEN)",
    402: "add credits to the API balance; sending it again does not help",
    403: "this token may not do that",
    404: "check the id or the model, and that it belongs to this token",
    409: "wait until what it acts on is ready",
    410: "use another model",
    422: "change the request",
    429: "wait until jobs have ended, or send fewer at once",
}
_TELLING = ("error", "message", "errors", "details", "detail", "issues")  # keys under which servers tell why
_TOLD = 300  # characters of a server's message that ours may hold
_DEEPEST = 8  # levels of nesting at which a server's message is still looked for


def read_as(read: Callable[[object], T], call: Call, answer: Answer) -> T:
    """What `read` makes of the JSON document in a good answer.

    Raises:
        AnswerError: the status says no, or `read` raised ValueError; which error depends on the call being paid.
    """
    if not 200 <= answer.status < 300:
        raise error_for(call, answer)
    try:
        return read(_json.document(answer.body))
    except ValueError as fault:
        raise unreadable(call, answer, f"{fault}: {_glimpse(answer.body)}") from None


def job_in(call: Call, answer: Answer) -> Job:
    """The job in a good answer; raises what `read_as` raises."""
    return read_as(_job, call, answer)


def jobs_in(call: Call, answer: Answer) -> list[Job]:
    """The jobs in a good answer, also where it is a single one; raises what `read_as` raises."""
    return read_as(lambda document: [_job(part) for part in _json.items(document) or [document]], call, answer)


def _job(document: object) -> Job:
    return Job.from_dict(an_object(document))


def an_object(document: object) -> dict[str, Any]:
    """The members of a JSON object.

    Raises:
        ValueError: it is none.
    """
    if not _json.is_object(document):
        raise ValueError("it is not a JSON object")
    return _json.members(document)


def error_for(call: Call, answer: Answer) -> AnswerError:
    """The error that a status other than 2xx stands for."""
    request = f"{call.method} {call.path}"
    status = answer.status
    kind: type[AnswerError] | None = _BY_STATUS.get(status)
    if kind is None and (status >= 500 or status == 408):
        kind = errors.OutcomeUnknown if call.paid else errors.ServerFailed
    if kind is None and call.paid and 300 <= status <= 306:  # 307 and 308 say that it was not done here, these do not
        kind = errors.OutcomeUnknown
    if kind is None:
        kind = errors.UnexpectedAnswer
    document = _json.document(answer.body)
    messages = tuple(_messages(document))
    told = "; ".join(f"{one.field}: {one.message}" if one.field else one.message for one in messages)[:_TOLD]
    remedy = _REMEDY.get(status, "")
    if kind is errors.OutcomeUnknown:
        remedy = "a job may have been created; it was not sent again; krea.jobs.candidates(error) lists what it may be"
    text = f"{request} answered {status}" + (f": {told}" if told else "") + (f" ({remedy})" if remedy else "")
    error = kind(text, status=status, body=answer.body, headers=answer.headers, request=request, messages=messages)
    _complete(error, document, answer.headers)
    return error


def _complete(error: AnswerError, document: object, headers: Mapping[str, str]) -> None:
    found = _json.members(document)
    if isinstance(error, errors.Busy):
        error.retry_after = retry_after(headers)
    if isinstance(error, errors.ModelGone):
        error.replacement = _json.text(found.get("replacement"))
        error.sunset = _date(found.get("sunset_date"))
        if error.replacement:
            error.args = (f"{error.args[0]}; its replacement is {error.replacement!r}",)


def unreadable(call: Call, answer: Answer, why: str) -> AnswerError:
    """The error for a good status whose body cannot be read: for a paid call nobody knows what happened."""
    request = f"{call.method} {call.path}"
    kind = errors.OutcomeUnknown if call.paid else errors.UnexpectedAnswer
    tail = " A job may exist; krea.jobs.candidates(error) lists what it may be." if call.paid else ""
    text = f"{request} answered {answer.status}, but {why}.{tail}"
    return kind(text, status=answer.status, body=answer.body, headers=answer.headers, request=request)


def _messages(document: object, field: str = "", depth: int = 0) -> list[FieldMessage]:
    # Seen: {error: text}, {message: text}, {error: {message}}, a list of {field, message}, alone or under errors or details.
    if told := _json.text(document):
        return [FieldMessage(field, told)]
    if (parts := _json.items(document)) and depth <= _DEEPEST:
        return [message for part in parts for message in _messages(part, "", depth + 1)]
    told_by_key = _json.members(document)
    if not told_by_key or depth > _DEEPEST:
        return []
    name = told_by_key.get("field", told_by_key.get("path", field))
    steps = [str(step) for step in _json.items(name) if isinstance(step, (str, int))]
    name = ".".join(steps) or _json.text(name) or ""
    found: list[FieldMessage] = []
    for key in ("error", "message", "errors", "details", "detail", "issues"):
        found += [one for one in _messages(told_by_key.get(key), name, depth + 1) if one not in found]
    return found


def _glimpse(body: bytes) -> str:
    text = " ".join(body[:200].decode("utf-8", "replace").split())
    return repr(text[:80]) if text else "it is empty"


def _date(value: object) -> Date | None:
    try:
        return Date.fromisoformat((_json.text(value) or "")[:10])
    except ValueError:
        return None


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for, or None when there is none that makes sense.

    Args:
        headers: the answer's headers.
        now: for the date form of an answer that has no Date header; it comes second, as this machine's clock may be wrong.
    """
    value = (headers.get("retry-after") or "").strip()
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        then = http_date(value)
        here = http_date(headers.get("date") or "") or now
        return max(0.0, (then - here).total_seconds()) if then and here else None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def http_date(value: str) -> datetime | None:
    """A date as HTTP headers write it, in UTC, or None when it is malformed."""
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(value)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (
        ValueError,
        TypeError,
        IndexError,
        OverflowError,
    ):  # the last: west of Greenwich at the end of the year 9999
        return None
