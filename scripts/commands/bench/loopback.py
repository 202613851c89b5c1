"""A server that is faster than every client it is measured with: any request gets one ready answer in one write, with a number of its own.

Run as a program, it prints its port and serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import json
import sys
from itertools import count
from typing import cast

_JOB_ID = "0b4fbf5e-6f3a-4d09-9d43-000000000000"
_NUMBER = _JOB_ID[-12:].encode()  # replaced in each answer: a client may refuse the job of an earlier request
_numbers = count(1)
_JOB = {
    "job_id": _JOB_ID,
    "status": "queued",
    "created_at": "2026-11-20T09:00:00.000Z",
    "completed_at": None,
    "result": None,
}
_FAL = {"request_id": "1", "response_url": "http://x/r", "status_url": "http://x/s", "cancel_url": "http://x/c"}
_REPLICATE = {
    "id": "1",
    "model": "a/b",
    "version": "c",
    "status": "starting",
    "input": {},
    "output": None,
    "logs": "",
    "error": None,
    "metrics": None,
    "created_at": "2026-11-20T09:00:00.000Z",
    "started_at": None,
    "completed_at": None,
    "urls": {"get": "http://x/g", "cancel": "http://x/c"},
}
_OPENAI = {"created": 1795160000, "data": [{"url": "http://x/p.png"}]}

# What each client expects to be told, by the beginning of the path that it is pointed to.
_RUNWAYML = {"id": "1"}
ANSWERS: dict[bytes, object] = {
    b"/fal/": _FAL,
    b"/replicate/": _REPLICATE,
    b"/openai/": _OPENAI,
    b"/runwayml/": _RUNWAYML,
    b"/": _JOB,
}


def _response(document: object) -> bytes:
    body = json.dumps(document, separators=(",", ":")).encode()
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


_RESPONSES = {path: _response(document) for path, document in ANSWERS.items()}


def answer_to(head: bytes) -> bytes:
    """Return the whole response to a request with this head; every job has an id of its own."""
    target = head.split(b" ", 2)[1]
    response = next(response for path, response in _RESPONSES.items() if target.startswith(path))
    return response.replace(_NUMBER, b"%012d" % next(_numbers))


def request_end(received: bytes) -> int:
    """Return where the first request ends, or 0 while it is not whole."""
    head, mark, _ = received.partition(b"\r\n\r\n")
    if not mark:
        return 0
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    end = len(head) + len(mark) + length
    return end if len(received) >= end else 0


class Exchange(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)  # a stream server makes no other
        self._received = b""

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._received += data
        while end := request_end(self._received):
            self._transport.write(answer_to(self._received))
            self._received = self._received[end:]


async def serve() -> None:
    """Serve on a free port, print it, and end with the standard input."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Exchange, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve())
