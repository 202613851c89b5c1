"""A server on loopback, of bare sockets, that has a sandbox behind it and breaks off in every way that networks know."""

import socket
import struct
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from krea_client.sandbox import Request, Sandbox

Fault = Callable[[socket.socket, bytes], None]
PATIENCE = 30.0  # seconds for what takes thousandths of one on an idle computer


class FaultyServer:
    """Answers as the sandbox does; the next requests of a method, or of "RESULT" for pictures, meet the faults put in their way."""

    def __init__(self, box: Sandbox) -> None:
        self._box = box
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.seen: list[Request] = []
        self._answered_methods: list[str] = []
        self._answering = threading.Condition()
        self._connections: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def on(self, method: str, *faults: Fault) -> None:
        self._faults[method].extend(faults)

    def count(self, method: str) -> int:
        return sum(request.method == method for request in self.seen)

    def wait_for(self, method: str) -> None:
        """Wait until the sandbox has answered a request of a method."""
        with self._answering:
            assert self._answering.wait_for(lambda: method in self._answered_methods, PATIENCE)

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._connections.append(connection)
                thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            if self._faults["CONNECTION"]:
                self._faults["CONNECTION"].popleft()(connection, b"")
                return
            request = self._read(connection)
            if request is None:
                return
            self.seen.append(request)
            sandbox_answer = self._box.answer(request)
            with self._answering:
                self._answered_methods.append(request.method)
                self._answering.notify_all()
            lines = {**sandbox_answer.headers, "content-length": str(len(sandbox_answer.body)), "connection": "close"}
            head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
            answer = f"HTTP/1.1 {sandbox_answer.status} X\r\n{head}\r\n".encode() + sandbox_answer.body
            waiting = self._faults["RESULT" if request.path.startswith("/images/") else request.method]
            (waiting.popleft() if waiting else socket.socket.sendall)(connection, answer)

    def _read(self, connection: socket.socket) -> Request | None:
        text = b""
        while b"\r\n\r\n" not in text:
            piece = connection.recv(65536)
            if not piece:
                return None
            text += piece
        head, _, body = text.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        while len(body) < int(headers.get("content-length", 0)):
            body += connection.recv(65536)
        method, target, _ = first.split(" ")
        path, _, query = target.partition("?")
        return Request(method, path, query, headers, body, self.url)


@contextmanager
def faulty(box: Sandbox) -> Iterator[FaultyServer]:
    server = FaultyServer(box)
    try:
        yield server
    finally:
        server.close()


def reset(connection: socket.socket, _: bytes) -> None:
    """Close so that the other side sees a reset: what was not sent is thrown away."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def half_read(connection: socket.socket, answer: bytes) -> None:
    """Reset when the request has begun to arrive."""
    connection.recv(1)
    reset(connection, answer)


def hung_up(_: socket.socket, __: bytes) -> None:
    """Close without a word."""


def silent(connection: socket.socket, _: bytes) -> None:
    """Do nothing until the other side has gone."""
    connection.recv(1)


def head_cut(connection: socket.socket, answer: bytes) -> None:
    connection.sendall(answer[: answer.index(b"\r\n\r\n") - 5])


def body_cut(connection: socket.socket, answer: bytes) -> None:
    connection.sendall(answer[:-7])


def body_cut_without_a_length(connection: socket.socket, answer: bytes) -> None:
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    connection.sendall(b"\r\n".join(lines) + b"\r\n\r\n" + body[:-7])


def reset_in_the_body(connection: socket.socket, answer: bytes) -> None:
    connection.sendall(answer[:-7])
    reset(connection, answer)


def no_http(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")


def saying(status: int, body: bytes, *headers: str) -> Fault:
    def say(connection: socket.socket, _: bytes) -> None:
        lines = "".join(f"{line}\r\n" for line in (*headers, f"Content-Length: {len(body)}", "Connection: close"))
        connection.sendall(f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body)

    return say
