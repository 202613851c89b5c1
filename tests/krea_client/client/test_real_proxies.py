"""What is promised of connections holds through a real proxy: forwarded, in a CONNECT tunnel, and over SOCKS.

KREA_TEST_HTTP_PROXY and KREA_TEST_SOCKS_PROXY put other proxies, such as tinyproxy and microsocks, in the place of pproxy.
"""

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from krea_client import AsyncKrea, ConnectionFailed, Krea, OutcomeUnknown, Retry

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


def submit_three(server: KeepingServer, proxy: str, pause: float = 0.0, **options: Any) -> list[str]:
    with Krea(TOKEN, server.url, transport=httpx.HTTPTransport(proxy=proxy), **options) as krea:
        ids = []
        for prompt in ("first", "second", "third"):
            ids.append(krea.submit(MODEL, {**GOOD, "prompt": prompt}).id)
            time.sleep(pause)
            assert krea.jobs.get(ids[-1]).id == ids[-1]
        return ids


def submit_three_async(server: KeepingServer, proxy: str, pause: float = 0.0, **options: Any) -> list[str]:
    async def main() -> list[str]:
        async with AsyncKrea(TOKEN, server.url, transport=httpx.AsyncHTTPTransport(proxy=proxy), **options) as krea:
            ids = []
            for prompt in ("first", "second", "third"):
                ids.append((await krea.submit(MODEL, {**GOOD, "prompt": prompt})).id)
                await asyncio.sleep(pause)
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
    assert submit(server, proxy, pause=0.1 if part == "later" else 0) == RIGHT


@submissions
def test_a_silent_server_is_waited_for_no_longer_than_the_time_out(
    server: KeepingServer, proxy: str, submit: Callable[..., list[str]]
) -> None:
    server.pause = 5
    began = time.monotonic()
    with pytest.raises(OutcomeUnknown):
        submit(server, proxy, timeout=0.4)
    assert time.monotonic() - began < 3


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
    transport = httpx.HTTPTransport(proxy=proxy)
    with Krea(TOKEN, server.url, transport=transport) as krea:
        transport._pool._keepalive_expiry = 0.05  # it is 2 s
        for number in (4, 4, 5):
            time.sleep(0.1 if number == 5 else 0)
            krea.jobs.get(RIGHT[0])
            assert server.connections == number
