"""A clock that passes only when it is told to, or faster or slower than the real one."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from threading import RLock

# How often a sleeping task lets all others run before time moves on to its waking: each may need a few steps to fall asleep.
TURNS = 3


class VirtualClock:
    """Tells a time that can be set, and sleeps by moving it.

    The monotonic time is `scale` times the real seconds since the start, plus all that was advanced; scale 0 stands
    still. The date can be set without touching it, so running jobs keep their progress. Safe in several threads.
    """

    def __init__(
        self, start: date | str | None = None, scale: float = 1.0, real: Callable[[], float] = time.monotonic
    ) -> None:
        _check_scale(scale)
        self._lock = RLock()
        self._real, self._scale = real, scale
        self._begun, self._advanced = real(), 0.0
        self._sleepers: list[tuple[float, int]] = []
        self._order = count()
        self.set_date(datetime.now(UTC) if start is None else start)

    def now(self) -> datetime:
        """Return the virtual date and time, aware, in UTC."""
        with self._lock:
            return self._epoch + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        """Return virtual seconds since the clock was made."""
        with self._lock:
            return (self._real() - self._begun) * self._scale + self._advanced

    def advance(self, seconds: float) -> None:
        """Move time on; raises ValueError for a negative number of seconds."""
        if not 0 <= seconds < float("inf"):
            raise ValueError(f"Cannot advance by {seconds} seconds: give a finite number, 0 or more.")
        with self._lock:
            try:
                _ = self.now() + timedelta(seconds=seconds)
            except OverflowError:
                raise ValueError(f"Cannot advance by {seconds} seconds: that is after the year 9999.") from None
            self._advanced += seconds

    @property
    def scale(self) -> float:
        """Virtual seconds per real one; setting it changes the pace from now on. Raises ValueError below 0."""
        return self._scale

    @scale.setter
    def scale(self, scale: float) -> None:
        _check_scale(scale)
        with self._lock:
            self._advanced = self.monotonic()
            self._begun, self._scale = self._real(), scale

    def set_date(self, moment: date | str) -> None:
        """Make it that day (00:00 UTC) or that moment (UTC unless it says otherwise), and go on from there."""
        at = moment_of(moment)
        with self._lock:
            self._epoch = at - timedelta(seconds=self.monotonic())

    def sleep(self, seconds: float) -> None:
        """Move time on at once; nobody waits."""
        self.advance(max(0.0, seconds))

    async def sleep_async(self, seconds: float) -> None:
        """Wake when virtual time has come there; it jumps to the first sleeper's waking once nobody else can run."""
        wake = self.monotonic() + max(0.0, seconds)
        with self._lock:
            entry = (wake, next(self._order))
            heapq.heappush(self._sleepers, entry)
        try:
            turns = 0
            while self.monotonic() < wake:
                await _others()
                turns = turns + 1 if self._sleepers[0] == entry else 0
                if turns > TURNS:
                    self._reach(wake)
            await _others()
        finally:
            with self._lock:
                self._sleepers.remove(entry)
                heapq.heapify(self._sleepers)

    def _reach(self, moment: float) -> None:
        with self._lock:
            self._advanced += max(0.0, moment - self.monotonic())


def _check_scale(scale: float) -> None:
    if not 0 <= scale < float("inf"):
        raise ValueError(f"scale is {scale}: time cannot run backwards, give a finite number, 0 or more.")


def moment_of(moment: date | str) -> datetime:
    """Read a date, a datetime or ISO 8601 text as a moment in UTC; raises ValueError for other text."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


async def _others() -> None:
    import asyncio  # a fixture should be ready in 10 ms, and most tests are not asynchronous

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        # Not asyncio: then it is trio, by way of the library that httpx brings along.
        from anyio.lowlevel import checkpoint

        await checkpoint()
    else:
        await asyncio.sleep(0)
