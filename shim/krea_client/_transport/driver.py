"""The sync driver: performs the effects of an operation, one at a time; only a batch has several calls in flight."""

from __future__ import annotations

import atexit
import os
import time
from collections.abc import Awaitable, Coroutine, Generator, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast
from weakref import WeakSet

from krea_client._clock import Clock
from krea_client._core.effects import (
    ApiCall,
    ConsumerClosed,
    Effect,
    Emit,
    Fetch,
    Flow,
    Gather,
    Moment,
    Notify,
    Now,
    Perform,
    Sleep,
    Warn,
)
from krea_client._core.open_jobs import Undelivering
from krea_client._core.paid_answers import PaidAnswers
from krea_client._request import deprecation_warnings
from krea_client.errors import KreaError

if TYPE_CHECKING:  # programs that were written with another HTTP library, and only use our clock, need no httpx
    from types import GeneratorType

    from krea_client._transport.http import SyncHttpTransport
    from krea_client._transport.thread_pool import ThreadPool

    Iteration = GeneratorType[Any, None, None]

T = TypeVar("T")


class SystemClock:
    """The clock of this computer."""

    def now(self) -> datetime:
        """Return the date and time in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds since some fixed moment."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait for so many seconds."""
        time.sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Wait for so many seconds, on asyncio."""
        import asyncio

        await asyncio.sleep(seconds)


_unfinished: WeakSet[Iteration] = WeakSet()  # of all clients, to be closed before the interpreter ends


def close_at_exit(generator: Generator[Any, Any, Any]) -> None:
    """Close a generator before the interpreter ends, if it has not ended by then, so that it can report its jobs."""
    _unfinished.add(cast("Iteration", generator))


@atexit.register
def _close_all() -> None:
    for generator in list(_unfinished):
        _close(generator)


def _close(iteration: Iteration) -> None:
    if not iteration.gi_running:  # else another thread is in it, and it cannot be closed
        iteration.close()


class Driver:
    """Performs the effects of operations over a transport, by a clock."""

    def __init__(self, transport: SyncHttpTransport, clock: Clock, undelivered: Undelivering) -> None:
        self._transport = transport
        self._clock = clock
        self._undelivered = undelivered
        self._iterations: WeakSet[Iteration] = WeakSet()

    def run(self, flow: Flow[T]) -> T:
        """Return what the operation returns, or raise what it raises."""
        reply: Any = None
        answers = PaidAnswers(self._undelivered)
        state = cast("GeneratorType[Any, Any, Any]", flow)
        while True:
            try:
                while True:  # inside: an interrupt that comes at the jump to the next round is caught, too
                    effect = advance(flow, reply)
                    reply = self._perform(effect)
                    answers.keep(0, effect, reply)
            except StopIteration as end:
                if (
                    state.gi_frame is None
                ):  # no call here: after one an interrupt may be raised, and the job would be lost
                    return end.value  # type: ignore[no-any-return]  # a Flow[T] returns a T
                reply = end
            except BaseException as error:
                if state.gi_frame is None:
                    answers.name_in(error)
                    raise
                reply = error  # an interrupt too, wherever it hit, goes through the operation, which knows the job

    def iterate(self, flow: Flow[Any], undelivered: Undelivering) -> Iterator[Any]:
        """Yield what the operation emits; when the iterator is closed early, the operation ends its jobs in order.

        Args:
            flow: the operation.
            undelivered: adds a value that nobody takes any more to the exception that ended the iteration.
        """
        iteration = cast("Iteration", self._iterate(flow, undelivered))
        self._iterations.add(iteration)
        close_at_exit(iteration)
        return iteration

    def close_iterations(self) -> None:
        """Close every iteration that has not ended."""
        for iteration in list(self._iterations):
            _close(iteration)

    def _iterate(self, flow: Flow[Any], undelivered: Undelivering) -> Generator[Any]:
        from krea_client._transport.thread_pool import ThreadPool

        reply: Any = None
        process = os.getpid()
        real_time = isinstance(self._clock, SystemClock)
        with ThreadPool(self._transport, self._clock, undelivered, real_time=real_time) as pool:
            flow = pool.held.following(flow)
            state = cast("GeneratorType[Any, Any, Any]", flow)
            while True:
                try:
                    while True:  # inside, as in run
                        if (
                            os.getpid() != process
                        ):  # a child of the process that began the batch must leave its jobs alone
                            flow.close()
                            check_process(process, reply)
                            return
                        effect = advance(flow, reply)
                        reply, values = self._perform_in(pool, effect)
                        for emitted in values:
                            try:
                                yield emitted.value
                            finally:
                                pool.answers.forget(emitted.slot)
                except GeneratorExit:
                    pool.put_back(reply)
                    reply = ConsumerClosed()
                    pool.held.give_up_after(reply)
                except BaseException as error:
                    if state.gi_frame is None:
                        if isinstance(error, (StopIteration, ConsumerClosed)):
                            return  # the operation has reported the jobs that go on
                        pool.held.give_up_after(error)
                        pool.answers.name_in(error)
                        raise
                    pool.held.give_up_after(error)
                    reply = error  # as in run

    def _perform_in(self, pool: ThreadPool, effect: Effect) -> tuple[object, Iterator[Emit]]:
        """Return the outcome of an effect of a batch, and the values that the consumer is to get before the next effect."""
        if isinstance(effect, Emit):
            return None, pool.without_held(effect)
        if isinstance(effect, Gather):
            return pool.gather(effect), pool.held.ready()
        return self._perform(effect), iter(())

    def _perform(self, effect: Effect) -> object:
        match effect:
            case ApiCall():
                return self._transport.send(effect)
            case Now():
                return Moment(self._clock.monotonic(), self._clock.now())
            case Sleep():
                self._clock.sleep(effect.seconds)
                return None
            case Warn():
                deprecation_warnings.warn(effect.warning, effect.site)
                return None
            case Notify():
                _notify(effect)
                return None
            case Fetch():
                return self._transport.fetch(effect)
            case Perform():
                return effect.work()
            case _:
                raise TypeError(f"{type(effect).__name__} belongs to an operation that is iterated over")


def advance(flow: Flow[Any], reply: object) -> Effect:
    """Return the next effect of an operation, after the outcome of the last one."""
    return flow.throw(reply) if isinstance(reply, BaseException) else flow.send(reply)


def check_process(process: int, reply: object) -> None:
    """Raise the error of a batch that is continued in a child of its process; one that is only closed there ends silently.

    Raises:
        KreaError: it is continued.
    """
    if not isinstance(reply, ConsumerClosed):
        raise KreaError(
            f"run_all: this batch was started in another process ({process}), which goes on with it; start one in each process"
        )


def _notify(effect: Notify) -> None:
    outcome = effect.callback(effect.value)
    if isinstance(outcome, Awaitable):
        if isinstance(outcome, Coroutine):
            outcome.close()  # one that is never awaited would warn
        raise TypeError("this callback is async, and Krea is sync: give a plain function, or use AsyncKrea")
