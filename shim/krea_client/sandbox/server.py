"""The sandbox on a port of this computer: in the foreground, or in a thread for as long as a block lasts."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from krea_client.sandbox.asgi import SandboxApp
from krea_client.sandbox.http_messages import Delivery
from krea_client.sandbox.sandbox import Sandbox

if TYPE_CHECKING:
    import uvicorn

LOOPBACK = "127.0.0.1"
GRACE = 1  # seconds that an unfinished answer gets at the end


def serve(box: Sandbox, port: int = 0, host: str = LOOPBACK, ready: Callable[[str], object] | None = None) -> None:
    """Serve the sandbox until it is interrupted; calls `ready` with the URL once connections are taken.

    Port 0 takes any free one. Raises OSError when the port is taken, KeyboardInterrupt after Ctrl-C.
    """
    with _listen(host, port) as listener:
        if ready is not None:
            ready(_url(listener))
        _server(box).run(sockets=[listener])


@contextmanager
def running(
    box: Sandbox, port: int = 0, host: str = LOOPBACK, post: Callable[[Delivery], object] | None = None
) -> Generator[str]:
    """Serve the sandbox in a thread while the block runs, and give its URL; at the end nothing is left open.

    With `post`, webhook calls are handed to it instead of the network.
    """
    with _listen(host, port) as listener:
        server = _server(box, post)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="krea-sandbox", daemon=True)
        thread.start()
        try:
            yield _url(listener)
        finally:
            server.should_exit = True
            thread.join()


def _listen(host: str, port: int) -> socket.socket:
    # asyncio turns Nagle's algorithm off only where the socket says TCP in so many words; with it on, an answer takes 40 ms.
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere the option would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        # Listening from here on: a client that comes before the server is up waits instead of being refused.
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener


def _url(listener: socket.socket) -> str:
    own, port = listener.getsockname()[:2]
    host: str = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(own) or own  # noqa: S104  # all addresses are one to connect to on Linux alone
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _server(box: Sandbox, post: Callable[[Delivery], object] | None = None) -> uvicorn.Server:
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(
            SandboxApp(box, post),
            lifespan="on",
            ws="none",
            access_log=False,
            log_config=None,  # the logging of the program around it stays as it is
            log_level="warning",
            date_header=False,  # the machine tells its own
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
    )
