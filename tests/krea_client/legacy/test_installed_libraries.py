"""`install` covers each library that has a public place for it: real requests to a server on loopback, seen as they arrive."""

import asyncio
import http.client
import json
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from krea_client import KreaSunsetWarning, legacy

from .conftest import after
from .recording_server import RecordingServer

PATH = "/generate/image/z-image/z-image"
BODY = {"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}
HEADERS = {"Content-Type": "application/json", "Authorization": "Bearer t"}


def httpx2_sync(url: str) -> None:
    library = pytest.importorskip("httpx2")
    library.post(url, json=BODY)


def httpx2_async(url: str) -> None:
    library = pytest.importorskip("httpx2")

    async def main() -> None:
        async with library.AsyncClient() as client:
            await client.post(url, json=BODY)

    asyncio.run(main())


def aiohttp_json(url: str) -> None:
    library = pytest.importorskip("aiohttp")

    async def main() -> None:
        async with library.ClientSession() as session, session.post(url, json=BODY) as response:
            assert response.status == 200

    asyncio.run(main())


def aiohttp_bytes(url: str) -> None:
    library = pytest.importorskip("aiohttp")

    async def main() -> None:
        async with library.ClientSession(headers=HEADERS) as session:
            await session.post(url, data=json.dumps(BODY).encode())

    asyncio.run(main())


def urllib3_pool(url: str) -> None:
    pytest.importorskip("urllib3").PoolManager().request("POST", url, json=BODY)


def urllib3_length_by_hand(url: str) -> None:
    body = json.dumps(BODY)
    headers = {**HEADERS, "content-length": str(len(body))}
    pytest.importorskip("urllib3").PoolManager().request("POST", url, body=body, headers=headers)


def http_client(url: str) -> None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("POST", parts.path, json.dumps(BODY).encode(), HEADERS)
    connection.getresponse().read()
    connection.close()


def curl_cffi_json(url: str) -> None:
    with pytest.importorskip("curl_cffi.requests").Session() as session:
        session.post(url, json=BODY)


def curl_cffi_data(url: str) -> None:
    pytest.importorskip("curl_cffi.requests").post(url, data=json.dumps(BODY), headers=HEADERS)


def curl_cffi_async(url: str) -> None:
    library = pytest.importorskip("curl_cffi.requests")

    async def main() -> None:
        async with library.AsyncSession() as session:
            await session.post(url, json=BODY)

    asyncio.run(main())


def requests_json(url: str) -> None:
    pytest.importorskip("requests").post(url, json=BODY)


CALLS = [
    httpx2_sync,
    httpx2_async,
    aiohttp_json,
    aiohttp_bytes,
    urllib3_pool,
    urllib3_length_by_hand,
    http_client,
    curl_cffi_json,
    curl_cffi_data,
    curl_cffi_async,
    requests_json,
]


@pytest.fixture
def server() -> Iterator[RecordingServer]:
    recording = RecordingServer()
    yield recording
    recording.close()


def body_of(request: bytes) -> Any:
    head, _, body = request.partition(b"\r\n\r\n")
    if b"chunked" in head.lower():
        body = b"".join(body.split(b"\r\n")[1::2])
    return json.loads(body)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.__name__)
def test_the_body_goes_out_under_current_names_with_one_warning_here(
    server: RecordingServer, call: Callable[[str], None]
) -> None:
    with legacy.install(base_url=server.url, clock=after), warnings.catch_warnings(record=True) as recorded_warnings:
        warnings.simplefilter("always")
        call(server.url + PATH)
    [request] = server.received
    assert body_of(request) == {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}
    sunsets = [entry for entry in recorded_warnings if issubclass(entry.category, KreaSunsetWarning)]
    assert [entry.filename for entry in sunsets] == [__file__]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.__name__)
def test_what_stays_as_it_is_is_warned_about_once(server: RecordingServer, call: Callable[[str], None]) -> None:
    with (
        legacy.install(base_url=server.url, aliases="passthrough", clock=after),
        warnings.catch_warnings(record=True) as recorded_warnings,
    ):
        warnings.simplefilter("always")
        call(server.url + PATH)
    assert body_of(server.received[0]) == BODY
    assert len([entry for entry in recorded_warnings if issubclass(entry.category, KreaSunsetWarning)]) == 1


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.__name__)
def test_calls_to_others_are_left_alone(server: RecordingServer, call: Callable[[str], None]) -> None:
    with legacy.install(clock=after), warnings.catch_warnings():
        warnings.simplefilter("error", KreaSunsetWarning)
        call(server.url + PATH)
    assert body_of(server.received[0]) == BODY


def test_nothing_is_left_in_the_libraries_afterwards() -> None:
    program = (
        "import http.client, importlib.util\nfrom krea_client import legacy\n"
        "names = [name for name in ('aiohttp', 'urllib3', 'curl_cffi.requests') if importlib.util.find_spec(name.split('.')[0])]\n"
        "modules = [importlib.import_module(name) for name in names]\n"
        "def methods():\n"
        "    found = [http.client.HTTPConnection.request]\n"
        "    for module in modules:\n"
        "        for owner, name in (('ClientSession', '__init__'), ('HTTPConnectionPool', 'urlopen'), ('Session', 'request')):\n"
        "            if hasattr(module, owner): found.append(vars(getattr(module, owner))[name])\n"
        "    return found\n"
        "before = methods()\n"
        "with legacy.install():\n    print([a is b for a, b in zip(before, methods())].count(True))\n"
        "print([a is b for a, b in zip(before, methods())].count(False))"
    )
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert process.stdout.split() == ["0", "0"]


def test_httpx2_alone_is_patched_and_httpx_when_it_comes_later() -> None:
    program = (
        "from krea_client import legacy; legacy.install()\n"
        "import sys; assert 'httpx' not in sys.modules\n"
        "import httpx2, httpx\n"
        "print(*(hasattr(library.Client.send, '__wrapped__') for library in (httpx2, httpx)))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "True True\n", "")
