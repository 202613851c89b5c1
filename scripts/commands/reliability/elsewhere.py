"""Other people's clients before the same faulty server on loopback: how many jobs one call of theirs makes."""

from __future__ import annotations

import json
import socket
import struct
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from bench.environments import Environment
from bench.loopback import ANSWERS
from bench.processes import CLEAN

CHILD = Path(__file__).with_name("children") / "one_call_each.py"
FAULTS = ("reset", "close", "cut", "empty", "html", "408", "409", "500", "502", "503", "504", "520")


class Peer(NamedTuple):
    """What one client did: jobs by fault, and which faults ended in an answer, an error, or a typed unknown outcome."""

    name: str
    jobs: Mapping[str, int]

    @property
    def doubled(self) -> int:
        """Faults after which more than one job was made."""
        return sum(count > 1 for count in self.jobs.values())


class Faulty(threading.Thread):
    """Takes every POST as a job; the first of each call is taken, and its answer spoilt as the path's second part says."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.jobs: Counter[str] = Counter()
        self.start()

    def run(self) -> None:
        """Serve until the listener is closed."""
        with suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError, IndexError, ValueError):
            head = _read(connection).partition(b"\r\n\r\n")[0]
            path = head.split(b" ")[1]
            fault = path.split(b"/")[2].decode()
            self.jobs[fault] += head.startswith(b"POST")
            own = next((answer for mark, answer in ANSWERS.items() if mark in path and mark != b"/"), ANSWERS[b"/"])
            body = json.dumps(own).encode()
            if self.jobs[fault] > 1:
                connection.sendall(_answer(200, body))
            elif fault == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            elif fault == "cut":
                connection.sendall(_answer(200, body)[:-9])
            elif fault in ("empty", "html"):
                connection.sendall(_answer(200, b"" if fault == "empty" else b"<!doctype html>"))
            elif fault != "close":
                connection.sendall(_answer(int(fault), b'{"error": "spoilt"}'))


def _read(connection: socket.socket) -> bytes:
    text = b""
    while b"\r\n\r\n" not in text:
        text += connection.recv(65536) or b"\r\n\r\n"
    head = text.partition(b"\r\n\r\n")[0].lower()
    length = int(head.partition(b"content-length:")[2].partition(b"\r")[0] or 0)
    while len(text.partition(b"\r\n\r\n")[2]) < length:
        text += connection.recv(65536)
    return text


def _answer(status: int, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    return head.encode() + body


def tried(name: str, python: Path) -> Peer:
    """Let one client make a call for every fault."""
    server = Faulty()
    command = [str(python), "-I", str(CHILD), name, str(server.port), *FAULTS]
    completed = subprocess.run(command, env=CLEAN, capture_output=True, text=True, timeout=300, check=False)
    server.listener.close()
    if completed.returncode:
        raise SystemExit(f"scripts/reliability: {name} could not be tried:\n{completed.stderr}")
    return Peer(name, {fault: server.jobs[fault] for fault in FAULTS})


def beside(peer_environment: Environment) -> list[Peer]:
    """Run this client and the others, one after the other."""
    our_client = tried("krea", Path(sys.executable))
    return [our_client, *(tried(name, peer_environment.python) for name in ("fal", "openai", "replicate", "runwayml"))]
