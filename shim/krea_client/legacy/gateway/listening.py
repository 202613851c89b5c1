"""A gateway that listens: in the foreground as a reverse proxy, or in a thread as the proxy of one program."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
import threading
from collections.abc import Callable, Generator
from typing import Any, NamedTuple

import uvicorn

from krea_client.legacy.gateway.forwarding import Gateway
from krea_client.legacy.gateway.listener import Route, listener

LOOPBACK = "127.0.0.1"
GRACE = 30  # seconds that requests under way get when the gateway is stopped


class Ports(NamedTuple):
    """Where a proxy listens on this computer: for CONNECT and plain requests, and for TLS to the API's host."""

    proxy: int
    tls: int


def serve(app: Gateway, port: int, host: str = LOOPBACK, ready: Callable[[str], object] | None = None) -> None:
    """Serve a reverse proxy until SIGINT or SIGTERM; requests under way are finished first.

    Args:
        app: the gateway.
        port: 0 takes any free one.
        host: the address to listen on.
        ready: is called with the URL once connections are taken.

    Raises:
        OSError: the port is taken.
    """
    with listening(host, port) as sock:
        if ready is not None:
            ready(url_of(sock))
        uvicorn.Server(_config(app, http="auto")).run(sockets=[sock])


@contextlib.contextmanager
def running(app: Gateway, port: int = 0, host: str = LOOPBACK) -> Generator[str]:
    """Serve a reverse proxy in a thread while the block runs, and give its URL; requests under way are finished at the end."""
    with listening(host, port) as sock:
        server = uvicorn.Server(_config(app, http="auto"))
        thread = threading.Thread(target=_run, args=([server], [sock]), name="krea-gateway", daemon=True)
        thread.start()
        try:
            yield url_of(sock)
        finally:
            server.should_exit = True
            thread.join()


@contextlib.contextmanager
def proxy(app: Gateway, api_host: str, tls: ssl.SSLContext) -> Generator[Ports]:
    """Serve as a proxy in a thread while the block runs: CONNECT and plain requests on one port, TLS for the API's host on another."""
    with listening(LOOPBACK, 0) as front, listening(LOOPBACK, 0) as secure:
        ports = Ports(front.getsockname()[1], secure.getsockname()[1])
        servers = [
            uvicorn.Server(_config(app, http=listener(Route(api_host, ports.tls)))),
            _TLSServer(_config(app, http="h11", lifespan="off"), tls),
        ]
        thread = threading.Thread(target=_run, args=(servers, [front, secure]), name="krea-gateway", daemon=True)
        thread.start()
        try:
            yield ports
        finally:
            for server in servers:
                server.should_exit = True
            thread.join()


class _TLSServer(uvicorn.Server):
    """A server whose TLS context is made in memory; uvicorn's own settings take files only."""

    def __init__(self, config: uvicorn.Config, context: ssl.SSLContext) -> None:
        super().__init__(config)
        config.load()
        config.ssl = context


def _run(servers: list[uvicorn.Server], sockets: list[socket.socket]) -> None:
    async def together() -> None:
        await asyncio.gather(*(server.serve(sockets=[sock]) for server, sock in zip(servers, sockets, strict=True)))

    asyncio.run(together())


def _config(app: Gateway, *, http: Any, lifespan: Any = "on") -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=http,
        ws="none",
        lifespan=lifespan,
        log_config=None,  # the calling program has set up logging
        access_log=False,  # paths of calls are nobody's business, and a line costs as much as the rest
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=120,
        timeout_graceful_shutdown=GRACE,
    )


@contextlib.contextmanager
def listening(host: str, port: int) -> Generator[socket.socket]:
    """Listen on a port of this computer, closed at the end; connections wait from the first moment instead of being refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere the option would let two servers share a port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(2048)
        yield sock
    finally:
        sock.close()


def url_of(sock: socket.socket) -> str:
    """Return the address of a listening socket as a URL."""
    own, port = sock.getsockname()[:2]
    host: str = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(own) or own  # noqa: S104  # all addresses are one to connect to on Linux alone
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
