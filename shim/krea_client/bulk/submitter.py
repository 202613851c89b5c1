"""The part of a runner that submits: it selects items, records their intents, sends their POSTs, and settles lost ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from krea_client._core import uploads
from krea_client._core.effects import Flow, Moment
from krea_client._request.build import PreparedRequest
from krea_client.bulk.input_files import InputLine
from krea_client.bulk.journal import UNDATED, BulkItem, Checkpoint
from krea_client.bulk.posting import Lane, Meaning, PostOutcome, post
from krea_client.bulk.preparing import Preparer, describe, price_in_micros
from krea_client.bulk.run_parts import CHAIN, CHAIN_ITEMS, FRONTIER, LAST_INTENT, PAID_EARLIER, RunParts, Tag
from krea_client.bulk.settle import ABSENT, server_time
from krea_client.bulk.settler import Settler
from krea_client.bulk.states import ItemState
from krea_client.errors import Busy, KreaError, NotFound, Rejected
from krea_client.jobs import Job

_S = ItemState
CHECKPOINT_EVERY = 1_000  # items
_LONGEST_PAUSE = 60.0


class ReusedUploads(NamedTuple):
    """The files of a request that had been uploaded for others, and the request with its local files."""

    request: PreparedRequest
    digests: tuple[str, ...]


class Submitter:
    """Begins items in the order of the input."""

    def __init__(self, parts: RunParts, lines: Iterator[InputLine], preparer: Preparer) -> None:
        self._parts = parts
        self._lines = lines
        self._preparer = preparer
        self._settler = Settler(parts)
        self._lane = Lane(parts.settings.lane)
        self._again: deque[InputLine] = deque()  # planned items that have a row
        self._ready: deque[tuple[BulkItem, PreparedRequest]] = deque()
        self._uploading: dict[int, BulkItem] = {}
        self._reused: dict[int, ReusedUploads] = {}
        self._upload_again: list[tuple[BulkItem, PreparedRequest]] = []
        self._posts: dict[int, PreparedRequest] = {}
        self._begun: list[tuple[BulkItem, PreparedRequest]] = []
        self._exhausted = False
        self._pause_until = 0.0
        self._pauses = 0

    @property
    def in_flight(self) -> int:
        """Number of POSTs that were sent and whose answer is not there yet."""
        return len(self._posts) - len(self._begun)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be sent, or to be settled."""
        if self._posts or self._begun or self._settler.is_looking:
            return False
        if self._parts.leave:
            return True
        if not self._settler.is_idle:
            return False
        waiting = self._again or self._ready or self._uploading or self._upload_again
        return not self._parts.is_sending or (self._exhausted and not waiting)

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
        self._again.extend(lines[item.ordinal] for item in items if item.state is _S.PLANNED)
        self._parts.frontier = int(settings.get(FRONTIER, 0))
        self._parts.ledger.earlier = int(settings.get(PAID_EARLIER, 0))
        yield from self._settler.recover(items, unknowns, lines, settings)

    def fill(self, running: int, job_seconds: float | None) -> Flow[None]:
        """Record the intents of as many items as may be sent now; `send` sends them once they are durable.

        Args:
            running: number of jobs that have been accepted and have not ended.
            job_seconds: how long a job takes on average, or None where unknown.
        """
        while self._upload_again:
            yield from self._upload(*self._upload_again.pop())
        idle = self._parts.settings.at_once - running - len(self._posts)
        count = min(idle, self._lane.width(idle + len(self._posts), job_seconds) - len(self._posts))
        if not self._parts.is_sending or not self._settler.is_idle or self._parts.now.at < self._pause_until:
            count = 0
        while count > len(self._ready) + len(self._uploading) and self._parts.is_sending:
            line = self._next_line()
            if line is None:
                break
            yield from self._prepare(line)
        for _ in range(min(count, len(self._ready))):
            item, request = self._ready.popleft()
            intent = item.to(_S.INTENT, server_time=self._parts.frontier)
            self._note(item, intent)
            self._posts[item.ordinal] = request
            self._begun.append((intent, request))
        if self._begun:
            self._parts.ledger.settings.update(
                {LAST_INTENT: self._parts.now.utc.isoformat(), FRONTIER: str(self._parts.frontier)}
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
        self._link(line)
        if self._parts.settings.webhook is not None and request.operation.webhook:
            request = request._replace(webhook_url=self._parts.settings.webhook(item.ordinal))
        if not request.files:
            self._ready.append((item, request))
            return
        self._note(item, item)
        yield from self._upload(item, request)

    def _upload(self, item: BulkItem, request: PreparedRequest) -> Flow[None]:
        self._uploading[item.ordinal] = item
        self._reused[item.ordinal] = ReusedUploads(request, ())
        flow = uploads.with_uploads(request, self._parts.options, self._parts.context)
        yield from self._parts.pool.start(Tag("upload", item.ordinal), flow)

    def _link(self, line: InputLine) -> None:
        """Record the digest of the input up to an item, where the input is known by its items only."""
        if line.chain and not self._parts.ledger.is_open(line.ordinal):
            self._parts.ledger.settings.update({CHAIN: line.chain, CHAIN_ITEMS: str(line.ordinal + 1)})

    def _is_over_budget(self, price: int | None) -> bool:
        budget = self._parts.settings.budget
        if budget is None:
            return False
        waiting = sum(item.price or 0 for item, _ in self._ready) + sum(
            item.price or 0 for item in self._uploading.values()
        )
        if price is not None and self._parts.ledger.counts().spent + waiting + price <= budget:
            return False
        reason = "the next item would pass the budget" if price is not None else "the next item has no published price"
        self._parts.stop_sending(f"{reason} of {budget / 1e6:g} USD; give a larger one to go on")
        return True

    def send(self, committed: Moment) -> Flow[None]:
        """Send the items whose intents have become durable at a moment."""
        intents, self._begun = self._begun, []
        for item, request in intents:
            flow = post(request, self._parts.options, self._parts.context, committed)
            yield from self._parts.pool.start(Tag("post", item.ordinal), flow)

    def uploaded(self, ordinal: int, outcome: object) -> None:
        """Take that the files of an item are there, or are not."""
        item = self._uploading.pop(ordinal)
        reused = self._reused.pop(ordinal)
        if isinstance(outcome, uploads.UploadedRequest):
            if outcome.reused:
                self._reused[ordinal] = reused._replace(digests=outcome.reused)
            self._ready.append((item, outcome.prepared))
        elif isinstance(outcome, KreaError):
            self._parts.ledger.note(item.to(_S.REFUSED, reason=describe(outcome)))
        elif isinstance(outcome, Exception):
            raise outcome

    def answered(self, ordinal: int, outcome: PostOutcome) -> Job | None:
        """Take the answer to a POST; return the job that was made."""
        request = self._posts.pop(ordinal)
        item = self._parts.ledger.item(ordinal)
        if outcome.meaning is not Meaning.LOST:
            self._settler.forget_notice(ordinal)
        if outcome.job is not None:
            self._reused.pop(ordinal, None)
            self._lane.measure(outcome.seconds)
            self._pauses = 0
            self._parts.answered()
            time = item.server_time if outcome.job.created_at is None else server_time(outcome.job.created_at)
            self._parts.note_times([outcome.job])
            if outcome.job.created_at is None:
                self._parts.ledger.settings[UNDATED] = "1"
            self._parts.ledger.note(item.to(_S.ACCEPTED, job_id=outcome.job.id, server_time=time))
        elif outcome.meaning is Meaning.REFUSED and self._may_be_deleted(ordinal, outcome.error):
            self._parts.answered()
            reused = self._reused.pop(ordinal)
            for digest in reused.digests:
                self._parts.options.upload_cache.forget(digest)
            planned = item.to(_S.PLANNED)
            self._parts.ledger.note(planned)
            self._upload_again.append((planned, reused.request))
        elif outcome.meaning is Meaning.REFUSED:
            self._parts.answered()
            self._parts.ledger.note(item.to(_S.REFUSED, reason=describe_error(outcome.error)))
        elif outcome.meaning is Meaning.LOST:
            if (budget := self._parts.options.budget) is not None:
                budget.assign(f"item {ordinal}", item.price or 0)
            self._settler.add(ordinal, request)
        else:
            self._put_back(item, request, outcome)
        return outcome.job

    def _may_be_deleted(self, ordinal: int, error: Exception | None) -> bool:
        """Return True for a request that was refused, and that names a file which was uploaded earlier and may be gone."""
        return isinstance(error, (Rejected, NotFound)) and ordinal in self._reused

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
        times = [self._pause_until, self._settler.next_time()]
        return min((time for time in times if time is not None and time > self._parts.now.at), default=None)

    def begin_settling(self) -> Flow[None]:
        """Begin to settle lost POSTs, where that can be done now."""
        yield from self._settler.begin(len(self._posts))

    def settled(self, outcome: object) -> list[BulkItem]:
        """Take the account's list; return the lost items that were adopted or stay unknown."""
        at_rest: list[BulkItem] = []
        for before, after, resending in self._settler.settled(outcome):
            if after.reason == ABSENT and self._parts.settings.resend_absent and resending is not None:
                self._send_again(before.to(_S.PLANNED), resending)
                continue
            if after.job_id is not None and (budget := self._parts.options.budget) is not None:
                budget.transfer(f"item {after.ordinal}", after.job_id)
            if after.state is _S.UNKNOWN:
                self._settler.note_unknown(after)
            self._parts.ledger.note(after)
            at_rest.append(after)
        return at_rest

    def _send_again(self, planned: BulkItem, resending: InputLine | PreparedRequest) -> None:
        if (budget := self._parts.options.budget) is not None:
            budget.settle(f"item {planned.ordinal}", billed=False)
        self._parts.ledger.note(planned)
        if isinstance(resending, InputLine):
            self._again.append(resending)
        else:
            self._ready.append((planned, resending))

    def notice(self, ordinal: int, job_id: str) -> None:
        """Take a webhook for an item; see `Settler.notice`."""
        self._settler.notice(ordinal, job_id)

    def notice_foreign(self, jobs: Iterable[Job], since: int) -> None:
        """Take the jobs of a page; see `Settler.notice_foreign`."""
        self._settler.notice_foreign(jobs, since)


def describe_error(error: Exception | None) -> str:
    """Return an error on one line."""
    return describe(error) if isinstance(error, KreaError) else " ".join(str(error).split())
