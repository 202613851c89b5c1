"""What the client does in one go, as generators: submit, look, cancel, list, download."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from krea_client import answers, reading
from krea_client.effects import Call, Fetch, Flow, Landing, Moment, Now, Sleep, Spoiled, Unanswered, Undelivered
from krea_client.errors import AnswerError, Problem, RequestInvalid, SaveFailed
from krea_client.exchange import Asking, Terms, exchange, heed, placed
from krea_client.jobs import Job
from krea_client.prepare import Prepared


def submit(prepared: Prepared, terms: Terms, asking: Asking) -> Flow[Job]:
    """Sends a generation and gives its job.

    Raises:
        ApiError: the API refused it; nothing was charged.
        ConnectionFailed: it was never delivered; nothing was charged.
        OutcomeUnknown: a job may exist.
    """
    operation = prepared.operation
    headers = {"content-type": "application/json"}
    if prepared.webhook_url is not None:
        headers["x-webhook-url"] = prepared.webhook_url
    call = Call("POST", operation.path, None, headers, prepared.body, operation.paid, asking.timeout)
    began: Moment = yield Now()
    try:
        exchanged = yield from exchange(call, terms, asking)
    except BaseException as stop:
        if not isinstance(stop, Exception):
            stop.add_note(
                f"krea-client: {call.method} {call.path} was under way; if it got through, a job exists: "
                f"krea.jobs.candidates(since={began.utc.isoformat()!r}) lists what it may be"
            )
        raise
    try:
        job = answers.job_in(call, exchanged.answer)
    except AnswerError as error:
        raise placed(error, asking, exchanged.sent, exchanged.ended) from None
    terms.remember(job.id, operation.typical_seconds)
    try:
        yield from heed(exchanged, terms, asking)
    except Warning as warning:  # a filter made it an error; the job exists and is paid for, so it goes along
        warning.job = job  # type: ignore[attr-defined]  # only our own warnings are yielded, and they have the field
        warning.add_note(f"Krea accepted the job before: {job.id}")
        raise
    return job


def look(job_id: str, terms: Terms, asking: Asking) -> Flow[Job]:
    """The job as it is now.

    Raises:
        NotFound: there is no such job, or it is someone else's.
        RequestInvalid: it is no job id.
    """
    call = Call("GET", _job_path(job_id), timeout=asking.timeout)
    exchanged = yield from exchange(call, terms, asking)
    try:
        return answers.job_in(call, exchanged.answer)
    except AnswerError as error:
        error.job_id = job_id
        raise


def _job_path(job_id: object) -> str:
    # An address with "" or ".." in the place of the id would be that of something else.
    if not isinstance(job_id, str) or not job_id.strip("."):
        problem = Problem("the job id", f"is {job_id!r}, must be the text that the API gave", "give job.id")
        raise RequestInvalid(None, [problem])
    return f"/jobs/{quote(job_id, safe='', errors='replace')}"


def cancel(job_id: str, terms: Terms, asking: Asking) -> Flow[None]:
    """Cancels a job that is queued or running; cancelled jobs are not billed."""
    call = Call("DELETE", _job_path(job_id), timeout=asking.timeout)
    exchanged = yield from exchange(call, terms, asking)
    if not 200 <= exchanged.answer.status < 300:
        error = answers.error_for(call, exchanged.answer)
        error.job_id = job_id
        raise error


def page(query: Mapping[str, str], terms: Terms, asking: Asking) -> Flow[tuple[list[Job], str | None]]:
    """One page of jobs, newest first, and the cursor of the next one or None."""
    call = Call("GET", "/jobs", query, timeout=asking.timeout)
    exchanged = yield from exchange(call, terms, asking)
    document = answers.object_in(call, exchanged.answer)
    if not isinstance(document.get("items"), list):
        raise answers.unreadable(call, exchanged.answer, "it has no list of items")
    rows = [reading.members(item) for item in reading.items(document["items"])]
    jobs = [Job.from_dict(row) for row in rows if reading.text(row.get("job_id"))]
    return jobs, reading.text(document.get("next_cursor"))


def fetch(url: str, landing: Landing, terms: Terms) -> Flow[Any]:
    """Downloads one result into its landing, trying again while that makes sense; gives what the landing made of it.

    Raises:
        SaveFailed: it could not be kept; nothing half-written is left.
    """
    began: Moment = yield Now()
    attempt = 0
    while True:
        attempt += 1
        try:
            return (yield Fetch(url, landing))
        except (Undelivered, Unanswered, Spoiled) as fault:
            landing.abandon()
            ended: Moment = yield Now()
            final = isinstance(fault, Spoiled) and not fault.again
            pause = None if final else terms.retry.pause(attempt, ended.at - began.at, terms.draw())
            if pause is None:
                shown = url.partition("?")[0]  # a query may be a signature
                raise SaveFailed(f"{shown}: {fault}; nothing was written", url=shown) from None
        except BaseException:
            landing.abandon()
            raise
        yield Sleep(pause)
