"""What the client asks of a clock, so that tests can put their own in its place."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, runtime_checkable


@runtime_checkable
class Clock(Protocol):
    """Tells the time and waits; `Krea(clock=...)` takes any object of this shape."""

    def now(self) -> datetime:
        """The date and time, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never runs backwards."""
        ...

    def sleep(self, seconds: float) -> None:
        """Waits for so many seconds."""
        ...

    async def sleep_async(self, seconds: float) -> None:
        """Waits for so many seconds without holding up the event loop."""
        ...
