"""The interface of a clock, so that tests can give a client one of their own."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, runtime_checkable


@runtime_checkable
class Clock(Protocol):
    """Tells the time and waits; `Krea(clock=...)` takes any object with these methods."""

    def now(self) -> datetime:
        """Return the date and time, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds since some fixed moment; it never runs backwards."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait for so many seconds."""
        ...

    async def sleep_async(self, seconds: float) -> None:
        """Wait for so many seconds without blocking the event loop."""
        ...
