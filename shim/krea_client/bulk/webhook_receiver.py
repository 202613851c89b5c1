"""Webhooks of a bulk run: a URL for each item that cannot be guessed, and a small ASGI app that receives the calls.

A call makes the run look at one job: what counts is what the API answers then. So a call that comes late, twice, for a job of somebody
else, or from somebody else, changes nothing. Calls for items whose POSTs got no answer say which job belongs to which item; the run adopts
these jobs only where no other program can have made one of them; see `settle`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from krea_client import webhooks
from krea_client.bulk.progress_figures import RunControl
from krea_client.errors import UnexpectedAnswer

MOST_BYTES = 1 << 20  # of a call; the job of a call has a few hundred
_MOST_NOTICES = 100_000  # that wait; more are dropped, and the run finds those jobs by its own looks

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class WebhookAddresses:
    """The addresses of one run: the number of the item, and a signature of it.

    Args:
        base_url: where Krea reaches the receiver, such as https://example.com/krea.
        secret: makes the signatures; the same secret after a restart lets calls of before count. A new one where None.

    Raises:
        ValueError: the address is no http or https one.
    """

    def __init__(self, base_url: str, secret: str | None = None) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"webhook={base_url!r}: give an address without a query, such as https://example.com/krea")
        self._base = base_url.rstrip("/")
        self._secret = (secret or secrets.token_urlsafe(32)).encode()

    def of(self, ordinal: int) -> str:
        """Return the address for the item with this number; give this function to a run as `webhook`."""
        return f"{self._base}/{ordinal}/{self._signature(ordinal)}"

    def ordinal_of(self, path: str) -> int | None:
        """Return the number of the item that a path is for, or None where its signature is not ours."""
        parts = path.rstrip("/").rsplit("/", 2)
        if len(parts) != 3 or not (parts[1].isascii() and parts[1].isdigit()) or len(parts[1]) > 18:
            return None
        ordinal = int(parts[1])
        own = self._signature(ordinal)
        return ordinal if hmac.compare_digest(own.encode(), parts[2].encode("utf-8", "replace")) else None

    def _signature(self, ordinal: int) -> str:
        return hmac.new(self._secret, str(ordinal).encode(), hashlib.sha256).hexdigest()[:32]


class WebhookReceiver:
    """An ASGI app that receives the calls, for any ASGI server.

    It answers 204 to a call that it has noted, 404 to an address that is not ours, 400 to a body that is no job, 413 to one that is too
    large, 405 to another method.

    Args:
        addresses: those of the run.
        control: of the run, which is told.
    """

    def __init__(self, addresses: WebhookAddresses, control: RunControl) -> None:
        self._addresses = addresses
        self._control = control

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one event of the server."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            status = await self._status(scope, receive)
            await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})

    async def _status(self, scope: Scope, receive: Receive) -> int:
        refusal = self.refusal(scope["method"], scope["path"])
        if refusal is not None:
            return refusal
        body = await _body(receive)
        return 413 if body is None else self.receive(scope["path"], body)

    def refusal(self, method: str, path: str) -> int | None:
        """Return the status of a request whose body is not worth reading, or None."""
        if self._addresses.ordinal_of(path) is None:
            return 404
        return None if method == "POST" else 405

    def receive(self, path: str, body: bytes) -> int:
        """Note a call, and return the status of its answer; for servers that are no ASGI servers."""
        ordinal = self._addresses.ordinal_of(path)
        if ordinal is None:
            return 404
        try:
            job = webhooks.parse(body)
        except UnexpectedAnswer:
            return 400
        if len(self._control.notices) < _MOST_NOTICES:
            self._control.notices.append((ordinal, job))
        return 204


async def _body(receive: Receive) -> bytes | None:
    body = b""
    while True:
        message = await receive()
        piece: bytes = message.get("body", b"")
        body += piece
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body"):
            return body


async def _live(receive: Receive, send: Send) -> None:
    for kind in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{kind}.complete"})
