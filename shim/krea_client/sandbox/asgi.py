"""The sandbox as a web application (ASGI), without a framework: a few calls per request."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from krea_client.sandbox.broken_responses import break_off
from krea_client.sandbox.byte_ranges import ranged
from krea_client.sandbox.control_api import PREFIX, control
from krea_client.sandbox.fault_kinds import Transmission
from krea_client.sandbox.http_messages import Delivery, Request, Response, refusal
from krea_client.sandbox.machine import IMAGES
from krea_client.sandbox.sandbox import Sandbox
from krea_client.sandbox.webhook_sender import WebhookSender

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# Above the 75 MB that an upload may have (platform.yaml): a larger body is read to its end but not kept.
MOST_BODY = 80 << 20


class SandboxApp:
    """Answers HTTP for one sandbox, and delivers its webhooks while it runs."""

    def __init__(self, sandbox: Sandbox, post: Callable[[Delivery], object] | None = None) -> None:
        self._sandbox = sandbox
        self._webhook_sender = WebhookSender(sandbox.machine, post, sandbox.faults)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event of the ASGI server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        request = _request(scope, body or b"")
        if body is None:
            passage = Transmission(refusal(413, f"The body has more than {MOST_BODY >> 20} MB."))
        elif request.path.startswith(PREFIX):
            passage = Transmission(control(self._sandbox, request))
        elif request.path.startswith(IMAGES):
            # Drawing takes a tenth of a second; a thread keeps the server responsive.
            passage = await asyncio.to_thread(self._passage, request)
        else:
            passage = await self._delayed_passage(request)
        if passage.end:
            await break_off(passage, receive, send)
        else:
            await _respond(passage.response, passage.pause, send)

    async def _delayed_passage(self, request: Request) -> Transmission:
        half_delay = self._sandbox.machine.half_delay(request)
        if half_delay:
            await asyncio.sleep(half_delay)
        passage = self._passage(request)
        if half_delay:
            await asyncio.sleep(half_delay)
        return passage

    def _passage(self, request: Request) -> Transmission:
        fault = self._sandbox.faults.meet(request)
        if fault is None:
            return Transmission(ranged(request, self._sandbox.answer(request)))
        return fault.play(request, lambda ranged_request: ranged(ranged_request, self._sandbox.answer(ranged_request)))

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        rounds = asyncio.create_task(self._webhook_sender.run())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        rounds.cancel()
        await asyncio.gather(rounds, return_exceptions=True)
        await send({"type": "lifespan.shutdown.complete"})


def _request(scope: Scope, body: bytes) -> Request:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    host, port = scope["server"]
    return Request(
        method=scope["method"],
        path=scope["raw_path"].decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        headers=headers,
        body=body,
        origin=f"{scope['scheme']}://{headers.get('host') or f'{host}:{port}'}",
    )


async def _body(receive: Receive) -> bytes | None:
    pieces: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        piece = message.get("body", b"")
        length += len(piece)
        if length <= MOST_BODY:
            pieces.append(piece)
        if not message.get("more_body"):
            return b"".join(pieces) if length <= MOST_BODY else None


async def _respond(response: Response, pause: float, send: Send) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()]
    headers.append((b"content-length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    for place in range(len(response.body) if pause else 0):
        await asyncio.sleep(pause)
        await send({"type": "http.response.body", "body": response.body[place : place + 1], "more_body": True})
    await send({"type": "http.response.body", "body": b"" if pause else response.body})
