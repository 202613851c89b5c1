"""The part of a runner that polls running jobs and saves results, including those of candidates of unknown items."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from krea_client import _json
from krea_client._core import operations
from krea_client._core.effects import Flow
from krea_client._core.list_pages import Look
from krea_client._core.operations import EndpointCall
from krea_client._spec.catalogue import Catalogue
from krea_client.bulk.journal import BulkItem
from krea_client.bulk.result_saving import NothingToSave, is_local, save_item, save_unclaimed
from krea_client.bulk.run_parts import RunParts, Tag
from krea_client.bulk.settle import from_server_time
from krea_client.bulk.states import ItemState
from krea_client.errors import KreaError, NotFound, SaveFailed
from krea_client.jobs import COMPLETED, Job

_S = ItemState
_WAITING_SHARE = 4  # times the downloads at once: with more ended results waiting, nothing is sent
_LOOKS_AT_ONCE = 4


class LookResult:
    """What a look has brought."""

    def __init__(self, jobs: list[Job], *, more: bool) -> None:
        self.jobs = jobs
        self.more = more


class Watcher:
    """Sees jobs end, and saves their results."""

    def __init__(self, parts: RunParts, catalogue: Catalogue) -> None:
        self._parts = parts
        self._catalogue = catalogue
        self._running: set[str] = set()
        self._looks: deque[Look] = deque()
        self._looking = 0
        self._to_save: deque[int] = deque()
        self._saving: set[int] = set()
        self._candidates: dict[str, Job] = {}
        self._unclaimed: deque[Job] = deque()
        self._saving_unclaimed = 0
        self.unsaved: int = 0
        self.lost_jobs: int = 0

    @property
    def running(self) -> int:
        """Number of jobs of items that have not ended."""
        return len(self._running)

    @property
    def waiting(self) -> int:
        """Number of ended items whose results are not saved."""
        return len(self._to_save) + len(self._saving)

    @property
    def saving(self) -> int:
        """Number of downloads under way."""
        return len(self._saving) + self._saving_unclaimed

    @property
    def is_congested(self) -> bool:
        """Whether so many results wait that nothing should be sent."""
        limit = self._parts.settings.downloads
        return limit > 0 and len(self._to_save) > limit * _WAITING_SHARE

    @property
    def is_done(self) -> bool:
        """Whether nothing is watched or saved any more."""
        if self._parts.leave:
            return True
        waiting = self.waiting if self._parts.settings.downloads else 0
        return not (
            self._running or self._candidates or self._looking or waiting or self._unclaimed or self._saving_unclaimed
        )

    def watch(self, item: BulkItem, job: Job | None = None) -> None:
        """Watch the job of an accepted item."""
        if item.job_id is None:
            return
        now = self._parts.now
        created = None if not item.server_time else from_server_time(item.server_time)
        offset = self._parts.clock_offset
        age = max(0.0, (now.utc + offset - created).total_seconds()) if created and job is None else 0.0
        self._running.add(item.job_id)
        watched_job = job or Job(item.job_id, created_at=created)
        self._parts.watch.add(watched_job, item.model, now.at, age=age, typical=self._typical(item.model))

    def _typical(self, model: str) -> float | None:
        try:
            return self._catalogue.of_model(model).typical_seconds
        except KreaError:
            return None

    def watch_candidates(self, item: BulkItem) -> None:
        """Watch the jobs that may belong to an unknown item: their results are kept."""
        for job_id in item.candidates:
            if job_id not in self._candidates:
                job = Job(job_id)
                self._candidates[job_id] = job
                self._parts.watch.add(job, item.model, self._parts.now.at)

    def save(self, item: BulkItem) -> None:
        """Save the results of an ended item when it is its turn."""
        self._to_save.append(item.ordinal)

    def look_now(self, job_id: str) -> None:
        """Look at a job at once, since somebody says that it has ended."""
        if job_id in self._running:
            self._looks.append(Look(-1, job_id))

    def next_time(self) -> float | None:
        """Return the monotonic time of the next look."""
        return None if self._looking >= _LOOKS_AT_ONCE else self._parts.watch.next_look()

    def begin(self) -> Flow[None]:
        """Begin the looks that are due, and downloads."""
        pool = self._parts.pool
        self._looks.extend(self._parts.watch.looks(self._parts.now.at))
        while self._looks and self._looking < _LOOKS_AT_ONCE:
            look = self._looks.popleft()
            self._looking += 1
            yield from pool.start(Tag("look", look=look), self._look(look))
        limit = self._parts.settings.downloads
        options, context, storage = self._parts.options, self._parts.context, self._parts.storage
        while len(self._saving) < limit and self._to_save:
            ordinal = self._to_save.popleft()
            self._saving.add(ordinal)
            flow = save_item(self._parts.ledger.item(ordinal), storage, options, context)
            yield from pool.start(Tag("save", ordinal), flow)
        while self._unclaimed and self._saving_unclaimed < max(1, limit):
            job = self._unclaimed.popleft()
            self._saving_unclaimed += 1
            yield from pool.start(Tag("unclaimed", job=job), save_unclaimed(job, storage, options))

    def _look(self, look: Look) -> Flow[LookResult]:
        options, context = self._parts.options, self._parts.context
        if look.job_id is not None:
            job = yield from operations.get_job(look.job_id, options, context)
            # The answer may write the id in another way; the ledger has that of the submission.
            return LookResult([replace(job, id=look.job_id)], more=False)
        call = EndpointCall("list_jobs", query=look.query())
        jobs, cursor = yield from operations.list_page(call, options, context, self._listed)
        return LookResult(jobs, more=cursor is not None)

    def _listed(self, row: Mapping[str, Any]) -> Job:
        """Return a job of a page; of one that is not watched only what `notice_foreign` needs, since most rows are of that kind."""
        job_id = row.get("job_id")
        if isinstance(job_id, str) and job_id and job_id not in self._parts.watch:
            return Job(job_id, created_at=_json.moment(row.get("created_at")))
        return Job.from_dict(row)

    def looked(self, look: Look, outcome: object) -> list[Job]:
        """Take what a look has brought, and return all jobs that it showed."""
        self._looking -= 1
        now = self._parts.now.at
        if not isinstance(outcome, LookResult):
            self._not_looked(look, outcome)
            return []
        self._parts.answered()
        look_result = self._parts.watch.seen(look, outcome.jobs, now, more=outcome.more)
        self._looks.extend(look_result.looks)
        for job in look_result.jobs:
            if job.finished:
                self._ended(job)
        return outcome.jobs if look.job_id is None else []

    def _not_looked(self, look: Look, outcome: object) -> None:
        if not isinstance(outcome, KreaError):
            raise outcome if isinstance(outcome, Exception) else TypeError(f"a look ended with {outcome!r}")
        job_id = look.job_id
        self._parts.watch.missed(look, self._parts.now.at)
        if not isinstance(outcome, NotFound) or job_id is None:
            self._parts.unanswered(outcome)
            return
        self._parts.answered()
        ordinal = self._parts.ledger.ordinal_of(job_id)
        created = self._parts.ledger.item(ordinal).server_time if ordinal is not None else 0
        offset = self._parts.clock_offset
        age = (self._parts.now.utc + offset - from_server_time(created)).total_seconds()
        if age > self._parts.watch.pace.absence:
            self._parts.watch.remove(job_id)
            self._candidates.pop(job_id, None)
            if job_id in self._running:
                self._running.discard(job_id)
                self.lost_jobs += 1
                text = f"the API does not know job {job_id}; is this the token of the account that began the run?"
                self._parts.problems.append(text)

    def _ended(self, job: Job) -> None:
        ledger = self._parts.ledger
        if job.id in self._candidates:
            del self._candidates[job.id]
            if job.urls:
                self._unclaimed.append(job)
        ordinal = ledger.ordinal_of(job.id)
        if job.id not in self._running or ordinal is None:
            return
        self._running.discard(job.id)
        if self._parts.options.budget is not None:
            self._parts.options.budget.settle(job.id, billed=job.status == COMPLETED)
        item = ledger.item(ordinal)
        seconds = _seconds(item, job)
        if job.status != COMPLETED:
            reason = str(job.error) if job.error else job.status
            ledger.note(item.to(_S.FAILED, seconds=seconds, reason=reason))
        elif not job.urls:
            reason = (
                str(job.error) if job.error else "completed without a result; a refusal of the content looks like this"
            )
            ledger.note(item.to(_S.EMPTY, seconds=seconds, reason=reason))
        else:
            ledger.note(item.to(_S.ENDED, seconds=seconds, urls=tuple(job.urls)))
            self._to_save.append(ordinal)

    def saved(self, ordinal: int, outcome: object) -> None:
        """Take that the results of an item are saved, or are not."""
        self._saving.discard(ordinal)
        item = self._parts.ledger.item(ordinal)
        if isinstance(outcome, tuple):
            self._parts.ledger.note(item.to(_S.SAVED, files=outcome, urls=()))
            return
        if not isinstance(outcome, KreaError):
            raise outcome if isinstance(outcome, Exception) else TypeError(f"a download ended with {outcome!r}")
        self.unsaved += 1
        if isinstance(outcome, NothingToSave):
            self._parts.ledger.note(item.to(_S.EMPTY, urls=(), reason=str(outcome)))
        elif isinstance(outcome, SaveFailed) and is_local(outcome):
            self._parts.leave_run(f"a result could not be kept: {outcome}")
        else:
            self._parts.problems.append(f"{item.key}: its results could not be downloaded: {outcome}")

    def saved_unclaimed(self, job: Job, outcome: object) -> None:
        """Take that the results of a job that may be somebody's are saved, or are not."""
        self._saving_unclaimed -= 1
        if isinstance(outcome, Exception):
            self._parts.problems.append(f"unclaimed job {job.id}: its results could not be saved: {outcome}")


def _seconds(item: BulkItem, job: Job) -> float | None:
    created = job.created_at or (from_server_time(item.server_time) if item.server_time else None)
    if created is None or job.completed_at is None:
        return None
    return max(0.0, (job.completed_at - created).total_seconds())
