"""A gateway that speaks HTTP/2 over TLS with clients and HTTP/1.1 with the API, as content delivery networks do."""

from __future__ import annotations

import re
import select
import socket
import ssl
from contextlib import suppress
from typing import Any

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import DataReceived, RequestReceived, StreamEnded, StreamReset
from h2.exceptions import ProtocolError

from .fronts import READ_SIZE, Front, reset

_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")
_OF_CONNECTIONS = ("connection", "transfer-encoding", "keep-alive", "upgrade")


class _NotHttpError(Exception):
    """The API sent bytes that are no response."""


class _GatewayStream:
    """One request and what has come of its response.

    Attributes:
        waiting: bytes of the body that the client has not room for yet.
        is_whole: the body has come to its end.
    """

    def __init__(self, headers: list[tuple[str, str]]) -> None:
        self.headers = headers
        self.body = b""
        self.target: socket.socket | None = None
        self.received = b""
        self.has_head = self.is_chunked = self.is_whole = False
        self.left: int | None = None
        self.waiting = b""

    def request(self) -> bytes:
        """Return the request as HTTP/1.1 writes it."""
        pseudo = {name: value for name, value in self.headers if name.startswith(":")}
        lines = [f"{pseudo[':method']} {pseudo[':path']} HTTP/1.1", f"host: {pseudo[':authority']}"]
        lines += [
            f"{name}: {value}"
            for name, value in self.headers
            if name[:1] != ":" and name not in ("host", "content-length")
        ]
        return "\r\n".join([*lines, f"content-length: {len(self.body)}", "", ""]).encode("latin-1") + self.body

    def head(self) -> list[tuple[str, str]] | None:
        """Return the next head of the response, interim or final; None while there is none.

        Raises:
            _NotHttpError: there will be none.
        """
        start = self.received[:12]
        if len(start) == 12 and not _STATUS.match(start):  # the length of "HTTP/1.1 200"
            raise _NotHttpError
        head, end, following = self.received.partition(b"\r\n\r\n")
        if not end:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        self.received = following
        headers = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        status = first[9:12]
        fields = dict(headers)
        if status[0] != "1" or status == "101":
            self.has_head = True
            self.is_chunked = "transfer-encoding" in fields
            length = fields.get("content-length", "")
            self.left = int(length) if length.isdigit() and not self.is_chunked else None
            self.is_whole = self.left == 0 or status in ("204", "205", "304")
        return [(":status", status), *((name, value) for name, value in headers if name not in _OF_CONNECTIONS)]

    def take_body(self) -> None:
        """Move what has come of the body to what waits for the client."""
        if self.is_chunked:
            self._take_chunks()
        elif self.left is None:
            self.waiting, self.received = self.waiting + self.received, b""
        else:
            part, self.received = self.received[: self.left], self.received[self.left :]
            self.waiting += part
            self.left -= len(part)
            self.is_whole = self.is_whole or not self.left

    def _take_chunks(self) -> None:
        while not self.is_whole and b"\r\n" in self.received:
            size_line, _, following = self.received.partition(b"\r\n")
            try:
                size = int(size_line, 16)
            except ValueError:
                raise _NotHttpError from None
            if len(following) < size + 2:
                return
            self.waiting += following[:size]
            self.received = following[size + 2 :]
            self.is_whole = not size

    def ends_with_connection(self) -> bool:
        """Return whether the end of the connection is the end of the body."""
        return self.has_head and self.left is None and not self.is_chunked


class _GatewayConnection:
    """One client of the gateway."""

    def __init__(self, front: Front, client: ssl.SSLSocket) -> None:
        self.front, self.client = front, client
        self.protocol = H2Connection(
            H2Configuration(client_side=False, header_encoding="latin-1", validate_outbound_headers=False)
        )
        self.streams: dict[int, _GatewayStream] = {}

    def serve(self) -> None:
        """Serve until either side ends."""
        self.protocol.initiate_connection()
        self.flush()
        while True:
            targets: dict[Any, int] = {s.target: number for number, s in self.streams.items() if s.target}
            pending = bool(self.client.pending())
            readable = select.select([self.client, *targets], [], [], 0 if pending else None)[0]
            if (pending or self.client in readable) and not self._read_client():
                return
            for target in readable:
                if (
                    target is not self.client
                    and targets[target] in self.streams
                    and not self._read_target(targets[target])
                ):
                    return
            self.flush()

    def close(self) -> None:
        """Close the connections to the API."""
        for number in list(self.streams):
            self._forget(number)

    def flush(self) -> None:
        """Send what waits."""
        for number, stream in list(self.streams.items()):
            self._send_body(number, stream)
        self.client.sendall(self.protocol.data_to_send())

    def _read_client(self) -> bool:
        data = self.client.recv(READ_SIZE)
        for event in self.protocol.receive_data(data) if data else ():
            self._meet(event)
        return bool(data)

    def _meet(self, event: Any) -> None:
        if isinstance(event, RequestReceived):
            self.streams[event.stream_id] = _GatewayStream(event.headers)  # type: ignore[arg-type]  # as header_encoding says
        elif isinstance(event, DataReceived):
            self.protocol.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            self.streams[event.stream_id].body += event.data
        elif isinstance(event, StreamEnded):
            stream = self.streams[event.stream_id]
            stream.target = self.front.open_target()
            stream.target.sendall(stream.request())
        elif isinstance(event, StreamReset):
            self._forget(event.stream_id)

    def _forget(self, number: int) -> None:
        stream = self.streams.pop(number, None)
        if stream is not None and stream.target is not None:
            stream.target.close()

    def _read_target(self, number: int) -> bool:
        stream = self.streams[number]
        try:
            data = stream.target.recv(READ_SIZE) if stream.target else b""
        except ConnectionResetError:
            reset(self.client)
            return False
        stream.received += data
        try:
            while not stream.has_head and (head := stream.head()) is not None:
                self.protocol.send_headers(number, head)
            if stream.has_head:
                stream.take_body()
        except _NotHttpError:
            self.client.sendall(self.protocol.data_to_send() + stream.received)  # no frames: the client's concern
            return False
        if not data:
            return self._ended(number, stream)
        return True

    def _ended(self, number: int, stream: _GatewayStream) -> bool:
        if stream.target is not None:
            stream.target.close()
            stream.target = None
        if not stream.has_head and not stream.received:
            return False  # a server that ends without a word ends the client's connection too
        if stream.ends_with_connection():
            stream.is_whole = True
        elif not stream.is_whole:
            self._send_body(number, stream)
            self.protocol.reset_stream(number, ErrorCodes.INTERNAL_ERROR)
            self._forget(number)
        return True

    def _send_body(self, number: int, stream: _GatewayStream) -> None:
        while stream.waiting:
            room = min(self.protocol.local_flow_control_window(number), self.protocol.max_outbound_frame_size)
            if room <= 0:
                return
            self.protocol.send_data(number, stream.waiting[:room])
            stream.waiting = stream.waiting[room:]
        if stream.has_head and stream.is_whole:
            self.protocol.end_stream(number)
            self._forget(number)


class Http2Front(Front):
    """Speaks HTTP/2 with clients."""

    def serve(self, connection: socket.socket) -> None:
        """Serve one connection to its end."""
        if self.tls is None:
            raise ValueError("an Http2Front needs TLS settings")
        self.tls.set_alpn_protocols(["h2"])
        with self.tls.wrap_socket(connection, server_side=True) as secured, suppress(ProtocolError):
            secured.settimeout(None)
            client = _GatewayConnection(self, secured)
            try:
                client.serve()
            finally:
                client.close()
