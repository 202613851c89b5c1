"""An API on loopback that keeps its connections open, over plain sockets or TLS, and may send more than it was asked for."""

import json
import socket
import ssl
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from pathlib import Path
from typing import Any, BinaryIO

from krea_client.legacy.gateway.certificates import CertificateAuthority

PATIENCE = 30.0  # seconds for what takes thousandths of one on an idle computer


def job_id_of(prompt: str) -> str:
    """Return the id that the server gives to the job of a prompt."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, prompt))


class KeepingServer:
    """Creates a job for every POST, and completes it at the first poll.

    Attributes:
        prompts: of the paid requests, in order.
        connections: how many were opened.
        behind: bytes to send in one piece with the next response to a POST.
        later: bytes to send behind the next response to a POST, when `send_later` says so.
        before: bytes to send when a POST has arrived on a connection that has carried another request, ahead of its response.
        pause: seconds before each response.
    """

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self._context = context
        self._stopping = threading.Event()
        self._kept_back = False
        self._later_wanted, self._later_sent = threading.Event(), threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        origin = "https://localhost" if context else "http://127.0.0.1"
        self.url = f"{origin}:{self._listener.getsockname()[1]}"
        self.prompts: list[str] = []
        self.connections = 0
        self._requests: dict[socket.socket, int] = {}
        self.behind = self.later = self.before = b""
        self.pause = 0.0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._stopping.set()
        self._later_wanted.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def send_later(self) -> bool:
        """Send the bytes of `later` behind the response that went before, and return whether there were any."""
        if not self._kept_back:
            return False
        self._later_wanted.set()
        assert self._later_sent.wait(PATIENCE)
        self._kept_back = False
        self._later_wanted.clear()
        self._later_sent.clear()
        return True

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        with suppress(OSError):
            connection = self._context.wrap_socket(raw, server_side=True) if self._context else raw
            with connection, connection.makefile("rb") as stream:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while request := self._next_request(connection, stream):
                    headers = {}
                    while line := stream.readline().strip():
                        name, _, value = line.decode().partition(":")
                        headers[name.lower()] = value.strip()
                    body = stream.read(int(headers.get("content-length", 0)))
                    self._stopping.wait(self.pause)
                    self._respond(connection, request[0].decode(), request[1].decode(), body)

    def _next_request(self, connection: socket.socket, stream: BinaryIO) -> list[bytes]:
        request = stream.readline().split()
        self._requests[connection] = self._requests.get(connection, 0) + 1
        if self.before and request[:1] == [b"POST"] and self._requests[connection] > 1:
            before, self.before = self.before, b""
            connection.sendall(before)
        return request

    def _respond(self, connection: socket.socket, method: str, path: str, body: bytes) -> None:
        if method != "POST":
            job = {
                "job_id": path.rpartition("/")[2],
                "status": "completed",
                "result": {"urls": ["https://a.example/1"]},
            }
            connection.sendall(response(job))
            return
        prompt = json.loads(body)["prompt"]
        self.prompts.append(prompt)
        behind, self.behind = self.behind, b""
        later, self.later = self.later, b""
        self._kept_back = bool(later)
        connection.sendall(response({"job_id": job_id_of(prompt), "status": "queued"}) + behind)
        if later:
            self._later_wanted.wait()
            connection.sendall(later)
            self._later_sent.set()


def response(body: Any, status: str = "200 OK") -> bytes:
    """Return a whole response with a JSON body."""
    text = json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ndate: {formatdate(usegmt=True)}\r\n"
    return f"{head}content-length: {len(text)}\r\n\r\n".encode() + text


@contextmanager
def keeping(context: ssl.SSLContext | None = None) -> Iterator[KeepingServer]:
    server = KeepingServer(context)
    try:
        yield server
    finally:
        server.close()


def trusted_context(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return the context of a server on localhost, and the file of certificates that a client has to trust."""
    authority = CertificateAuthority()
    bundle = folder / "bundle.pem"
    bundle.write_text(authority.pem)
    return authority.server_context("localhost"), bundle
