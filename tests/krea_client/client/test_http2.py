"""What is promised of connections holds over HTTP/2, which a caller's transport may speak."""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from krea_client import AsyncKrea, ConnectionFailed, Krea, OutcomeUnknown, Pace, Retry, RunResult

from ..timeouts import PATIENCE, timed_out
from .broken_http2_server import BROKEN_FRAMES, BrokenHttp2Server, serving_broken_http2
from .conftest import GOOD, TOKEN
from .http2_server import Http2Api, serving_http2
from .keeping_server import job_id_of
from .test_forks import start_child

MODEL = "z-image/z-image"
PROMPTS = [f"picture {number}" for number in range(12)]
SOON = Pace(head_start=0.0, least=0.01)  # the jobs of this server are ready at once
BODIES = [(MODEL, {**GOOD, "prompt": prompt}) for prompt in PROMPTS]


@pytest.fixture
def api(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Http2Api]:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "bundle.pem"))
    with serving_http2(tmp_path) as api:
        yield api


def prompt_of(result: RunResult) -> str:
    _, fields = cast("tuple[str, dict[str, str]]", result.request)
    return fields["prompt"]


def ids_of_batch(api: Http2Api, **options: Any) -> dict[str, str]:
    with Krea(TOKEN, api.url, transport=httpx.HTTPTransport(http2=True), pace=SOON, **options) as krea:
        return {prompt_of(result): result.id for result in krea.run_all(BODIES, at_once=6)}


def ids_of_batch_async(api: Http2Api, **options: Any) -> dict[str, str]:
    async def main() -> dict[str, str]:
        transport = httpx.AsyncHTTPTransport(http2=True)
        async with AsyncKrea(TOKEN, api.url, transport=transport, pace=SOON, **options) as krea:
            return {prompt_of(result): result.id async for result in krea.run_all(BODIES, at_once=6)}

    return asyncio.run(main())


@pytest.mark.parametrize("batch", [ids_of_batch, ids_of_batch_async])
def test_jobs_at_once_share_connections_and_none_is_mixed_up(
    api: Http2Api, batch: Callable[..., dict[str, str]]
) -> None:
    assert batch(api) == {prompt: job_id_of(prompt) for prompt in PROMPTS}
    assert api.versions == {"2"}
    assert sorted(api.prompts) == sorted(PROMPTS)
    assert len(api.peers) < len(PROMPTS)


@pytest.fixture
def threads_that_take_turns_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("threads_that_take_turns_often")
def test_threads_do_not_break_the_connections_of_each_other(api: Http2Api) -> None:
    prompts = [f"picture {number}" for number in range(60)]
    with Krea(TOKEN, api.url, transport=httpx.HTTPTransport(http2=True)) as krea, ThreadPoolExecutor(12) as threads:
        jobs = list(threads.map(lambda prompt: krea.submit(MODEL, {**GOOD, "prompt": prompt}), prompts))
    assert [job.id for job in jobs] == [job_id_of(prompt) for prompt in prompts]
    assert sorted(api.prompts) == sorted(prompts)


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_silent_server_is_waited_for_no_longer_than_the_time_out(api: Http2Api, kind: str) -> None:
    api.pause = 2 * PATIENCE

    def submit(timeout: float) -> None:
        with Krea(TOKEN, api.url, transport=httpx.HTTPTransport(http2=True), timeout=timeout) as krea:
            krea.submit(*BODIES[0])

    async def submit_async(seconds: float) -> None:
        transport = httpx.AsyncHTTPTransport(http2=True)
        async with AsyncKrea(TOKEN, api.url, transport=transport, timeout=seconds) as krea:
            await krea.submit(*BODIES[0])

    error = timed_out(
        lambda seconds: submit(seconds) if kind == "sync" else asyncio.run(submit_async(seconds)),
        lambda error: not isinstance(error, ConnectionFailed),
    )
    assert isinstance(error, OutcomeUnknown)
    assert len(api.prompts) == 1  # it was not sent again


def test_an_idle_connection_is_dropped_after_its_time(api: Http2Api) -> None:
    transport = httpx.HTTPTransport(http2=True, limits=httpx.Limits(keepalive_expiry=60))
    with Krea(TOKEN, api.url, transport=transport):
        assert transport._pool._keepalive_expiry == 2.0
    for seconds, counts in ((PATIENCE, (1, 1)), (0.0, (2, 3))):
        transport = httpx.HTTPTransport(http2=True)
        with Krea(TOKEN, api.url, transport=transport) as krea:
            transport._pool._keepalive_expiry = seconds
            for count in counts:
                krea.jobs.get(job_id_of("a"))
                assert len(api.peers) == count


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_forked_children_get_their_own_jobs_on_connections_of_their_own(api: Http2Api) -> None:
    transport = httpx.HTTPTransport(http2=True)
    with Krea(TOKEN, api.url, transport=transport) as krea:
        transport._pool._keepalive_expiry = PATIENCE  # it is 2 s
        krea.submit(*BODIES[0])
        children = [start_child(lambda body=body: krea.submit(*body).id) for body in BODIES[1:4]]  # type: ignore[misc]  # mypy cannot infer it
        assert [wait() for wait in children] == [job_id_of(prompt) for prompt in PROMPTS[1:4]]
        assert krea.submit(*BODIES[4]).id == job_id_of(PROMPTS[4])
    assert len(api.peers) == 4


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BrokenHttp2Server]:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "bundle.pem"))
    with serving_broken_http2(tmp_path) as server:
        yield server


@pytest.mark.parametrize("has_head", [False, True], ids=["instead-of-the-response", "within-its-body"])
@pytest.mark.parametrize("frame", BROKEN_FRAMES)
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_server_that_breaks_the_protocol_leaves_typed_errors(
    broken: BrokenHttp2Server, kind: str, frame: str, has_head: bool
) -> None:
    broken.frame, broken.has_head = BROKEN_FRAMES[frame], has_head
    options: Any = {"timeout": 2, "retry": Retry(attempts=1)}
    if kind == "sync":
        with Krea(TOKEN, broken.url, transport=httpx.HTTPTransport(http2=True), **options) as krea:
            with pytest.raises(OutcomeUnknown):
                krea.submit(*BODIES[0])
            assert broken.requests == 1
            with pytest.raises(ConnectionFailed):
                krea.jobs.get(job_id_of("a"))
    else:

        async def main() -> None:
            transport = httpx.AsyncHTTPTransport(http2=True)
            async with AsyncKrea(TOKEN, broken.url, transport=transport, **options) as krea:
                with pytest.raises(OutcomeUnknown):
                    await krea.submit(*BODIES[0])
                assert broken.requests == 1
                with pytest.raises(ConnectionFailed):
                    await krea.jobs.get(job_id_of("a"))

        asyncio.run(main())


PING = bytes.fromhex("000008 06 00 00000000") + bytes(8)


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_what_a_client_answers_to_a_server_is_no_progress_of_its_upload(broken: BrokenHttp2Server, kind: str) -> None:
    broken.frame, broken.is_repeated = PING, True
    options: Any = {"timeout": 0.4, "retry": Retry(attempts=1)}
    picture = b"\x89PNG\r\n\x1a\n" + b"x" * 100
    began = time.monotonic()
    if kind == "sync":
        with (
            Krea(TOKEN, broken.url, transport=httpx.HTTPTransport(http2=True), **options) as krea,
            pytest.raises(ConnectionFailed),
        ):
            krea.assets.upload(picture)
    else:

        async def main() -> None:
            transport = httpx.AsyncHTTPTransport(http2=True)
            async with AsyncKrea(TOKEN, broken.url, transport=transport, **options) as krea:
                await krea.assets.upload(picture)

        with pytest.raises(ConnectionFailed):
            asyncio.run(main())
    assert time.monotonic() - began < PATIENCE  # else it would never end
