"""Going through all pages of a listing, in both colours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from krea_client._core.effects import Flow

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver

T = TypeVar("T")
Query = Mapping[str, str]
PageOf = Callable[[Query], Flow[tuple[list[T], str | None]]]


def all_pages(driver: Driver, query: Query, page_of: PageOf[T]) -> Iterator[T]:
    """The items of every page, each page asked for when it is reached; a cursor that stands still ends it."""
    while True:
        items, following = driver.run(page_of(query))
        yield from items
        if following is None or following == query.get("cursor"):
            return
        query = {**query, "cursor": following}


async def all_pages_async(driver: AsyncDriver, query: Query, page_of: PageOf[T]) -> AsyncIterator[T]:
    """The items of every page, each page asked for when it is reached; a cursor that stands still ends it."""
    while True:
        items, following = await driver.run(page_of(query))
        for item in items:
            yield item
        if following is None or following == query.get("cursor"):
            return
        query = {**query, "cursor": following}
