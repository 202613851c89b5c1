"""How often a client looks at one job, and how long after its end it notices, beside a server whose jobs take their time."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from bench.environments import Environment
from bench.loopback import ANSWERS
from bench.processes import CLEAN

SECONDS = 12.7  # none of the clients could have chosen its pauses for it
CHILD = Path(__file__).with_name("children") / "wait_for_one.py"

# What each client is told while the job runs, and when it has ended.
STORIES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "krea": ({"status": "processing"}, {"status": "completed", "result": {"urls": ["https://example.com/a.png"]}}),
    "fal": ({"status": "IN_PROGRESS", "logs": None}, {"status": "COMPLETED", "logs": None}),
    "replicate": ({"status": "processing"}, {"status": "succeeded", "output": ["https://example.com/a.png"]}),
}


class Watch(NamedTuple):
    """How one client waited: how often it asked, and how many seconds after the end it was done."""

    client: str
    looks: int
    late: float


class Life(ThreadingHTTPServer):
    """A server on loopback with one job, which runs from the first POST for so many seconds."""

    daemon_threads = True

    def __init__(self, client: str, seconds: float) -> None:
        super().__init__(("127.0.0.1", 0), Telling)
        self.client, self.seconds = client, seconds
        self.began: float | None = None
        self.looks = 0

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def accept(self) -> Mapping[str, Any]:
        """Return the answer to a submission."""
        self.began = time.monotonic()
        own: Any = ANSWERS.get(f"/{self.client}/".encode(), ANSWERS[b"/"])
        address = f"http://127.0.0.1:{self.port}/{self.client}/r"
        return {**own, "response_url": address, "status_url": f"{address}/status", "cancel_url": f"{address}/cancel"}

    def look(self) -> Mapping[str, Any]:
        """Return the answer to a question about the job."""
        self.looks += 1
        own: Any = ANSWERS.get(f"/{self.client}/".encode(), ANSWERS[b"/"])
        ended = self.began is not None and time.monotonic() - self.began >= self.seconds
        return {**own, **STORIES[self.client][ended]}


class Telling(BaseHTTPRequestHandler):
    """One exchange with a `Life`."""

    protocol_version = "HTTP/1.1"
    server: Life

    def do_POST(self) -> None:
        """Begin the job."""
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self._tell(self.server.accept())

    def do_GET(self) -> None:
        """Tell how the job is."""
        self._tell(self.server.look())

    def _tell(self, document: Mapping[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the standard error belongs to the benchmark."""


def watched(environments: Mapping[str, Environment], seconds: float = SECONDS) -> list[Watch]:
    """Run every client while it waits for a job of its own, all at the same time."""
    lives = {client: Life(client, seconds) for client in environments}
    threads = [Thread(target=life.serve_forever, daemon=True) for life in lives.values()]
    for thread in threads:
        thread.start()
    children = {
        client: subprocess.Popen(
            [str(environment.python), "-I", str(CHILD), client, f"http://127.0.0.1:{lives[client].port}"],
            env=CLEAN,
            stdout=subprocess.PIPE,
        )
        for client, environment in environments.items()
    }
    figures = []
    for client, child in children.items():
        life, (output, _) = lives[client], child.communicate(timeout=seconds * 4)
        if child.returncode or life.began is None:
            raise SystemExit(f"scripts/bench: {client} could not wait for its job")
        figures.append(Watch(client, life.looks, float(output) - life.began - seconds))
    for life in lives.values():
        life.shutdown()
        life.server_close()
    return figures
