"""The calls in flight of one batch, in threads; only programs that use `run_all` pay for it."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Self

from krea_client._clock import Clock
from krea_client._core.effects import Answer, ApiCall, Gather, Undelivered
from krea_client._transport.http import SyncHttpTransport

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
    """The calls in flight of one batch."""

    def __init__(self, transport: SyncHttpTransport, clock: Clock, *, real_time: bool) -> None:
        self._transport = transport
        self._clock = clock
        self._real_time = real_time
        self._threads: ThreadPoolExecutor | None = None
        self._pending: dict[Future[Answer], int] = {}
        self._unsent: list[tuple[int, Answer | BaseException]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)

    def gather(self, effect: Gather) -> list[tuple[int, Answer | BaseException]]:
        """Begin calls, and return those in flight that have ended, or none when the time has come first."""
        with _interrupts_kept():
            return self._gather(effect)

    def _gather(self, effect: Gather) -> list[tuple[int, Answer | BaseException]]:
        self._begin(effect.begin)
        if self._unsent:
            unsent, self._unsent = self._unsent, []
            return unsent
        seconds = None if effect.until is None else max(0.0, effect.until - self._clock.monotonic())
        if not self._pending:
            if seconds is not None:
                self._clock.sleep(seconds)
            return []
        # A clock that is not of this computer stands still while calls are in flight.
        patience = seconds if self._real_time else None
        finished = wait(self._pending, patience, FIRST_COMPLETED).done
        return [(self._pending.pop(future), future.exception() or future.result()) for future in finished]

    def _begin(self, calls: tuple[tuple[int, ApiCall], ...]) -> None:
        # An interrupt can hit between handing a call to a thread and taking note of it, and a job's id would be lost. So the
        # note comes first, and what no thread has begun by then is never sent.
        self._threads = self._threads or ThreadPoolExecutor(THREADS, thread_name_prefix="krea-client")
        try:
            for number, call in calls:
                future: Future[Answer] = Future()
                self._pending[future] = number
                self._threads.submit(self._carry, future, call)
        except BaseException:
            cancelled = {self._pending.pop(future) for future in list(self._pending) if future.cancel()}
            untold = {number for number, _ in calls} - set(self._pending.values())
            fault = Undelivered("interrupted before it was sent")
            self._unsent = [(number, fault) for number in sorted(cancelled | untold)]
            raise

    def _carry(self, future: Future[Answer], call: ApiCall) -> None:
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(self._transport.send(call))
            except BaseException as error:  # noqa: BLE001  # the flow that asked is told of it
                future.set_exception(error)
