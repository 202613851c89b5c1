"""An HTTP server that records what it receives, to the byte."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


class RecordingServer:
    """An HTTP/1.1 server that answers every request with the same bytes; `answer` b"" closes the connection instead."""

    def __init__(self, answer: bytes = OK) -> None:
        self.answer = answer
        self.received: list[bytes] = []
        self.before_answer: Callable[[], object] = lambda: None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        with suppress(OSError):  # closed already
            self._listener.shutdown(socket.SHUT_RDWR)  # closing alone would leave the port open while accept() waits
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=(connection,), daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as stream:
            while request := _one_request(stream):
                self.received.append(request)
                self.before_answer()
                if not self.answer:
                    return
                connection.sendall(self.answer)


def _one_request(stream: IO[bytes]) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = stream.readline()
        if not line:
            return b""
        head += line
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        body = b""
        while not body.endswith(b"0\r\n\r\n"):
            body += stream.readline()
        return head + body
    length = int(lower.partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
    return head + stream.read(length)
