"""The small HTTP server of `krea-client batch run --webhook`: it passes calls on to the receiver of the run."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, cast

from krea_client.bulk.webhook_receiver import MOST_BYTES
from krea_client.cli.inputs import BadInput

if TYPE_CHECKING:
    from krea_client.bulk.webhook_receiver import WebhookReceiver

_PATIENCE = 10.0  # seconds for the bytes of one call


class WebhookServer(ThreadingHTTPServer):
    """Listens from its creation on; answers 503 until it has a receiver."""

    daemon_threads = True
    receiver: WebhookReceiver | None = None


class WebhookCall(BaseHTTPRequestHandler):
    """One connection of whoever calls."""

    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE

    def do_POST(self) -> None:  # the library's name
        """Pass a call on."""
        length = self.headers.get("content-length", "")
        receiver = cast("WebhookServer", self.server).receiver
        if receiver is None:
            self._answer(503)
        elif (refusal := receiver.refusal("POST", self.path)) is not None:
            self._answer(refusal)
        elif not (length.isascii() and length.isdigit()):
            self._answer(411)
        elif int(length) > MOST_BYTES:
            self._answer(413)
        else:
            self._answer(receiver.receive(self.path, self.rfile.read(int(length))), keep=True)

    def do_GET(self) -> None:  # the library's name
        """Refuse another method."""
        self._answer(405)

    def _answer(self, status: int, *, keep: bool = False) -> None:
        self.send_response(status)
        self.send_header("content-length", "0")
        if not keep:  # the body was not read
            self.send_header("connection", "close")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Write nothing: standard error belongs to the run."""


@contextmanager
def listening(address: str) -> Generator[WebhookServer]:
    """Serve on HOST:PORT within the block.

    Raises:
        BadInput: nothing can listen there.
    """
    host, _, port = address.rpartition(":")
    try:
        server = WebhookServer((host.strip("[]"), int(port)), WebhookCall)
    except (ValueError, OverflowError, OSError) as fault:
        reason = getattr(fault, "strerror", None) or "not HOST:PORT"
        raise BadInput(f"--webhook-listen {address}: {reason}; give a free port, such as 127.0.0.1:8787") from None
    thread = Thread(target=server.serve_forever, name="krea-client-webhooks", daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
