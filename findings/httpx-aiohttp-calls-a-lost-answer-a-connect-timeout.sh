#!/usr/bin/env bash
# httpx-aiohttp 0.2.0 (a transport for httpx) with httpx 0.28.1 and aiohttp 3.14.5: a response that is lost becomes httpx.ConnectTimeout.
#
# Guess before the first run: when the server has read a POST and closes the connection without a response, the transport raises what httpx's
# own raises, RemoteProtocolError or ReadError.
# Seen: httpx.ConnectTimeout, at once, also for a reset connection and for a response that ends within its head. aiohttp's base class for errors
# of connections, which these derive from, is taken for a timeout while connecting.
# Consequence: a program that sends a request again after ConnectTimeout, since "nothing went out", sends a paid request twice.
#
# Output seen on 2026-11-30 (Python 3.11):
#   closed: the server has read 1 POST; ConnectTimeout after less than 5 s
#   reset: the server has read 1 POST; ConnectTimeout after less than 5 s
#   cut: the server has read 1 POST; ConnectTimeout after less than 5 s
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check httpx-aiohttp==0.2.0 httpx==0.28.1 aiohttp==3.14.5
"$work/venv/bin/python" - <<'PYTHON'
import asyncio
import socket
import struct
import sys
import time

import httpx
from httpx_aiohttp import AiohttpTransport

BODY = b'{"prompt": "a lighthouse"}'


async def seen(ending):
    posts = []

    async def serve(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        posts.append((head.split()[0], await reader.readexactly(len(BODY))))
        if ending == "cut":
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-le")
        elif ending == "reset":
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = "http://127.0.0.1:%d/" % server.sockets[0].getsockname()[1]
    began = time.monotonic()
    async with httpx.AsyncClient(transport=AiohttpTransport(), timeout=30) as client:
        try:
            name = str((await client.post(url, content=BODY)).status_code)
        except httpx.HTTPError as error:
            name = type(error).__name__
    server.close()
    assert posts == [(b"POST", BODY)], posts
    quick = "less" if time.monotonic() - began < 5 else "more"
    print(f"{ending}: the server has read {len(posts)} POST; {name} after {quick} than 5 s")
    return name


names = [asyncio.run(seen(ending)) for ending in ("closed", "reset", "cut")]
sys.exit(names != ["ConnectTimeout"] * 3)
PYTHON
