"""The calls in flight of one batch, in threads; only programs that use `run_all` pay for it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from typing import Any, Self
from weakref import WeakSet

from krea_client._clock import Clock
from krea_client._core.effects import ApiCall, Emit, Fetch, Gather, Perform, Undelivered
from krea_client._core.open_jobs import Undelivering
from krea_client._core.paid_answers import PaidAnswers
from krea_client._transport.exchange import refuse_late
from krea_client._transport.http import SyncHttpTransport
from krea_client._transport.read_ahead import HeldResults, MemorySink

THREADS = 32  # calls in flight at most; a batch with more slots takes turns


@contextmanager
def _interrupts_kept() -> Generator[None]:
    """Raise KeyboardInterrupt again where Python lost it while it took back a lock, as "release unlocked lock"."""
    try:
        yield
    except RuntimeError as fault:
        if isinstance(fault.__context__, KeyboardInterrupt):
            raise fault.__context__ from None
        raise


class ThreadPool:
    """The calls in flight of one batch.

    Attributes:
        held: its results that are fetched ahead.
        answers: the answers to its paid calls whose results nobody has taken yet.
    """

    def __init__(
        self, transport: SyncHttpTransport, clock: Clock, undelivered: Undelivering, *, real_time: bool
    ) -> None:
        self._transport = transport
        self._clock = clock
        self._real_time = real_time
        self._threads: ThreadPoolExecutor | None = None
        self._pending: dict[Future[object], int] = {}
        self._put_back: list[tuple[int, object]] = []
        self.held: HeldResults[Future[None]] = HeldResults(undelivered)
        self.answers: PaidAnswers = PaidAnswers(undelivered)
        self._sinks: WeakSet[MemorySink] = WeakSet()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for sink in self._sinks:
            sink.stopped = True
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)

    def gather(self, effect: Gather) -> list[tuple[int, object]]:
        """Begin calls, and return those in flight that have ended, or none when the time has come first."""
        with _interrupts_kept():
            return self._gather(effect)

    def _gather(self, effect: Gather) -> list[tuple[int, object]]:
        self._begin(effect.begin)
        if self._put_back:
            responses, self._put_back = self._put_back, []
            return responses
        seconds = None if effect.until is None else max(0.0, effect.until - self._clock.monotonic())
        waiting: set[Future[Any]] = {*self._pending, *self.held.under_way()}
        if not waiting:
            if seconds is not None:
                self._clock.sleep(seconds)
            return []
        # A clock that is not of this computer stands still while calls are in flight.
        patience = seconds if self._real_time else None
        finished = wait(waiting, patience, FIRST_COMPLETED).done
        calls = [future for future in self._pending if future in finished]
        return [(self._pending.pop(future), future.exception() or future.result()) for future in calls]

    def put_back(self, responses: object) -> None:
        """Keep the outcome of `gather` for its next call: a value that was held back came first, and its consumer left."""
        if isinstance(responses, list):
            self._put_back += responses

    def without_held(self, emitted: Emit) -> Iterator[Emit]:
        """Yield a value, or hold it back and fetch its results first, when the program is going to save them."""
        ahead = self._transport.read_ahead
        urls = ahead.addresses(emitted.value, len(self.held.under_way()))
        if not urls:
            yield emitted
            return
        self._threads = self._threads or ThreadPoolExecutor(THREADS, thread_name_prefix="krea-client")
        self.held.add(emitted, [self._threads.submit(self._fetch, url) for url in urls])

    def _fetch(self, url: str) -> None:
        sink = MemorySink()
        self._sinks.add(sink)
        # Whatever is wrong with a download is found and told by `save`.
        with suppress(Exception):
            self._transport.fetch(Fetch(url, sink))
            self._transport.read_ahead.keep(url, sink.fetched())

    def _begin(self, calls: tuple[tuple[int, ApiCall | Fetch | Perform], ...]) -> None:
        # An interrupt can hit between handing a call to a thread and taking note of it, and a job's id would be lost. So the
        # note comes first, and what no thread has begun by then is never sent.
        self._threads = self._threads or ThreadPoolExecutor(THREADS, thread_name_prefix="krea-client")
        try:
            for number, call in calls:
                future: Future[object] = Future()
                self._pending[future] = number
                self._threads.submit(self._carry, future, number, call)
        except BaseException:
            cancelled = {self._pending.pop(future) for future in list(self._pending) if future.cancel()}
            untold = {number for number, _ in calls} - set(self._pending.values())
            fault = Undelivered("interrupted before it was sent")
            self._put_back += [(number, fault) for number in sorted(cancelled | untold)]
            raise

    def _carry(self, future: Future[object], number: int, call: ApiCall | Fetch | Perform) -> None:
        if future.set_running_or_notify_cancel():
            try:
                outcome = self._outcome(call)
                self.answers.keep(number, call, outcome)
                future.set_result(outcome)
            except BaseException as error:  # noqa: BLE001  # the flow that asked is told of it
                future.set_exception(error)

    def _outcome(self, call: ApiCall | Fetch | Perform) -> object:
        match call:
            case Fetch():
                return self._transport.fetch(call)
            case Perform():
                return call.work()
            case ApiCall():
                refuse_late(call, self._clock)
                return self._transport.send(call)
