"""Every transport that the documentation names, and what stands between a client that uses it and an API on loopback."""

from __future__ import annotations

import os
import ssl
import tempfile
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from krea_client import AsyncKrea, Krea

from .fronts import Front, ProxyFront, TlsFront
from .http2_front import Http2Front

MODES = ("sync", "async")
# the second one is no host of this computer, so a proxy is used for it
LOCAL_HOST, REMOTE_HOST = (
    "localhost",
    "krea.test",
)


class NetworkWay(NamedTuple):
    """What a client needs to reach an API.

    Attributes:
        tls: trusts the certificates of the fronts.
        proxy: the address of the proxy, or "".
    """

    tls: ssl.SSLContext
    proxy: str


class NamedTransport(NamedTuple):
    """A transport as the documentation names it.

    Attributes:
        name: for the command line.
        title: for a reader.
        options: returns the arguments of a client, by mode.
        front: what ends the connection before the API: TlsFront or Http2Front; None for plain HTTP.
        proxy: the scheme of the proxy on the way, or "".
        modes: sync, async or both.
    """

    name: str
    title: str
    options: Callable[[str, NetworkWay], dict[str, Any]]
    front: type[Front] | None = None
    proxy: str = ""
    modes: tuple[str, ...] = MODES


class Addressed(Protocol):
    """An API that writes addresses of its own into its responses."""

    url: str


Connect = Callable[..., Any]


def _of_library(library: str, **settings: Any) -> Callable[[str, NetworkWay], dict[str, Any]]:
    """Return what makes a transport of httpx or httpx2, with settings that a caller may choose."""

    def options(mode: str, way: NetworkWay) -> dict[str, Any]:
        module: Any = import_module(library)
        kind = module.HTTPTransport if mode == "sync" else module.AsyncHTTPTransport
        # An idle time longer than the client allows: the client has to shorten it.
        limits = module.Limits(max_connections=50, max_keepalive_connections=20, keepalive_expiry=60)
        return {"transport": kind(verify=way.tls, limits=limits, proxy=way.proxy or None, **settings)}

    return options


def _of_aiohttp(_: str, way: NetworkWay) -> dict[str, Any]:
    module: Any = import_module("krea_client.aiohttp_transport")
    return {"transport": module.AiohttpTransport(verify=way.tls, proxy=way.proxy or None)}


TRANSPORTS: Mapping[str, NamedTransport] = {
    transport.name: transport
    for transport in (
        NamedTransport("default", "none given", lambda _, __: {}),
        NamedTransport("verify", "none given, `verify=`, TLS", lambda _, way: {"verify": way.tls}, TlsFront),
        NamedTransport(
            "proxy",
            "none given, `proxy=` of HTTP, TLS",
            lambda _, way: {"proxy": way.proxy, "verify": way.tls},
            TlsFront,
            "http",
        ),
        NamedTransport(
            "socks",
            "none given, `proxy=` of SOCKS 5, TLS",
            lambda _, way: {"proxy": way.proxy, "verify": way.tls},
            TlsFront,
            "socks5",
        ),
        NamedTransport("httpx", "`HTTPTransport` of httpx with settings of its own", _of_library("httpx")),
        NamedTransport("forwarded", "the same, through an HTTP proxy without TLS", _of_library("httpx"), None, "http"),
        NamedTransport("http2", "the same, over HTTP/2", _of_library("httpx", http2=True), Http2Front),
        NamedTransport("httpx2", "`HTTPTransport` of httpx2", _of_library("httpx2")),
        NamedTransport("httpx2-http2", "the same, over HTTP/2", _of_library("httpx2", http2=True), Http2Front),
        NamedTransport("aiohttp", "`AiohttpTransport`", _of_aiohttp, modes=("async",)),
        NamedTransport("aiohttp-tls", "the same, `verify=`, TLS", _of_aiohttp, TlsFront, modes=("async",)),
        NamedTransport("aiohttp-proxy", "the same, `proxy=`, TLS", _of_aiohttp, TlsFront, "http", ("async",)),
    )
}
DEFAULT = TRANSPORTS["default"]


@contextmanager
def reached(api: Addressed, transport: NamedTransport) -> Generator[Connect]:
    """Put what belongs to a transport between clients and an API; yield a function that makes a client by mode and arguments."""
    with ExitStack() as fronts:
        proxy = ""
        if transport.front is not None:
            host = REMOTE_HOST if transport.proxy else LOCAL_HOST
            front = fronts.enter_context(transport.front(_port(api.url), server_tls(host)))
            api.url = f"https://{host}:{front.port}"
        if transport.proxy:
            proxy = f"{transport.proxy}://127.0.0.1:{fronts.enter_context(ProxyFront(_port(api.url))).port}"

        def connect(mode: str, token: str, **arguments: Any) -> Any:
            kind: Any = Krea if mode == "sync" else AsyncKrea
            return kind(token, api.url, **transport.options(mode, NetworkWay(client_tls(), proxy)), **arguments)

        yield connect


def _port(url: str) -> int:
    return urlsplit(url).port or 0


@cache
def _authority() -> Any:
    return import_module("krea_client.legacy.gateway.certificates").CertificateAuthority()


@cache
def server_tls(host: str) -> ssl.SSLContext:
    """Return the TLS settings of a server with this name."""
    context: ssl.SSLContext = _authority().server_context(host)
    return context


@cache
def client_tls() -> ssl.SSLContext:
    """Return the TLS settings of a client that trusts the servers of this process, and no others."""
    handle, path = tempfile.mkstemp(suffix=".pem")
    try:
        os.write(handle, _authority().pem.encode())
        return ssl.create_default_context(cafile=path)
    finally:
        os.close(handle)
        os.unlink(path)  # noqa: PTH108  # beside the other functions of os
