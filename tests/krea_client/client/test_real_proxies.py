"""What is promised of connections holds through a real proxy: forwarded, in a CONNECT tunnel, and over SOCKS.

KREA_TEST_HTTP_PROXY and KREA_TEST_SOCKS_PROXY put other proxies, such as tinyproxy and microsocks, in the place of pproxy.
"""

import asyncio
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from krea_client import AsyncKrea, ConnectionFailed, Krea, OutcomeUnknown, Retry

from ..timeouts import PATIENCE, timed_out
from .conftest import GOOD, TOKEN
from .keeping_server import KeepingServer, job_id_of, keeping, response, trusted_context
from .proxy_server import proxying

pytest.importorskip("socksio")

MODEL = "z-image/z-image"
FOREIGN = response({"job_id": "a-job-of-somebody-else", "status": "queued"})
OWN = {"http": "KREA_TEST_HTTP_PROXY", "socks5": "KREA_TEST_SOCKS_PROXY"}
RIGHT = [job_id_of(prompt) for prompt in ("first", "second", "third")]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with proxying() as port:
        yield port


@pytest.fixture(params=["http", "socks5"])
def proxy(request: pytest.FixtureRequest, port: int) -> str:
    return os.environ.get(OWN[request.param]) or f"{request.param}://127.0.0.1:{port}"


@pytest.fixture(params=["plain", "tls"])
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeepingServer]:
    context = None
    if request.param == "tls":
        context, bundle = trusted_context(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    with keeping(context) as server:
        yield server


def is_dropped_next(transport: Any) -> bool:
    """Return whether the next request finds no connection that it may use: bytes or the end have arrived on each, or its time is over."""
    return all(connection.has_expired() for connection in transport._pool.connections)


def wait_until(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit
        threading.Event().wait(0.005)


def submit_three(server: KeepingServer, proxy: str, **options: Any) -> list[str]:
    transport = httpx.HTTPTransport(proxy=proxy)
    with Krea(TOKEN, server.url, transport=transport, **options) as krea:
        ids = []
        for prompt in ("first", "second", "third"):
            ids.append(krea.submit(MODEL, {**GOOD, "prompt": prompt}).id)
            if server.send_later():
                wait_until(lambda: is_dropped_next(transport))
            assert krea.jobs.get(ids[-1]).id == ids[-1]
        return ids


def submit_three_async(server: KeepingServer, proxy: str, **options: Any) -> list[str]:
    transport = httpx.AsyncHTTPTransport(proxy=proxy)

    async def main() -> list[str]:
        async with AsyncKrea(TOKEN, server.url, transport=transport, **options) as krea:
            ids = []
            for prompt in ("first", "second", "third"):
                ids.append((await krea.submit(MODEL, {**GOOD, "prompt": prompt})).id)
                if await asyncio.to_thread(server.send_later):
                    await asyncio.to_thread(wait_until, lambda: is_dropped_next(transport))
                assert (await krea.jobs.get(ids[-1])).id == ids[-1]
            return ids

    return asyncio.run(main())


submissions = pytest.mark.parametrize("submit", [submit_three, submit_three_async])


@submissions
@pytest.mark.parametrize("part", ["behind", "later", "before"])
def test_no_unasked_response_becomes_a_job(
    server: KeepingServer, proxy: str, submit: Callable[..., list[str]], part: str
) -> None:
    setattr(server, part, FOREIGN)
    assert submit(server, proxy) == RIGHT


@submissions
def test_a_silent_server_is_waited_for_no_longer_than_the_time_out(
    server: KeepingServer, proxy: str, submit: Callable[..., list[str]]
) -> None:
    server.pause = 2 * PATIENCE
    error = timed_out(
        lambda seconds: submit(server, proxy, timeout=seconds), lambda error: not isinstance(error, ConnectionFailed)
    )
    assert isinstance(error, OutcomeUnknown)


@submissions
def test_nothing_was_sent_when_the_proxy_cannot_reach_the_server(
    server: KeepingServer, proxy: str, submit: Callable[..., list[str]]
) -> None:
    if not server.url.startswith("https:"):
        pytest.skip("this proxy takes the request before it has a connection, so without TLS nobody can tell")
    server.close()
    with pytest.raises(ConnectionFailed, match=r"nothing was (sent|charged)"):
        submit(server, proxy, retry=Retry(attempts=1))
    assert server.prompts == []


@submissions
def test_an_idle_connection_is_dropped_after_its_time(
    server: KeepingServer, proxy: str, submit: Callable[..., list[str]]
) -> None:
    assert submit(server, proxy) == RIGHT
    assert server.connections == 3  # one for each POST; the GET behind it shares it
    for seconds, counts in ((PATIENCE, (4, 4)), (0.0, (5, 6))):  # it is 2 s
        transport = httpx.HTTPTransport(proxy=proxy)
        with Krea(TOKEN, server.url, transport=transport) as krea:
            transport._pool._keepalive_expiry = seconds
            for count in counts:
                krea.jobs.get(RIGHT[0])
                assert server.connections == count
