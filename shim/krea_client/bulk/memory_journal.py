"""A journal in memory: for tests, and for runs whose loss does not matter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from krea_client.bulk.journal import BulkItem, Checkpoint, Counts, JournalLost, LedByAnother, Tally, Write
from krea_client.bulk.states import OPEN, ItemState


class MemoryRows:
    """What a `MemoryJournal` keeps; a second one on the same rows finds what a kill of the first has left behind."""

    def __init__(self) -> None:
        self.items: dict[int, BulkItem] = {}
        self.settings: dict[str, str] = {}
        self.checkpoints: dict[int, int] = {}
        self.workers: dict[int, str] = {}
        self.leader: str | None = None


class MemoryJournal:
    """A journal in memory.

    Args:
        rows: those of an earlier one, to go on with.
    """

    def __init__(self, rows: MemoryRows | None = None) -> None:
        self.rows: MemoryRows = rows or MemoryRows()
        self._leads = False
        self._tally = Tally()
        for item in self.rows.items.values():
            self._tally.change(None, (item.state, item.price or 0))

    @property
    def address(self) -> str:
        """Return "memory"."""
        return "memory"

    def lead(self, leader: str) -> None:
        """Become the leader; see `Journal.lead`."""
        if self.rows.leader is not None:
            raise LedByAnother(f"memory: {self.rows.leader} leads this journal; wait for it", self.rows.leader)
        self.rows.leader = leader
        self._leads = True

    def settings(self) -> dict[str, str]:
        """Return the settings."""
        return dict(self.rows.settings)

    def write(self, write: Write) -> None:
        """Record everything; see `Journal.write`."""
        if not self._leads:
            raise JournalLost("memory: this process does not lead the journal; lead it first")
        for item in write.items:
            self._put(item)
        self.rows.checkpoints.update(write.checkpoints)
        for name, value in write.settings.items():
            if value is None:
                self.rows.settings.pop(name, None)
            else:
                self.rows.settings[name] = value

    def _put(self, item: BulkItem) -> None:
        old = self.rows.items.get(item.ordinal)
        self._tally.change(old and (old.state, old.price or 0), (item.state, item.price or 0))
        self.rows.items[item.ordinal] = item

    def counts(self) -> Counts:
        """Return the counts."""
        return self._tally.counts()

    def next_ordinal(self) -> int:
        """Return the number behind the largest that has a row."""
        return max(self.rows.items, default=-1) + 1

    def checkpoint(self, ordinal: int) -> Checkpoint:
        """Return the last checkpoint at or before an item."""
        earlier = [number for number in self.rows.checkpoints if number <= ordinal]
        return Checkpoint(max(earlier), self.rows.checkpoints[max(earlier)]) if earlier else Checkpoint(0, 0)

    def open_items(self) -> list[BulkItem]:
        """Return the open items."""
        return list(self.items(OPEN))

    def items(self, states: Collection[ItemState] | None = None, first: int = 0) -> Iterator[BulkItem]:
        """Yield the items; see `Journal.items`."""
        for _, item in sorted(self.rows.items.items()):
            if item.ordinal >= first and (states is None or item.state in states):
                yield item

    def find(self, key: str) -> BulkItem | None:
        """Return the item with this key."""
        return next((item for item in self.rows.items.values() if item.key == key), None)

    def known(self, job_ids: Iterable[str], since: int = 0) -> set[str]:  # noqa: ARG002  # it has no need of it
        """Return those of the jobs that belong to an item."""
        return set(job_ids) & {item.job_id for item in self.rows.items.values() if item.job_id is not None}

    def take_ended(
        self,
        worker: str,
        limit: int,
        lease: float,  # noqa: ARG002  # nothing else works in memory
        *,
        except_for: Collection[int] = (),
        ends_with_process: bool = False,  # noqa: ARG002  # so does every lease here
    ) -> list[BulkItem]:
        """Return ended items that no other worker has."""
        candidates = [item for item in self.items({ItemState.ENDED}) if item.ordinal not in except_for]
        free = [item for item in candidates if self.rows.workers.get(item.ordinal, worker) == worker]
        self.rows.workers.update({item.ordinal: worker for item in free[:limit]})
        return free[:limit]

    def write_saved(self, items: Sequence[BulkItem]) -> None:
        """Record items that a worker has saved."""
        for item in items:
            if self.rows.items[item.ordinal].state is ItemState.ENDED:
                self._put(item)

    def close(self) -> None:
        """End the leadership."""
        if self._leads:
            self.rows.leader, self._leads = None, False
