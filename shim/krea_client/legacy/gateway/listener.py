"""The proxy's side towards the program: CONNECT tunnels, and plain requests that uvicorn's HTTP/1.1 protocol serves."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from uvicorn.protocols.http.h11_impl import H11Protocol

LARGEST_HEAD = 64 << 10  # bytes of a CONNECT request
CONNECT_SECONDS = 30.0
CHUNK = 256 << 10
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


class Route(NamedTuple):
    """The API's host, as programs name it, and the port of this computer on which the gateway speaks TLS for it."""

    host: str
    tls_port: int


class BadConnect(Exception):
    """A CONNECT request that cannot be carried out; the text says why."""


def listener(route: Route) -> type[asyncio.Protocol]:
    """Return the protocol class that uvicorn is given as `http=`, bound to a route."""

    class BoundListener(Listener):
        pass

    BoundListener.route = route
    return BoundListener


class Listener(asyncio.Protocol):
    """Looks at the first request of a connection: a CONNECT becomes a tunnel, anything else goes to uvicorn's own protocol."""

    route: Route

    def __init__(
        self, config: Any, server_state: Any, app_state: Any, _loop: asyncio.AbstractEventLoop | None = None
    ) -> None:
        self._http: Callable[[], H11Protocol] = lambda: H11Protocol(config, server_state, app_state, _loop)
        self._connections = server_state.connections
        self._tasks = server_state.tasks
        self._start = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the connection; nothing is known of it yet."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # create_server gives no other
        self._transport = transport
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio calls it so
        """Forget a connection that ended before its first request was whole."""
        self._connections.discard(self)

    def shutdown(self) -> None:
        """Close the connection: uvicorn calls this when it stops."""
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        """Collect the first request until it is known what it is."""
        transport = self._transport
        if transport is None:
            return
        self._start += data
        if not b"CONNECT ".startswith(self._start[:8]):
            self._hand_over(transport)
        elif b"\r\n\r\n" in self._start:
            head, _, early = self._start.partition(b"\r\n\r\n")
            task = asyncio.get_running_loop().create_task(self._tunnel(transport, head, early))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif len(self._start) > LARGEST_HEAD:
            transport.close()

    def _hand_over(self, transport: asyncio.Transport) -> None:
        self._connections.discard(self)
        protocol = self._http()
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        protocol.data_received(self._start)

    async def _tunnel(self, transport: asyncio.Transport, head: bytes, early: bytes) -> None:
        transport.pause_reading()
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        try:
            far_reader, far_writer = await asyncio.wait_for(self._open(head), CONNECT_SECONDS)
        except (OSError, BadConnect, TimeoutError) as error:
            reason = str(error) or type(error).__name__
            transport.write(
                f"HTTP/1.1 502 Bad Gateway\r\nContent-Length: {len(reason)}\r\n\r\n{reason}".encode(
                    "latin-1", "replace"
                )
            )
            transport.close()
            return
        self._connections.discard(self)
        tunnel = Tunnel(transport, far_writer)
        self._connections.add(tunnel)
        try:
            transport.set_protocol(protocol)
            protocol.connection_made(transport)
            writer = asyncio.StreamWriter(transport, protocol, reader, asyncio.get_running_loop())
            transport.write(_ESTABLISHED)
            if early:
                far_writer.write(early)
            transport.resume_reading()
            await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer))
        finally:
            self._connections.discard(tunnel)
            tunnel.shutdown()

    async def _open(self, head: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = _destination(head)
        if host.lower() == self.route.host and port == 443:
            return await asyncio.open_connection("127.0.0.1", self.route.tls_port)
        proxy = _users_proxy(host)
        if proxy is None:
            return await asyncio.open_connection(host, port)
        return await _through(proxy, host, port)


class Tunnel:
    """An open tunnel, as uvicorn sees it among its connections."""

    def __init__(self, near: asyncio.Transport, far: asyncio.StreamWriter) -> None:
        self._near = near
        self._far = far

    def shutdown(self) -> None:
        """Close both ends."""
        self._near.close()
        self._far.close()


def _destination(head: bytes) -> tuple[str, int]:
    target = head.split(b"\r\n", 1)[0].split(b" ")[1].decode("latin-1")
    host, _, port = target.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise BadConnect(f"CONNECT {target[:100]!r}: give HOST:PORT")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _users_proxy(host: str) -> SplitResult | None:
    """Return the proxy that the user has set for https, unless the host is exempt."""
    address = getproxies().get("https") or getproxies().get("all")
    if not address or proxy_bypass(host):
        return None
    return urlsplit(address if "://" in address else f"http://{address}")


async def _through(proxy: SplitResult, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if proxy.scheme not in ("http", "https") or not proxy.hostname:
        raise BadConnect(
            f"the proxy {proxy.scheme}://{proxy.hostname} of the environment is not supported: give an http address"
        )
    secure = proxy.scheme == "https"
    reader, writer = await asyncio.open_connection(
        proxy.hostname, proxy.port or (443 if secure else 80), ssl=secure or None
    )
    name = f"[{host}]" if ":" in host else host
    lines = [f"CONNECT {name}:{port} HTTP/1.1", f"Host: {name}:{port}"]
    if proxy.username is not None:
        account = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(account.encode()).decode()}")
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
    head = await reader.readuntil(b"\r\n\r\n")
    status = head.split(b"\r\n", 1)[0].split(b" ")
    if len(status) < 2 or not status[1].startswith(b"2"):
        writer.close()
        raise BadConnect(f"the proxy {proxy.hostname} refused CONNECT: {head.splitlines()[0].decode('latin-1')[:100]}")
    return reader, writer


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Copy until the source ends, then end the target's side; a connection that breaks ends both."""
    try:
        while chunk := await source.read(CHUNK):
            target.write(chunk)
            await target.drain()
        if target.can_write_eof():
            target.write_eof()
    except (OSError, asyncio.IncompleteReadError):
        target.close()
    with contextlib.suppress(OSError):
        await target.drain()
