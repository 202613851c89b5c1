"""How much of an upload is still to be sent is asked of the system, also where the connection is gone already."""

import io
import socket
from contextlib import suppress

import httpcore
import pytest

from krea_client._core.effects import Upload
from krea_client._transport.exchange import TimedExchange
from krea_client._transport.guarded_network import unsent_bytes


class SocketStream(httpcore.NetworkStream):
    """A stream of httpcore's over a socket, which httpcore gives in the same way."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def get_extra_info(self, info: str) -> object:
        return self._connection if info == "socket" else None


def upload() -> Upload:
    return Upload(lambda: io.BytesIO(b""), "a.png", "image/png", 0, {})


def test_a_closed_connection_has_none() -> None:
    near, far = socket.socketpair()
    near.close()
    far.close()
    with TimedExchange(1.0, upload()):
        assert unsent_bytes(SocketStream(near)) == 0


def fill(connection: socket.socket) -> None:
    """Write until the system takes no more."""
    connection.setblocking(False)
    with suppress(BlockingIOError):
        while True:
            connection.send(b"x" * 65536)


def test_bytes_that_nobody_has_read_count() -> None:
    pytest.importorskip("termios")
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as near,
        listener.accept()[0],
    ):
        fill(near)
        with TimedExchange(1.0, upload()):
            assert unsent_bytes(SocketStream(near)) > 0
        assert unsent_bytes(SocketStream(near)) == 0  # no upload is under way
