"""Transports of a caller's own that send with another library, and say "not connected" of a response that was lost."""

import asyncio
import http.client
import socket
from collections.abc import Callable

import aiohttp
import httpx
import pytest

from krea_client import AsyncKrea, ConnectionFailed, Krea, OutcomeUnknown, Retry

from .raw_server import serving

FIELDS = {"prompt": "a lighthouse", "aspect_ratio": "16:9", "resolution": "1K"}
ONCE_MORE = Retry(attempts=2, base=0.001)


class WithHttpClient(httpx.BaseTransport):
    """Sends with http.client, and calls each of its errors the same."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        connection = http.client.HTTPConnection(request.url.host, request.url.port, timeout=10)
        try:
            connection.request(request.method, request.url.raw_path.decode(), request.read(), dict(request.headers))
            response = connection.getresponse()
        except OSError as error:
            raise httpx.ConnectError(str(error)) from error
        finally:
            connection.close()
        return httpx.Response(response.status)


class WithUnnamedCause(httpx.BaseTransport):
    """Sends as `WithHttpClient` does, and names no cause of its error."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return WithHttpClient().handle_request(request)
        except httpx.ConnectError as error:
            lost = error.__cause__
        try:
            assert lost is not None
            raise lost
        except OSError as error:
            raise httpx.ConnectError(str(error))  # noqa: B904  # the case that is tested


class WithAiohttp(httpx.AsyncBaseTransport):
    """Sends with aiohttp, and takes the base class of its errors for a failed connection."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.request(request.method, str(request.url), data=body) as response,
            ):
                return httpx.Response(response.status)
        except aiohttp.ClientConnectionError as error:
            raise httpx.ConnectTimeout(str(error)) from error


def submit(url: str, transport: httpx.BaseTransport | None = None) -> None:
    with Krea("t", base_url=url, transport=transport or WithHttpClient(), retry=ONCE_MORE) as krea:
        krea.submit("z-image/z-image", FIELDS)


def submit_without_a_cause(url: str) -> None:
    submit(url, WithUnnamedCause())


def submit_async(url: str) -> None:
    async def main() -> None:
        async with AsyncKrea("t", base_url=url, transport=WithAiohttp(), retry=ONCE_MORE) as krea:
            await krea.submit("z-image/z-image", FIELDS)

    asyncio.run(main())


def hang_up(connection: socket.socket, _: bytes) -> None:
    connection.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("send", [submit, submit_without_a_cause, submit_async])
def test_a_lost_response_is_not_sent_again_whatever_the_transport_calls_it(send: Callable[[str], None]) -> None:
    with serving(hang_up) as server, pytest.raises(OutcomeUnknown):
        send(server.url)
    assert len(server.requests) == 1


@pytest.mark.parametrize("send", [submit, submit_without_a_cause, submit_async])
def test_a_refused_connection_is_tried_again(send: Callable[[str], None]) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(ConnectionFailed, match="not reached in 2 attempts"):
            send(url)


@pytest.mark.parametrize("send", [submit, submit_without_a_cause, submit_async])
def test_an_error_that_a_caller_was_handling_does_not_count(send: Callable[[str], None]) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        try:
            raise aiohttp.ServerDisconnectedError
        except aiohttp.ServerDisconnectedError:
            with pytest.raises(ConnectionFailed):
                send(url)
