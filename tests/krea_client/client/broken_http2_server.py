"""A server over HTTP/2 and TLS on loopback that breaks the protocol before or within the body of each response."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from .keeping_server import trusted_context

pytest.importorskip("h2")

# Frames of stream 1, the client's first, unless the name says otherwise.
BROKEN_FRAMES = {
    "headers of the connection": bytes.fromhex("000001 01 04 00000000 82"),
    "too long": bytes.fromhex("ffffff 00 00 00000001"),
    "headers that are not HPACK": bytes.fromhex("000003 01 04 00000001 ffffff"),
    "reset": bytes.fromhex("000004 03 00 00000001 00000002"),
    "go away": bytes.fromhex("000008 07 00 00000000 00000000 00000001"),
    "window of no bytes": bytes.fromhex("000004 08 00 00000001 00000000"),
    "data of another stream": bytes.fromhex("000001 00 00 00000005 61"),
    "setting out of range": bytes.fromhex("000006 04 00 00000000 0004 ffffffff"),
    "push": bytes.fromhex("000005 05 04 00000001 00000002 82"),
}


class BrokenHttp2Server:
    """Reads each request whole, and sends a broken frame instead of its response or within it.

    Attributes:
        url: its address.
        requests: how many came whole.
        frame: what it sends.
        has_head: whether the head of a response and a part of its body come first.
        is_repeated: whether the frame is sent again and again.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self.stop = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self.listener.getsockname()[1]}"
        self.requests = 0
        self.frame = b""
        self.has_head = self.is_repeated = False
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                raw, _ = self.listener.accept()
                with suppress(OSError), self._context.wrap_socket(raw, server_side=True) as connection:
                    self._serve(connection)

    def _serve(self, connection: ssl.SSLSocket) -> None:
        from h2.config import H2Configuration
        from h2.connection import H2Connection
        from h2.events import StreamEnded

        protocol = H2Connection(H2Configuration(client_side=False))
        protocol.initiate_connection()
        connection.sendall(protocol.data_to_send())
        while received := connection.recv(65536):
            for event in protocol.receive_data(received):
                if isinstance(event, StreamEnded):
                    self.requests += 1
                    if self.has_head:
                        protocol.send_headers(event.stream_id, [(":status", "200")])
                        protocol.send_data(event.stream_id, b'{"job')
                    connection.sendall(protocol.data_to_send())
                    connection.sendall(self.frame)  # in a TLS record of its own, so that a client reads it later
                    while self.is_repeated and not self.stop.wait(0.02):
                        connection.sendall(self.frame)
                    return
            connection.sendall(protocol.data_to_send())


@contextmanager
def serving_broken_http2(folder: Path) -> Iterator[BrokenHttp2Server]:
    """Serve; `folder`/bundle.pem is the authority that a client has to trust."""
    context, _ = trusted_context(folder)
    context.set_alpn_protocols(["h2"])
    server = BrokenHttp2Server(context)
    try:
        yield server
    finally:
        server.stop.set()
        server.listener.close()
