"""A small Krea API of bare sockets, for faults that no HTTP server can be made to have.

It bills every paid POST that arrives whole, keeps the bill in a ledger, and sends the bytes that a fault gives it.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from math import inf
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.request import urlopen
from uuid import uuid4

from .loopback_listener import LoopbackListener

COMMANDS = str(Path(__file__).resolve().parents[2])
LEDGER = "/__ledger__"
IDLE_LOOKS, PAUSE = 3, 0.01  # an API that is idle at so many looks, so many seconds apart, is idle
PATIENCE = 20.0  # seconds
OPERATIONS = ("submit", "poll", "download", "upload", "list", "cancel")


class RawRequest(NamedTuple):
    """A request as it came."""

    operation: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class RawExchange:
    """One request, the connection that it came on, and the whole good response to it; what a fault plays with."""

    def __init__(
        self, api: RawApi, connection: socket.socket, request: RawRequest, status: int, body: bytes, media: str
    ) -> None:
        self.api, self.connection, self.request = api, connection, request
        self.status, self.body, self.media = status, body, media

    @property
    def whole(self) -> bytes:
        """The good response."""
        return response(self.status, self.body, f"content-type: {self.media}", f"date: {self.api.date()}")

    def rewritten(self, *lines: str, body: bytes | None = None) -> bytes:
        """Return the good response with more header lines, and another coding of its body."""
        content = self.body if body is None else body
        return response(
            self.status,
            content,
            f"content-type: {self.media}",
            *lines,
            length="transfer-encoding: chunked" not in lines,
        )

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self.connection.sendall(data)

    def reset(self) -> None:
        """Close so that the other side sees a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def hang(self, seconds: float = 5.0) -> None:
        """Wait until the other side has gone."""
        self.connection.settimeout(seconds)
        with suppress(OSError):
            while self.connection.recv(65536):
                pass


def response(status: int, body: bytes = b"", *lines: str, length: bool = True, version: str = "1.1") -> bytes:
    """Return a response with these header lines, and its Content-Length."""
    headers = [*lines, f"content-length: {len(body)}"] if length else list(lines)
    return (
        f"HTTP/{version} {status} X\r\n".encode() + "".join(f"{line}\r\n" for line in headers).encode() + b"\r\n" + body
    )


# A fault plays one exchange; what it returns says whether the connection may be used for another.
Play = Callable[[RawExchange], "bool | None"]


class PlannedFault(NamedTuple):
    """A fault that waits for a request of its operation.

    Attributes:
        unread: it is played before the body of the request is read.
        refused: the request is read and not billed.
    """

    play: Play
    unread: bool = False
    refused: bool = False


class RawApi:
    """The server. Each connection has a thread; the ledger is right whatever the client believes.

    Attributes:
        ledger: the jobs billed, in order, as the API shows them.
        uploads: how many files were stored.
        requests: all requests that arrived whole.
        clock_offset: seconds by which this API's clock differs from the real one.
        delay: seconds before each response.
        finishing: how many jobs are completed when they are looked at; all later ones go on for ever.
    """

    def __init__(self, clock_offset: float = 0.0, delay: float = 0.0, *, finishing: float = inf) -> None:
        self.clock_offset, self.delay, self.finishing = clock_offset, delay, finishing
        self.ledger: list[dict[str, Any]] = []
        self.uploads = 0
        self.requests: list[RawRequest] = []
        self.faults: dict[str, list[PlannedFault]] = {operation: [] for operation in OPERATIONS}
        self.met = 0
        self._lock = threading.Lock()
        self._answering = 0
        self._listener = LoopbackListener(self._serve)
        self.url = f"http://127.0.0.1:{self._listener.port}"

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving and drop all connections."""
        self._listener.close()

    def is_idle(self) -> bool:
        """Return whether nothing that was sent waits to be read, and no request is being answered."""
        return not self._answering and not wait(self._listener.sockets(), timeout=0)

    def wait_until_idle(self) -> None:
        """Wait until all that was sent has arrived and has been answered; a thread may have read and not begun yet, so look again."""
        idle_looks, limit = 0, time.monotonic() + PATIENCE
        while idle_looks < IDLE_LOOKS and time.monotonic() < limit:
            time.sleep(PAUSE)
            idle_looks = idle_looks + 1 if self.is_idle() else 0

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self._answering += 1
        try:
            yield
        finally:
            with self._lock:
                self._answering -= 1

    def now(self) -> str:
        """Return the time by this API's clock."""
        return (datetime.now(UTC) + timedelta(seconds=self.clock_offset)).isoformat().replace("+00:00", "Z")

    def date(self) -> str:
        """Return the time by this API's clock, as a Date header has it."""
        return format_datetime(datetime.now(UTC) + timedelta(seconds=self.clock_offset), usegmt=True)

    def _serve(self, connection: socket.socket) -> None:
        pending = b""
        while True:
            head, _, pending = _read_until(connection, pending, b"\r\n\r\n").partition(b"\r\n\r\n")
            with self._counted():
                if not head or not self._answer(connection, head, pending):
                    break
            pending = b""

    def _answer(self, connection: socket.socket, head: bytes, pending: bytes) -> bool:
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        request = RawRequest(operation_of(method, path), method, path, headers, b"")
        fault = self._next_fault(request.operation)
        if fault is not None and fault.unread:
            return bool(fault.play(RawExchange(self, connection, request, 0, b"", "")))
        body = pending
        while len(body) < int(headers.get("content-length", 0)):
            piece = connection.recv(65536)
            if not piece:
                return False
            body += piece
        request = request._replace(body=body)
        with self._lock:
            self.requests.append(request)
            refused = fault is not None and fault.refused
            status, content, media = (0, b"", "") if refused else self._result(request)
        time.sleep(self.delay)
        exchange = RawExchange(self, connection, request, status, content, media)
        if fault is not None:
            return bool(fault.play(exchange))
        exchange.send(exchange.whole)
        return True

    def _next_fault(self, operation: str) -> PlannedFault | None:
        with self._lock:
            if not self.faults[operation]:
                return None
            self.met += 1
            return self.faults[operation].pop(0)

    def _result(self, request: RawRequest) -> tuple[int, bytes, str]:
        job_id = request.path.rpartition("/")[2].partition(".")[0].partition("?")[0]
        job = next((job for job in self.ledger if job["job_id"] == job_id), None)
        if request.operation == "submit":
            return (
                200,
                json.dumps(_as_others_say(request.path, {**self.bill(request), "root": self.url})).encode(),
                "application/json",
            )
        if request.path == LEDGER:
            return 200, json.dumps(self.ledger).encode(), "application/json"
        if request.operation == "upload":
            self.uploads += 1
            address = f"{self.url}/files/{uuid4()}.png"
            return 200, json.dumps({"id": str(uuid4()), "image_url": address}).encode(), "application/json"
        if request.operation == "list":
            items = [self.completed(job) for job in reversed(self.ledger)] if "cursor=" not in request.path else []
            return 200, json.dumps({"items": items, "next_cursor": None}).encode(), "application/json"
        if running := _running_elsewhere(request.path):
            return 200, json.dumps(running).encode(), "application/json"
        if request.operation == "poll" and job:
            return 200, json.dumps(self.completed(job)).encode(), "application/json"
        if request.operation == "cancel" and job:
            return 204, b"", "application/json"
        if request.operation == "download":
            return 200, PICTURE, "image/png"
        return 404, b'{"error": "not found"}', "application/json"

    def bill(self, request: RawRequest) -> dict[str, Any]:
        """Add a job to the ledger and return it as the API shows it. The caller holds the lock."""
        job = {
            "job_id": str(uuid4()),
            "status": "queued",
            "created_at": self.now(),
            "completed_at": None,
            "result": None,
        }
        self.ledger.append({**job, "prompt": _prompt_in(json.loads(request.body or b"{}"))})
        return job

    def completed(self, job: dict[str, Any]) -> dict[str, Any]:
        """Return a job of the ledger as completed."""
        document = {name: value for name, value in job.items() if name != "prompt"}
        if self.ledger.index(job) >= self.finishing:
            return {**document, "status": "processing"}
        result = {"urls": [f"{self.url}/files/{job['job_id']}.png"]}
        return {**document, "status": "completed", "completed_at": self.now(), "result": result}


def _prompt_in(body: Any) -> str | None:
    """Return the prompt, which other clients send inside another object."""
    if not isinstance(body, dict):
        return None
    inner = next((value for value in body.values() if isinstance(value, dict)), None)
    return (
        str(body["prompt"])
        if "prompt" in body
        else str(body["promptText"])
        if "promptText" in body
        else _prompt_in(inner)
    )


def _as_others_say(path: str, job: dict[str, Any]) -> dict[str, Any]:
    """Return a job as the API of another client shows it, by the first part of the path."""
    job_id, root = job["job_id"], job.pop("root")
    if path.startswith("/fal/"):
        urls = {f"{name}_url": f"{root}/fal/requests/{job_id}/{name}" for name in ("response", "status", "cancel")}
        return {"request_id": job_id, "status": "IN_QUEUE", "queue_position": 0, **urls}
    if path.startswith("/replicate/"):
        return _prediction(job_id, "starting", f"{root}/replicate/predictions/{job_id}")
    if path.startswith("/openai/"):
        return {"created": 1, "data": [{"url": f"https://example.com/{job_id}.png"}]}
    return {"id": job_id, "createdAt": job["created_at"]} if path.startswith("/runwayml/") else job


def _running_elsewhere(path: str) -> dict[str, Any] | None:
    """Return a job of another client that runs on, for the path by which it is looked at."""
    job_id = path.removesuffix("/status").rpartition("/")[2]
    if path.startswith("/fal/"):
        return {"status": "IN_PROGRESS", "request_id": job_id, "logs": None}
    if path.startswith("/replicate/"):
        return {**_prediction(job_id, "processing", path), "cog_version": "1", "openapi_schema": {}}
    if path.startswith("/runwayml/"):
        return {"id": job_id, "status": "RUNNING", "createdAt": "2026-11-20T00:00:00Z", "progress": 0.1}
    return None


def _prediction(job_id: str, status: str, url: str) -> dict[str, Any]:
    empty = dict.fromkeys(("output", "logs", "error", "metrics", "started_at", "completed_at"))
    fields = {"id": job_id, "model": "a/b", "version": "c", "status": status, "input": {}, "source": "api"}
    return {**empty, **fields, "created_at": "2026-11-20T00:00:00Z", "urls": {"get": url, "cancel": url}}


def operation_of(method: str, path: str) -> str:
    """Return the name of the operation that a request is for."""
    if method == "POST":
        return "upload" if path.startswith("/assets") else "submit"
    if path.startswith("/jobs/"):
        return "cancel" if method == "DELETE" else "poll"
    return "list" if path.startswith("/jobs") else "download"


def _read_until(connection: socket.socket, data: bytes, mark: bytes) -> bytes:
    while mark not in data:
        piece = connection.recv(65536)
        if not piece:
            return b""
        data += piece
    return data


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _picture(width: int = 64, height: int = 64) -> bytes:
    rows = b"".join(b"\0" + bytes((row * column) % 251 for column in range(width)) for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 0)) + _chunk(b"IEND", b"")
    )


PICTURE = _picture()


@contextmanager
def api_process(
    delay: float = 0.0, *, finishing: float = inf
) -> Iterator[tuple[str, Callable[[], list[dict[str, Any]]]]]:
    """Serve in a process of its own, which a fork or a signal does not touch; yield the address and a function that reads the ledger."""
    command = [sys.executable, "-m", __name__, str(delay), str(finishing)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": COMMANDS}
    ) as process:
        try:
            url = process.stdout.readline().strip() if process.stdout else ""

            def ledger() -> list[dict[str, Any]]:
                with urlopen(url + LEDGER) as answer:  # noqa: S310  # our own server on loopback
                    jobs: list[dict[str, Any]] = json.load(answer)
                    return jobs

            yield url, ledger
        finally:
            process.kill()


def main(delay: str, finishing: str) -> None:
    """Serve until killed."""
    print(RawApi(delay=float(delay), finishing=float(finishing)).url, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
