"""The part of a runner that sends: which items are begun, their intents, their POSTs, and what became of lost ones."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from krea_client._core import uploads
from krea_client._core.effects import Flow, Moment, Perform
from krea_client._request.build import PreparedRequest
from krea_client.bulk.account_list import jobs_since, newest_jobs
from krea_client.bulk.input_files import InputLine
from krea_client.bulk.journal import BulkItem, Checkpoint
from krea_client.bulk.posting import INTENT_LIFE, Lane, Meaning, PostOutcome, post
from krea_client.bulk.preparing import Preparer, body_digest, describe, price_in_micros
from krea_client.bulk.run_parts import (
    BASELINE,
    CHAIN,
    CHAIN_ITEMS,
    EARLIER,
    FRONTIER,
    LAST_INTENT,
    SHARED,
    RunParts,
    Tag,
)
from krea_client.bulk.settle import ABSENT, CLOCK_JITTER, from_server_time, server_time, settle
from krea_client.bulk.states import ItemState
from krea_client.errors import Busy, KreaError
from krea_client.jobs import Job

_S = ItemState
CHECKPOINT_EVERY = 1_000  # items
_EARLIER_JOBS = 100  # of the account, when a run begins
_RECENTLY = timedelta(minutes=10)  # before the begin; whoever used the account then may do so again
_LONGEST_PAUSE = 60.0


class AccountView(NamedTuple):
    """The account's list at a moment when no POST was under way.

    Attributes:
        unclaimed: jobs that no item owns.
        all_times_known: whether each has a creation time.
    """

    unclaimed: list[Job]


class Submitter:
    """Begins items in the order of the input."""

    def __init__(
        self, parts: RunParts, lines: Iterator[InputLine], preparer: Preparer, chain: hashlib._Hash | None
    ) -> None:
        self._parts = parts
        self._lines = lines
        self._preparer = preparer
        self._chain = chain
        self._lane = Lane(parts.settings.lane)
        self._again: deque[InputLine] = deque()  # planned items that have a row
        self._ready: deque[tuple[BulkItem, PreparedRequest]] = deque()
        self._uploading: dict[int, BulkItem] = {}
        self._posts: dict[int, PreparedRequest] = {}
        self._begun: list[tuple[BulkItem, PreparedRequest]] = []
        self._exhausted = False
        self._pause_until = 0.0
        self._pauses = 0
        self._settle_at: float | None = None
        self._settling = False
        self._lost: dict[int, InputLine | PreparedRequest | None] = {}  # with what sends it again
        self._unknowns: dict[int, BulkItem] = {}
        self._frontier = 0
        self._baseline = 0
        self._earlier: frozenset[str] = frozenset()
        self._shared = bool(parts.settings.shared)
        self._suspects: dict[str, float] = {}

    @property
    def frontier(self) -> int:
        """The latest creation time that the API has shown: whatever is sent from now on is created later."""
        return self._frontier

    @property
    def in_flight(self) -> int:
        """Number of POSTs that were sent and whose answer is not there yet."""
        return len(self._posts) - len(self._begun)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be sent, or to be settled."""
        if self._posts or self._begun or self._settling:
            return False
        if self._parts.leave:
            return True
        if self._lost:
            return False
        return not self._parts.is_sending or (self._exhausted and not (self._again or self._ready or self._uploading))

    def recover(
        self,
        items: Iterable[BulkItem],
        unknowns: Iterable[BulkItem],
        lines: Mapping[int, InputLine],
        settings: dict[str, str],
    ) -> Flow[None]:
        """Take what an earlier process has left.

        Args:
            items: planned ones are sent, intents are settled.
            unknowns: items whose outcome is unknown; their candidates are nobody else's for certain.
            lines: the lines of the input of `items`, by ordinal.
            settings: of the journal.
        """
        self._unknowns.update((item.ordinal, item) for item in unknowns)
        self._again.extend(lines[item.ordinal] for item in items if item.state is _S.PLANNED)
        self._frontier = int(settings.get(FRONTIER, 0))
        self._baseline = int(settings.get(BASELINE, 0))
        self._earlier = frozenset(json.loads(settings.get(EARLIER, "[]")))
        self._shared = self._shared or (SHARED in settings and self._parts.settings.shared is None)
        self._lost = {item.ordinal: lines.get(item.ordinal) for item in items if item.state is _S.INTENT}
        if self._lost:
            self._settle_at = self._parts.now.at + self._remaining(settings.get(LAST_INTENT))
        if FRONTIER not in settings:
            yield from self._first_look()

    def _remaining(self, last_intent: str | None) -> float:
        """Return the seconds in which the POST of the newest intent may still create a job."""
        whole = self._settle_seconds()
        if last_intent is None:
            return whole
        passed = (self._parts.now.utc - datetime.fromisoformat(last_intent)).total_seconds()
        return whole if passed < 0 else max(0.0, whole - passed)

    def _settle_seconds(self) -> float:
        own = self._parts.settings.settle_seconds
        return INTENT_LIFE + self._parts.options.timeout if own is None else own

    def _first_look(self) -> Flow[None]:
        """Remember the jobs that were there before the run, and how far the API's clock is."""
        jobs = yield from newest_jobs(_EARLIER_JOBS, self._parts.options, self._parts.context)
        self.note_times(jobs)
        self._baseline = self._frontier
        self._earlier = frozenset(job.id for job in jobs)
        offset = self._parts.options.clock_offset.value or timedelta()
        begin = self._parts.now.utc + offset - _RECENTLY
        ledger = self._parts.ledger
        ledger.settings.update(
            {BASELINE: str(self._baseline), FRONTIER: str(self._frontier), EARLIER: json.dumps(sorted(self._earlier))}
        )
        if any(job.created_at is not None and job.created_at > begin for job in jobs):
            self._found_shared()

    def _candidates(self) -> set[str]:
        return {job_id for item in self._unknowns.values() for job_id in item.candidates}

    def _found_shared(self) -> None:
        if self._parts.settings.shared is None and not self._shared:
            self._shared = True
            self._parts.ledger.settings[SHARED] = "1"

    def note_times(self, jobs: Iterable[Job]) -> None:
        """Take creation times that the API has shown: whatever is sent from now on is created later."""
        self._frontier = max(
            [self._frontier, *(server_time(job.created_at) for job in jobs if job.created_at is not None)]
        )

    def fill(self, running: int, job_seconds: float | None) -> Flow[None]:
        """Record the intents of as many items as may be sent now; `send` sends them once they are durable.

        Args:
            running: number of jobs that have been accepted and have not ended.
            job_seconds: how long a job takes on average, or None where unknown.
        """
        idle = self._parts.settings.at_once - running - len(self._posts)
        count = min(idle, self._lane.width(idle, job_seconds) - len(self._posts))
        if not self._parts.is_sending or self._lost or self._parts.now.at < self._pause_until:
            count = 0
        while count > len(self._ready) + len(self._uploading) and self._parts.is_sending:
            line = self._next_line()
            if line is None:
                break
            yield from self._prepare(line)
        for _ in range(min(count, len(self._ready))):
            item, request = self._ready.popleft()
            intent = item.to(_S.INTENT, server_time=self._frontier)
            self._note(item, intent)
            self._posts[item.ordinal] = request
            self._begun.append((intent, request))
        if self._begun:
            self._parts.ledger.settings.update(
                {LAST_INTENT: self._parts.now.utc.isoformat(), FRONTIER: str(self._frontier)}
            )
        for item, _ in self._ready:  # later items may be recorded before it, so it needs a row
            if not self._parts.ledger.is_open(item.ordinal):
                self._parts.ledger.note_new(item)

    def _note(self, before: BulkItem, after: BulkItem) -> None:
        if self._parts.ledger.is_open(before.ordinal):
            self._parts.ledger.note(after)
        else:
            self._parts.ledger.note_new(after)

    def _next_line(self) -> InputLine | None:
        if self._again:
            return self._again.popleft()
        line = None if self._exhausted else next(self._lines, None)
        if line is None:
            self._exhausted = True
        elif line.ordinal % CHECKPOINT_EVERY == 0:
            self._parts.ledger.note_checkpoint(Checkpoint(line.ordinal, line.position))
        return line

    def _prepare(self, line: InputLine) -> Flow[None]:
        item = BulkItem(line.ordinal, line.key)
        if self._parts.ledger.is_open(line.ordinal):
            item = self._parts.ledger.item(line.ordinal)
        try:
            request = self._preparer.prepare(line)
        except KreaError as error:
            self._note(item, item.to(_S.REFUSED, reason=describe(error)))
            return
        price = price_in_micros(request)[1]
        item = item._replace(model=request.operation.model, price=price)
        if self._is_over_budget(price):
            self._again.appendleft(line)
            return
        self._link(line, request)
        if self._parts.settings.webhook is not None and request.operation.webhook:
            request = request._replace(webhook_url=self._parts.settings.webhook(item.ordinal))
        if not request.files:
            self._ready.append((item, request))
            return
        self._note(item, item)
        self._uploading[item.ordinal] = item
        flow = uploads.with_uploads(request, self._parts.options, self._parts.context)
        yield from self._parts.pool.start(Tag("upload", item.ordinal), flow)

    def _link(self, line: InputLine, request: PreparedRequest) -> None:
        """Add an item to the digest of the input, where that is known by its items only."""
        if self._chain is not None and not self._parts.ledger.is_open(line.ordinal):
            self._chain.update(line.key.encode() + b"\0" + body_digest(request))
            settings = {CHAIN: self._chain.hexdigest(), CHAIN_ITEMS: str(line.ordinal + 1)}
            self._parts.ledger.settings.update(settings)

    def _is_over_budget(self, price: int | None) -> bool:
        budget = self._parts.settings.budget
        if budget is None:
            return False
        waiting = sum(item.price or 0 for item, _ in self._ready) + sum(
            item.price or 0 for item in self._uploading.values()
        )
        if price is not None and self._parts.ledger.counts().spent + waiting + price <= budget:
            return False
        what = "the next item would pass the budget" if price is not None else "the next item has no published price"
        self._parts.stop_sending(f"{what} of {budget / 1e6:g} USD; give a larger one to go on")
        return True

    def send(self, committed: Moment) -> Flow[None]:
        """Send the items whose intents have become durable at a moment."""
        begun, self._begun = self._begun, []
        for item, request in begun:
            flow = post(request, self._parts.options, self._parts.context, committed)
            yield from self._parts.pool.start(Tag("post", item.ordinal), flow)

    def uploaded(self, ordinal: int, outcome: object) -> None:
        """Take that the files of an item are there, or are not."""
        item = self._uploading.pop(ordinal)
        if isinstance(outcome, uploads.UploadedRequest):
            self._ready.append((item, outcome.prepared))
        elif isinstance(outcome, KreaError):
            self._parts.ledger.note(item.to(_S.REFUSED, reason=describe(outcome)))
        elif isinstance(outcome, Exception):
            raise outcome

    def answered(self, ordinal: int, outcome: PostOutcome) -> Job | None:
        """Take the answer to a POST; return the job that was made."""
        request = self._posts.pop(ordinal)
        item = self._parts.ledger.item(ordinal)
        if outcome.job is not None:
            self._lane.measure(outcome.seconds)
            self._pauses = 0
            self._parts.answered()
            time = item.server_time if outcome.job.created_at is None else server_time(outcome.job.created_at)
            self.note_times([outcome.job])
            self._parts.ledger.note(item.to(_S.ACCEPTED, job_id=outcome.job.id, server_time=time))
        elif outcome.meaning is Meaning.REFUSED:
            self._parts.answered()
            self._parts.ledger.note(item.to(_S.REFUSED, reason=describe_error(outcome.error)))
        elif outcome.meaning is Meaning.LOST:
            self._lost[ordinal] = request
            self._suspects.clear()
            self._settle_at = self._parts.now.at + self._settle_seconds()
        else:
            self._put_back(item, request, outcome)
        return outcome.job

    def _put_back(self, item: BulkItem, request: PreparedRequest, outcome: PostOutcome) -> None:
        planned = item.to(_S.PLANNED)
        self._parts.ledger.note(planned)
        self._ready.appendleft((planned, request))
        if outcome.meaning is Meaning.STOP:
            self._parts.stop_sending(describe_error(outcome.error))
            return
        self._pauses += 1
        pause = min(_LONGEST_PAUSE, 0.5 * 2.0 ** min(self._pauses, 10)) * (0.5 + self._parts.options.draw() / 2)
        if isinstance(outcome.error, Busy):
            self._parts.answered()
            pause = min(_LONGEST_PAUSE, outcome.error.retry_after or pause)
        elif outcome.error is not None:
            self._parts.unanswered(outcome.error)
        self._pause_until = self._parts.now.at + pause

    def next_time(self) -> float | None:
        """Return the monotonic time at which there is something to do without an answer."""
        times = [self._pause_until] if self._settle_at is None else [self._pause_until, self._settle_at]
        return min((time for time in times if time > self._parts.now.at), default=None)

    def begin_settling(self) -> Flow[None]:
        """Begin to settle lost POSTs, when none is under way and none can arrive any more."""
        ready = self._lost and not self._posts and self._settle_at is not None and self._parts.now.at >= self._settle_at
        if ready and not self._settling and not self._parts.leave:
            self._settling = True
            yield from self._parts.pool.start(Tag("settle"), self._view())

    def _view(self) -> Flow[AccountView]:
        earliest = min(self._parts.ledger.item(ordinal).server_time for ordinal in self._lost)
        bound = max(earliest - CLOCK_JITTER, 0)
        jobs = yield from jobs_since(from_server_time(bound), self._parts.options, self._parts.context)
        journal = self._parts.ledger.journal
        known: set[str] = yield Perform(lambda: journal.known([job.id for job in jobs]))
        return AccountView([job for job in jobs if job.id not in known and job.id not in self._earlier])

    def settled(self, outcome: object) -> list[BulkItem]:
        """Take the account's list, and return the lost items in their next state."""
        self._settling = False
        if not isinstance(outcome, AccountView):
            if not isinstance(outcome, KreaError):
                raise outcome if isinstance(outcome, Exception) else TypeError(f"settling ended with {outcome!r}")
            self._parts.unanswered(outcome)
            self._settle_at = self._parts.now.at + 5.0
            return []
        self._parts.answered()
        items = [self._parts.ledger.item(ordinal) for ordinal in sorted(self._lost)]
        bound = min(item.server_time for item in items) - CLOCK_JITTER
        jobs = [job for job in outcome.unclaimed if not self._parts.ledger.is_own(job.id)]
        older = [job for job in jobs if job.created_at is not None and server_time(job.created_at) < bound]
        strangers = [job for job in older if job.id not in self._candidates()]
        if any(server_time(job.created_at) > self._baseline for job in strangers if job.created_at is not None):
            self._found_shared()
        unclaimed = [job for job in jobs if job not in older]
        results = settle(items, unclaimed, self._unknowns.values(), shared=self._shared)
        self.note_times(outcome.unclaimed)
        for item, before in zip(results, items, strict=True):
            self._after_settling(item, before)
        self._lost.clear()
        self._settle_at = None
        return results

    def _after_settling(self, item: BulkItem, before: BulkItem) -> None:
        source = self._lost[item.ordinal]
        if item.reason != ABSENT or not self._parts.settings.resend_absent or source is None:
            if item.state is _S.UNKNOWN:
                self._unknowns[item.ordinal] = item
            self._parts.ledger.note(item)
            return
        planned = before.to(_S.PLANNED)
        self._parts.ledger.note(planned)
        if isinstance(source, InputLine):
            self._again.append(source)
        else:
            self._ready.append((planned, source))

    def notice_foreign(self, jobs: Iterable[Job], since: int) -> None:
        """Take the jobs of a page; those that turn out to be nobody's here show that another program uses the account.

        Args:
            jobs: as they were listed.
            since: the API's time from which on this process knows every job of its own.
        """
        if self._shared or self._parts.settings.shared is not None or self._lost:
            return
        now = self._parts.now.at
        ledger = self._parts.ledger
        candidates = self._candidates()
        for job in jobs:
            known = ledger.is_own(job.id) or job.id in candidates
            if job.created_at is not None and server_time(job.created_at) > since and not known:
                self._suspects.setdefault(job.id, now)
        # The answer that makes a job our own may still be under way.
        late = now - self._parts.options.timeout - INTENT_LIFE
        for job_id, at in list(self._suspects.items()):
            if ledger.is_own(job_id):
                del self._suspects[job_id]
            elif at < late:
                self._found_shared()


def describe_error(error: Exception | None) -> str:
    """Return an error on one line."""
    return describe(error) if isinstance(error, KreaError) else " ".join(str(error).split())
