"""Progress functions of the user's: plain ones for the sync client; async ones are awaited for the async client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:  # sync clients need no asyncio
    from asyncio import Future

T = TypeVar("T")
ProgressFunction = Callable[..., object]


def plain_function(function: ProgressFunction | None) -> ProgressFunction | None:
    """Return a progress function for a sync client.

    Raises:
        TypeError: it is async, so that nobody would await it.
    """
    if function is None:
        return None
    from inspect import iscoroutinefunction

    if iscoroutinefunction(function):
        raise TypeError("on_progress is async, and Krea is sync: give a plain function, or use AsyncKrea")
    return function


def awaiting(
    function: ProgressFunction | None, start: Callable[[ProgressFunction | None], Coroutine[Any, Any, T]]
) -> Coroutine[Any, Any, T]:
    """Start a call that reports its progress; before it returns, what the function gave has been awaited, in order."""
    if function is None:
        return start(None)
    calls = _ProgressCalls(function)
    return calls.around(start(calls))


class _ProgressCalls:
    """Calls a progress function in the middle of a transfer, which cannot wait, and lets the event loop await what it gives."""

    def __init__(self, function: ProgressFunction) -> None:
        self._function = function
        self._last: Future[None] | None = None

    def __call__(self, *figures: int | None) -> None:
        """Call the function."""
        from asyncio import ensure_future

        outcome: Any = self._function(*figures)
        if isinstance(outcome, Awaitable):
            self._last = ensure_future(_after(self._last, cast("Awaitable[object]", outcome)))

    async def around(self, call: Coroutine[Any, Any, T]) -> T:
        """Await a call, and then everything that the function gave meanwhile."""
        from asyncio import CancelledError

        try:
            outcome = await call
        except BaseException:
            if self._last is not None:
                self._last.cancel()
                with suppress(CancelledError, Exception):  # the failure of the call counts
                    await self._last
            raise
        if self._last is not None:
            await self._last
        return outcome


async def _after(previous: Future[None] | None, outcome: Awaitable[object]) -> None:
    if previous is not None:
        try:
            await previous
        except BaseException:
            from asyncio import ensure_future

            ensure_future(outcome).cancel()  # or it would be reported as never awaited
            raise
    await outcome
