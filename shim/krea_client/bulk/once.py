"""Send one paid POST per key, however many processes call it and how often: safe in the tasks of any engine.

Each call leads the journal for the moment of its POST, so only one POST is unanswered at a time, whatever the number of workers. Whoever
leads next finds the intent of one that was interrupted, and settles it before anything else is sent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from krea_client._core import operations, uploads
from krea_client._core.effects import Flow, Moment, Now, Perform, Sleep
from krea_client._core.retrying import CallContext, RequestOptions
from krea_client._core.uploads import UploadedRequest
from krea_client._request.build import PreparedRequest
from krea_client.bulk.account_list import jobs_since, newest_jobs
from krea_client.bulk.journal import UNDATED, BulkItem, Journal, JournalError, JournalLost, LedByAnother, Write
from krea_client.bulk.posting import INTENT_LIFE, Meaning, PostOutcome, post
from krea_client.bulk.preparing import price_in_micros
from krea_client.bulk.run_folder import RUN as KIND
from krea_client.bulk.run_folder import leader_name
from krea_client.bulk.run_parts import BASELINE, EARLIER, FRONTIER, LAST_INTENT, SHARED
from krea_client.bulk.settle import ABSENT, CLOCK_JITTER, earliest, from_server_time, server_time, settle
from krea_client.bulk.states import ItemState
from krea_client.errors import KreaError, NotFound, OutcomeUnknown, Rejected
from krea_client.jobs import Job

RUN = "once"  # the name of the run, where a database keeps several
_EARLIER_JOBS = 100  # of the account, when the journal begins
_RECENTLY = timedelta(minutes=10)  # before that; whoever used the account then may do so again
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.25  # seconds between two tries to lead
_SENT = "sent as "
_S = ItemState


class RefusedOnce(KreaError):
    """The request of this key was refused before, and nothing was charged; `krea.bulk.release` lets the next call send it again."""


class KeyTaken(JournalError):
    """The key is that of another request; give each request a key of its own."""


class OnceOptions(NamedTuple):
    """How a key is treated.

    Attributes:
        resend_absent: an interrupted POST whose job is not in the account's list is sent again.
        settle_seconds: how long after its intent a POST may still create a job; None is an intent's life and the time-out of a POST.
        shared: whether another program uses the account; then nothing is adopted. None finds out.
        patience: seconds to wait for the other calls of this journal.
    """

    resend_absent: bool = False
    settle_seconds: float | None = None
    shared: bool | None = None
    patience: float = 600.0


class OnceCall(NamedTuple):
    """One call: its key and request, the journal, and how to send."""

    key: str
    request: PreparedRequest
    open_journal: Callable[[], Journal]
    settings: OnceOptions
    options: RequestOptions
    context: CallContext


def once(call: OnceCall) -> Flow[Job]:
    """Return the job of a key; send its request if no call before has done so.

    Raises:
        OutcomeUnknown: a job may exist, and the journal has its candidates.
        RefusedOnce: the request was refused before.
        KeyTaken: the journal has another request by this key.
        JournalError: the journal cannot be used.
        KreaError: as `submit` raises; a call that nothing came of may be repeated.
    """
    journal = cast("Journal", (yield Perform(call.open_journal)))
    try:
        item = yield from _find(journal, call)
        uploaded = UploadedRequest(call.request, ())
        if call.request.files and item is None:
            uploaded = yield from uploads.with_uploads(call.request, call.options, call.context)
        if item is None or item.job_id is None:
            item = yield from _lead(journal, call)
        if item is None:
            settings = yield from _prepared_journal(journal, call)
            item = yield from _find(journal, call)
            if item is None or item.job_id is None:
                return (yield from _send_uploaded(journal, call, uploaded, item, int(settings[FRONTIER])))
    finally:
        journal.close()
    return (yield from operations.get_job(str(item.job_id), call.options, call.context))


def _find(journal: Journal, call: OnceCall) -> Flow[BulkItem | None]:
    item = cast("BulkItem | None", (yield Perform(lambda: journal.find(call.key))))
    model = call.request.operation.model
    if item is not None and item.model != model:
        raise KeyTaken(
            f"{journal.address}: the key {call.key!r} is that of a request to {item.model}, not to {model}; "
            "give each request a key of its own"
        )
    # The address of an upload differs from call to call, so a request with files is compared by its model only.
    if (
        item is not None
        and item.reason.startswith(_SENT)
        and not call.request.files
        and item.reason != _sent(call.request)
    ):
        raise KeyTaken(
            f"{journal.address}: the key {call.key!r} is that of another request to {model}; give each request a key of its own"
        )
    return item


def _sent(request: PreparedRequest) -> str:
    """Return what the journal keeps of a request: enough to notice that a key is used for another one."""
    text = json.dumps(json.loads(request.body), sort_keys=True)
    return f"{_SENT}{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _lead(journal: Journal, call: OnceCall) -> Flow[BulkItem | None]:
    """Wait until this call leads, or another one has made the job of the key."""
    began: Moment = yield Now()
    pause = _FIRST_PAUSE
    while True:
        try:
            yield Perform(lambda: journal.lead(leader_name()))
        except LedByAnother:
            now: Moment = yield Now()
            if now.at - began.at > call.settings.patience:
                raise
        else:
            return None
        yield Sleep(pause * (0.5 + call.options.draw() / 2))
        pause = min(2 * pause, _LONGEST_PAUSE)
        item = yield from _find(journal, call)
        if item is not None and item.job_id is not None:
            return item


def _prepared_journal(journal: Journal, call: OnceCall) -> Flow[dict[str, str]]:
    """Return the settings of the journal, once nothing in it is unsettled."""
    settings = cast("dict[str, str]", (yield Perform(journal.settings)))
    if settings.get(KIND, RUN) != RUN:
        raise JournalError(f"{journal.address}: belongs to a run of `krea-client batch`; give a journal of its own")
    if FRONTIER not in settings:
        settings = yield from _first_look(journal, call)
    return (yield from _settle(journal, call, settings))


def _first_look(journal: Journal, call: OnceCall) -> Flow[dict[str, str]]:
    """Remember the jobs that were there before, and whether somebody else uses the account."""
    jobs = yield from newest_jobs(_EARLIER_JOBS, call.options, call.context)
    now: Moment = yield Now()
    begin = now.utc + (call.options.clock_offset.value or timedelta()) - _RECENTLY
    times = [job.created_at for job in jobs if job.created_at is not None]
    frontier = str(max(map(server_time, times), default=0))
    settings = {KIND: RUN, FRONTIER: frontier, BASELINE: frontier, EARLIER: json.dumps(sorted(job.id for job in jobs))}
    if any(time > begin for time in times):
        settings[SHARED] = "1"
    yield Perform(lambda: journal.write(Write(settings=settings)))
    return settings


def _settle(journal: Journal, call: OnceCall, settings: dict[str, str]) -> Flow[dict[str, str]]:
    """Settle what an interrupted call has left, and return the settings; no other POST is under way."""
    intents = cast("list[BulkItem]", (yield Perform(lambda: list(journal.items({_S.INTENT})))))
    if not intents:
        return settings
    yield Sleep((yield from _remaining(call, settings.get(LAST_INTENT))))
    bound = min(item.server_time for item in intents) - CLOCK_JITTER
    jobs = yield from jobs_since(from_server_time(max(bound, 0)), call.options, call.context)
    known = cast("set[str]", (yield Perform(lambda: journal.known([job.id for job in jobs], earliest(jobs)))))
    unknowns = cast("list[BulkItem]", (yield Perform(lambda: list(journal.items({_S.UNKNOWN})))))
    strangers = [job for job in jobs if job.id not in known and job.id not in json.loads(settings.get(EARLIER, "[]"))]
    changed = {FRONTIER: _frontier(int(settings[FRONTIER]), jobs)}
    if _is_shared(strangers, unknowns, bound, settings):
        changed[SHARED] = "1"
    shared = SHARED in {**settings, **changed} if call.settings.shared is None else call.settings.shared
    if strangers and not earliest(strangers):
        changed[UNDATED] = "1"
    unclaimed = [job for job in strangers if not _is_older(job, bound)]
    results = [
        before.to(_S.PLANNED) if after.reason == ABSENT and call.settings.resend_absent else after
        for before, after in zip(intents, settle(intents, unclaimed, unknowns, shared=shared), strict=True)
    ]
    yield Perform(lambda: journal.write(Write(results, settings=changed)))
    _settle_budget(journal, call, results)
    return {**settings, **changed}


def _settle_budget(journal: Journal, call: OnceCall, results: list[BulkItem]) -> None:
    budget = call.options.budget
    if budget is None:
        return
    for item in results:
        if item.job_id is not None:
            budget.transfer(_budget_name(journal, item), item.job_id)
        elif item.state is _S.PLANNED:  # it is going to reserve its price anew
            budget.settle(_budget_name(journal, item), billed=False)


def _remaining(call: OnceCall, last_intent: str | None) -> Flow[float]:
    own = call.settings.settle_seconds
    whole = INTENT_LIFE + call.options.timeout if own is None else own
    if last_intent is None:
        return whole
    now: Moment = yield Now()
    passed = (now.utc - datetime.fromisoformat(last_intent)).total_seconds()
    return whole if passed < 0 else max(0.0, whole - passed)


def _is_older(job: Job, bound: int) -> bool:
    return job.created_at is not None and server_time(job.created_at) < bound


def _is_shared(strangers: list[Job], unknowns: list[BulkItem], bound: int, settings: dict[str, str]) -> bool:
    candidates = {job_id for item in unknowns for job_id in item.candidates}
    baseline = int(settings.get(BASELINE, 0))
    older = [job for job in strangers if _is_older(job, bound) and job.id not in candidates]
    return any(job.created_at is not None and server_time(job.created_at) > baseline for job in older)


def _frontier(before: int, jobs: list[Job]) -> str:
    return str(max([before, *(server_time(job.created_at) for job in jobs if job.created_at is not None)]))


def _send_uploaded(
    journal: Journal, call: OnceCall, uploaded: UploadedRequest, item: BulkItem | None, frontier: int
) -> Flow[Job]:
    """Send a request; where it is refused, and names a file that was uploaded for another one, upload that anew and send it again."""
    try:
        return (yield from _send(journal, call._replace(request=uploaded.prepared), item, frontier))
    except (Rejected, NotFound):
        if not uploaded.reused:
            raise
    for digest in uploaded.reused:
        call.options.upload_cache.forget(digest)
    uploaded = yield from uploads.with_uploads(call.request, call.options, call.context)
    refused = cast("BulkItem", (yield Perform(lambda: journal.find(call.key))))
    planned = refused.to(_S.PLANNED, reason="")
    yield Perform(lambda: journal.write(Write([planned])))
    return (yield from _send(journal, call._replace(request=uploaded.prepared), planned, frontier))


def _send(journal: Journal, call: OnceCall, item: BulkItem | None, frontier: int) -> Flow[Job]:
    """Record the intent, send it, and record what came of it."""
    if item is None:
        ordinal = cast("int", (yield Perform(journal.next_ordinal)))
        price = price_in_micros(call.request)[1]
        item = BulkItem(ordinal, call.key, model=call.request.operation.model, price=price)
    if item.state is _S.REFUSED:
        raise RefusedOnce(f"{call.key}: {item.reason}")
    if item.state is _S.UNKNOWN:
        raise _unknown(item)
    intent = item.to(_S.INTENT, server_time=frontier, reason=_sent(call.request))
    now: Moment = yield Now()
    yield Perform(lambda: journal.write(Write([intent], settings={LAST_INTENT: now.utc.isoformat()})))
    committed: Moment = yield Now()
    outcome = yield from post(call.request, call.options, call.context, committed)
    if outcome.job is not None:
        yield from _record(journal, _accepted(intent, outcome.job, frontier), outcome.job)
        return outcome.job
    if outcome.meaning is Meaning.LOST and call.options.budget is not None:
        call.options.budget.assign(_budget_name(journal, intent), intent.price or 0)
    if outcome.meaning is Meaning.REFUSED:
        yield from _record(journal, Write([intent.to(_S.REFUSED, reason=_reason(outcome))]))
    elif outcome.meaning is not Meaning.LOST:
        yield from _record(journal, Write([intent.to(_S.PLANNED)]))
    raise cast("Exception", outcome.error)


def _budget_name(journal: Journal, item: BulkItem) -> str:
    return f"{journal.address} {item.key}"


def _accepted(intent: BulkItem, job: Job, frontier: int) -> Write:
    time = frontier if job.created_at is None else server_time(job.created_at)
    item = intent.to(_S.ACCEPTED, job_id=job.id, server_time=time)
    settings = {FRONTIER: str(max(frontier, time))}
    return Write([item], settings=settings if job.created_at is not None else {**settings, UNDATED: "1"})


def _record(journal: Journal, write: Write, job: Job | None = None) -> Flow[None]:
    try:
        yield Perform(lambda: journal.write(write))
    except JournalLost as lost:
        if job is not None:
            lost.add_note(f"krea-client: {write.items[0].key}: job {job.id} goes on at Krea; the next call adopts it")
        raise


def _reason(outcome: PostOutcome) -> str:
    return " ".join(str(outcome.error).split())


def _unknown(item: BulkItem) -> OutcomeUnknown:
    candidates: Any = ", ".join(item.candidates) or "none"
    return OutcomeUnknown(
        f"{item.key}: {item.reason}; candidates: {candidates} (claim one of them for the key, or release the key to send it again)"
    )
