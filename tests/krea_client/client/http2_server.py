"""An API over HTTP/2 and TLS on loopback, served by hypercorn in a thread."""

import asyncio
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from typing import Any

import pytest

from .keeping_server import job_id_of, trusted_context

pytest.importorskip("hypercorn")
pytest.importorskip("h2")


class Http2Api:
    """Creates a job for every POST, and completes it at the first poll.

    Attributes:
        versions: the HTTP versions that were spoken.
        peers: the addresses of the clients' connections.
        prompts: of the paid requests, in order.
        pause: seconds before each response.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.versions: set[str] = set()
        self.peers: set[tuple[str, int]] = set()
        self.prompts: list[str] = []
        self.pause = 0.0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        self.versions.add(scope["http_version"])
        self.peers.add(tuple(scope["client"]))
        body, more = b"", True
        while more:
            event = await receive()
            body, more = body + event.get("body", b""), event.get("more_body", False)
        job = {"job_id": scope["path"].rpartition("/")[2], "status": "completed", "result": {"urls": []}}
        if scope["method"] == "POST":
            prompt = json.loads(body)["prompt"]
            self.prompts.append(prompt)
            job = {"job_id": job_id_of(prompt), "status": "queued"}
        await asyncio.sleep(self.pause)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps(job).encode()})


async def _live(receive: Any, send: Any) -> None:
    while (event := (await receive())["type"]) != "lifespan.shutdown":
        await send({"type": f"{event}.complete"})
    await send({"type": f"{event}.complete"})


@contextmanager
def serving_http2(folder: Path) -> Iterator[Http2Api]:
    """Serve; `folder`/bundle.pem is the authority that a client has to trust."""
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    context, _ = trusted_context(folder)
    context.set_alpn_protocols(["h2"])

    class TlsConfig(Config):
        ssl_enabled = True

        def create_ssl_context(self) -> ssl.SSLContext:
            return context

    listener = create_server(("127.0.0.1", 0))
    api = Http2Api(f"https://localhost:{listener.getsockname()[1]}")
    config = TlsConfig()
    config.bind = [f"fd://{listener.detach()}"]
    config.loglevel, config.graceful_timeout, config.shutdown_timeout = "CRITICAL", 0.1, 0.1
    loop, stopping = asyncio.new_event_loop(), asyncio.Event()
    serving: Any = serve(api, config, shutdown_trigger=stopping.wait)
    thread = threading.Thread(target=loop.run_until_complete, args=(serving,), daemon=True)
    thread.start()
    try:
        yield api
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(10)
        loop.close()
