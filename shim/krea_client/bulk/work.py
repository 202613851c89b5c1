"""Workers download the results of a run that another process leads, on any number of machines."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Self

from krea_client._core.effects import Flow, Perform
from krea_client._session import Session
from krea_client.bulk.journal import BulkItem, Journal, JournalError
from krea_client.bulk.result_saving import NothingToSave, is_local, save_item
from krea_client.bulk.run_folder import ITEMS, RunPlace
from krea_client.bulk.states import OPEN, ItemState
from krea_client.bulk.storage import Storage
from krea_client.errors import Busy, ConnectionFailed, SaveFailed, ServerFailed

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver

LEASE = 300.0  # seconds for which an item is one worker's; longer than any download takes
AfterWork = Callable[[BulkItem], object]
_LONGEST_PAUSE = 1.0  # seconds between two looks for ended items, where there are none
_SHORTEST_PAUSE = 0.1
_IDLE_SHARE = 0.25  # of the time since there was one: the pause until the next look
_LONGEST_WAIT = 60.0  # seconds until an item whose download failed is tried again
_AGAIN = (SaveFailed, ConnectionFailed, ServerFailed, Busy)  # another try, after the lease, may succeed
_S = ItemState


class CannotKeep(SaveFailed):
    """This worker cannot keep results, such as on a full disk. What it took goes to other workers when it ends, or its lease."""


class WorkerSettings(NamedTuple):
    """How a worker works.

    Attributes:
        name: what tells it from other workers, such as the name of its machine.
        lease: seconds after which another worker takes an item that was taken and not saved.
        after: called with each item whose files are kept, before that is recorded; it must bear a second call for the same item.
    """

    name: str
    lease: float = LEASE
    after: AfterWork | None = None


class TriedItem(NamedTuple):
    """An item after a download: in its next state, or as it was where the download failed."""

    item: BulkItem
    is_saved: bool


class WorkSlots:
    """The downloads of a worker: which items they are of, and how long the worker waits until it looks for more."""

    def __init__(self, at_once: int, lease: float) -> None:
        self._at_once, self._lease = at_once, lease
        self._under_way: set[int] = set()
        self._failures: dict[int, int] = {}
        self._again_at: dict[int, float] = {}  # of items whose download failed
        self._last_taken = time.monotonic()

    @property
    def free(self) -> int:
        """Number of downloads that may be begun."""
        return self._at_once - len(self._under_way)

    def unwanted(self) -> list[int]:
        """Return the ordinals of items that are under way, or that failed just now."""
        now = time.monotonic()
        return [*self._under_way, *(ordinal for ordinal, at in self._again_at.items() if at > now)]

    def begin(self, items: list[BulkItem]) -> None:
        """Take that these items are downloaded."""
        self._under_way.update(item.ordinal for item in items)
        if items:
            self._last_taken = time.monotonic()

    def end(self, attempt: TriedItem) -> None:
        """Take that a download has ended."""
        ordinal = attempt.item.ordinal
        self._under_way.discard(ordinal)
        if attempt.is_saved:
            self._failures.pop(ordinal, None)
            self._again_at.pop(ordinal, None)
            return
        failures = self._failures[ordinal] = self._failures.get(ordinal, 0) + 1
        self._again_at[ordinal] = time.monotonic() + min(self._lease, _LONGEST_WAIT, 2.0 ** min(failures - 1, 6))

    def pause(self) -> float | None:
        """Return the seconds until the next look, short while items come; None while all slots are taken."""
        if not self.free:
            return None
        idle = time.monotonic() - self._last_taken
        return min(_LONGEST_PAUSE, max(_SHORTEST_PAUSE, _IDLE_SHARE * idle))


class WorkerParts:
    """The journal and the storage of a worker; its calls of the journal take turns."""

    def __init__(self, session: Session, place: RunPlace, settings: WorkerSettings) -> None:
        self.settings = settings
        self._session = session
        self._journal: Journal = place.open_journal()
        if not self._journal.address.startswith("postgresql://"):
            raise JournalError(
                f"{self._journal.address}: only the process that leads this run writes its journal; for workers, give the run and each "
                "worker --journal postgresql://..."
            )
        self._storage: Storage = place.open_storage()
        self._lock = Lock()

    @contextmanager
    def _turn(self) -> Generator[Journal]:
        with self._lock:
            yield self._journal

    def take(self, most: int) -> list[BulkItem]:
        """Return ended items that are this worker's for the time of the lease."""
        with self._turn() as journal:
            return journal.take_ended(self.settings.name, most, self.settings.lease)

    def take_for(self, slots: WorkSlots) -> list[BulkItem]:
        """Return ended items for the free slots; they go to other workers at once where this process ends."""
        if not slots.free:
            return []
        unwanted, settings = slots.unwanted(), self.settings
        with self._turn() as journal:
            items = journal.take_ended(
                settings.name, slots.free, settings.lease, except_for=unwanted, ends_with_process=True
            )
        slots.begin(items)
        return items

    def is_done(self) -> bool:
        """Return True where every item of the run is at rest."""
        with self._turn() as journal:
            counts, total = journal.counts(), journal.settings().get(ITEMS)
        return counts.of(*OPEN) == 0 and (total is None or counts.rows >= int(total))

    def save(self, item: BulkItem) -> Flow[BulkItem]:
        """Save the results of an ended item, do the work after it, and record that; return the item in its next state."""
        context = self._session.context("bulk")
        try:
            files = yield from save_item(item, self._storage, self._session.options, context)
            saved = item.to(_S.SAVED, files=files, urls=())
        except SaveFailed as error:
            if not is_local(error):
                raise
            text = f"this worker stops, since it cannot keep results: {error}; what it took goes to others when it ends, or its lease"
            raise CannotKeep(text, path=error.path) from error
        except NothingToSave as nothing:
            saved = item.to(_S.EMPTY, reason=str(nothing), urls=())
        after = self.settings.after
        if after is not None and saved.state is _S.SAVED:
            yield Perform(lambda: after(saved))
        yield Perform(lambda: self._record(saved))
        return saved

    def _record(self, item: BulkItem) -> None:
        with self._turn() as journal:
            journal.write_saved([item])

    def close(self) -> None:
        """Close the journal."""
        with self._turn() as journal:
            journal.close()


class BulkWorker:
    """A worker of a run. Closes its journal at the end of a `with` block."""

    def __init__(self, parts: WorkerParts, driver: Driver) -> None:
        self._parts = parts
        self._driver = driver

    def take(self, most: int = 8) -> list[BulkItem]:
        """Return up to so many ended items, which no other worker gets while the lease lasts."""
        return self._parts.take(most)

    def save(self, item: BulkItem) -> BulkItem:
        """Download the results of an ended item, and record that; a second call for the same item changes nothing.

        Raises:
            SaveFailed: a result could not be saved; what was saved stays. `CannotKeep` where the storage does not take it.
            JournalError: it could not be recorded.
        """
        return self._driver.run(self._parts.save(item))

    def work(self, *, at_once: int = 8, on_saved: Callable[[BulkItem], object] | None = None) -> int:
        """Save what has ended until every item of the run is at rest, and return how many this worker has saved.

        An item whose download fails is left, and tried again later, also by other workers after its lease. Where this process ends, they
        get what it has taken at once.

        Raises:
            CannotKeep: the storage does not take results, so another try would fail as well.
            JournalError: the journal cannot be used any more.

        Args:
            at_once: largest number of downloads at a time.
            on_saved: called with each item, from the thread that has called this.
        """
        count = 0
        slots = WorkSlots(at_once, self._parts.settings.lease)
        downloads: set[Future[TriedItem]] = set()
        with ThreadPoolExecutor(at_once) as pool:
            while True:
                downloads |= {pool.submit(self._try_to_save, item) for item in self._parts.take_for(slots)}
                if not downloads:
                    if self._parts.is_done():
                        return count
                    time.sleep(slots.pause() or 0.0)
                    continue
                batch, downloads = wait(downloads, slots.pause(), FIRST_COMPLETED)
                for attempt in [future.result() for future in batch]:
                    slots.end(attempt)
                    count += attempt.is_saved
                    if attempt.is_saved and on_saved is not None:
                        on_saved(attempt.item)

    def _try_to_save(self, item: BulkItem) -> TriedItem:
        try:
            return TriedItem(self.save(item), is_saved=True)
        except CannotKeep:
            raise
        except _AGAIN:
            return TriedItem(item, is_saved=False)

    def close(self) -> None:
        """Close the journal."""
        self._parts.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncBulkWorker:
    """A worker of a run, as `BulkWorker`, for asyncio."""

    def __init__(self, parts: WorkerParts, driver: AsyncDriver) -> None:
        self._parts = parts
        self._driver = driver

    async def take(self, most: int = 8) -> list[BulkItem]:
        """Return up to so many ended items, which no other worker gets while the lease lasts."""
        return await asyncio.to_thread(self._parts.take, most)

    async def save(self, item: BulkItem) -> BulkItem:
        """Download the results of an ended item, and record that; see `BulkWorker.save`."""
        return await self._driver.run(self._parts.save(item))

    async def work(self, *, at_once: int = 8, on_saved: Callable[[BulkItem], object] | None = None) -> int:
        """Save what has ended until every item of the run is at rest; see `BulkWorker.work`."""
        count = 0
        slots = WorkSlots(at_once, self._parts.settings.lease)
        downloads: set[asyncio.Task[TriedItem]] = set()
        try:
            while True:
                items = await asyncio.to_thread(self._parts.take_for, slots)
                downloads |= {asyncio.create_task(self._try_to_save(item)) for item in items}
                if not downloads:
                    if await asyncio.to_thread(self._parts.is_done):
                        return count
                    await asyncio.sleep(slots.pause() or 0.0)
                    continue
                batch, _ = await asyncio.wait(downloads, timeout=slots.pause(), return_when=asyncio.FIRST_COMPLETED)
                for attempt in [task.result() for task in batch]:
                    slots.end(attempt)
                    count += attempt.is_saved
                    outcome = on_saved(attempt.item) if attempt.is_saved and on_saved is not None else None
                    if isinstance(outcome, Awaitable):
                        await outcome
                downloads -= batch
        finally:
            for task in downloads:
                task.cancel()
            await asyncio.gather(*downloads, return_exceptions=True)

    async def _try_to_save(self, item: BulkItem) -> TriedItem:
        try:
            return TriedItem(await self.save(item), is_saved=True)
        except CannotKeep:
            raise
        except _AGAIN:
            return TriedItem(item, is_saved=False)

    async def aclose(self) -> None:
        """Close the journal."""
        await asyncio.to_thread(self._parts.close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
