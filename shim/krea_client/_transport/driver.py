"""The sync driver: carries out what a flow asks for, one thing at a time; only a batch has several calls in flight."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from krea_client._clock import Clock
from krea_client._core.effects import (
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

if TYPE_CHECKING:  # programs that were written with another HTTP library, and only use our clock, need no httpx
    from krea_client._transport.http import SyncHttpTransport

T = TypeVar("T")


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The date and time in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since the machine started, or so."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Waits for so many seconds."""
        time.sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Waits for so many seconds, on asyncio."""
        import asyncio

        await asyncio.sleep(seconds)


class Driver:
    """Drives flows over a wire, by a clock."""

    def __init__(self, transport: SyncHttpTransport, clock: Clock) -> None:
        self._transport = transport
        self._clock = clock

    def run(self, flow: Flow[T]) -> T:
        """What the flow returns, or raises."""
        told: Any = None
        while True:
            try:
                effect = flow.throw(told) if isinstance(told, BaseException) else flow.send(told)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]  # a Flow[T] returns a T
            try:
                told = self._perform(effect)
            except BaseException as error:  # noqa: BLE001  # an interrupt too goes through the flow, which knows the job
                told = error

    def iterate(self, flow: Flow[Any]) -> Iterator[Any]:
        """What the flow emits, one by one; leaving early lets it take its leave."""
        told: Any = None
        left = False
        from krea_client._transport.thread_pool import Pool

        with Pool(self._transport, self._clock, real_time=isinstance(self._clock, SystemClock)) as pool:
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
                        told = pool.together(effect)
                    elif isinstance(effect, Emit):
                        told = None
                        if not left:
                            yield effect.value
                    else:
                        told = self._perform(effect)
                except GeneratorExit:
                    left, told = True, ConsumerClosed()
                except BaseException as error:  # noqa: BLE001  # as in run
                    told = error

    def _perform(self, effect: Effect) -> object:
        match effect:
            case Call():
                return self._transport.send(effect)
            case Now():
                return Moment(self._clock.monotonic(), self._clock.now())
            case Sleep():
                self._clock.sleep(effect.seconds)
                return None
            case Warn():
                deprecation_warnings.warn(effect.warning, effect.site)
                return None
            case Fetch():
                return self._transport.fetch(effect)
            case _:
                raise TypeError(f"{type(effect).__name__} belongs to a flow that is iterated over")
