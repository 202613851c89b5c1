"""Every fault of httpx means one of two things: surely not delivered, or nobody knows."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from krea_client._core.effects import Call, Unanswered, Undelivered
from krea_client._transport.async_http import AsyncHttpTransport
from krea_client._transport.http import (
    CONNECT_SECONDS,
    IDLE_SECONDS,
    HttpTransport,
    SyncHttpTransport,
    http_error_mapping,
)

NEVER_SENT = {httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol}


def kinds(root: type[httpx.HTTPError | httpx.StreamError]) -> Iterator[type[Exception]]:
    for kind in root.__subclasses__():
        yield kind
        yield from kinds(kind)


def made(kind: type[Exception]) -> Exception:
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
    with pytest.raises(Undelivered if kind in NEVER_SENT else Unanswered) as caught, http_error_mapping:
        raise made(kind)
    assert str(caught.value)


class Faulty(httpx.BaseTransport, httpx.AsyncBaseTransport):
    def __init__(self, error: Exception) -> None:
        self._error = error

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        raise self._error

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise self._error


def sent(call: Call, transport: Faulty) -> None:
    SyncHttpTransport("https://api.krea.ai", "t", 5, transport).send(call)


def sent_async(call: Call, transport: Faulty) -> None:
    asyncio.run(AsyncHttpTransport("https://api.krea.ai", "t", 5, transport).send(call))


@pytest.mark.parametrize(
    ("error", "kind"), [(httpx.ConnectError("refused"), Undelivered), (httpx.ReadError("reset"), Unanswered)]
)
@pytest.mark.parametrize("colour", ["sync", "async"])
def test_both_wires_say_the_same(colour: str, error: Exception, kind: type[Exception]) -> None:
    call = Call("POST", "/x", body=b"{}", paid=True)
    send = {"sync": sent, "async": sent_async}[colour]
    with pytest.raises(kind, match=str(error)) as caught:
        send(call, Faulty(error))
    assert caught.value.__cause__ is error


def test_a_paid_request_does_not_meet_a_connection_that_the_server_is_closing() -> None:
    limits = HttpTransport("https://api.krea.ai", "t", 60).settings()["limits"]
    assert limits.keepalive_expiry == IDLE_SECONDS <= 2


@pytest.mark.parametrize("given", [3, 60.0, httpx.Timeout(7)])
def test_connecting_is_capped(given: float | httpx.Timeout) -> None:
    wire = HttpTransport("https://api.krea.ai", "t", given)
    expected = 7 if isinstance(given, httpx.Timeout) else min(given, CONNECT_SECONDS)
    assert wire.timeout.connect == expected


def test_a_call_becomes_a_request_without_its_token() -> None:
    with httpx.Client() as client:
        call = Call("POST", "/generate/x", {"a": "1,2"}, {"x-webhook-url": "https://h"}, b'{"p":1}', True, 4)
        request = HttpTransport("https://api.krea.ai/v1/", "t0ken", 60).build(client, call)
    assert (request.method, str(request.url)) == ("POST", "https://api.krea.ai/v1/generate/x?a=1%2C2")
    assert request.headers["x-webhook-url"] == "https://h"
    assert request.content == b'{"p":1}'
    assert request.extensions["timeout"]["read"] == 4
    assert "authorization" not in request.headers
