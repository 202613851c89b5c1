"""Where results may be fetched from."""

import httpx
import pytest

from krea_client.effects import Spoiled
from krea_client.wire import Wire


@pytest.mark.parametrize("url", ["https://gen.krea.ai/a.png", "https://store.example/x?y=z", "https://127.0.0.1/"])
def test_https_is_fetched(url: str) -> None:
    assert Wire("https://api.krea.ai", None, 5).may_fetch(url) == httpx.URL(url)


def test_a_sandbox_on_loopback_serves_its_own_results() -> None:
    wire = Wire("http://127.0.0.1:8000", None, 5)
    assert wire.may_fetch("http://127.0.0.1:8000/images/x.png").path == "/images/x.png"
    with pytest.raises(Spoiled, match="https only"):
        wire.may_fetch("http://127.0.0.1:8001/images/x.png")


@pytest.mark.parametrize(
    "url", ["http://gen.krea.ai/a", "file:///etc/passwd", "data:,x", "/a", "", "https://x:y/", None]
)
def test_nothing_else_is(url: str) -> None:
    with pytest.raises(Spoiled) as caught:
        Wire("https://api.krea.ai", None, 5).may_fetch(url)
    assert not caught.value.again


def test_a_download_that_went_astray_is_refused() -> None:
    wire = Wire("https://api.krea.ai", None, 5)
    hops = [httpx.Response(302, request=httpx.Request("GET", url)) for url in ("https://a.example", "http://b.example")]
    last = httpx.Response(200, request=httpx.Request("GET", "https://c.example"), history=hops)
    with pytest.raises(Spoiled, match="https only"):
        wire.check_route(last)
    wire.check_route(httpx.Response(200, request=httpx.Request("GET", "https://c.example"), history=hops[:1]))
