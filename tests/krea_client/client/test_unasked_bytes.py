"""Bytes that nobody asked for on a kept connection never become the response to the next paid request."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from krea_client import AsyncKrea, Krea

from .conftest import GOOD, TOKEN
from .keeping_server import KeepingServer, job_id_of, keeping, response, trusted_context

MODEL = "z-image/z-image"
FOREIGN = response({"job_id": "a-job-of-somebody-else", "status": "queued"})
TIMED_OUT = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n"


@pytest.fixture(params=["plain", "tls"])
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeepingServer]:
    context = None
    if request.param == "tls":
        context, bundle = trusted_context(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    with keeping(context) as server:
        yield server


def submit_two(server: KeepingServer, pause: float = 0.0, **options: Any) -> list[str]:
    with Krea(TOKEN, server.url, **options) as krea:
        first = krea.submit(MODEL, {**GOOD, "prompt": "first"})
        time.sleep(pause)
        return [first.id, krea.submit(MODEL, {**GOOD, "prompt": "second"}).id]


def submit_two_async(server: KeepingServer, pause: float = 0.0, **options: Any) -> list[str]:
    async def main() -> list[str]:
        async with AsyncKrea(TOKEN, server.url, **options) as krea:
            first = await krea.submit(MODEL, {**GOOD, "prompt": "first"})
            await asyncio.sleep(pause)
            return [first.id, (await krea.submit(MODEL, {**GOOD, "prompt": "second"})).id]

    return asyncio.run(main())


SUBMIT_TWO = [submit_two, submit_two_async]
RIGHT = [job_id_of("first"), job_id_of("second")]


@pytest.mark.parametrize("submit", SUBMIT_TWO)
@pytest.mark.parametrize("extra", [FOREIGN, FOREIGN[:40], TIMED_OUT, b"\r\n\r\nx"])
def test_a_second_response_in_the_same_segment_is_dropped(
    server: KeepingServer, submit: Callable[..., list[str]], extra: bytes
) -> None:
    server.behind = extra
    assert submit(server) == RIGHT
    assert server.connections == 2


@pytest.mark.parametrize("submit", SUBMIT_TWO)
@pytest.mark.parametrize("extra", [FOREIGN, TIMED_OUT])
def test_an_unasked_response_to_an_idle_connection_is_dropped(
    server: KeepingServer, submit: Callable[..., list[str]], extra: bytes
) -> None:
    server.later = extra
    assert submit(server, 0.15) == RIGHT
    assert server.connections == 2


@pytest.mark.parametrize("submit", SUBMIT_TWO)
def test_a_clean_connection_is_used_again(server: KeepingServer, submit: Callable[..., list[str]]) -> None:
    assert submit(server) == RIGHT
    assert server.connections == 1


@pytest.mark.parametrize(
    ("submit", "transport"), [(submit_two, httpx.HTTPTransport), (submit_two_async, httpx.AsyncHTTPTransport)]
)
def test_the_rules_hold_with_a_callers_transport(
    server: KeepingServer, submit: Callable[..., list[str]], transport: Callable[[], Any]
) -> None:
    server.behind = FOREIGN
    assert submit(server, transport=transport()) == RIGHT


def test_a_callers_transport_keeps_idle_connections_no_longer_than_ours() -> None:
    own = httpx.HTTPTransport(limits=httpx.Limits(keepalive_expiry=60))
    shorter = httpx.HTTPTransport(limits=httpx.Limits(keepalive_expiry=1))
    for transport, seconds in ((own, 2.0), (shorter, 1.0)):
        Krea(TOKEN, transport=transport)
        assert transport._pool._keepalive_expiry == seconds


@pytest.mark.parametrize(
    ("submit", "transport"), [(submit_two, httpx.HTTPTransport), (submit_two_async, httpx.AsyncHTTPTransport)]
)
@pytest.mark.parametrize("part", ["behind", "later"])
def test_the_rules_hold_on_connections_to_a_proxy(
    submit: Callable[..., list[str]], transport: Callable[..., Any], part: str
) -> None:
    with keeping() as proxy:
        setattr(proxy, part, FOREIGN)
        through = transport(proxy=proxy.url)
        proxy.url = "http://api.example"  # every request for it goes to the proxy
        assert submit(proxy, 0.15, transport=through) == RIGHT
        assert proxy.connections == 2
