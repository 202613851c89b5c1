"""Krea and AsyncKrea behind one synchronous face, so that one test tells the story of both."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from inspect import isawaitable
from typing import Any, Self

_END = object()


class Face:
    """A client, or its `jobs`; what an async one gives is awaited."""

    def __init__(self, client: Any, runner: asyncio.Runner | None, close: Callable[[], Any] | None = None) -> None:
        self.client = client
        self.runner = runner
        self._close = close

    @property
    def jobs(self) -> "Face":
        return Face(self.client.jobs, self.runner)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.client, name)
        return self._finished(found) if callable(found) else found

    def _finished(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            return self.done(method(*args, **kwargs))

        return call

    def done(self, given: Any) -> Any:
        """The outcome of what a method gave."""
        if self.runner is not None and isawaitable(given):
            return self.runner.run(_awaited(given))
        if hasattr(given, "__aiter__"):
            return self._items(given)
        return given

    def _items(self, given: AsyncIterator[Any]) -> Iterator[Any]:
        assert self.runner is not None
        try:
            while (item := self.runner.run(_awaited(anext(given, _END)))) is not _END:
                yield item
        finally:
            if hasattr(given, "aclose"):
                self.runner.run(_awaited(given.aclose()))

    def close(self) -> None:
        self.done(self.client.aclose() if self.runner is not None else self.client.close())

    def __enter__(self) -> Self:
        self.done(self.client.__enter__() if self.runner is None else self.client.__aenter__())
        return self

    def __exit__(self, *error: object) -> None:
        self.done(self.client.__exit__(*error) if self.runner is None else self.client.__aexit__(*error))


async def _awaited(given: Any) -> Any:
    return await given
