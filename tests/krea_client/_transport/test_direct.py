"""Calls that go past the layers of httpx: the same bytes go out, and whoever watches a layer or replaces it sees every call."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Awaitable, Callable
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any, cast

import httpx
import httpx2
import pytest

from krea_client import AsyncKrea, Job, Krea, OutcomeUnknown, SaveFailed

from .raw_server import RawServer, response, serving

TOKEN = "raw-token-0123456789"
MODEL = "z-image/z-image"
BODY = {"prompt": "a fox", "aspect_ratio": "16:9", "resolution": "1K"}
Submit = Callable[..., Job]


def jobs() -> Callable[[socket.socket, bytes], None]:
    numbers = count()

    def respond(connection: socket.socket, _: bytes) -> None:
        job = {"job_id": f"job-{next(numbers)}", "status": "queued", "created_at": "2026-11-30T12:00:00Z"}
        connection.sendall(response(json.dumps(job).encode(), "content-type: application/json"))

    return respond


def submitted(mode: str, url: str, transport: Any = None, times: int = 1, **options: Any) -> list[Job]:
    """Return the jobs of so many submissions of one client."""
    if mode == "sync":
        with Krea(TOKEN, url, transport=transport, **options) as krea:
            return [krea.submit(MODEL, **BODY) for _ in range(times)]

    async def run() -> list[Job]:
        async with AsyncKrea(TOKEN, url, transport=transport, **options) as krea:
            return [await krea.submit(MODEL, **BODY) for _ in range(times)]

    return asyncio.run(run())


def head(request: bytes) -> list[bytes]:
    """Return the request line, and the headers in an order that does not matter."""
    line, *headers = request.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return [line, *sorted(name.lower() + b":" + value for name, _, value in (h.partition(b":") for h in headers))]


def plain(library: Any, mode: str) -> Any:
    return library.HTTPTransport(trust_env=False) if mode == "sync" else library.AsyncHTTPTransport(trust_env=False)


def layered(library: Any, mode: str) -> Any:
    """Return a transport of a class of the caller's own."""
    name = "HTTPTransport" if mode == "sync" else "AsyncHTTPTransport"
    return type("Own", (getattr(library, name),), {})(trust_env=False)


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("library", [httpx, httpx2])
def test_the_same_request_goes_out_either_way(library: Any, mode: str) -> None:
    with serving(jobs()) as server:
        own = {"headers": {"X-Team": "posters"}}
        submitted(mode, server.url + "/base", plain(library, mode), **own)
        submitted(mode, server.url + "/base", layered(library, mode), **own)
    direct, ordinary = server.requests
    assert head(direct) == head(ordinary)
    assert direct.partition(b"\r\n\r\n")[2] == ordinary.partition(b"\r\n\r\n")[2]
    assert direct.startswith(b"POST /base/generate/image/z-image/z-image HTTP/1.1\r\nHost: 127.0.0.1:")


QUERIES: list[dict[str, Any]] = [
    {},
    {"limit": 20, "cursor": "2026-11-30T12:00:00.000001Z", "types": ["z-image/z-image", "kling/kling-3.0"]},
    {"types": ["a b+c&d=e/\u00fc~*'%20"]},
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_queries_are_written_the_same_either_way(
    monkeypatch: pytest.MonkeyPatch, mode: str, query: dict[str, Any]
) -> None:
    def respond(connection: socket.socket, _: bytes) -> None:
        connection.sendall(response(b'{"items": [], "next_cursor": null}', "content-type: application/json"))

    async def list_async(transport: Any) -> None:
        async with AsyncKrea(TOKEN, server.url, transport=transport) as krea:
            assert [job async for job in krea.jobs.list(**query)] == []

    with serving(respond) as server:
        layers, made = Layers(monkeypatch), list[int]()
        for transport in (plain(httpx, mode), layered(httpx, mode)):
            before = layers.made
            if mode == "sync":
                with Krea(TOKEN, server.url, transport=transport) as krea:
                    assert list(krea.jobs.list(**query)) == []
            else:
                asyncio.run(list_async(transport))
            made.append(layers.made - before)
    assert made == [1, 2]  # a client makes one, for the headers
    direct, ordinary = server.requests
    assert head(direct) == head(ordinary)


def test_the_same_request_goes_out_with_aiohttp() -> None:
    module = pytest.importorskip("krea_client.aiohttp_transport")
    derived = type("Own", (module.AiohttpTransport,), {})
    with serving(jobs()) as server:
        submitted("async", server.url, module.AiohttpTransport())
        submitted("async", server.url, derived())
    direct, ordinary = server.requests
    assert head(direct) == head(ordinary)


class Layers:
    """Counts what the constructor of requests makes, which the direct way leaves out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made = 0
        construct = httpx.Request.__init__

        def counted(request: httpx.Request, *args: Any, **options: Any) -> None:
            self.made += 1
            construct(request, *args, **options)

        monkeypatch.setattr(httpx.Request, "__init__", counted)


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("library", [None, httpx, httpx2])
def test_no_request_of_httpx_is_made_for_a_call(monkeypatch: pytest.MonkeyPatch, library: Any, mode: str) -> None:
    with serving(jobs()) as server:
        layers = Layers(monkeypatch)
        submitted(mode, server.url, library and plain(library, mode), times=1)
        once = layers.made
        submitted(mode, server.url, library and plain(library, mode), times=4)
    assert layers.made == 2 * once  # a client makes one, for the headers


def test_no_request_of_httpx_is_made_for_a_call_with_aiohttp(monkeypatch: pytest.MonkeyPatch) -> None:
    module = pytest.importorskip("krea_client.aiohttp_transport")
    with serving(jobs()) as server:
        layers = Layers(monkeypatch)
        submitted("async", server.url, module.AiohttpTransport(), times=3)
    assert layers.made == 1


def _replace_send(monkeypatch: pytest.MonkeyPatch, seen: list[str], mode: str) -> None:
    kind = httpx.Client if mode == "sync" else httpx.AsyncClient
    original: Any = kind.send

    @wraps(original)
    def send(client: Any, request: httpx.Request, **options: Any) -> Any:
        seen.append(request.url.path)
        return original(client, request, **options)

    monkeypatch.setattr(kind, "send", send)


def _replace_handle(monkeypatch: pytest.MonkeyPatch, seen: list[str], mode: str) -> None:
    kind, name = (
        (httpx.HTTPTransport, "handle_request")
        if mode == "sync"
        else (httpx.AsyncHTTPTransport, "handle_async_request")
    )
    original: Any = getattr(kind, name)

    @wraps(original)
    def handle(transport: Any, request: httpx.Request) -> Any:
        seen.append(request.url.path)
        return original(transport, request)

    monkeypatch.setattr(kind, name, handle)


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("replace", [_replace_send, _replace_handle])
@pytest.mark.parametrize("before", [True, False])
def test_who_replaces_a_method_of_httpx_sees_every_call(
    monkeypatch: pytest.MonkeyPatch, mode: str, replace: Callable[..., None], before: bool
) -> None:
    seen: list[str] = []
    with serving(jobs()) as server:
        if before:
            replace(monkeypatch, seen, mode)
            submitted(mode, server.url, times=2)
        else:
            submitted_with(mode, server, lambda: replace(monkeypatch, seen, mode))
    assert seen == ["/generate/image/z-image/z-image"] * 2


def submitted_with(mode: str, server: RawServer, between: Callable[[], None]) -> None:
    """Submit once before and twice after something has happened."""

    async def run(krea: Any) -> None:
        for number in range(3):
            outcome = krea.submit(MODEL, **BODY)
            if mode == "async":
                await cast("Awaitable[Job]", outcome)
            if number == 0:
                between()
        closed = krea.close() if mode == "sync" else krea.aclose()
        if mode == "async":
            await closed

    async def main() -> None:
        await run((Krea if mode == "sync" else AsyncKrea)(TOKEN, server.url))

    asyncio.run(main())


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_the_log_of_httpx_names_each_request(caplog: pytest.LogCaptureFixture, mode: str) -> None:
    caplog.set_level(logging.INFO, logger="httpx")
    with serving(jobs()) as server:
        submitted(mode, server.url, times=2)
    assert [record.name for record in caplog.records] == ["httpx"] * 2


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_transport_that_was_wrapped_in_place_sees_every_call(library: Any, mode: str) -> None:
    transport = plain(library, mode)
    name = "handle_request" if mode == "sync" else "handle_async_request"
    original, seen = getattr(transport, name), []

    def handle(request: Any) -> Any:
        seen.append(request.method)
        return original(request)

    setattr(transport, name, handle)
    with serving(jobs()) as server:
        submitted(mode, server.url, transport)
    assert seen == ["POST"]


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("library", [None, httpx, httpx2, "aiohttp"])
def test_a_call_whose_connection_breaks_after_its_head_may_have_been_accepted(library: Any, mode: str) -> None:
    transport: Any = None
    if library == "aiohttp":
        if mode == "sync":
            pytest.skip("aiohttp is async")
        transport = pytest.importorskip("krea_client.aiohttp_transport").AiohttpTransport()
    elif library is not None:
        transport = plain(library, mode)
    with serving(lambda connection, _: connection.close()) as server, pytest.raises(OutcomeUnknown) as caught:
        submitted(mode, server.url, transport)
    assert TOKEN not in repr(caught.value)
    assert len(server.requests) == 1


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(5_000) + b"\0\0\0\0IEND\xaeB`\x82"
RESULT = "/files/a%2Fb~c%20d.png?sig=x%2Fy+z&e=1#part"


def save(transport: Any, url: str, folder: Path) -> bytes:
    """Save the result at an address, and return its content."""
    with Krea(TOKEN, url, transport=transport, timeout=5) as krea:
        [path] = krea.save(url + RESULT, folder / f"{len(list(folder.iterdir()))}.png")
    return path.read_bytes()


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_the_same_request_for_a_result_goes_out_either_way(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, library: Any
) -> None:
    with serving(lambda connection, _: connection.sendall(response(PICTURE, "content-type: image/png"))) as server:
        layers, made = Layers(monkeypatch), list[int]()
        for transport in (plain(library, "sync"), layered(library, "sync")):
            assert save(transport, server.url, tmp_path) == PICTURE
            made.append(layers.made)
    direct, ordinary = server.requests
    assert head(direct) == head(ordinary)
    assert TOKEN.encode() not in direct
    assert made[1] - made[0] == made[0] + 1


def test_the_rest_of_a_result_is_asked_for_either_way(tmp_path: Path) -> None:
    def respond(connection: socket.socket, request: bytes) -> None:
        if b"range: bytes=2000-" in request.lower():
            more = f"content-range: bytes 2000-{len(PICTURE) - 1}/{len(PICTURE)}"
            connection.sendall(response(PICTURE[2_000:], more, 'etag: "a"', status="206 Partial Content"))
            return
        connection.sendall(response(PICTURE, 'etag: "a"', "accept-ranges: bytes")[: -len(PICTURE)] + PICTURE[:2_000])
        connection.shutdown(socket.SHUT_RDWR)

    with serving(respond) as server:
        assert save(plain(httpx, "sync"), server.url, tmp_path) == PICTURE
        assert save(layered(httpx, "sync"), server.url, tmp_path) == PICTURE
    assert [head(request) for request in server.requests[:2]] == [head(request) for request in server.requests[2:]]
    assert len(server.requests) == 4


@pytest.mark.parametrize("location", ["/files/there.png?more=1", "http://[", "ftp://example.com/a.png", ""])
def test_redirects_of_results_lead_the_same_either_way(tmp_path: Path, location: str) -> None:
    def respond(connection: socket.socket, request: bytes) -> None:
        if request.startswith(b"GET /files/there.png?more=1 "):
            connection.sendall(response(PICTURE, "content-type: image/png"))
        else:
            connection.sendall(response(b"elsewhere", f"location: {location}", status="302 Found"))

    outcomes: list[bytes | str] = []
    for transport in (plain(httpx, "sync"), layered(httpx, "sync")):
        with serving(respond) as server:
            try:
                outcomes.append(save(transport, server.url, tmp_path))
            except SaveFailed as error:
                outcomes.append(str(error).replace(server.url, ""))
            outcomes.append(str(len(server.requests)))
    assert outcomes[:2] == outcomes[2:]
    assert (outcomes[0] == PICTURE) == location.startswith("/")


def test_a_result_with_user_info_is_fetched_as_httpx_does(tmp_path: Path) -> None:
    with serving(lambda connection, _: connection.sendall(response(PICTURE, "content-type: image/png"))) as server:
        url = server.url.replace("http://", "http://user:word@")
        with Krea(TOKEN, server.url, transport=plain(httpx, "sync")) as krea:
            krea.save(url + RESULT, tmp_path / "a.png")
    assert b"\r\nauthorization: basic " in server.requests[0].lower()
