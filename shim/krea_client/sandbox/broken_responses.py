"""Responses that break off on a real connection: a close, a reset, silence, half a body."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from krea_client.sandbox.fault_kinds import RESET, SILENT, UNCONNECTED, UNSENT, Transmission

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATIENCE = 60.0  # seconds that a silent end lasts when the client does not leave before


async def break_off(passage: Transmission, receive: Receive, send: Send) -> None:
    """Send as much of the response as the transmission allows, then end the connection as it says.

    A connection that has brought a request can no longer be refused: such an end is a silent close here.
    """
    transport: asyncio.Transport = send.__self__.transport  # type: ignore[attr-defined]  # ASGI has no word for a broken connection; uvicorn's send is a method of what holds it
    if passage.upto is not None:
        transport.write(_head(passage) + passage.response.body[: passage.upto])
    if passage.end in (SILENT, UNSENT, UNCONNECTED):
        with suppress(TimeoutError):
            await asyncio.wait_for(_gone(receive), PATIENCE)
    if passage.end == RESET:
        await asyncio.sleep(0.02)  # what was written must have left before the rest is thrown away
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    else:
        transport.close()
    with suppress(TimeoutError):  # uvicorn would complain of a missing answer before it has noticed the end
        await asyncio.wait_for(_gone(receive), 1.0)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _head(passage: Transmission) -> bytes:
    response = passage.response
    lines = {**response.headers, "connection": "close"}
    if passage.length != -1:
        lines["content-length"] = str(len(response.body) if passage.length is None else passage.length)
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {response.status} X\r\n{text}\r\n".encode("latin-1")
