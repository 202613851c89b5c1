"""Results of a batch that are fetched before the program saves them, so that the loop over the batch never waits for a download.

It begins when the program has saved a result of a batch, and pauses when results go unsaved. What was fetched is kept in memory, within
limits; `save` writes and checks it like any other download.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from krea_client import _forks
from krea_client._core import open_jobs
from krea_client._core.effects import DownloadSink, Emit, Flow, Gather, InvalidDownload
from krea_client._core.open_jobs import Undelivering
from krea_client.jobs import RunResult

MOST_BYTES = 16 << 20  # of one result; a larger one is left to `save`, which writes it to the disk as it comes
MOST_TOGETHER = 64 << 20  # bytes of all results that are kept
AT_ONCE = 16  # results that are under way
_MOST_UNSAVED = 3  # results in a row that were fetched for nothing


class Fetched(NamedTuple):
    """A response that came whole."""

    headers: Mapping[str, str]
    chunks: list[bytes]

    def replay(self, sink: DownloadSink) -> None:
        """Give it to a sink, all but the end."""
        sink.begin(200, self.headers)
        for chunk in self.chunks:
            sink.write(chunk)

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return sum(map(len, self.chunks))


class MemorySink:
    """Keeps a result in memory; a `DownloadSink` that takes whole responses only.

    Args:
        limit: bytes that it may have.
    """

    job_id: str | None = None

    def __init__(self, limit: int = MOST_BYTES) -> None:
        self.stopped = False  # set to end the download at its next bytes
        self._limit = limit
        self._headers: Mapping[str, str] = {}
        self._chunks: list[bytes] = []
        self.came: int = 0

    def wants(self) -> Mapping[str, str]:
        """Return no headers: it takes the whole."""
        return {}

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Take the head of a response; raise `InvalidDownload` for one that is better left to `save`."""
        length = headers.get("content-length", "")
        if status != 200 or (length.isdecimal() and int(length) > self._limit):
            raise InvalidDownload("left to save", again=False)
        self._headers = headers

    def write(self, chunk: bytes) -> None:
        """Take the next bytes; raise `InvalidDownload` when they are too many or nobody wants them any more."""
        self.came += len(chunk)
        if self.stopped or self.came > self._limit:
            raise InvalidDownload("left to save", again=False)
        self._chunks.append(chunk)

    def finish(self) -> None:
        """Take note of the end."""

    def fetched(self) -> Fetched:
        """Return the whole."""
        return Fetched(self._headers, self._chunks)

    def abandon(self) -> None:
        """Forget everything."""
        self._chunks.clear()


class ReadAhead:
    """What a client has fetched ahead, by address. Threads may share it."""

    def __init__(self) -> None:
        self._fetched: OrderedDict[str, Fetched] = OrderedDict()
        self._size = 0
        self._saving = False
        self._unsaved = 0
        self._lock = Lock()
        _forks.register(self)

    def renew_after_fork(self) -> None:
        """Replace the lock, and leave the results to the parent."""
        self._lock = Lock()
        self.clear()

    def clear(self) -> None:
        """Forget what was fetched."""
        self._fetched, self._size, self._saving = OrderedDict(), 0, False

    def note_save(self, job: object) -> None:
        """Take note that the program saves a result; one of a batch lets the next ones be fetched ahead."""
        if isinstance(job, RunResult):
            self._saving, self._unsaved = True, 0

    def addresses(self, value: object, under_way: int) -> list[str]:
        """Return the results to fetch of a value of a batch that nobody has taken yet; none where nothing is to be fetched."""
        if not self._saving or under_way >= AT_ONCE or not isinstance(value, RunResult) or value.failure is not None:
            return []
        urls = value.urls
        return urls if len(urls) <= AT_ONCE else []

    def keep(self, url: str, fetched: Fetched) -> None:
        """Keep what came; beyond the limit the oldest is forgotten."""
        with self._lock:
            self._size += fetched.size
            self._fetched[url] = fetched
            while self._size > MOST_TOGETHER or len(self._fetched) > 2 * AT_ONCE:
                _, oldest = self._fetched.popitem(last=False)
                self._size -= oldest.size
                self._unsaved += 1
            if self._unsaved >= _MOST_UNSAVED:
                self._saving = False

    def take(self, url: str) -> Fetched | None:
        """Return what was fetched of an address, once."""
        if not self._fetched:
            return None
        with self._lock:
            fetched = self._fetched.pop(url, None)
            if fetched is not None:
                self._size -= fetched.size
        return fetched


class PendingDownload(Protocol):
    """A download that is under way: a future or a task."""

    def done(self) -> bool:
        """Return True when it has ended, however."""
        ...


D = TypeVar("D", bound=PendingDownload)


class HeldResults(Generic[D]):
    """Values of a batch that are held back until their results have been fetched.

    Args:
        undelivered: adds a value that nobody takes any more to the exception that ended the batch.
    """

    def __init__(self, undelivered: Undelivering) -> None:
        self._undelivered = undelivered
        self._held: list[tuple[Emit, list[D]]] = []

    def add(self, emitted: Emit, downloads: list[D]) -> None:
        """Hold a value back until all these downloads have ended."""
        self._held.append((emitted, downloads))

    def under_way(self) -> list[D]:
        """Return the downloads that have not ended."""
        return [download for _, downloads in self._held for download in downloads if not download.done()]

    def ready(self) -> Iterator[Emit]:
        """Yield the values whose results are there, and let go of them."""
        while (index := self._first_ready()) is not None:
            yield self._held.pop(index)[0]

    def _first_ready(self) -> int | None:
        complete = (all(download.done() for download in downloads) for _, downloads in self._held)
        return next((index for index, done in enumerate(complete) if done), None)

    def following(self, flow: Flow[Any]) -> Flow[None]:
        """Return an operation that ends when another one has ended and no value is held back any more."""
        try:
            yield from flow
        except Exception:  # the input has failed
            yield from self._wait()
            raise
        yield from self._wait()

    def _wait(self) -> Flow[None]:
        try:
            while self._held:
                yield Gather((), None)
        except BaseException as stop:
            open_jobs.report(stop)
            raise

    def give_up_after(self, reply: object) -> None:
        """Add all values to the exception that ends the batch, if the outcome of an effect is one, and let go of them."""
        if isinstance(reply, BaseException) and not isinstance(reply, Exception):  # others end one operation only
            held, self._held = self._held, []
            for emitted, _ in held:
                self._undelivered(emitted.value, reply)
