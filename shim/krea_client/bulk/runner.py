"""The runner of a bulk run: submits, polls and saves, and records each step first. It uses neither a clock nor sockets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from krea_client._core.effects import Emit, Flow, Now, Perform
from krea_client.bulk.input_files import InputLine
from krea_client.bulk.journal import BulkItem, JournalLost
from krea_client.bulk.posting import PostOutcome
from krea_client.bulk.preparing import Preparer
from krea_client.bulk.progress_figures import BulkProgress, RateMeter
from krea_client.bulk.run_parts import RunParts, Tag
from krea_client.bulk.states import ItemState
from krea_client.bulk.submitter import Submitter
from krea_client.bulk.watcher import Watcher

_S = ItemState
_LAZY_SECONDS = 1.0  # after which ended and saved items are written without another reason
_HAND_OVER = 0.1  # the same where workers wait for what has ended
_LAST_DOWNLOADS = 5.0  # seconds for the downloads under way when a run is left
_LOOK_UP = 2.0  # seconds after which a runner with nothing to do looks whether it should stop; each wake-up costs half a millisecond
_LOOK_UP_WEBHOOKS = 0.5  # the same, and whether a webhook has come


class Recovered:
    """What the journal holds when a run begins.

    Attributes:
        items: the open items.
        unknowns: the items whose outcome is unknown.
        lines: the lines of the input of planned items, and of interrupted ones, by ordinal.
        settings: of the journal.
    """

    def __init__(
        self,
        items: list[BulkItem],
        unknowns: list[BulkItem],
        lines: Mapping[int, InputLine],
        settings: dict[str, str],
    ) -> None:
        self.items = items
        self.unknowns = unknowns
        self.lines = lines
        self.settings = settings


class BulkRunner:
    """One run from its recovery to its end; it emits each `BulkItem` that comes to rest, once that is durable."""

    def __init__(self, parts: RunParts, lines: Iterator[InputLine], preparer: Preparer) -> None:
        self._parts = parts
        self._submitter = Submitter(parts, lines, preparer)
        self._watcher = Watcher(parts, preparer.rules.catalogue)
        self._rate = RateMeter()
        self._write_by: float | None = None
        self._since = 0  # the API's time from which on this process knows its own jobs

    @property
    def unsaved(self) -> int:
        """Number of items that are not at rest because the API or a host did not give what it should."""
        return self._watcher.unsaved + self._watcher.lost_jobs

    def run(self, recovered: Recovered) -> Flow[None]:
        """Carry out the run.

        Raises:
            JournalLost: the journal does not take a write; jobs under way are in its notes.
        """
        parts = self._parts
        parts.now = yield Now()
        self._rate.begin(parts.now.at)
        yield from self._recover(recovered)
        try:
            while not (self._submitter.is_done and self._watcher.is_done):
                yield from self._round()
            yield from self._end_downloads()
        except JournalLost as failure:
            yield from self._name_jobs(failure)
            raise
        finally:
            parts.pool.close()
        yield from self._write()

    def _end_downloads(self) -> Flow[None]:
        """Wait a moment for the downloads under way, where the run is left: what has come need not come again."""
        until = self._parts.now.at + _LAST_DOWNLOADS
        while self._watcher.saving and self._parts.now.at < until:
            for tag, outcome in (yield from self._parts.pool.collect(until)):
                self._take(tag, outcome)
            self._parts.now = yield Now()

    def _recover(self, recovered: Recovered) -> Flow[None]:
        parts = self._parts
        parts.ledger.recover(recovered.items)
        unknowns, settings = recovered.unknowns, recovered.settings
        yield from self._submitter.recover(recovered.items, unknowns, recovered.lines, settings)
        for item in recovered.items:
            if item.state is _S.ACCEPTED:
                self._watcher.watch(item)
            elif item.state is _S.ENDED:
                self._watcher.save(item)
        for item in recovered.unknowns:
            self._watcher.watch_candidates(item)
        self._since = self._parts.frontier

    def _round(self) -> Flow[None]:
        parts, submitter, watcher = self._parts, self._submitter, self._watcher
        if parts.control.stopping.is_set():
            parts.leave_run("stopped")
        yield from submitter.begin_settling()
        if not watcher.is_congested:
            yield from submitter.fill(watcher.running, parts.watch.slot_seconds())
        if not parts.leave:
            yield from watcher.begin()
        if parts.ledger.is_urgent or (self._write_by is not None and parts.now.at >= self._write_by):
            yield from self._write()
            parts.now = yield Now()
        yield from submitter.send(parts.now)
        if parts.ledger.has_notes and self._write_by is None:
            self._write_by = parts.now.at + (_LAZY_SECONDS if parts.settings.downloads else _HAND_OVER)
        self._show()
        if submitter.is_done and watcher.is_done:
            return
        outcomes = yield from parts.pool.collect(self._until())
        parts.now = yield Now()
        for tag, outcome in outcomes:
            self._take(tag, outcome)
        self._take_notices()

    def _until(self) -> float:
        now = self._parts.now.at
        look_up = _LOOK_UP if self._parts.settings.webhook is None else _LOOK_UP_WEBHOOKS
        times = [now + look_up, self._write_by]
        if not self._parts.leave:
            times += [self._submitter.next_time(), self._watcher.next_time()]
        return max(now, min(time for time in times if time is not None))

    def _take(self, tag: Tag, outcome: object) -> None:
        match tag.purpose:
            case "post":
                self._posted(tag.ordinal, cast("PostOutcome", outcome))
            case "upload":
                self._submitter.uploaded(tag.ordinal, outcome)
            case "look" if tag.look is not None:
                self._submitter.notice_foreign(self._watcher.looked(tag.look, outcome), self._since)
            case "save":
                self._watcher.saved(tag.ordinal, outcome)
            case "unclaimed" if tag.job is not None:
                self._watcher.saved_unclaimed(tag.job, outcome)
            case _:
                for item in self._submitter.settled(outcome):
                    self._after_settling(item)

    def _posted(self, ordinal: int, outcome: PostOutcome) -> None:
        if not isinstance(outcome, PostOutcome):
            raise outcome
        job = self._submitter.answered(ordinal, outcome)
        if job is not None:
            self._watcher.watch(self._parts.ledger.item(ordinal), job)

    def _after_settling(self, item: BulkItem) -> None:
        if item.state is _S.ACCEPTED:
            self._watcher.watch(item)
        elif item.state is _S.UNKNOWN:
            self._watcher.watch_candidates(item)

    def _take_notices(self) -> None:
        notices = self._parts.control.notices
        while notices:
            ordinal, job = notices.popleft()
            if self._parts.ledger.ordinal_of(job.id) == ordinal:
                self._watcher.look_now(job.id)
            else:
                self._submitter.notice(ordinal, job.id)

    def _write(self) -> Flow[None]:
        ledger = self._parts.ledger
        if ledger.has_notes:
            write = ledger.take_write()
            try:
                yield Perform(lambda: ledger.journal.write(write))
            except JournalLost:
                ledger.take_back(write)
                raise
        self._write_by = None
        for item in ledger.take_at_rest():
            self._rate.add(self._parts.now.at)
            yield Emit(item)

    def _show(self) -> None:
        parts, watcher = self._parts, self._watcher
        rate = self._rate.rate(parts.now.at)
        counts = parts.ledger.counts()
        parts.control.progress = BulkProgress(counts, parts.settings.total, watcher.running, watcher.waiting, rate)

    def _name_jobs(self, failure: JournalLost) -> Flow[None]:
        """Await the answers under way: the journal does not take their ids any more, so the error names them."""
        self._parts.leave_run(str(failure))
        while self._submitter.in_flight:
            for tag, outcome in (yield from self._parts.pool.collect(None)):
                if tag.purpose == "post" and isinstance(outcome, PostOutcome):
                    self._submitter.answered(tag.ordinal, outcome)
        for item in self._parts.ledger.take_write().items:
            if item.state is _S.ACCEPTED and item.job_id is not None:
                failure.add_note(
                    f"krea-client: {item.key}: job {item.job_id} goes on at Krea; the journal may not have it"
                )
