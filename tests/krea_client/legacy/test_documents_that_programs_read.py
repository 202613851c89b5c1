"""A program that chooses its fields by the API's document goes on choosing rightly, or is told that its look-up may fail."""

import asyncio
import gzip
import http.client
import json
import logging
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any, cast
from urllib.parse import urlsplit

import aiohttp
import curl_cffi.requests
import httpx
import httpx2
import pytest
import requests
import urllib3

from krea_client import legacy
from krea_client.legacy.compat_document import with_deprecated_names
from krea_client.sandbox import KreaSandbox

Read = Callable[[str], Any]
SCHEMA = ("paths", "/generate/image/z-image/z-image", "post", "requestBody", "content", "application/json", "schema")


@pytest.fixture(scope="module")
def box() -> Iterator[KreaSandbox]:
    with KreaSandbox(date="2026-11-20") as sandbox:
        yield sandbox


@pytest.fixture(autouse=True)
def uninstalled(monkeypatch: pytest.MonkeyPatch, box: KreaSandbox) -> Iterator[None]:
    monkeypatch.setenv("KREA_BASE_URL", box.url)
    yield
    legacy.uninstall()


def fields_of(document: Any) -> set[str]:
    schema = document
    for name in SCHEMA:
        schema = schema[name]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return set(schema["properties"])


def with_requests(url: str) -> Any:
    with requests.Session() as session:
        return session.get(url).json()


def with_streaming_requests(url: str) -> Any:
    with requests.Session() as session, session.get(url, stream=True) as response:
        return json.loads(b"".join(response.iter_content(1000)))


def with_httpx(url: str) -> Any:
    response = httpx.get(url)
    assert len(response.content) == int(response.headers["content-length"])
    assert response.elapsed
    return response.raise_for_status().json()


def with_httpx2(url: str) -> Any:
    return httpx2.get(url).raise_for_status().json()


def with_streaming_httpx(url: str) -> Any:
    with httpx.Client() as client, client.stream("GET", url) as response:
        return json.loads(b"".join(response.iter_bytes()))


def with_async_httpx(url: str) -> Any:
    async def main() -> Any:
        async with httpx.AsyncClient() as client:
            return (await client.get(url)).json()

    return asyncio.run(main())


def with_urllib(url: str) -> Any:
    with urllib.request.urlopen(url) as response:
        assert response.status == 200
        return json.load(response)


def with_urllib_that_unpacks(url: str) -> Any:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as response:
        packed = response.headers.get("content-encoding") == "gzip"
        content = response.read()
        assert len(content) == int(response.headers["content-length"])
        return json.loads(gzip.decompress(content) if packed else content)


def with_http_client_line_by_line(url: str) -> Any:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port)
    connection.request("GET", address.path + "?fresh=1")
    document = json.loads(b"".join(connection.getresponse()))
    connection.close()
    return document


def with_aiohttp(url: str) -> Any:
    async def main() -> Any:
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            return await response.json()

    return asyncio.run(main())


def with_streaming_aiohttp(url: str) -> Any:
    async def main() -> Any:
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            return json.loads(b"".join([piece async for piece in response.content.iter_chunked(1000)]))

    return asyncio.run(main())


def with_curl_cffi(url: str) -> Any:
    response = curl_cffi.requests.get(url)
    assert len(response.content) == int(response.headers["content-length"] or 0)
    return json.loads(response.text)


def with_async_curl_cffi(url: str) -> Any:
    async def main() -> Any:
        async with curl_cffi.requests.AsyncSession() as session:
            return json.loads((await session.get(url)).text)

    return asyncio.run(main())


def with_urllib3(url: str) -> Any:
    with urllib3.PoolManager() as pool:
        response = pool.request("GET", url)
        assert len(response.data) == int(response.headers["content-length"])
        return response.json()


def with_streaming_urllib3(url: str) -> Any:
    with urllib3.PoolManager() as pool:
        response = pool.request("GET", url, preload_content=False)
        return json.loads(b"".join(response.stream(1000)))


def with_http_client(url: str) -> Any:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port)
    try:
        for _ in range(2):  # the connection goes on to work
            connection.request("GET", address.path)
            response = connection.getresponse()
            document = json.loads(response.read(100) + response.read())
            assert response.isclosed()
    finally:
        connection.close()
    return document


READERS: list[Read] = [
    *(with_requests, with_streaming_requests, with_httpx, with_httpx2, with_streaming_httpx),
    *(with_async_httpx, with_urllib, with_aiohttp, with_streaming_aiohttp, with_curl_cffi, with_async_curl_cffi),
    *(with_urllib3, with_streaming_urllib3, with_http_client, with_http_client_line_by_line, with_urllib_that_unpacks),
]


@pytest.mark.parametrize("read", READERS)
def test_installed_adapters_put_the_deprecated_names_back(read: Read, box: KreaSandbox) -> None:
    url = f"{box.url}/openapi.json"
    bare = read(url)
    with legacy.install(compat_document=True):
        compatible = read(url)
    assert fields_of(bare) < fields_of(compatible)
    assert "aspectRatio" in fields_of(compatible) - fields_of(bare)


@pytest.mark.parametrize("read", READERS)
def test_the_setting_of_the_environment_counts(read: Read, box: KreaSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KREA_CLIENT_COMPAT_DOCUMENT", "1")
    legacy.install()
    assert "aspectRatio" in fields_of(read(f"{box.url}/openapi.json"))


def test_a_setting_that_cannot_be_read_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KREA_CLIENT_COMPAT_DOCUMENT", "perhaps")
    with pytest.raises(ValueError, match="KREA_CLIENT_COMPAT_DOCUMENT='perhaps' is neither yes nor no; give 1 or 0"):
        legacy.install()


@pytest.mark.parametrize("read", READERS)
def test_without_it_the_log_says_once_that_a_look_up_may_fail(
    read: Read, box: KreaSandbox, caplog: pytest.LogCaptureFixture
) -> None:
    legacy.install()
    url = f"{box.url}/openapi.json"
    with caplog.at_level(logging.WARNING):
        assert "aspectRatio" not in fields_of(read(url))
        read(url)
    assert [record.name for record in caplog.records] == ["krea_client.legacy"]
    assert "KREA_CLIENT_COMPAT_DOCUMENT=1" in caplog.text


def test_single_adapters_do_the_same(box: KreaSandbox) -> None:
    url = f"{box.url}/openapi.json"
    with requests.Session() as session:
        session.mount("http://", legacy.RequestsAdapter(compat_document=True))
        assert "aspectRatio" in fields_of(session.get(url).json())
    with httpx.Client(transport=legacy.Transport(compat_document=True)) as client:
        assert "aspectRatio" in fields_of(client.get(url).json())
    opener = urllib.request.build_opener(legacy.UrllibHandler(compat_document=True))
    with cast("Any", opener.open(url)) as response:
        assert "aspectRatio" in fields_of(json.load(response))

    async def main() -> Any:
        async with httpx.AsyncClient(transport=legacy.AsyncTransport(compat_document=True)) as client:
            return (await client.get(url)).json()

    assert "aspectRatio" in fields_of(asyncio.run(main()))


def test_what_is_required_can_be_given_under_the_deprecated_name() -> None:
    schema: Any = {
        "properties": {"prompt": {}, "aspect_ratio": {}, "resolution": {}},
        "required": ["prompt", "aspect_ratio", "resolution"],
    }
    content: Any = {"application/json": {"schema": schema}}
    document: Any = {"paths": {"/generate/image/z-image/z-image": {"post": {"requestBody": {"content": content}}}}}
    changed: Any = json.loads(with_deprecated_names(json.dumps(document).encode()) or b"")
    for name in SCHEMA:
        changed = changed[name]
    assert changed["required"] == ["prompt", "resolution"]
    assert {"aspectRatio", "aspect_ratio"} <= set(changed["properties"])


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"<html>Not today</html>", None),
        (b"\xff", None),
        (b"[1]", None),
        (b"no gzip", "gzip"),
        (gzip.compress(b'{"paths": {"/a": {}}}', mtime=0)[:-9], "gzip"),
        (b'{"paths": {"/a": {}}}', "br"),
    ],
)
def test_what_is_no_document_stays_as_it_is(content: bytes, encoding: str | None) -> None:
    assert with_deprecated_names(content, encoding) is None


def test_a_packed_document_stays_packed() -> None:
    packed = with_deprecated_names(gzip.compress(b'{"paths": {"/a": {}}}'), "gzip")
    assert json.loads(gzip.decompress(packed or b"")) == {"paths": {"/a": {}}}


def test_other_pages_stay_as_they_are(box: KreaSandbox, caplog: pytest.LogCaptureFixture) -> None:
    legacy.install(compat_document=True)
    response = requests.get(f"{box.url}/jobs/nosuch", headers={"Authorization": "Bearer t"})
    assert response.status_code in (401, 404)
    assert httpx.get(f"{box.url}/nosuch/openapi.json").status_code in (401, 404)
    assert not caplog.records
