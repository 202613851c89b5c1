"""The journal of a bulk run: what every backend keeps, and what it promises.

A journal belongs to one run. It is keyed by the ordinal number of the item in the input, from 0; the key is the user's name for it.
Items are submitted in the order of the input, so an item that was never sent has no row, and a resumed run begins at
`next_ordinal()`. All methods block; the drivers call them from one thread at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, Self

from krea_client.bulk.states import MAY_BE_BILLED, ItemState, check_step

MICRO = 1_000_000
UNDATED = "undated"  # setting of a journal: an item has a job whose creation time is not known


class StoredFile(NamedTuple):
    """A result that was kept whole.

    Attributes:
        name: its name within the storage, such as "000/cat.png".
        size: in bytes.
        sha256: of its content, 64 hexadecimal digits.
    """

    name: str
    size: int
    sha256: str


class BulkItem(NamedTuple):
    """One item as the journal knows it; writing it replaces what was known before.

    Attributes:
        ordinal: its number in the input, from 0.
        key: the user's name for it, unique in the run.
        state: where it is.
        model: the model id, which is also its type in lists of jobs.
        job_id: the id of its job, from accepted on; None before.
        server_time: microseconds since 1970 by the API's clock. Of an intent: no job of it was created before. From accepted on: when
            its job was created.
        seconds: how long its job took, once it has ended.
        price: what it costs at most, in millionths of a USD; None where no price is published.
        files: its results, once saved.
        candidates: of an unknown item, the ids of the jobs that may be its own.
        urls: of an ended item, the addresses of its results; a journal that only one process uses may forget them.
        reason: why it was refused, failed, or is unknown.
    """

    ordinal: int
    key: str
    state: ItemState = ItemState.PLANNED
    model: str = ""
    job_id: str | None = None
    server_time: int = 0
    seconds: float | None = None
    price: int | None = None
    files: tuple[StoredFile, ...] = ()
    candidates: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    reason: str = ""

    def to(self, state: ItemState, **changes: Any) -> Self:
        """Return the item in its next state.

        Raises:
            IllegalStep: there is no such step.
        """
        check_step(self.state, state)
        return self._replace(state=state, **changes)


class Counts(NamedTuple):
    """How many items are in each state, and what they cost at most in millionths of a USD; planned items without a row are in neither.

    Attributes:
        items: their number by state.
        prices: what they cost by state.
        earlier: what jobs without a result cost whose items were planned again.
    """

    items: Mapping[ItemState, int]
    prices: Mapping[ItemState, int]
    earlier: int = 0

    @property
    def spent(self) -> int:
        """Upper bound of what may have been billed, in millionths of a USD."""
        return self.earlier + sum(price for state, price in self.prices.items() if state in MAY_BE_BILLED)

    @property
    def rows(self) -> int:
        """Number of items that have a row."""
        return sum(self.items.values())

    def of(self, *states: ItemState) -> int:
        """Return how many items are in one of these states."""
        return sum(self.items.get(state, 0) for state in states)


class Checkpoint(NamedTuple):
    """Where in the input an item begins: a resumed run goes there at once.

    Attributes:
        ordinal: the number of the item.
        position: a number that means something to the reader of the input, such as an offset in bytes.
    """

    ordinal: int
    position: int


class Write(NamedTuple):
    """What one transaction records: all of it, or nothing.

    Attributes:
        items: the items in their new state, each ordinal once.
        checkpoints: new checkpoints.
        settings: settings of the run that change with it; None deletes one.
    """

    items: Sequence[BulkItem] = ()
    checkpoints: Sequence[Checkpoint] = ()
    settings: Mapping[str, str | None] = {}


class JournalError(RuntimeError):
    """A journal cannot be used; the message says why, and the way out."""


class LedByAnother(JournalError):
    """Another run leads this journal.

    Attributes:
        leader: what that run said of itself, such as "process 4711 on host a".
    """

    def __init__(self, text: str, leader: str) -> None:
        super().__init__(text)
        self.leader = leader


class JournalLost(JournalError):
    """A write did not become durable: the database, the disk or the leadership is gone. No POST may follow."""


class Journal(Protocol):
    """The durable record of one bulk run.

    Only the leader writes, with one exception: `take_ended` and `write_saved`, by which other machines download.
    """

    @property
    def address(self) -> str:
        """How messages name the journal: a path, or a URL without a password."""
        ...

    def lead(self, leader: str) -> None:
        """Become the one leader, until `close` or the end of the process, however it ends.

        Args:
            leader: what messages of others say of this run, such as "process 4711 on host a".

        Raises:
            LedByAnother: there is one.
            JournalError: the journal cannot be used.
        """
        ...

    def settings(self) -> dict[str, str]:
        """Return the settings of the run, such as the digest of the input; empty for a new journal."""
        ...

    def write(self, write: Write) -> None:
        """Record everything in one transaction, durable when this returns.

        Raises:
            JournalLost: it is not durable, or this process leads no longer.
        """
        ...

    def counts(self) -> Counts:
        """Return how many items are in each state; must not read every row."""
        ...

    def next_ordinal(self) -> int:
        """Return the number behind the largest that has a row."""
        ...

    def checkpoint(self, ordinal: int) -> Checkpoint:
        """Return the last checkpoint at or before an item; (0, 0) where there is none."""
        ...

    def open_items(self) -> list[BulkItem]:
        """Return the items that have a row and a state of `states.OPEN`, by ordinal; must not read every row."""
        ...

    def items(self, states: Collection[ItemState] | None = None, first: int = 0) -> Iterator[BulkItem]:
        """Yield the items that have a row, from an ordinal on, in order and bounded memory; only those in these states where given.

        Writes between two items are allowed, and may be seen or not.
        """
        ...

    def find(self, key: str) -> BulkItem | None:
        """Return the item with this key, or None when it has no row."""
        ...

    def known(self, job_ids: Iterable[str], since: int = 0) -> set[str]:
        """Return those of the jobs that belong to an item; a candidate does not.

        Args:
            job_ids: the jobs.
            since: each of them was created at or after this, in microseconds since 1970 by the API's clock; 0 where that is not known.
        """
        ...

    def take_ended(
        self,
        worker: str,
        limit: int,
        lease: float,
        *,
        except_for: Collection[int] = (),
        ends_with_process: bool = False,
    ) -> list[BulkItem]:
        """Return up to `limit` ended items, oldest first, for a worker.

        Args:
            worker: its name; it gets those again that it has already.
            limit: largest number of items.
            lease: seconds in which no other worker gets them.
            except_for: ordinals of items that are not wanted.
            ends_with_process: the lease ends at once when the process, or its connection to the journal, is gone.
        """
        ...

    def write_saved(self, items: Sequence[BulkItem]) -> None:
        """Record items that a worker has saved; one that is not in the state ended any more is passed over.

        Raises:
            JournalLost: it is not durable.
        """
        ...

    def close(self) -> None:
        """End the leadership and release everything; closing twice does no harm."""
        ...


class Tally:
    """Counts by state, kept up to date by the changes; for journals that count in the process."""

    def __init__(self, counts: Counts | None = None) -> None:
        self._items: dict[ItemState, int] = dict(counts.items) if counts else {}
        self._prices: dict[ItemState, int] = dict(counts.prices) if counts else {}

    def change(self, before: tuple[ItemState, int] | None, after: tuple[ItemState, int] | None) -> None:
        """Move an item from one (state, price) to another; None is no row."""
        for part, sign in ((before, -1), (after, 1)):
            if part is not None:
                state, price = part
                self._items[state] = self._items.get(state, 0) + sign
                self._prices[state] = self._prices.get(state, 0) + sign * price

    def counts(self) -> Counts:
        """Return the counts."""
        return Counts({state: count for state, count in self._items.items() if count}, dict(self._prices))
