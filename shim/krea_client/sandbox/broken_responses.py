"""Breaking an answer off over a real connection: a close, a reset, silence, half a body."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from krea_client.sandbox.fault_kinds import RESET, SILENT, UNCONNECTED, UNSENT, Passage

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATIENCE = 60.0  # seconds that a silent end lasts when the client does not leave before


async def break_off(passage: Passage, receive: Receive, send: Send) -> None:
    """Give the client so much of the answer and end the connection as the passage says.

    A connection that has brought a request can no longer be refused: such an end is a close without a word here.
    """
    transport: asyncio.Transport = send.__self__.transport  # type: ignore[attr-defined]  # ASGI has no word for a broken connection; uvicorn's send is a method of what holds it
    if passage.upto is not None:
        transport.write(_head(passage) + passage.response.body[: passage.upto])
    if passage.end in (SILENT, UNSENT, UNCONNECTED):
        with suppress(TimeoutError):
            await asyncio.wait_for(_gone(receive), PATIENCE)
    if passage.end == RESET:
        await asyncio.sleep(0.02)  # what was written must have left before the rest is thrown away
        held = transport.get_extra_info("socket")
        held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    else:
        transport.close()
    with suppress(TimeoutError):  # uvicorn would complain of a missing answer before it has noticed the end
        await asyncio.wait_for(_gone(receive), 1.0)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _head(passage: Passage) -> bytes:
    made = passage.response
    lines = {**made.headers, "connection": "close"}
    if passage.length != -1:
        lines["content-length"] = str(len(made.body) if passage.length is None else passage.length)
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {made.status} X\r\n{text}\r\n".encode("latin-1")
