"""The state of the items of an active run, and the changes that are not yet in the journal."""

from __future__ import annotations

from collections.abc import Iterable

from krea_client._core.responses import id_key
from krea_client.bulk.journal import BulkItem, Checkpoint, Counts, Journal, Tally, Write
from krea_client.bulk.states import OPEN, ItemState

_LAZY = frozenset({ItemState.ENDED, ItemState.SAVED})
_GROUP = 500  # lazy notes that are written without waiting
_RECENT = 200_000  # jobs of our own that are remembered, to tell them from those of other programs


class RunLedger:
    """Items that are not at rest, the notes for the journal, and the counts.

    Attributes:
        journal: where the notes go.
        settings: settings that the next write changes.
        earlier: see `Counts`.
    """

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.settings: dict[str, str | None] = {}
        self._items: dict[int, BulkItem] = {}
        self._ordinals: dict[str, int] = {}  # of items with a job that is watched or saved
        self._recent: dict[str, None] = {}
        self._tally = Tally(journal.counts())
        self._notes: dict[int, BulkItem] = {}
        self._checkpoints: list[Checkpoint] = []
        self._at_rest: list[BulkItem] = []
        self._urgent = False
        self.earlier = 0

    def recover(self, items: Iterable[BulkItem]) -> None:
        """Take items that are in the journal already."""
        for item in items:
            self._keep(item)

    def note(self, item: BulkItem) -> None:
        """Record an item in its new state; it is durable after the next write."""
        before = self._items.get(item.ordinal)
        self._tally.change(before and (before.state, before.price or 0), (item.state, item.price or 0))
        self._notes[item.ordinal] = item
        self._urgent = self._urgent or item.state not in _LAZY
        self._keep(item)

    def begin(self, item: BulkItem) -> None:
        """Take an item that has no row yet, or one that is planned again, before its first note."""
        self._items.setdefault(item.ordinal, item)

    def note_new(self, item: BulkItem) -> None:
        """Record an item that has no row in the journal."""
        self._tally.change(None, (item.state, item.price or 0))
        self._notes[item.ordinal] = item
        self._urgent = True
        self._keep(item)

    def note_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Record a checkpoint with the next write."""
        self._checkpoints.append(checkpoint)

    def _keep(self, item: BulkItem) -> None:
        if item.job_id is not None:
            key = id_key(item.job_id)
            self._ordinals[key] = item.ordinal
            self._recent[key] = None
            if len(self._recent) > _RECENT:
                del self._recent[next(iter(self._recent))]
        if item.state in OPEN:
            self._items[item.ordinal] = item
            return
        self._items.pop(item.ordinal, None)
        if item.job_id is not None:
            self._ordinals.pop(id_key(item.job_id), None)
        if item.ordinal in self._notes:
            self._at_rest.append(item)

    def item(self, ordinal: int) -> BulkItem:
        """Return an item that is not at rest."""
        return self._items[ordinal]

    def is_open(self, ordinal: int) -> bool:
        """Return True for an item that a run still works on."""
        return ordinal in self._items

    def ordinal_of(self, job_id: str) -> int | None:
        """Return the item of a job that is not at rest."""
        return self._ordinals.get(id_key(job_id))

    def is_own(self, job_id: str) -> bool:
        """Return True for a job that this process knows as its own; older ones may be forgotten."""
        return id_key(job_id) in self._recent

    def counts(self) -> Counts:
        """Return the counts, with what is not written yet."""
        return self._tally.counts()._replace(earlier=self.earlier)

    @property
    def is_urgent(self) -> bool:
        """Whether the notes should be written now: their loss would cost money, or leave something unknown."""
        return self._urgent or bool(self.settings) or len(self._notes) >= _GROUP

    @property
    def has_notes(self) -> bool:
        """Whether anything is to be written."""
        return bool(self._notes or self._checkpoints or self.settings)

    def take_write(self) -> Write:
        """Return what is to be written, and begin anew."""
        write = Write(list(self._notes.values()), self._checkpoints, self.settings)
        self._notes, self._checkpoints, self.settings, self._urgent = {}, [], {}, False
        return write

    def take_back(self, write: Write) -> None:
        """Take the items of a write that failed, so that the next one has them."""
        self._notes = {item.ordinal: item for item in write.items} | self._notes

    def take_at_rest(self) -> list[BulkItem]:
        """Return the items that have come to rest since the last call; call it after a write."""
        at_rest, self._at_rest = self._at_rest, []
        return at_rest
