"""Proxies and certificate authorities of the environment: used as everywhere, or named with the variable and the remedy."""

import asyncio
import socket
import ssl
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import certifi
import httpx
import pytest

from krea_client import AsyncKrea, ConnectionFailed, Krea, OutcomeUnknown, Retry
from krea_client._transport import network_settings
from krea_client._transport.network_settings import ProxySetting, is_bypassed, is_loopback, read_proxy, tls_context
from krea_client._transport.routing import NetworkOptions, Router

from .raw_server import response, serving

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir", "requests_ca_bundle")
FIELDS = {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}
JOB = b'{"job_id": "6b1c", "status": "queued"}'
TOKEN = "a-token-that-nobody-may-see"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*NAMES, "curl_ca_bundle", "sslkeylogfile"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "127.8.0.1", "::1", "[::1]", "::ffff:127.0.0.1"]
)
def test_this_computer(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["api.krea.ai", "localhost.example", "10.0.0.1", "::2", "0.0.0.0", ""])
def test_another_computer(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("url", "value", "bypassed"),
    [
        ("https://api.krea.ai/x", "krea.ai", True),
        ("https://api.krea.ai/x", ".krea.ai", True),
        ("https://api.krea.ai/x", "*.krea.ai", True),
        ("https://api.krea.ai/x", "other, api.krea.ai:443", True),
        ("https://api.krea.ai/x", "api.krea.ai:80", False),
        ("https://notkrea.ai/x", "krea.ai", False),
        ("https://api.krea.ai/x", "*", True),
        ("https://api.krea.ai/x", "", False),
        ("https://api.krea.ai/x", "localhost,127.0.0.1,::1,[::1]", False),
        ("https://[fd00::1]/x", "[fd00::1]", True),
        ("https://[fd00::1]/x", "fd00::1", True),
        ("https://[fd00::1]/x", "fd00:0:0::1", True),
        ("https://[fd00::1]/x", "fd00::/8", True),
        ("https://[fd00::1]:8443/x", "[fd00::1]:8443", True),
        ("https://[fd00::1]:8443/x", "[fd00::1]:443", False),
        ("https://10.1.2.3/x", "10.0.0.0/8", True),
        ("https://10.1.2.3/x", "[broken", False),
    ],
)
def test_hosts_that_are_reached_without_a_proxy(url: str, value: str, bypassed: bool) -> None:
    assert is_bypassed(httpx.URL(url), value) is bypassed


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://127.0.0.1:port", "HTTPS_PROXY='http://127.0.0.1:port' is no proxy address"),
        ("ftp://proxy.example", "HTTPS_PROXY='ftp://proxy.example' is no proxy address"),
        ("http://", "HTTPS_PROXY='http://' is no proxy address"),
        ("http://proxy.example:0", "HTTPS_PROXY='http://proxy.example:0' is no proxy address"),
        ("http://proxy.example:99999", "HTTPS_PROXY='http://proxy.example:99999' is no proxy address"),
        ("http://me:pass@proxy.example:x", "HTTPS_PROXY='http://proxy.example:x' is no proxy address"),
        ("http://me:pa/ss@proxy.example:x", "HTTPS_PROXY='http://proxy.example:x' is no proxy address"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_named_without_its_password(
    url: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", url)
    with pytest.raises(ValueError, match=r"or unset the variable$") as excinfo:
        Krea("t", "https://api.krea.ai")
    assert str(excinfo.value).startswith(message)
    assert [name for name, _ in network_settings.problems()] == ["HTTPS_PROXY"]
    Krea("t", "http://127.0.0.1:9").close()  # which no proxy is asked for


def test_a_socks_proxy_needs_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_settings, "_has_socks", lambda: False)
    with pytest.raises(
        ValueError, match=r"^ALL_PROXY='socks5://p.example:1080' needs the package socksio.*httpx\[socks\]"
    ):
        read_proxy(ProxySetting("ALL_PROXY", "socks5://p.example:1080"))


@pytest.mark.parametrize("value", ["proxy.example:8080", "http://proxy.example:8080", "HTTP://proxy.example:8080"])
def test_a_proxy_may_stand_without_its_scheme(value: str) -> None:
    assert read_proxy(ProxySetting("HTTPS_PROXY", value)).url.host == "proxy.example"


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_authorities_come_from_a_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, certifi.where())
    assert tls_context().get_ca_certs()


def test_authorities_come_from_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pem").write_text("x")
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert tls_context().verify_mode == ssl.CERT_REQUIRED


@pytest.mark.parametrize(
    ("name", "path", "reason"),
    [
        ("SSL_CERT_FILE", "missing.pem", "cannot be read"),
        ("SSL_CERT_FILE", "empty.pem", "holds no certificate"),
        ("SSL_CERT_FILE", "empty", "is an empty folder"),
        ("SSL_CERT_DIR", "missing", "cannot be read"),
        ("SSL_CERT_DIR", "empty", "is an empty folder"),
        ("REQUESTS_CA_BUNDLE", "missing.pem", "cannot be read"),
        ("CURL_CA_BUNDLE", "a" * 5000, "cannot be read"),
        ("SSL_CERT_FILE", "a" * 5000, "cannot be read"),
        ("SSL_CERT_DIR", "a" * 5000, "cannot be read"),
        ("SSLKEYLOGFILE", "missing/keys.log", "cannot be written"),
    ],
)
def test_a_file_without_certificates_is_named(
    name: str, path: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.pem").touch()
    monkeypatch.setenv(name, str(tmp_path / path))
    with pytest.raises(ValueError, match=rf"^{name}='.*' {reason}.*or unset it$"):
        Krea("t", "https://api.krea.ai")
    assert [variable for variable, _ in network_settings.problems()] == [name]
    Krea("t", "http://127.0.0.1:9").close()


def test_an_address_without_tls_reads_no_authorities(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_settings, "tls_context", lambda: pytest.fail("it was read"))
    router: Router[httpx.HTTPTransport] = Router(lambda *_: httpx.HTTPTransport(), NetworkOptions())
    router.way_to(httpx.URL("http://127.0.0.1:9"))


def test_the_keys_of_connections_are_written_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
    assert tls_context().keylog_filename == str(tmp_path / "keys.log")
    assert not list(network_settings.problems())


def submit_once(**options: Any) -> None:
    with Krea("t", "https://api.krea.ai", retry=Retry(attempts=1), **options) as krea:
        krea.submit("z-image/z-image", FIELDS)


def submit_once_async(**options: Any) -> None:
    async def main() -> None:
        async with AsyncKrea("t", "https://api.krea.ai", retry=Retry(attempts=1), **options) as krea:
            await krea.submit("z-image/z-image", FIELDS)

    asyncio.run(main())


@pytest.mark.parametrize("submit", [submit_once, submit_once_async])
def test_a_proxy_that_cannot_be_reached_is_named(submit: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda *_: None) as proxy:
        address = proxy.url.removeprefix("http://")
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:secret@{address}")  # nobody listens there any more
    with pytest.raises(ConnectionFailed, match=rf"\(through HTTPS_PROXY=http://{address}\)") as failure:
        submit()
    assert "secret" not in "".join(traceback.format_exception(failure.value))
    monkeypatch.delenv("HTTPS_PROXY")
    with pytest.raises(ConnectionFailed, match=rf"\(through proxy=http://{address}\)"):
        submit(proxy=f"http://{address}")


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"])
def test_this_computer_is_reached_without_a_proxy_and_the_token_stays_here(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda connection, _: connection.sendall(response(JOB))) as api, serving(lambda *_: None) as proxy:
        monkeypatch.setenv(name, proxy.url)
        with Krea(TOKEN, api.url) as krea:
            assert krea.submit("z-image/z-image", FIELDS).id == "6b1c"
        assert (len(api.requests), proxy.connections) == (1, 0)


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 502 Bad Gateway\r\n\r\n", b"HTTP/1.1 407 No\r\n\r\n", b"HTTP/1.1 2", b"", b"junk\r\n\r\n"]
)
def test_nothing_was_sent_when_a_proxy_refuses_or_breaks_off(answer: bytes) -> None:
    def refuse(connection: socket.socket, _: bytes) -> None:
        connection.sendall(answer)
        raise OSError("hung up")

    with serving(refuse) as proxy, Krea("t", "https://api.krea.ai", proxy=proxy.url, retry=Retry(attempts=1)) as krea:
        with pytest.raises(ConnectionFailed):
            krea.submit("z-image/z-image", FIELDS)
        assert proxy.requests[0].startswith(b"CONNECT api.krea.ai:443 ")


def test_a_request_that_went_out_may_have_been_accepted() -> None:
    def hang_up(_: socket.socket, __: bytes) -> None:
        raise OSError("hung up")

    with serving(hang_up) as api, Krea("t", api.url) as krea, pytest.raises(OutcomeUnknown):
        krea.submit("z-image/z-image", FIELDS)


def test_a_certificate_that_cannot_be_checked_tells_what_to_set() -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")

    krea = Krea("t", transport=httpx.MockTransport(fail), retry=Retry(attempts=1))
    with krea, pytest.raises(ConnectionFailed, match="set SSL_CERT_FILE"):
        krea.jobs.get("6b1c")


def test_arguments_come_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:port")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    with serving(lambda *_: None) as proxy:
        Krea("t", "https://api.krea.ai", proxy=proxy.url, verify=ssl.create_default_context()).close()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"proxy": "http://p:x"}, ValueError, "^proxy='http://p:x' is no proxy address"),
        ({"proxy": 3}, TypeError, "^proxy is of type int"),
        ({"verify": "/nowhere/ca.pem"}, ValueError, "^verify='/nowhere/ca.pem' cannot be read"),
        ({"verify": False}, TypeError, "^verify is of type bool"),
        ({"cert": "/nowhere/me.pem"}, ValueError, "^cert='/nowhere/me.pem' cannot be loaded"),
        ({"proxy": "http://p:1", "transport": httpx.HTTPTransport()}, ValueError, "^transport= is given beside"),
    ],
)
def test_arguments_that_cannot_be_used(arguments: dict[str, object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Krea("t", **arguments)  # type: ignore[arg-type]  # mistakes on purpose, which a type checker refuses


class Wrapper(httpx.BaseTransport):
    """A transport around another one, as packages for caches and retries have them."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self.inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.inner.handle_request(request)


@pytest.mark.parametrize("wrap", [lambda inner: inner, Wrapper, lambda inner: Wrapper(Wrapper(inner))])
def test_any_transport_drops_idle_connections_early_and_keeps_the_deadline(wrap: object) -> None:
    inner = httpx.HTTPTransport()
    transport = wrap(inner)  # type: ignore[operator]  # one of the three
    with (
        serving(lambda connection, _: connection.sendall(response(JOB))) as api,
        Krea("t", api.url, transport=transport) as krea,
    ):
        krea.jobs.get("6b1c")
        assert inner._pool._keepalive_expiry == 2.0
        assert type(inner._pool._network_backend).__name__ == "_GuardedBackend"
    inner.close()
