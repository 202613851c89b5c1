"""What may stand between a client and the API: a server that ends TLS, and a proxy. Both pass on every byte and how connections end."""

from __future__ import annotations

import re
import select
import socket
import ssl
import struct
from contextlib import suppress
from typing import Any, Self

from .loopback_listener import LoopbackListener

READ_SIZE = 65_536  # bytes that are passed on at once
PATIENCE = 10.0  # seconds for a handshake
_ABSOLUTE = re.compile(rb"^([A-Z]+) http://[^/ ]+/")


class Front:
    """A server on loopback that has a connection of its own to the API for each of its clients.

    Args:
        target: the port of the API on this computer.
        tls: the TLS settings towards clients; None for plain connections.
    """

    def __init__(self, target: int, tls: ssl.SSLContext | None = None) -> None:
        self.target, self.tls = target, tls
        self._listener = LoopbackListener(self._connected)

    @property
    def port(self) -> int:
        """Return where it listens."""
        return self._listener.port

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving and drop all connections."""
        self._listener.close()

    def _connected(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE)
        self.serve(connection)

    def serve(self, connection: socket.socket) -> None:
        """Serve one connection to its end."""
        raise NotImplementedError

    def open_target(self) -> socket.socket:
        """Return a new connection to the API."""
        target = socket.create_connection(("127.0.0.1", self.target))
        target.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._listener.connections.add(target)
        return target


class TlsFront(Front):
    """Ends TLS, and passes on what is inside."""

    def serve(self, connection: socket.socket) -> None:
        """Serve one connection to its end."""
        if self.tls is None:
            raise ValueError("a TlsFront needs TLS settings")
        with self.tls.wrap_socket(connection, server_side=True) as secured, self.open_target() as target:
            secured.settimeout(None)
            relay(secured, target)


class ProxyFront(Front):
    """A proxy for requests that are forwarded, tunnels of CONNECT, and SOCKS 5 without credentials; it finds every host at its target."""

    def serve(self, connection: socket.socket) -> None:
        """Serve one connection to its end."""
        first = connection.recv(READ_SIZE)
        if first[:1] == b"\x05":
            connection.sendall(b"\x05\x00")
            connection.recv(READ_SIZE)
            connection.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
            first = b""
        elif first.startswith(b"CONNECT "):
            while b"\r\n\r\n" not in first:
                first += connection.recv(READ_SIZE)
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            first = b""
        connection.settimeout(None)
        with self.open_target() as target:
            if first:
                target.sendall(_forwarded(first))
            relay(connection, target)


def relay(client: socket.socket, target: socket.socket) -> None:
    """Pass on what each side sends until one of them ends, and end the other one in the same way."""
    while True:
        readable = _readable(client, target)
        if client in readable:
            if not (data := _received(client)):
                return
            target.sendall(_forwarded(data))
        if target in readable:
            try:
                data = target.recv(READ_SIZE)
            except ConnectionResetError:
                reset(client)
                return
            if not data:
                _say_goodbye(client)
                return
            client.sendall(data)


def reset(connection: socket.socket) -> None:
    """Close a connection so that the other side sees a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if isinstance(connection, ssl.SSLSocket):
        connection = socket.socket(fileno=connection.detach())
    connection.close()


def _readable(client: socket.socket, target: socket.socket) -> list[Any]:
    if isinstance(client, ssl.SSLSocket) and client.pending():
        return [client]
    return select.select([client, target], [], [])[0]


def _received(client: socket.socket) -> bytes:
    try:
        return client.recv(READ_SIZE)
    except (ConnectionResetError, ssl.SSLError):
        return b""


def _say_goodbye(client: socket.socket) -> None:
    """Send the alert by which TLS tells an end from a cut."""
    if isinstance(client, ssl.SSLSocket):
        client.setblocking(False)
        with suppress(OSError, ValueError):
            client.unwrap()


def _forwarded(data: bytes) -> bytes:
    """Return the start of a request as the API takes it: without the host that stands in a request to a proxy."""
    return _ABSOLUTE.sub(rb"\1 /", data, count=1)
