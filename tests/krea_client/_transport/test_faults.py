"""Every error of httpx means one of two things: surely not delivered, or unknown."""

import asyncio
import socket
from collections.abc import Iterator

import httpx
import pytest

from krea_client import ConnectionFailed, Krea, KreaError, OutcomeUnknown, Retry
from krea_client._core.effects import ApiCall, Unanswered, Undelivered
from krea_client._transport.async_http import AsyncHttpTransport
from krea_client._transport.exchange import TimedExchange
from krea_client._transport.http import HttpTransport, SyncHttpTransport
from krea_client._transport.http_library import CONNECT_SECONDS

from ..timeouts import timed_out
from .raw_server import serving

NEVER_SENT = {httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol}


def kinds(root: type[httpx.HTTPError | httpx.StreamError]) -> Iterator[type[Exception]]:
    for kind in root.__subclasses__():
        yield kind
        yield from kinds(kind)


def instance(kind: type[Exception]) -> Exception:
    if kind is httpx.HTTPStatusError:
        request = httpx.Request("POST", "https://api.krea.ai")
        return httpx.HTTPStatusError("text", request=request, response=httpx.Response(500))
    try:
        return kind("text")
    except TypeError:
        return kind()


@pytest.mark.parametrize(
    "kind", sorted({*kinds(httpx.HTTPError), *kinds(httpx.StreamError)}, key=lambda kind: kind.__name__)
)
def test_only_a_fault_before_sending_is_surely_not_delivered(kind: type[Exception]) -> None:
    with pytest.raises(Undelivered if kind in NEVER_SENT else Unanswered) as excinfo, TimedExchange(5):
        raise instance(kind)
    assert str(excinfo.value)


class Faulty(httpx.BaseTransport, httpx.AsyncBaseTransport):
    def __init__(self, error: Exception) -> None:
        self._error = error

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        raise self._error

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise self._error


def send_through(call: ApiCall, transport: Faulty) -> None:
    SyncHttpTransport("https://api.krea.ai", "t", 5, transport).send(call)


def sent_async(call: ApiCall, transport: Faulty) -> None:
    asyncio.run(AsyncHttpTransport("https://api.krea.ai", "t", 5, transport).send(call))


@pytest.mark.parametrize(
    ("error", "kind"), [(httpx.ConnectError("refused"), Undelivered), (httpx.ReadError("reset"), Unanswered)]
)
@pytest.mark.parametrize("variant", ["sync", "async"])
def test_sync_and_async_say_the_same(variant: str, error: Exception, kind: type[Exception]) -> None:
    call = ApiCall("POST", "/x", body=b"{}", paid=True)
    send = {"sync": send_through, "async": sent_async}[variant]
    with pytest.raises(kind, match=str(error)) as excinfo:
        send(call, Faulty(error))
    assert excinfo.value.__cause__ is error


@pytest.mark.parametrize("value", [3, 60.0, httpx.Timeout(7)])
def test_connecting_is_capped(value: float | httpx.Timeout) -> None:
    transport = HttpTransport("https://api.krea.ai", "t", value)
    expected = 7 if isinstance(value, httpx.Timeout) else min(value, CONNECT_SECONDS)
    assert transport.timeout.connect == expected


def test_a_call_becomes_a_request_without_its_token() -> None:
    with httpx.Client() as client:
        call = ApiCall("POST", "/generate/x", {"a": "1,2"}, {"x-webhook-url": "https://h"}, b'{"p":1}', True, 4)
        request = HttpTransport("https://api.krea.ai/v1/", "t0ken", 60).build(client, call, print)
    assert (request.method, str(request.url)) == ("POST", "https://api.krea.ai/v1/generate/x?a=1%2C2")
    assert request.headers["x-webhook-url"] == "https://h"
    assert request.content == b'{"p":1}'
    assert request.extensions["timeout"]["read"] == 4
    assert "authorization" not in request.headers


def test_an_event_loop_that_is_not_asyncio_is_refused_before_anything_is_sent() -> None:
    transport = AsyncHttpTransport("https://api.krea.ai", "t", 5, Faulty(AssertionError("it was sent")))
    with pytest.raises(KreaError, match="nothing was sent"):
        # as another event loop starts a coroutine
        transport.send(ApiCall("POST", "/x", body=b"{}", paid=True)).send(None)


def test_a_batch_ends_with_the_time_out_of_its_exchanges() -> None:
    head = b"HTTP/1.1 200 OK\r\n" + b"x-a: b\r\n" * 100

    def respond(connection: socket.socket, _: bytes) -> None:
        for place in range(len(head)):
            connection.sendall(head[place : place + 1])
            if server.stop.wait(0.1):
                return

    def run(timeout: float) -> None:
        with Krea("t", server.url, timeout=timeout, retry=Retry(attempts=1)) as krea:
            raise ExceptionGroup("failed", [result.failure for result in krea.run_all([request] * 4) if result.failure])

    request = ("z-image/z-image", {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"})
    with serving(respond) as server:
        group = timed_out(
            run, lambda error: not isinstance(error, ExceptionGroup) or not error.subgroup(ConnectionFailed)
        )
    assert isinstance(group, ExceptionGroup)
    assert [type(error) for error in group.exceptions] == [OutcomeUnknown] * 4
