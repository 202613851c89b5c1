"""Requests and responses of calls that go past the layers of httpx."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from krea_client._transport.http_library import httpx
from krea_client._transport.signing import RawHeaders


class BodyTaker(Protocol):
    """Takes the body of a response, piece by piece."""

    def take(self, piece: bytes, /) -> None:
        """Take the next bytes."""
        ...

    def finish(self) -> bytes:
        """Return what is to be kept of the whole."""
        ...


Receive = Callable[[int, RawHeaders], BodyTaker]


class PlainRequest(NamedTuple):
    """A call as it goes out.

    Attributes:
        origin: the API's address.
        method: in capitals.
        scheme, host, port, target: its address; None is the scheme's own port.
        headers: with the token.
        body: b"" for none.
        timeouts: seconds by phase.
    """

    origin: httpx.URL
    method: str
    scheme: bytes
    host: bytes
    port: int | None
    target: bytes
    headers: RawHeaders
    body: bytes
    timeouts: Mapping[str, float | None]


class PlainResponse(NamedTuple):
    """A response with its headers as they came and its body decoded."""

    status: int
    headers: RawHeaders
    body: bytes
