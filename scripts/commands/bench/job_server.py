"""A server of jobs that take their time, for measuring how a batch is driven: raw asyncio, so that it costs little beside its clients.

Run as a program, it prints its port and serves until its standard input ends; `GET /stats` tells what was asked and when jobs ended.
"""

from __future__ import annotations

import asyncio
import json
import random
import struct
import sys
import time
import zlib
from bisect import bisect_left
from datetime import datetime
from typing import cast
from urllib.parse import parse_qs

from bench.loopback import request_end

SEED = 20261129


def lengths(count: int, median: float, spread: float) -> list[float]:
    """Return the seconds that the jobs take, the same ones each time."""
    draw = random.Random(SEED)
    return [median * draw.lognormvariate(0.0, spread) for _ in range(count)]


def ideal_seconds(seconds: list[float], at_once: int, file_seconds: float) -> float:
    """Return how long the jobs take when each slot gets the next one at once, and the last result is saved at the end."""
    slots = [0.0] * at_once
    for length in seconds:
        slots.sort()
        slots[0] += length
    return max(slots) + file_seconds


def picture(size: int) -> bytes:
    """Return a PNG file of about so many bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixel = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return (
        b"\x89PNG\r\n\x1a\n" + header + pixel + chunk(b"noTe", random.Random(1).randbytes(size)) + chunk(b"IEND", b"")
    )


class TimedJobs:
    """The jobs of one run.

    Args:
        seconds: how long each takes, in the order of the submissions.
        size: bytes of a result.
        file_seconds: how long its host thinks before it answers.
        post_seconds: how long a POST takes; its job begins after half of it.
    """

    def __init__(self, seconds: list[float], size: int, file_seconds: float, post_seconds: float = 0.0) -> None:
        self.seconds, self.file_seconds, self.post_seconds = seconds, file_seconds, post_seconds
        self.began: list[float] = []
        self.seen: dict[int, float] = {}  # when an answer said that the job has ended
        self.counts = {"POST": 0, "look": 0, "page": 0, "file": 0}
        self.file = _response(picture(size), "image/png")

    def row(self, number: int, host: str) -> dict[str, object]:
        """Return a job as the API shows it now."""
        ended = self.began[number] + self.seconds[number]
        done = time.monotonic() >= ended
        if done:
            self.seen.setdefault(number, time.monotonic())
        return {
            "job_id": f"{number:08d}-0000-4000-8000-000000000000",
            "status": "completed" if done else "processing",
            "created_at": _date(self.began[number]),
            "completed_at": _date(ended) if done else None,
            "result": {"urls": [f"http://{host}/files/{number}.png"]} if done else None,
        }

    def page(self, query: dict[str, str], host: str) -> dict[str, object]:
        """Return a page of the list, newest first."""
        numbers = range(len(self.began) - 1, -1, -1)
        if "cursor" in query:
            numbers = numbers[len(numbers) - bisect_left(self.began, _at(query["cursor"])) :]
        limit = int(query.get("limit", "100"))
        items = [self.row(number, host) for number in numbers[:limit]]
        return {"items": items, "next_cursor": items[-1]["created_at"] if len(numbers) > limit else None}

    def answer(self, method: str, target: str, host: str) -> bytes:
        """Return the whole response to a request."""
        path, _, query = target.partition("?")
        if method == "POST":
            self.counts["POST"] += 1
            self.began.append(time.monotonic())
            return _json_response(self.row(len(self.began) - 1, host) | {"status": "queued", "result": None})
        if path.startswith("/files/"):
            self.counts["file"] += 1
            return self.file
        if path == "/stats":
            late = [at - self.began[number] - self.seconds[number] for number, at in self.seen.items()]
            first = self.began[0] if self.began else None
            return _json_response({"counts": self.counts, "late": late, "first": first})
        if path == "/jobs":
            self.counts["page"] += 1
            return _json_response(self.page({name: values[0] for name, values in parse_qs(query).items()}, host))
        self.counts["look"] += 1
        return _json_response(self.row(int(path.rpartition("/")[2][:8]), host))


_STARTED = (time.time(), time.monotonic())


def _date(at: float) -> str:
    moment = _STARTED[0] + at - _STARTED[1]
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(moment)) + f".{int(moment % 1 * 1e6):06d}Z"


def _at(date: str) -> float:
    return datetime.fromisoformat(date).timestamp() - _STARTED[0] + _STARTED[1]


def _response(body: bytes, kind: str) -> bytes:
    head = f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _json_response(document: object) -> bytes:
    return _response(json.dumps(document, separators=(",", ":")).encode(), "application/json")


class JobConnection(asyncio.Protocol):
    """One connection."""

    jobs: TimedJobs  # of the server's run

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)  # a stream server makes no other
        self._received = b""

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._received += data
        while end := request_end(self._received):
            head = self._received[:end].partition(b"\r\n\r\n")[0].decode("latin-1")
            self._received = self._received[end:]
            method, target, _ = head.split(" ", 2)
            host = next(line[6:] for line in head.split("\r\n") if line.lower().startswith("host: "))
            later = asyncio.get_running_loop().call_later
            if method == "POST" and self.jobs.post_seconds:
                later(self.jobs.post_seconds / 2, self._create, target, host)
                continue
            response = self.jobs.answer(method, target, host)
            if target.startswith("/files/"):
                later(self.jobs.file_seconds, self._transport.write, response)
            else:
                self._transport.write(response)

    def _create(self, target: str, host: str) -> None:
        response = self.jobs.answer("POST", target, host)
        asyncio.get_running_loop().call_later(self.jobs.post_seconds / 2, self._transport.write, response)


async def serve(jobs: TimedJobs) -> None:
    """Serve on a free port, print it, and end with the standard input."""
    JobConnection.jobs = jobs
    loop = asyncio.get_running_loop()
    server = await loop.create_server(JobConnection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    count, median, spread, size, file_seconds, *post_seconds = (float(argument) for argument in sys.argv[1:])
    asyncio.run(serve(TimedJobs(lengths(int(count), median, spread), int(size), file_seconds, *post_seconds)))
