"""Interpretation of responses: status before body, one table from status to error, one parser of the server's messages."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from krea_client import _json, errors
from krea_client._core.effects import Answer, ApiCall
from krea_client._spec.catalogue import catalogue
from krea_client.errors import AnswerError, FieldMessage
from krea_client.jobs import Job, JobOrigin, job_from

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
    409: "wait until the resource is ready",
    410: "use another model",
    422: "change the request",
    429: "wait until jobs have ended, or submit fewer at once",
}
_MESSAGE_KEYS = ("error", "message", "errors", "details", "detail", "issues")
_MESSAGE_LENGTH = 300  # characters of the server's messages that ours repeats
_MESSAGE_DEPTH = 8  # levels of nesting at which a server's message is still searched


def read_as(read: Callable[[object], T], call: ApiCall, answer: Answer) -> T:
    """Return the JSON document of a successful response, as `read` converts it.

    Raises:
        AnswerError: the status is an error, or `read` raised ValueError; the class depends on whether the call is paid.
    """
    if not 200 <= answer.status < 300:
        raise error_for(call, answer)
    try:
        return read(_json.document(answer.body))
    except ValueError as fault:
        raise unreadable(call, answer, f"{fault}: {_glimpse(answer.body)}") from None


def job_in(call: ApiCall, answer: Answer, origin: JobOrigin | None = None) -> Job:
    """Return the job in a successful response, with its origin where that is known; raise what `read_as` raises."""
    return read_as(lambda document: job_from(Job, an_object(document), origin), call, answer)


def jobs_in(call: ApiCall, answer: Answer) -> list[Job]:
    """Return the jobs in a successful response, also where it is a single one; raise what `read_as` raises."""
    return read_as(lambda document: [_job(part) for part in _json.items(document) or [document]], call, answer)


def _job(document: object) -> Job:
    return Job.from_dict(an_object(document))


def id_key(job_id: str) -> str:
    """Return what is equal for two ways to write an id: a UUID may have capital letters, or lack its hyphens."""
    return job_id.replace("-", "").casefold()


def an_object(document: object) -> dict[str, Any]:
    """Return the members of a JSON object.

    Raises:
        ValueError: the document is something else.
    """
    if not _json.is_object(document):
        raise ValueError("it is not a JSON object")
    return _json.members(document)


def error_for(call: ApiCall, answer: Answer) -> AnswerError:
    """Return the error that a status other than 2xx stands for."""
    request = f"{call.method} {call.path}"
    status = answer.status
    kind: type[AnswerError] | None = _BY_STATUS.get(status)
    if kind is None and (status >= 500 or status == 408):
        kind = errors.OutcomeUnknown if call.paid else errors.ServerFailed
    if (
        kind is None and call.paid and (status < 200 or 300 <= status <= 306)
    ):  # 307 and 308 say that it was not done here
        kind = errors.OutcomeUnknown
    if kind is None:
        kind = errors.UnexpectedAnswer
    document = _json.document(answer.body)
    messages = tuple(_messages(document))
    summary = _summary(messages)
    remedy = _REMEDY.get(status, "")
    if kind is errors.OutcomeUnknown:
        remedy = "a job may have been created; it was not sent again; krea.jobs.candidates(error) lists what it may be"
    text = f"{request} answered {status}" + (f": {summary}" if summary else "") + (f" ({remedy})" if remedy else "")
    error = kind(text, status=status, body=answer.body, headers=answer.headers, request=request, messages=messages)
    _complete(error, document, answer.headers)
    return error


def _complete(error: AnswerError, document: object, headers: Mapping[str, str]) -> None:
    if isinstance(error, errors.Busy):
        error.retry_after = retry_after(headers)
    if isinstance(error, errors.ModelGone):
        members = _json.members(document)
        replacement = _json.text(members.get("replacement"))
        error.replacement = catalogue().short_id(replacement) if replacement else None
        error.sunset = _json.day(members.get("sunset_date"))
        if error.replacement:
            error.args = (f"{error.args[0]}; its replacement is {error.replacement!r}",)


def unreadable(call: ApiCall, answer: Answer, why: str) -> AnswerError:
    """Return the error for a successful response that cannot be read: after a paid call a job may exist."""
    request = f"{call.method} {call.path}"
    kind = errors.OutcomeUnknown if call.paid else errors.UnexpectedAnswer
    tail = " A job may exist; krea.jobs.candidates(error) lists what it may be." if call.paid else ""
    text = f"{request} answered {answer.status}, but {why}.{tail}"
    return kind(text, status=answer.status, body=answer.body, headers=answer.headers, request=request)


def _messages(document: object, field: str = "", depth: int = 0) -> list[FieldMessage]:
    # Observed: {error: text}, {message: text}, {error: {message}}, a list of {field, message}, alone or under errors or details.
    if message := _json.text(document):
        return [FieldMessage(field, message)]
    if (parts := _json.items(document)) and depth <= _MESSAGE_DEPTH:
        return [message for part in parts for message in _messages(part, "", depth + 1)]
    members = _json.members(document)
    if not members or depth > _MESSAGE_DEPTH:
        return []
    name = members.get("field", members.get("path", field))
    steps = [str(step) for step in _json.items(name) if isinstance(step, (str, int))]
    name = ".".join(steps) or _json.text(name) or ""
    by_key = [_messages(members.get(key), name, depth + 1) for key in _MESSAGE_KEYS]
    return list(dict.fromkeys(message for messages in by_key for message in messages))


def _summary(messages: Sequence[FieldMessage]) -> str:
    # A body may hold many messages: more of them than the summary has characters are not needed.
    parts = [
        f"{field}: {message}" if field else message
        for field, message in ((part.field, part.message[:_MESSAGE_LENGTH]) for part in messages[:_MESSAGE_LENGTH])
    ]
    return "; ".join(parts)[:_MESSAGE_LENGTH]


def _glimpse(body: bytes) -> str:
    text = " ".join(body[:200].decode("utf-8", "replace").split())
    return repr(text[:80]) if text else "it is empty"


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Return the seconds that a Retry-After header asks for, or None when there is none that makes sense.

    Args:
        headers: the response's headers.
        now: for the date form where there is no Date header; used second, as this machine's clock may be wrong.
    """
    value = (headers.get("retry-after") or "").strip()
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        until = http_date(value)
        start = http_date(headers.get("date") or "") or now
        return max(0.0, (until - start).total_seconds()) if until and start else None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def http_date(value: str) -> datetime | None:
    """Return a date as HTTP headers write it, in UTC, or None when it is malformed."""
    from email.utils import parsedate_to_datetime

    try:
        date = parsedate_to_datetime(value)
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):  # the last: a western zone at the end of the year 9999
        return None
