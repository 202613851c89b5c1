"""Transports that choose the way of each request: direct to this computer, else through the proxy that is configured for it."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from krea_client._redaction import redact_url
from krea_client._transport import network_settings
from krea_client._transport.guarded_network import guard_pools
from krea_client._transport.http_library import as_proxy, httpx
from krea_client._transport.network_settings import ProxySetting

_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)
T = TypeVar("T", bound=httpx.BaseTransport | httpx.AsyncBaseTransport)

# A paid request must not go out on a connection that the server is about to close, so idle ones are dropped early.
IDLE_SECONDS = 2.0
LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=IDLE_SECONDS)


class NetworkOptions(NamedTuple):
    """What a caller says about proxies and TLS.

    Attributes:
        proxy: the proxy for everything that is not on this computer; None for what the environment says.
        tls: the TLS settings; None for certificate authorities of the environment.
        headers: names and values of headers on every request to the API.
    """

    proxy: ProxySetting | None = None
    tls: ssl.SSLContext | None = None
    headers: tuple[tuple[str, str], ...] = ()


class Router(Generic[T]):
    """One transport for each way that requests take, made at its first use.

    Args:
        make: makes a transport by TLS settings and a proxy.
        options: the caller's own.
    """

    def __init__(self, make: Callable[[ssl.SSLContext | None, httpx.Proxy | None], T], options: NetworkOptions) -> None:
        self._make = make
        self._options = options
        self._proxies = network_settings.proxies() if options.proxy is None else {"all": options.proxy}
        self._no_proxy = network_settings.no_proxy() if options.proxy is None else ""
        self._transports: dict[tuple[bool, str | None], T] = {}
        self._ways: dict[tuple[str, str, int | None], tuple[T, ProxySetting | None]] = {}
        self._tls: ssl.SSLContext | None = options.tls
        self._lock = Lock()

    @property
    def transports(self) -> list[T]:
        """The transports made so far."""
        return list(self._transports.values())

    def check(self, url: httpx.URL) -> None:
        """Refuse settings that requests to this address could not use.

        Raises:
            ValueError: with the variable that is wrong, and what to do.
        """
        setting = self._proxy_for(url)
        if setting is not None:
            network_settings.read_proxy(setting)
        if url.scheme == "https" and network_settings.names_authorities():
            self._tls_settings()

    def way_to(self, url: httpx.URL) -> tuple[T, ProxySetting | None]:
        """Return the transport for a request to this address, and the proxy on its way.

        Raises:
            httpx.UnsupportedProtocol: the settings of the environment cannot be used; nothing was sent.
        """
        key = (url.scheme, url.host, url.port)
        way = self._ways.get(key)
        if way is None:
            with self._lock:
                try:
                    setting = self._proxy_for(url)
                    way = self._ways[key] = self._transport_by_way(url, setting), setting
                except ValueError as fault:
                    raise httpx.UnsupportedProtocol(str(fault)) from None
        return way

    def _transport_by_way(self, url: httpx.URL, setting: ProxySetting | None) -> T:
        secure = url.scheme == "https"
        key = (secure or setting is not None, setting and setting.url)
        if key not in self._transports:
            # Reading the certificate authorities takes longer than all the rest, and an address without TLS needs none. Even empty
            # settings take 1 ms; httpcore would make some of its own where it had none and needed them.
            tls = self._tls_settings() if key[0] else None
            transport = self._make(tls, network_settings.read_proxy(setting) if setting else None)
            guard_pools(transport, IDLE_SECONDS)
            self._transports[key] = transport
        return self._transports[key]

    def _tls_settings(self) -> ssl.SSLContext:
        self._tls = self._tls or network_settings.tls_context()
        return self._tls

    def _proxy_for(self, url: httpx.URL) -> ProxySetting | None:
        if network_settings.is_loopback(url.host):
            return None
        setting = self._proxies.get(url.scheme) or self._proxies.get("all")
        return None if setting is None or network_settings.is_bypassed(url, self._no_proxy) else setting


def _naming(error: httpx.TransportError, proxy: ProxySetting) -> httpx.TransportError:
    """Return an error that names the proxy on the way, which may be what cannot be reached."""
    return type(error)(f"{error} (through {proxy.source}={redact_url(proxy.url)})")


class RoutedTransport(httpx.BaseTransport):
    """Sends each request its way.

    Raises:
        ValueError: the settings for the API's own address cannot be used.
    """

    def __init__(self, base_url: httpx.URL, options: NetworkOptions) -> None:
        self._router: Router[httpx.HTTPTransport] = Router(_make_sync, options)
        self._router.check(base_url)

    def way_to(self, url: httpx.URL) -> tuple[httpx.HTTPTransport, ProxySetting | None]:
        """Return what `Router.way_to` returns."""
        return self._router.way_to(url)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        transport, proxy = self._router.way_to(request.url)
        try:
            return transport.handle_request(request)
        except _NOT_CONNECTED as error:
            if proxy is None:
                raise
            raise _naming(error, proxy) from error

    def close(self) -> None:
        """Close all connections."""
        for transport in self._router.transports:
            transport.close()


class AsyncRoutedTransport(httpx.AsyncBaseTransport):
    """Sends each request its way, as `RoutedTransport` does."""

    def __init__(self, base_url: httpx.URL, options: NetworkOptions) -> None:
        self._router: Router[httpx.AsyncHTTPTransport] = Router(_make_async, options)
        self._router.check(base_url)

    def way_to(self, url: httpx.URL) -> tuple[httpx.AsyncHTTPTransport, ProxySetting | None]:
        """Return what `Router.way_to` returns."""
        return self._router.way_to(url)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        transport, proxy = self._router.way_to(request.url)
        try:
            return await transport.handle_async_request(request)
        except _NOT_CONNECTED as error:
            if proxy is None:
                raise
            raise _naming(error, proxy) from error

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._router.transports:
            await transport.aclose()


def _make_sync(tls: ssl.SSLContext | None, proxy: httpx.Proxy | None) -> httpx.HTTPTransport:
    verify: Any = tls  # httpx passes on what is no bool and no path
    return httpx.HTTPTransport(verify=verify, trust_env=False, limits=LIMITS, proxy=proxy)


def _make_async(tls: ssl.SSLContext | None, proxy: httpx.Proxy | None) -> httpx.AsyncHTTPTransport:
    verify: Any = tls
    return httpx.AsyncHTTPTransport(verify=verify, trust_env=False, limits=LIMITS, proxy=proxy)


def network_options(proxy: Any, verify: Any, cert: Any, *, own_transport: bool) -> NetworkOptions:
    """Return the options behind a client's arguments `proxy`, `verify` and `cert`.

    Raises:
        ValueError: the proxy, or a file of certificates, cannot be used; or a transport is given beside them.
        TypeError: an argument is of another type.
    """
    if own_transport and not (proxy is None and verify is None and cert is None):
        raise ValueError(
            "transport= is given beside proxy=, verify= or cert=; give the transport these settings itself"
        )
    setting = None if proxy is None else _proxy_setting(proxy)
    if verify is None and cert is None:
        return NetworkOptions(setting)
    tls = verify if isinstance(verify, ssl.SSLContext) else network_settings.context_for("verify", verify)
    if cert is not None:
        network_settings.load_certificate(tls, cert)
    return NetworkOptions(setting, tls)


def _proxy_setting(proxy: Any) -> ProxySetting:
    if isinstance(proxy, str):
        setting = ProxySetting("proxy", proxy)
    elif hasattr(proxy, "url") and hasattr(proxy, "auth"):
        setting = ProxySetting("proxy", str(proxy.url), as_proxy(proxy))
    else:
        raise TypeError(
            f"proxy is of type {type(proxy).__name__}; give an address such as http://proxy.example:8080, or a proxy object"
        )
    network_settings.read_proxy(setting)
    return setting
