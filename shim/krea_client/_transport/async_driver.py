"""The async driver, on asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from krea_client._clock import Clock
from krea_client._core.effects import (
    Answer,
    Call,
    ConsumerClosed,
    Effect,
    Emit,
    Fetch,
    Flow,
    Gather,
    Moment,
    Now,
    Sleep,
    Warn,
)
from krea_client._request import deprecation_warnings
from krea_client._transport.async_http import AsyncHttpTransport
from krea_client._transport.driver import SystemClock

P = ParamSpec("P")
T = TypeVar("T")


class AsyncDriver:
    """Drives flows over an async wire, by a clock."""

    def __init__(self, transport: AsyncHttpTransport, clock: Clock) -> None:
        self._transport = transport
        self._clock = clock

    async def run(self, flow: Flow[T]) -> T:
        """What the flow returns, or raises."""
        told: Any = None
        while True:
            try:
                effect = flow.throw(told) if isinstance(told, BaseException) else flow.send(told)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]  # a Flow[T] returns a T
            try:
                told = await self._perform(effect)
            except BaseException as error:  # noqa: BLE001  # a cancellation too goes through the flow, which knows the job
                told = error

    def later(self, make: Callable[P, Flow[T]], *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, T]:
        """Makes a flow now, so that its warnings name the caller's line, and gives a coroutine that runs it, or that raises."""
        try:
            return self.run(make(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # raised again when the caller awaits
            return _raising(error)

    async def iterate(self, flow: Flow[Any]) -> AsyncIterator[Any]:
        """What the flow emits, one by one; leaving early lets it take its leave."""
        told: Any = None
        left = False
        pool = _Pool(self._transport, self._clock)
        try:
            while True:
                try:
                    effect = flow.throw(told) if isinstance(told, BaseException) else flow.send(told)
                except StopIteration:
                    return
                except ConsumerClosed as gone:
                    deprecation_warnings.log_notes(gone)
                    return
                try:
                    if isinstance(effect, Gather):
                        told = await pool.together(effect)
                    elif isinstance(effect, Emit):
                        told = None
                        if not left:
                            yield effect.value
                    else:
                        told = await self._perform(effect)
                except GeneratorExit:
                    left, told = True, ConsumerClosed()
                except BaseException as error:  # noqa: BLE001  # as in run
                    told = error
        finally:
            await pool.aclose()

    async def _perform(self, effect: Effect) -> object:
        match effect:
            case Call():
                return await self._transport.send(effect)
            case Now():
                return Moment(self._clock.monotonic(), self._clock.now())
            case Sleep():
                await self._clock.sleep_async(effect.seconds)
                return None
            case Warn():
                deprecation_warnings.warn(effect.warning, effect.site)
                return None
            case Fetch():
                return await self._transport.fetch(effect)
            case _:
                raise TypeError(f"{type(effect).__name__} belongs to a flow that is iterated over")


async def _raising(error: Exception) -> Any:
    raise error


class _Pool:
    """The calls in flight of one batch."""

    def __init__(self, transport: AsyncHttpTransport, clock: Clock) -> None:
        self._transport = transport
        self._clock = clock
        self._pending: dict[asyncio.Task[Answer], int] = {}

    async def together(self, effect: Gather) -> list[tuple[int, Answer | BaseException]]:
        for number, call in effect.begin:
            self._pending[asyncio.create_task(self._transport.send(call))] = number
        left = None if effect.until is None else max(0.0, effect.until - self._clock.monotonic())
        if not self._pending:
            if left is not None:
                await self._clock.sleep_async(left)
            return []
        # A clock of another kind than the machine's stands still while calls are in flight.
        patience = left if isinstance(self._clock, SystemClock) else None
        done, _ = await asyncio.wait(self._pending, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        return [(self._pending.pop(task), task.exception() or task.result()) for task in done]

    async def aclose(self) -> None:
        for task in self._pending:
            task.cancel()
        await asyncio.gather(*self._pending, return_exceptions=True)
