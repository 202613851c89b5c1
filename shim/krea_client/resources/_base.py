"""What all resources share: the base of their values, the base of their requests, iteration over the pages of a listing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeVar

from krea_client import _json
from krea_client._core import operations, responses
from krea_client._core.effects import Flow
from krea_client._core.operations import EndpointCall
from krea_client._core.retrying import CallLimits
from krea_client._request.build import SubmitOptions, build_request
from krea_client._request.call_site import call_site
from krea_client._session import Session

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver

T = TypeVar("T")
Query = Mapping[str, str]
Page = tuple[list[T], str | None]  # its items, and the cursor of the next page


@dataclass(frozen=True, slots=True)
class Resource:
    """A stored object of the API: frozen, read tolerantly, can be pickled.

    Attributes:
        id: its id; the one field that every resource has.
    """

    id: str
    _document: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a resource as the API writes it; only the id is required.

        Raises:
            ValueError: it has no id.
        """
        resource_id = _json.text(data.get("id"))
        if resource_id is None:
            raise ValueError("it has no id")
        return cls(resource_id, dict(data))

    @property
    def raw(self) -> dict[str, Any]:
        """The whole response, with fields that this version does not know; a new dict each time."""
        return _json.copied({**self._document})  # type: ignore[no-any-return]  # a copy of a dict

    def _text(self, name: str) -> str | None:
        return _json.text(self._document.get(name))

    def _number(self, name: str) -> float | None:
        return _json.number(self._document.get(name))


class ResourceRequests:
    """Builds the operations of one resource."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def _call(self, request: EndpointCall, limits: CallLimits, read: Callable[[object], T]) -> Flow[T]:
        context = self._session.context(request.operation, limits)
        return operations.call_endpoint(request, self._session.options_for(context), context, read)

    def _page(self, request: EndpointCall, limits: CallLimits, read: Callable[[dict[str, Any]], T]) -> Flow[Page[T]]:
        context = self._session.context(request.operation, limits)
        return operations.list_page(request, self._session.options_for(context), context, read)

    def _body(self, operation: str, fields: Mapping[str, Any]) -> bytes:
        target = self._session.rules.catalogue.operation(operation)
        submission = SubmitOptions(path_parameters={"id": "-"} if "{id}" in target.path else None)
        return build_request(target, fields, {}, submission, self._session.rules, call_site()).body


def reader(read: Callable[[dict[str, Any]], T]) -> Callable[[object], T]:
    """Return a function that applies `read` to the members of a JSON object."""
    return lambda document: read(responses.an_object(document))


def text_member(name: str) -> Callable[[object], str]:
    """Return a function that reads one text member of a JSON object."""

    def read(document: object) -> str:
        value = _json.text(_json.members(document).get(name))
        if value is None:
            raise ValueError(f"it has no {name}")
        return value

    return read


def without_none(**arguments: object) -> dict[str, Any]:
    """Return the arguments that are not None."""
    return {name: value for name, value in arguments.items() if value is not None}


def iterate_pages(driver: Driver, query: Query, page_of: Callable[[Query], Flow[Page[T]]]) -> Iterator[T]:
    """Yield the items of every page, each page requested when it is reached; a repeated cursor ends the listing."""
    while True:
        items, cursor = driver.run(page_of(query))
        yield from items
        if cursor is None or cursor == query.get("cursor"):
            return
        query = {**query, "cursor": cursor}


async def iterate_pages_async(
    driver: AsyncDriver, query: Query, page_of: Callable[[Query], Flow[Page[T]]]
) -> AsyncIterator[T]:
    """Yield the items of every page, each page requested when it is reached; a repeated cursor ends the listing."""
    while True:
        items, cursor = await driver.run(page_of(query))
        for item in items:
            yield item
        if cursor is None or cursor == query.get("cursor"):
            return
        query = {**query, "cursor": cursor}
