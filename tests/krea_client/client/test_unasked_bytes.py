"""Bytes that nobody asked for on a kept connection never become the response to the next paid request."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from krea_client import AsyncKrea, Krea, OutcomeUnknown

from .conftest import GOOD, TOKEN
from .keeping_server import KeepingServer, job_id_of, keeping, response, trusted_context

pytestmark = pytest.mark.usefixtures("network")

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


async def send_later(server: KeepingServer) -> None:
    """Have the bytes of `later` sent, and let the event loop receive them."""
    await asyncio.to_thread(server.send_later)
    for _ in range(3):
        await asyncio.sleep(0)


def submit_two(server: KeepingServer, **options: Any) -> list[str]:
    with Krea(TOKEN, server.url, **options) as krea:
        first = krea.submit(MODEL, {**GOOD, "prompt": "first"})
        server.send_later()
        return [first.id, krea.submit(MODEL, {**GOOD, "prompt": "second"}).id]


def submit_two_async(server: KeepingServer, **options: Any) -> list[str]:
    async def main() -> list[str]:
        async with AsyncKrea(TOKEN, server.url, **options) as krea:
            first = await krea.submit(MODEL, {**GOOD, "prompt": "first"})
            await send_later(server)
            return [first.id, (await krea.submit(MODEL, {**GOOD, "prompt": "second"})).id]

    return asyncio.run(main())


SUBMIT_TWO = [submit_two, submit_two_async]
NO_HTTP = b"\r\n\r\nx"
RIGHT = [job_id_of("first"), job_id_of("second")]


def is_aiohttp(network: str, submit: Callable[..., object]) -> bool:
    return network == "aiohttp" and submit.__name__.endswith("_async")


@pytest.mark.parametrize("submit", SUBMIT_TWO)
@pytest.mark.parametrize("extra", [FOREIGN, FOREIGN[:40], TIMED_OUT, NO_HTTP])
def test_a_second_response_in_the_same_segment_is_dropped(
    server: KeepingServer, submit: Callable[..., list[str]], extra: bytes, network: str
) -> None:
    server.behind = extra
    if is_aiohttp(network, submit) and extra == NO_HTTP:  # aiohttp rejects the response before it, too
        with pytest.raises(OutcomeUnknown, match="Bad status line"):
            submit(server)
        return
    assert submit(server) == RIGHT
    assert server.connections == 2


@pytest.mark.parametrize("submit", SUBMIT_TWO)
@pytest.mark.parametrize("extra", [FOREIGN, TIMED_OUT])
def test_an_unasked_response_to_an_idle_connection_is_dropped(
    server: KeepingServer, submit: Callable[..., list[str]], extra: bytes
) -> None:
    server.later = extra
    assert submit(server) == RIGHT
    assert server.connections == 2


@pytest.mark.parametrize("submit", SUBMIT_TWO)
@pytest.mark.parametrize("extra", [FOREIGN, TIMED_OUT])
def test_a_response_that_is_sent_when_the_next_request_arrives_is_no_response_to_it(
    server: KeepingServer, submit: Callable[..., list[str]], extra: bytes
) -> None:
    server.before = extra
    assert submit(server) == RIGHT
    assert server.before == extra  # no connection carried a second request


def poll_and_submit(server: KeepingServer) -> list[str]:
    with Krea(TOKEN, server.url) as krea:
        polled = [krea.jobs.get(job_id_of("first")).id for _ in range(2)]
        assert polled == [job_id_of("first")] * 2
        assert server.connections == 1  # reading uses a kept connection again
        server.before = FOREIGN
        return [polled[0], krea.submit(MODEL, {**GOOD, "prompt": "second"}).id]


def poll_and_submit_async(server: KeepingServer) -> list[str]:
    async def main() -> list[str]:
        async with AsyncKrea(TOKEN, server.url) as krea:
            polled = [(await krea.jobs.get(job_id_of("first"))).id for _ in range(2)]
            assert polled == [job_id_of("first")] * 2
            assert server.connections == 1  # reading uses a kept connection again
            server.before = FOREIGN
            return [polled[0], (await krea.submit(MODEL, {**GOOD, "prompt": "second"})).id]

    return asyncio.run(main())


@pytest.mark.parametrize("poll_first", [poll_and_submit, poll_and_submit_async])
def test_a_post_never_follows_another_request_on_its_connection(
    server: KeepingServer, poll_first: Callable[..., list[str]]
) -> None:
    assert poll_first(server) == RIGHT
    assert server.connections == 2


def submit_many(server: KeepingServer, count: int, foreign_after: int) -> list[int]:
    """Return how many connections were open after each submission; one is followed by bytes that nobody asked for."""
    connections = []
    with Krea(TOKEN, server.url) as krea:
        for number in range(count):
            server.later = FOREIGN if number == foreign_after else b""
            assert krea.submit(MODEL, {**GOOD, "prompt": str(number)}).id == job_id_of(str(number))
            connections.append(server.connections)
            server.send_later()
    return connections


def submit_many_async(server: KeepingServer, count: int, foreign_after: int) -> list[int]:
    """Do as `submit_many`, with AsyncKrea."""

    async def main() -> list[int]:
        connections = []
        async with AsyncKrea(TOKEN, server.url) as krea:
            for number in range(count):
                server.later = FOREIGN if number == foreign_after else b""
                job = await krea.submit(MODEL, {**GOOD, "prompt": str(number)})
                assert job.id == job_id_of(str(number))
                connections.append(server.connections)
                await send_later(server)
        return connections

    return asyncio.run(main())


@pytest.mark.parametrize("submit", [submit_many, submit_many_async])
def test_a_server_that_was_quiet_often_is_trusted_until_it_sends_something_unasked(
    server: KeepingServer, submit: Callable[..., list[int]]
) -> None:
    connections = submit(server, 20, foreign_after=14)
    assert connections[:10] == [*range(1, 11)]
    assert connections[10:15] == [10] * 5
    assert connections[15:] == [*range(11, 16)]


def submit_eleven_and_a_late_response(server: KeepingServer) -> list[str]:
    """Return the ids of submissions around one during which the response to the third arrives once more."""
    with Krea(TOKEN, server.url) as krea:
        ids = [krea.submit(MODEL, {**GOOD, "prompt": str(number)}).id for number in range(11)]
        # the right response comes later
        server.before, server.pause = (
            response({"job_id": ids[2], "status": "queued"}),
            0.05,
        )
        with pytest.raises(OutcomeUnknown, match=f"with {ids[2]}, the job of an earlier request"):
            krea.submit(MODEL, {**GOOD, "prompt": "11"})
        return ids + [krea.submit(MODEL, {**GOOD, "prompt": str(number)}).id for number in (12, 13)]


def submit_eleven_and_a_late_response_async(server: KeepingServer) -> list[str]:
    """Do as `submit_eleven_and_a_late_response`, with AsyncKrea."""

    async def main() -> list[str]:
        async with AsyncKrea(TOKEN, server.url) as krea:
            ids = [(await krea.submit(MODEL, {**GOOD, "prompt": str(number)})).id for number in range(11)]
            # the right response comes later
            server.before, server.pause = (
                response({"job_id": ids[2], "status": "queued"}),
                0.05,
            )
            with pytest.raises(OutcomeUnknown, match=f"with {ids[2]}, the job of an earlier request"):
                await krea.submit(MODEL, {**GOOD, "prompt": "11"})
            return ids + [(await krea.submit(MODEL, {**GOOD, "prompt": str(number)})).id for number in (12, 13)]

    return asyncio.run(main())


@pytest.mark.parametrize("submit", [submit_eleven_and_a_late_response, submit_eleven_and_a_late_response_async])
def test_a_response_that_arrives_again_is_no_response_to_a_later_request(
    server: KeepingServer, submit: Callable[..., list[str]]
) -> None:
    assert submit(server) == [job_id_of(str(number)) for number in (*range(11), 12, 13)]
    assert sorted(server.prompts, key=int) == [str(number) for number in range(14)]


def test_a_post_that_waits_for_room_in_a_full_pool_gets_a_connection_of_its_own(server: KeepingServer) -> None:
    server.pause, server.before = 0.05, FOREIGN
    limits = httpx.Limits(max_connections=1)
    with (
        Krea(TOKEN, server.url, transport=httpx.HTTPTransport(limits=limits)) as krea,
        ThreadPoolExecutor() as threads,
    ):
        polls = [threads.submit(krea.jobs.get, job_id_of("first")) for _ in range(2)]
        submissions = [threads.submit(krea.submit, MODEL, {**GOOD, "prompt": prompt}) for prompt in ("a", "b")]
        ids = [submission.result().id for submission in submissions]
        assert {poll.result().id for poll in polls} == {job_id_of("first")}
    assert ids == [job_id_of("a"), job_id_of("b")]


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
        assert submit(proxy, transport=through) == RIGHT
        assert proxy.connections == 2
