"""Krea and AsyncKrea behind one synchronous client, so that one test tells the story of both."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextvars import copy_context
from inspect import isawaitable
from typing import Any, Self

_END = object()


class ClientAdapter:
    """A client, or its `jobs`; what an async one gives is awaited."""

    def __init__(self, wrapped: Any, runner: asyncio.Runner | None, close: Callable[[], Any] | None = None) -> None:
        self.wrapped = wrapped
        self.runner = runner
        self._close = close
        self._is_closed = False

    @property
    def jobs(self) -> "ClientAdapter":
        return ClientAdapter(self.wrapped.jobs, self.runner)

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self.wrapped, name)
        return self._finished(attribute) if callable(attribute) else attribute

    def _finished(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            return self.done(method(*args, **kwargs))

        return call

    def done(self, outcome: Any) -> Any:
        """Return the outcome of what a method gave."""
        if self.runner is not None and isawaitable(outcome):
            return self.runner.run(_awaited(outcome), context=copy_context())
        if hasattr(outcome, "__aiter__"):
            return self._items(outcome)
        return outcome

    def _items(self, iterator: AsyncIterator[Any]) -> Iterator[Any]:
        assert self.runner is not None
        try:
            while (item := self.runner.run(_awaited(anext(iterator, _END)))) is not _END:
                yield item
        finally:
            if hasattr(iterator, "aclose") and not self._is_closed:  # the loop may be gone when garbage is collected
                self.runner.run(_awaited(iterator.aclose()))

    def close(self) -> None:
        self._is_closed = True
        self.done(self.wrapped.aclose() if self.runner is not None else self.wrapped.close())

    def __enter__(self) -> Self:
        self.done(self.wrapped.__enter__() if self.runner is None else self.wrapped.__aenter__())
        return self

    def __exit__(self, *error: object) -> None:
        self.done(self.wrapped.__exit__(*error) if self.runner is None else self.wrapped.__aexit__(*error))


async def _awaited(awaitable: Any) -> Any:
    return await awaitable
