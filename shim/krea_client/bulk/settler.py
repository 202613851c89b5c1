"""The part of a runner that settles lost POSTs, and notices whether another program uses the account."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from krea_client._core.effects import Flow, Perform
from krea_client._core.responses import id_key
from krea_client._request.build import PreparedRequest
from krea_client.bulk.account_list import jobs_since, newest_jobs
from krea_client.bulk.input_files import InputLine
from krea_client.bulk.journal import UNDATED, BulkItem
from krea_client.bulk.posting import INTENT_LIFE
from krea_client.bulk.run_parts import BASELINE, EARLIER, FRONTIER, LAST_INTENT, NOTICE, SHARED, RunParts, Tag
from krea_client.bulk.settle import CLOCK_JITTER, earliest, from_server_time, server_time, settle
from krea_client.bulk.states import ItemState
from krea_client.errors import KreaError
from krea_client.jobs import Job

_S = ItemState
_EARLIER_JOBS = 100  # of the account, when a run begins
_RECENTLY = timedelta(minutes=10)  # before the begin; whoever used the account then may do so again
_AGAIN = 5.0  # seconds until the list is asked for again after a failure

Resending = InputLine | PreparedRequest | None  # what sends an item again


class AccountView(NamedTuple):
    """The account's list at a moment when no POST was under way.

    Attributes:
        unclaimed: jobs that no item owns.
    """

    unclaimed: list[Job]


class SettledItem(NamedTuple):
    """A lost item in its next state.

    Attributes:
        before: as it was.
        after: accepted, or unknown.
        resending: what sends it again.
    """

    before: BulkItem
    after: BulkItem
    resending: Resending


class Settler:
    """Lost POSTs, until they are settled. While there is one, nothing is sent."""

    def __init__(self, parts: RunParts) -> None:
        self._parts = parts
        self._lost: dict[int, Resending] = {}
        self._due: float | None = None
        self._is_looking = False
        self._unknowns: dict[int, BulkItem] = {}
        self._baseline = 0
        self._earlier: frozenset[str] = frozenset()
        self._shared = bool(parts.settings.shared)
        self._suspects: dict[str, float] = {}
        self._noticed: dict[int, str] = {}  # jobs that webhooks named, by the intents that their addresses are of

    @property
    def is_idle(self) -> bool:
        """Whether nothing is to be settled."""
        return not (self._lost or self._is_looking)

    @property
    def is_looking(self) -> bool:
        """Whether the account's list is under way."""
        return self._is_looking

    def recover(
        self,
        items: Iterable[BulkItem],
        unknowns: Iterable[BulkItem],
        lines: Mapping[int, InputLine],
        settings: Mapping[str, str],
    ) -> Flow[None]:
        """Take the intents that an earlier process has left; see `Submitter.recover`."""
        self._unknowns.update((item.ordinal, item) for item in unknowns)
        self._baseline = int(settings.get(BASELINE, 0))
        self._earlier = frozenset(json.loads(settings.get(EARLIER, "[]")))
        self._shared = self._shared or (SHARED in settings and self._parts.settings.shared is None)
        self._lost = {item.ordinal: lines.get(item.ordinal) for item in items if item.state is _S.INTENT}
        self._noticed = {
            int(name.removeprefix(NOTICE)): job for name, job in settings.items() if name.startswith(NOTICE)
        }
        if self._lost:
            self._due = self._parts.now.at + self._remaining(settings.get(LAST_INTENT))
        if FRONTIER not in settings:
            yield from self._first_look()

    def _remaining(self, last_intent: str | None) -> float:
        """Return the seconds in which the POST of the newest intent may still create a job."""
        longest = self._settle_seconds()
        if last_intent is None:
            return longest
        elapsed = (self._parts.now.utc - datetime.fromisoformat(last_intent)).total_seconds()
        return longest if elapsed < 0 else max(0.0, longest - elapsed)

    def _settle_seconds(self) -> float:
        own = self._parts.settings.settle_seconds
        return INTENT_LIFE + self._parts.options.timeout if own is None else own

    def _first_look(self) -> Flow[None]:
        """Remember the jobs that were there before the run, and how far the API's clock is."""
        parts = self._parts
        jobs = yield from newest_jobs(_EARLIER_JOBS, parts.options, parts.context)
        parts.note_times(jobs)
        self._baseline = parts.frontier
        self._earlier = frozenset(job.id for job in jobs)
        parts.ledger.settings.update(
            {BASELINE: str(self._baseline), FRONTIER: str(parts.frontier), EARLIER: json.dumps(sorted(self._earlier))}
        )
        begin = parts.now.utc + parts.clock_offset - _RECENTLY
        if any(job.created_at is not None and job.created_at > begin for job in jobs):
            self._found_shared()

    def _found_shared(self) -> None:
        if self._parts.settings.shared is None and not self._shared:
            self._shared = True
            self._parts.ledger.settings[SHARED] = "1"

    def add(self, ordinal: int, request: PreparedRequest) -> None:
        """Take a POST whose answer was lost."""
        self._lost[ordinal] = request
        self._suspects.clear()
        self._due = self._parts.now.at + self._settle_seconds()

    def notice(self, ordinal: int, job_id: str) -> None:
        """Take a webhook for an item whose POST has no answer: it says which of the candidates is the item's; see `settle`."""
        ledger = self._parts.ledger
        is_intent = ledger.is_open(ordinal) and ledger.item(ordinal).state is _S.INTENT
        before = self._noticed.get(ordinal)
        if not is_intent or ledger.is_own(job_id) or before in ("", job_id):
            return
        self._noticed[ordinal] = job_id if before is None else ""
        ledger.settings[f"{NOTICE}{ordinal}"] = self._noticed[ordinal]

    def forget_notice(self, ordinal: int) -> None:
        """Take that the POST of an item has its answer, or is settled."""
        if self._noticed.pop(ordinal, None) is not None:
            self._parts.ledger.settings[f"{NOTICE}{ordinal}"] = None

    def next_time(self) -> float | None:
        """Return the monotonic time from which on lost POSTs can be settled."""
        return self._due

    def begin(self, posts: int) -> Flow[None]:
        """Begin to settle, when no POST is under way and no lost one can arrive any more."""
        if self._is_due and not posts and not self._is_looking and not self._parts.leave:
            self._is_looking = True
            yield from self._parts.pool.start(Tag("settle"), self._view())

    @property
    def _is_due(self) -> bool:
        return bool(self._lost) and self._due is not None and self._parts.now.at >= self._due

    def _view(self) -> Flow[AccountView]:
        bound = max(self._bound(), 0)
        jobs = yield from jobs_since(from_server_time(bound), self._parts.options, self._parts.context)
        journal = self._parts.ledger.journal
        owned: set[str] = yield Perform(lambda: journal.known([job.id for job in jobs], earliest(jobs)))
        return AccountView([job for job in jobs if job.id not in owned and job.id not in self._earlier])

    def _bound(self) -> int:
        return min(self._parts.ledger.item(ordinal).server_time for ordinal in self._lost) - CLOCK_JITTER

    def settled(self, outcome: object) -> list[SettledItem]:
        """Take the account's list, and return the lost items in their next state."""
        self._is_looking = False
        if not isinstance(outcome, AccountView):
            if not isinstance(outcome, KreaError):
                raise outcome if isinstance(outcome, Exception) else TypeError(f"settling ended with {outcome!r}")
            self._parts.unanswered(outcome)
            self._due = self._parts.now.at + _AGAIN
            return []
        self._parts.answered()
        jobs = [job for job in outcome.unclaimed if not self._parts.ledger.is_own(job.id)]
        bound = self._bound()
        older = [job for job in jobs if job.created_at is not None and server_time(job.created_at) < bound]
        self._look_for_strangers(older)
        if jobs and not earliest(jobs):
            self._parts.ledger.settings[UNDATED] = "1"
        recent = {id_key(job.id): job for job in jobs if job not in older}
        self._parts.note_times(outcome.unclaimed)
        settled: list[SettledItem] = []
        if self._is_due:
            items = [self._parts.ledger.item(ordinal) for ordinal in sorted(self._lost)]
            names = {ordinal: self._listed_as(job_id, recent) for ordinal, job_id in self._noticed.items()}
            results = settle(items, list(recent.values()), self._unknowns.values(), shared=self._shared, named=names)
            pairs = zip(items, results, strict=True)
            settled = [SettledItem(before, after, self._lost.pop(before.ordinal)) for before, after in pairs]
        for item in settled:
            self.forget_notice(item.before.ordinal)
        self._due = self._due if self._lost else None
        return settled

    @staticmethod
    def _listed_as(job_id: str, jobs: Mapping[str, Job]) -> str:
        """Return a job id as the list writes it."""
        job = jobs.get(id_key(job_id))
        return job_id if job is None else job.id

    def note_unknown(self, item: BulkItem) -> None:
        """Take an item that stays unknown; one of its candidates is nobody else's for certain."""
        self._unknowns[item.ordinal] = item

    def _candidates(self) -> set[str]:
        return {job_id for item in self._unknowns.values() for job_id in item.candidates}

    def _look_for_strangers(self, older: Iterable[Job]) -> None:
        candidates = self._candidates()
        for job in older:
            is_new = job.created_at is not None and server_time(job.created_at) > self._baseline
            if is_new and job.id not in candidates:
                self._found_shared()

    def notice_foreign(self, jobs: Iterable[Job], since: int) -> None:
        """Take the jobs of a page; those that turn out to be nobody's here show that another program uses the account.

        Args:
            jobs: as they were listed.
            since: the API's time from which on this process knows every job of its own.
        """
        if self._shared or self._parts.settings.shared is not None or self._lost:
            return
        now, ledger = self._parts.now.at, self._parts.ledger
        candidates = self._candidates()
        for job in jobs:
            is_recent = job.created_at is not None and server_time(job.created_at) > since
            if is_recent and not ledger.is_own(job.id) and job.id not in candidates:
                self._suspects.setdefault(job.id, now)
        # The answer that makes a job our own may still be under way.
        late = now - self._parts.options.timeout - INTENT_LIFE
        for job_id, at in list(self._suspects.items()):
            if ledger.is_own(job_id):
                del self._suspects[job_id]
            elif at < late:
                self._found_shared()
