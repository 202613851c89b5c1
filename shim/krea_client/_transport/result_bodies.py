"""The body of a result on its way to its file, with its limits, and the redirect that comes in its place."""

from __future__ import annotations

from typing import NamedTuple

from krea_client._core.effects import DownloadSink
from krea_client._transport.decoding import Decoder
from krea_client._transport.exchange import TimedExchange
from krea_client._transport.http_library import httpx
from krea_client._transport.response_limits import MOST_DECODED, MinimumRate
from krea_client._transport.signing import RawHeaders


class Redirected(Exception):  # not an error: it ends a response whose body nobody needs
    """The host says that a result is elsewhere.

    Attributes:
        response: the head of what it said.
    """

    def __init__(self, response: httpx.Response) -> None:
        super().__init__()
        self.response = response


class ResultBody:
    """Gives the pieces of one response to a sink, decoded.

    Args:
        bodies: with the sink and the limits.
        response: with its status and headers.
        content_encoding: of the pieces; None for plain ones.
    """

    def __init__(self, bodies: ResultBodies, response: httpx.Response, content_encoding: str | None) -> None:
        bodies.sink.begin(response.status_code, response.headers)
        self._bodies, self._decoder = bodies, Decoder(content_encoding, MOST_DECODED)

    def take(self, piece: bytes) -> None:
        """Take the next bytes as they came."""
        sink, rate, exchange = self._bodies
        for decoded in self._decoder.feed(piece):
            sink.write(decoded)
        if rate.count(len(piece)):
            exchange.progress()

    def finish(self) -> bytes:
        """Take that the response is whole; everything has gone to the sink."""
        self._decoder.finish()
        return b""


class ResultBodies(NamedTuple):
    """Makes what takes the body of a response in one exchange.

    Attributes:
        sink: takes the result.
        rate: the least that has to come.
        exchange: gets more time while enough comes.
    """

    sink: DownloadSink
    rate: MinimumRate
    exchange: TimedExchange

    def of(self, response: httpx.Response, content_encoding: str | None) -> ResultBody:
        """Return what takes the body of a response, encoded in this way or not at all."""
        return ResultBody(self, response, content_encoding)

    def of_plain(self, status: int, headers: RawHeaders) -> ResultBody:
        """Return what takes the body of a response that came past the layers of httpx.

        Raises:
            Redirected: it is a redirect.
        """
        response = httpx.Response(status, headers=headers)
        if response.has_redirect_location:
            raise Redirected(response)
        return self.of(response, response.headers.get("content-encoding"))
