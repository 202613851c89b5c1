"""The API and its file host under real conditions: TLS where it is given a certificate, files of any size that begin after a while.

Run as a program, it prints its port and serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import ssl
import struct
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from bench.job_server import picture
from bench.loopback import answer_to

PIECE = 1 << 18


def video_head(size: int) -> bytes:
    """Return the first bytes of an MP4 file of so many bytes: its brand, an index, and the head of the box that is the rest."""
    brand = struct.pack(">I", 20) + b"ftypisom\0\0\0\0isom" + struct.pack(">I", 8) + b"moov"
    return brand + struct.pack(">I", 1) + b"mdat" + struct.pack(">Q", size - len(brand))


def file_head(kind: str, size: int) -> bytes:
    """Return the head of the response that brings a file."""
    return f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {size}\r\n\r\n".encode()


async def file_pieces(target: str) -> AsyncIterator[bytes]:
    """Yield the response to /picture/SIZE/MILLISECONDS/NAME or /video/SIZE/NAME, piece by piece."""
    _, kind, size, *rest = target.split("/")
    if kind == "picture":
        await asyncio.sleep(int(rest[0]) / 1000)
        content = picture(int(size))
        yield file_head("image/png", len(content)) + content
        return
    head, piece = video_head(int(size)), bytes(PIECE)
    yield file_head("video/mp4", int(size)) + head
    left = int(size) - len(head)
    while left:
        yield piece[:left]
        left -= min(left, PIECE)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection."""
    while True:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            break
        lines = [line.partition(b":") for line in head.split(b"\r\n")[1:]]
        length = next((int(value) for name, _, value in lines if name.lower() == b"content-length"), 0)
        await reader.readexactly(length)
        target = head.split(b" ", 2)[1].decode("latin-1")
        if target.startswith(("/picture/", "/video/")):
            async for piece in file_pieces(target):
                writer.write(piece)
                await writer.drain()
        else:
            writer.write(answer_to(head))
    writer.close()


async def serve(certificate: Path | None) -> None:
    """Serve on a free port, print it, and end with the standard input."""
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
