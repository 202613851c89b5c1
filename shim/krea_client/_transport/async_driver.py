"""The async driver, on asyncio."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import suppress
from types import AsyncGeneratorType
from typing import Any, ParamSpec, TypeVar, cast
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
from krea_client._request import deprecation_warnings
from krea_client._transport.async_http import AsyncHttpTransport
from krea_client._transport.driver import SystemClock, advance, check_process, close_at_exit
from krea_client._transport.exchange import refuse_late
from krea_client._transport.read_ahead import HeldResults, MemorySink

P = ParamSpec("P")
T = TypeVar("T")


class AsyncDriver:
    """Performs the effects of operations over an async transport, by a clock."""

    def __init__(self, transport: AsyncHttpTransport, clock: Clock) -> None:
        self._transport = transport
        self._clock = clock
        self._iterations: WeakSet[AsyncGeneratorType[Any, None]] = WeakSet()

    async def run(self, flow: Flow[T]) -> T:
        """Return what the operation returns, or raise what it raises."""
        reply: Any = None
        while True:
            try:
                effect = advance(flow, reply)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]  # a Flow[T] returns a T
            try:
                reply = await self._perform(effect)
            except BaseException as error:  # noqa: BLE001  # a cancellation too goes through the operation, which knows the job
                reply = error

    def later(self, make: Callable[P, Flow[T]], *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, T]:
        """Make an operation now, so that its warnings name the caller's line; return a coroutine that runs it, or that raises."""
        try:
            return self.run(make(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # raised again when the caller awaits
            return _raising(error)

    def iterate(self, flow: Flow[Any], undelivered: Undelivering) -> AsyncIterator[Any]:
        """Yield what the operation emits, as `Driver.iterate` does."""
        iteration = cast("AsyncGeneratorType[Any, None]", self._iterate(flow, undelivered))
        self._iterations.add(iteration)
        return iteration

    async def close_iterations(self) -> None:
        """Close every iteration that has not ended."""
        for iteration in list(self._iterations):
            if not iteration.ag_running:  # else another task is in it, and it cannot be closed
                await iteration.aclose()

    async def _iterate(self, flow: Flow[Any], undelivered: Undelivering) -> AsyncGenerator[Any]:
        reply: Any = None
        process = os.getpid()
        pool = _TaskPool(self._transport, self._clock, undelivered)
        flow = pool.held.following(flow)
        close_at_exit(flow)  # an event loop that sys.exit in a task has stopped closes no async generator
        try:
            while True:
                try:
                    effect = advance(flow, reply)
                except StopIteration:
                    return
                except ConsumerClosed:  # the operation has reported the jobs that go on
                    return
                try:
                    if isinstance(effect, Emit):
                        reply, values = None, pool.without_held(effect)
                    elif isinstance(effect, Gather):
                        reply, values = await pool.gather(effect), pool.held.ready()
                    else:
                        reply, values = await self._perform(effect), iter(())
                    for emitted in values:
                        yield emitted.value
                except GeneratorExit:
                    pool.put_back(reply)
                    reply = ConsumerClosed()
                except BaseException as error:  # noqa: BLE001  # as in run
                    reply = error
                pool.held.give_up_after(reply)
                if os.getpid() != process:  # a child of the process that began the batch must leave its jobs alone
                    flow.close()
                    check_process(process, reply)
                    return
        finally:
            await pool.aclose()

    async def _perform(self, effect: Effect) -> object:
        match effect:
            case ApiCall():
                return await self._transport.send(effect)
            case Now():
                return Moment(self._clock.monotonic(), self._clock.now())
            case Sleep():
                await self._clock.sleep_async(effect.seconds)
                return None
            case Warn():
                deprecation_warnings.warn(effect.warning, effect.site)
                return None
            case Notify():
                outcome = effect.callback(effect.value)
                if isinstance(outcome, Awaitable):
                    await outcome
                return None
            case Fetch():
                return await self._transport.fetch(effect)
            case Perform():
                return await asyncio.to_thread(effect.work)
            case _:
                raise TypeError(f"{type(effect).__name__} belongs to an operation that is iterated over")


async def _raising(error: Exception) -> Any:
    raise error


class _TaskPool:
    """The calls in flight of one batch.

    Attributes:
        held: its results that are fetched ahead.
    """

    def __init__(self, transport: AsyncHttpTransport, clock: Clock, undelivered: Undelivering) -> None:
        self._transport = transport
        self._clock = clock
        self._pending: dict[asyncio.Task[object], int] = {}
        self._put_back: list[tuple[int, object]] = []
        self.held: HeldResults[asyncio.Task[None]] = HeldResults(undelivered)

    async def gather(self, effect: Gather) -> list[tuple[int, object]]:
        for number, call in effect.begin:
            self._pending[asyncio.create_task(self._outcome(call))] = number
        if self._put_back:
            responses, self._put_back = self._put_back, []
            return responses
        seconds = None if effect.until is None else max(0.0, effect.until - self._clock.monotonic())
        waiting: set[asyncio.Task[Any]] = {*self._pending, *self.held.under_way()}
        if not waiting:
            if seconds is not None:
                await self._clock.sleep_async(seconds)
            return []
        # A clock that is not of this computer stands still while calls are in flight.
        patience = seconds if isinstance(self._clock, SystemClock) else None
        finished, _ = await asyncio.wait(waiting, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        calls = [task for task in self._pending if task in finished]
        return [(self._pending.pop(task), task.exception() or task.result()) for task in calls]

    def put_back(self, responses: object) -> None:
        """Keep the outcome of `gather` for its next call: a value that was held back came first, and its consumer left."""
        if isinstance(responses, list):
            self._put_back += responses

    def without_held(self, emitted: Emit) -> Iterator[Emit]:
        """Yield a value, or hold it back and fetch its results first, when the program is going to save them."""
        urls = self._transport.read_ahead.addresses(emitted.value, len(self.held.under_way()))
        if not urls:
            yield emitted
        else:
            self.held.add(emitted, [asyncio.create_task(self._fetch(url)) for url in urls])

    async def _fetch(self, url: str) -> None:
        sink = MemorySink()
        # Whatever is wrong with a download is found and told by `save`.
        with suppress(Exception):
            await self._transport.fetch(Fetch(url, sink))
            self._transport.read_ahead.keep(url, sink.fetched())

    async def _outcome(self, call: ApiCall | Fetch | Perform) -> object:
        match call:
            case Fetch():
                return await self._transport.fetch(call)
            case Perform():
                return await asyncio.to_thread(call.work)
            case ApiCall():
                refuse_late(call, self._clock)
                return await self._transport.send(call)

    async def aclose(self) -> None:
        tasks: list[asyncio.Task[Any]] = [*self._pending, *self.held.under_way()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
