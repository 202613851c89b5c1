"""The async driver, on asyncio."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine
from types import AsyncGeneratorType
from typing import Any, ParamSpec, TypeVar, cast
from weakref import WeakSet

from krea_client._clock import Clock
from krea_client._core.effects import (
    Answer,
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
    Sleep,
    Warn,
)
from krea_client._request import deprecation_warnings
from krea_client._transport.async_http import AsyncHttpTransport
from krea_client._transport.driver import SystemClock, check_process

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
                effect = flow.throw(reply) if isinstance(reply, BaseException) else flow.send(reply)
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

    def iterate(self, flow: Flow[Any]) -> AsyncIterator[Any]:
        """Yield what the operation emits; when the iterator is closed early, the operation ends its jobs in order."""
        iteration = cast("AsyncGeneratorType[Any, None]", self._iterate(flow))
        self._iterations.add(iteration)
        return iteration

    async def close_iterations(self) -> None:
        """Close every iteration that has not ended."""
        for iteration in list(self._iterations):
            if not iteration.ag_running:  # else another task is in it, and it cannot be closed
                await iteration.aclose()

    async def _iterate(self, flow: Flow[Any]) -> AsyncGenerator[Any]:
        reply: Any = None
        process = os.getpid()
        pool = _TaskPool(self._transport, self._clock)
        try:
            while True:
                try:
                    effect = flow.throw(reply) if isinstance(reply, BaseException) else flow.send(reply)
                except StopIteration:
                    return
                except ConsumerClosed:  # the operation has reported the jobs that go on
                    return
                try:
                    if isinstance(effect, Gather):
                        reply = await pool.gather(effect)
                    elif isinstance(effect, Emit):
                        reply = None
                        yield effect.value
                    else:
                        reply = await self._perform(effect)
                except GeneratorExit:
                    reply = ConsumerClosed()
                except BaseException as error:  # noqa: BLE001  # as in run
                    reply = error
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
            case _:
                raise TypeError(f"{type(effect).__name__} belongs to an operation that is iterated over")


async def _raising(error: Exception) -> Any:
    raise error


class _TaskPool:
    """The calls in flight of one batch."""

    def __init__(self, transport: AsyncHttpTransport, clock: Clock) -> None:
        self._transport = transport
        self._clock = clock
        self._pending: dict[asyncio.Task[Answer], int] = {}

    async def gather(self, effect: Gather) -> list[tuple[int, Answer | BaseException]]:
        for number, call in effect.begin:
            self._pending[asyncio.create_task(self._transport.send(call))] = number
        seconds = None if effect.until is None else max(0.0, effect.until - self._clock.monotonic())
        if not self._pending:
            if seconds is not None:
                await self._clock.sleep_async(seconds)
            return []
        # A clock that is not of this computer stands still while calls are in flight.
        patience = seconds if isinstance(self._clock, SystemClock) else None
        finished, _ = await asyncio.wait(self._pending, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        return [(self._pending.pop(task), task.exception() or task.result()) for task in finished]

    async def aclose(self) -> None:
        for task in self._pending:
            task.cancel()
        await asyncio.gather(*self._pending, return_exceptions=True)
