"""httpx and httpx2: transports, timeouts and proxies of either work in a client, and transports of ours in clients of either."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from krea_client import AsyncKrea, ConnectionFailed, Krea, OutcomeUnknown, Retry, legacy
from krea_client.sandbox import Sandbox, running

from .._transport.raw_server import serving
from .conftest import GOOD, PNG, TOKEN, Make

MODEL = "z-image/z-image"
LIBRARIES = [httpx, httpx2]
ONCE = Retry(attempts=1)
SIGNED = "/images/a%20b%2Fc~(d)%7E.png?X-Amz-Signature=a%2Bb%3D&x=%E2%82%AC|'"


@pytest.fixture
def served(box: Sandbox) -> Iterator[str]:
    with running(box) as url:
        yield url


def transport_of(library: Any, mode: str, **options: Any) -> Any:
    return (library.HTTPTransport if mode == "sync" else library.AsyncHTTPTransport)(trust_env=False, **options)


def mock_of(library: Any, handle: Callable[[Any], Any]) -> Any:
    return library.MockTransport(handle)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_job_is_run_and_saved_with_a_transport_of_either(
    make: Make, mode: str, library: Any, served: str, tmp_path: Path, picture: Path, box: Sandbox
) -> None:
    with make(base_url=served, transport=transport_of(library, mode)) as krea:
        asset = krea.done(krea.wrapped.assets.upload(picture))
        [path] = krea.save(krea.run(MODEL, GOOD), tmp_path / "out")
    assert path.read_bytes().startswith(b"\x89PNG")
    assert box.requests[0].headers["authorization"] == "Bearer ***"
    assert "authorization" not in box.requests[-1].headers
    assert asset.url


@pytest.mark.parametrize("library", LIBRARIES)
def test_addresses_and_headers_arrive_as_they_are(
    make: Make, mode: str, library: Any, box: Sandbox, tmp_path: Path
) -> None:
    sent: list[Any] = []

    def handle(request: Any) -> Any:
        sent.append(request)
        return library.Response(200, content=PNG, headers={"content-type": "image/png"})

    with make(transport=mock_of(library, handle)) as krea:
        krea.save(f"https://results.example{SIGNED}", tmp_path / "x.png")
    [request] = sent
    assert isinstance(request, library.Request)
    assert request.url.raw_path == httpx.URL(f"https://results.example{SIGNED}").raw_path
    assert request.headers["accept-encoding"] == "identity"
    assert (tmp_path / "x.png").read_bytes() == PNG


ERRORS = [
    ("ConnectError", ConnectionFailed),
    ("ConnectTimeout", ConnectionFailed),
    ("PoolTimeout", ConnectionFailed),
    ("ProxyError", ConnectionFailed),
    ("UnsupportedProtocol", ConnectionFailed),
    ("ReadTimeout", OutcomeUnknown),
    ("WriteTimeout", OutcomeUnknown),
    ("ReadError", OutcomeUnknown),
    ("RemoteProtocolError", OutcomeUnknown),
    ("DecodingError", OutcomeUnknown),
]


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(("name", "expected"), ERRORS)
def test_an_error_of_either_means_the_same(make: Make, library: Any, name: str, expected: type[Exception]) -> None:
    def handle(request: Any) -> Any:
        raise getattr(library, name)("it did not work", request=request)

    krea = make(transport=mock_of(library, handle), retry=ONCE)
    with pytest.raises(expected, match="it did not work") as excinfo:
        krea.submit(MODEL, GOOD)
    cause: Any = excinfo.value.__cause__
    while cause is not None:  # neither library's error holds the token
        request = getattr(cause, "_request", None)
        assert request is None or "authorization" not in request.headers
        cause = cause.__cause__


class Broken(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        yield b'{"job_id": '
        raise httpx2.ReadError("reset in the body")

    async def __aiter__(self) -> Any:
        for piece in self:
            yield piece


def test_an_error_in_the_body_means_the_same(make: Make) -> None:
    krea = make(transport=httpx2.MockTransport(lambda _: httpx2.Response(200, stream=Broken())))
    with pytest.raises(OutcomeUnknown, match="reset in the body"):
        krea.submit(MODEL, GOOD)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_timeout_object_of_either(make: Make, library: Any, box: Sandbox) -> None:
    phases: list[Any] = []

    def handle(request: Any) -> Any:
        phases.append(request.extensions["timeout"])
        return httpx.Response(200, json={"job_id": "j", "status": "queued"})

    krea = make(transport=mock_of(httpx, handle), timeout=library.Timeout(7, connect=3))
    krea.submit(MODEL, GOOD)
    krea.submit(MODEL, GOOD, timeout=library.Timeout(5, read=9))
    assert phases == [
        {"connect": 3, "read": 7, "write": 7, "pool": 7},
        {"connect": 5, "read": 9, "write": 5, "pool": 5},
    ]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_proxy_object_of_either(make: Make, library: Any) -> None:
    with serving(lambda connection, _: connection.sendall(b"HTTP/1.1 503 Busy\r\n\r\n")) as proxy:
        own = library.Proxy(proxy.url, auth=("me", "secret"), headers={"x-team": "7"})
        krea = make(base_url="https://api.krea.ai", transport=None, proxy=own, retry=ONCE)
        with pytest.raises(ConnectionFailed, match="503"):
            krea.submit(MODEL, GOOD)
        krea.close()
    [head] = [request.lower() for request in proxy.requests]
    assert head.startswith(b"connect api.krea.ai:443")
    assert b"proxy-authorization: basic bwu6c2vjcmv0" in head
    assert b"x-team: 7" in head


@pytest.mark.parametrize("outer", LIBRARIES)
def test_the_sandbox_answers_clients_of_either(outer: Any, box: Sandbox) -> None:
    headers = {"authorization": "Bearer t"}
    body = {"prompt": "x", "aspect_ratio": "1:1", "resolution": "1K"}
    url = "https://api.krea.ai/generate/image/z-image/z-image"
    with outer.Client(transport=box.transport(), headers=headers) as client:
        response = client.post(url, json=body)
        assert isinstance(response, outer.Response)
        assert response.json()["status"] == "queued"
        with pytest.raises(outer.ConnectError, match="stands for"):
            client.get("https://elsewhere.example")

    async def main() -> int:
        async with outer.AsyncClient(transport=box.transport(), headers=headers) as client:
            return int((await client.post(url, json=body)).status_code)

    assert asyncio.run(main()) == 200
    assert len(box.ledger) == 2


@pytest.mark.parametrize("outer", LIBRARIES)
@pytest.mark.parametrize("inner", LIBRARIES)
def test_legacy_transports_send_for_either_through_either(outer: Any, inner: Any, served: str, box: Sandbox) -> None:
    transport = legacy.Transport(inner.HTTPTransport(trust_env=False), base_url=served)
    with outer.Client(transport=transport, headers={"authorization": "Bearer t"}) as client:
        with pytest.warns(FutureWarning, match="aspectRatio"):
            response = client.post(
                f"{served}/generate/image/z-image/z-image",
                json={"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"},
            )
        assert isinstance(response, outer.Response)
    assert response.status_code == 200
    assert box.ledger[-1].fields["aspect_ratio"] == "1:1"


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_transport_of_the_other_kind_is_refused_when_the_client_is_made(library: Any) -> None:
    with pytest.raises(TypeError, match=r"transport is of type AsyncHTTPTransport: give an httpx\.BaseTransport"):
        Krea(TOKEN, transport=library.AsyncHTTPTransport())
    with pytest.raises(TypeError, match=r"transport is of type HTTPTransport: give an httpx\.AsyncBaseTransport"):
        AsyncKrea(TOKEN, transport=library.HTTPTransport())
    with pytest.raises(TypeError, match=r"transport is of type Client: give an httpx\.BaseTransport or httpx2"):
        Krea(TOKEN, transport=library.Client())


OTHER_DEFAULT = f"""
import sys, httpx2
sys.modules["httpx"] = httpx2  # as `import httpx2 as httpx` in http_library.py
from krea_client import Krea
from krea_client.sandbox import Sandbox, running
box = Sandbox(time_scale=0)
with running(box) as url, Krea("t", url, clock=box.clock) as krea:
    job = krea.run("{MODEL}", {GOOD!r})
    print(type(krea._transport._client).__module__, job.status, len(krea.read(job)) > 1000)
"""


def test_the_default_library_is_chosen_by_one_import() -> None:
    ran = subprocess.run([sys.executable, "-c", OTHER_DEFAULT], capture_output=True, text=True, check=False, timeout=60)
    assert (ran.stdout.strip(), ran.stderr) == ("httpx2 completed True", "")


def test_aiohttp_has_no_socks_proxies_and_says_so_when_it_is_made() -> None:
    from krea_client.aiohttp_transport import AiohttpTransport

    with pytest.raises(ValueError, match="aiohttp has no SOCKS proxies; use an HTTP proxy"):
        AiohttpTransport(proxy="socks5://127.0.0.1:1080")


def test_aiohttp_names_a_socks_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch, box: Sandbox) -> None:
    from krea_client.aiohttp_transport import AiohttpTransport

    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")

    async def main() -> None:
        async with AsyncKrea(TOKEN, "https://api.krea.ai", transport=AiohttpTransport(), retry=ONCE) as krea:
            await krea.submit(MODEL, GOOD)

    with pytest.raises(ConnectionFailed, match="aiohttp has no SOCKS proxies"):
        asyncio.run(main())


def test_aiohttp_uses_a_proxy_and_its_credentials() -> None:
    from krea_client.aiohttp_transport import AiohttpTransport

    async def main(proxy: str) -> None:
        own = AiohttpTransport(proxy=httpx.Proxy(proxy, auth=("me", "secret")))
        async with AsyncKrea(TOKEN, "https://api.krea.ai", transport=own, retry=ONCE) as krea:
            await krea.submit(MODEL, GOOD)

    busy = b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n"
    with (
        serving(lambda connection, _: connection.sendall(busy)) as proxy,
        pytest.raises(ConnectionFailed, match="Busy"),
    ):
        asyncio.run(main(proxy.url))
    [head] = [request.lower() for request in proxy.requests]
    assert head.startswith(b"connect api.krea.ai:443")
    assert b"proxy-authorization: basic bwu6c2vjcmv0" in head
    assert TOKEN.encode() not in head
