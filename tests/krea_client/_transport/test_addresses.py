"""Where results may be fetched from."""

from pathlib import Path

import httpx
import pytest

from krea_client._core.effects import Fetch, InvalidDownload
from krea_client._transport.downloads import Download
from krea_client._transport.http import SyncHttpTransport, result_address

API = httpx.URL("https://api.krea.ai")


@pytest.mark.parametrize("url", ["https://gen.krea.ai/a.png", "https://store.example/x?y=z", "https://127.0.0.1/"])
def test_https_is_fetched(url: str) -> None:
    assert result_address(url, API) == httpx.URL(url)


def test_a_sandbox_on_loopback_serves_its_own_results() -> None:
    sandbox = httpx.URL("http://127.0.0.1:8000")
    assert result_address("http://127.0.0.1:8000/images/x.png", sandbox).path == "/images/x.png"
    with pytest.raises(InvalidDownload, match="https only"):
        result_address("http://127.0.0.1:8001/images/x.png", sandbox)


@pytest.mark.parametrize(
    "url", ["http://gen.krea.ai/a", "file:///etc/passwd", "data:,x", "/a", "", "https://x:y/", None]
)
def test_nothing_else_is(url: str) -> None:
    with pytest.raises(InvalidDownload) as excinfo:
        result_address(url, API)
    assert not excinfo.value.again


class Redirecting(httpx.BaseTransport):
    """Sends everybody on, and remembers who came."""

    def __init__(self, *to: str) -> None:
        self._to = list(to)
        self.requests: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(f"{request.url.scheme}://{request.url.host}")
        return httpx.Response(302, headers={"location": self._to.pop(0)})


@pytest.mark.parametrize(
    ("to", "count", "message"),
    [
        (["http://b.example/x"], 1, "https only"),
        (["https://b.example/", "http://c.example/"], 2, "https only"),
        (["file:///etc/passwd"], 1, "https only"),
        ([f"https://{n}.example/" for n in range(9)], 6, "more than 5 times"),
    ],
)
def test_nobody_is_asked_where_a_redirect_must_not_lead(to: list[str], count: int, message: str) -> None:
    transport = Redirecting(*to)
    client = SyncHttpTransport("https://api.krea.ai", "t", 5, transport)
    sink = Download(Path("never"), naming=False, overwrite=False)
    with pytest.raises(InvalidDownload, match=message) as excinfo:
        client.fetch(Fetch("https://a.example/x", sink))
    assert not excinfo.value.again
    assert len(transport.requests) == count
    assert all(origin.startswith("https://") for origin in transport.requests)
