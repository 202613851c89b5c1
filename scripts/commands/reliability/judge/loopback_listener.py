"""A listening socket on loopback, with a thread for each connection."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress


class LoopbackListener:
    """Accepts connections until it is closed.

    Args:
        serve: serves one connection to its end; an OSError or ValueError ends that connection only.

    Attributes:
        port: where it listens.
        connections: what `close` drops: the open connections, and others that their servers add.
    """

    def __init__(self, serve: Callable[[socket.socket], None]) -> None:
        self._serve = serve
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.connections: set[socket.socket] = set()
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Stop listening and drop all connections."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # ends the thread that accepts
        self._socket.close()
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def sockets(self) -> list[socket.socket]:
        """Return the listening socket and the open connections."""
        return [self._socket, *(connection for connection in list(self.connections) if connection.fileno() >= 0)]

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.connections.add(connection)
                threading.Thread(target=self._connected, args=(connection,), daemon=True).start()

    def _connected(self, connection: socket.socket) -> None:
        with suppress(OSError, ValueError), connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._serve(connection)
        self.connections.discard(connection)
