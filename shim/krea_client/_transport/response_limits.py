"""Limits on what comes from the network: how much, how fast and from where; and what is kept out of other people's logs."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable

from krea_client._core.effects import Unanswered
from krea_client._redaction import redact_url
from krea_client._transport.decoding import Decoder
from krea_client._transport.http_library import httpx

MOST_ANSWER = 32 << 20  # bytes of a response; a page of a thousand jobs has less than one MB
MOST_DECODED = 1 << 30  # bytes of a download that an inner encoding may expand to
LEAST_FLOW = 16 << 10  # bytes of a download that must come within the time-out of one exchange
MOST_HOPS = 5  # redirects on the way to a result


class ResponseBuffer:
    """The decoded body of a response: complete within so many seconds after its head, and not endless.

    Raises:
        Unanswered: the body has an encoding that was not asked for.
    """

    def __init__(self, monotonic: Callable[[], float], seconds: float, content_encoding: str | None) -> None:
        self._monotonic = monotonic
        self._until = monotonic() + seconds
        self._seconds = seconds
        self._decoder = Decoder(content_encoding, MOST_ANSWER)
        self._pieces: list[bytes] = []
        self._size = 0

    def take(self, data: bytes) -> None:
        """Take the next bytes as they came.

        Raises:
            Unanswered: the body is too large, broken, or takes too long.
        """
        for piece in self._decoder.feed(data):
            self._size += len(piece)
            if self._size > MOST_ANSWER:
                raise Unanswered(f"the response has more than {MOST_ANSWER >> 20} MB")
            self._pieces.append(piece)
        if self._monotonic() > self._until:
            raise Unanswered(f"the response was not complete after {self._seconds:g} s")

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            Unanswered: it is cut off.
        """
        self._decoder.finish()
        return b"".join(self._pieces)


class MinimumRate:
    """The speed of a download: a host that hands out single bytes is as good as silent."""

    def __init__(self, monotonic: Callable[[], float], seconds: float) -> None:
        self._monotonic = monotonic
        self._seconds = seconds
        self._start, self._count = monotonic(), 0

    def count(self, size: int) -> bool:
        """Count the next bytes; return True when enough have come to begin the time anew.

        Raises:
            Unanswered: they come too slowly.
        """
        self._count += size
        if self._count >= LEAST_FLOW:
            self._start, self._count = self._monotonic(), 0
            return True
        elapsed = self._monotonic() - self._start
        if elapsed > self._seconds:
            raise Unanswered(f"only {self._count} bytes came in {elapsed:.0f} s")
        return False


class RedactedURL(httpx.URL):
    """An address that shows itself without user info and query, which may be secrets: httpx logs every address."""

    def __str__(self) -> str:
        return redact_url(super().__str__())

    __repr__ = __str__


def raw_pieces(response: httpx.Response) -> tuple[Iterable[bytes], str | None]:
    """Return the pieces of a body as they come and their content encoding; a transport of tests may have read it already."""
    if response.is_stream_consumed:
        return (response.content,), None
    return response.iter_raw(), response.headers.get("content-encoding")


def raw_pieces_async(response: httpx.Response) -> tuple[AsyncIterable[bytes], str | None]:
    """Do as `raw_pieces`, for an async response."""
    if response.is_stream_consumed:
        return _single(response.content), None
    return response.aiter_raw(), response.headers.get("content-encoding")


async def _single(content: bytes) -> AsyncIterator[bytes]:
    yield content


def next_hop(url: httpx.URL, response: httpx.Response) -> httpx.URL | None:
    """Return where a redirect leads, or None for a response that is none.

    Raises:
        httpx.RemoteProtocolError: it cannot be read.
    """
    if not response.has_redirect_location:
        return None
    try:
        return url.join(response.headers["location"])
    except httpx.InvalidURL as fault:
        reason = str(fault)
    # Outside of the block above: the error would hold the other, whose frames hold the address.
    raise httpx.RemoteProtocolError(f"Invalid URL in location header: {reason}.")
