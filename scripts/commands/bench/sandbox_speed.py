"""Figures of the sandbox as a process: how soon it answers, how much it answers on one core, what it weighs, whether it grows.

`python scripts/commands/bench/sandbox_speed.py` prints them as JSON; scripts/bench can call `measured`. No test looks at a time.
"""

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

JOBS = 100_000
STARTS = 7
ROUNDS = 5
REQUESTS = 3_000  # of one round
CONNECTIONS = 8
BODY = b'{"prompt":"a gothic cathedral","aspect_ratio":"16:9","resolution":"1K"}'
SUBMIT = b"/generate/image/z-image/z-image"
OPTIONS = ("--port", "0", "--concurrent", "1000000", "--balance", "1e9", "--time-scale", "1000")
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Figures:
    """What was measured. Times in milliseconds, memory in MB (resident), rates per second of one core of the server."""

    ready: float
    ready_slowest: float
    submits: float
    submits_spread: float
    looks: float
    memory_at_start: float
    memory_halfway: float
    memory_at_end: float
    memory_peak: float
    jobs: int
    fixture_first: float
    fixture: float


def measured(jobs: int = JOBS) -> Figures:
    """Measure everything; takes about a minute, nearly all of it for the jobs."""
    starts = [started() for _ in range(STARTS)]
    with served() as (process, url):
        at_start = memory(process, "VmRSS")
        with closing(BusyConnections(url)) as line:
            looks = [line.rate(get(b"/jobs?limit=1"), REQUESTS) for _ in range(ROUNDS)]
            submits = [line.rate(post(), REQUESTS) for _ in range(ROUNDS)]
            line.rate(post(), max(0, jobs // 2 - REQUESTS * ROUNDS))
            halfway = memory(process, "VmRSS")
            line.rate(post(), jobs - jobs // 2)
        at_end, peak = memory(process, "VmRSS"), memory(process, "VmHWM")
    first, later = fixtures()
    return Figures(
        ready=statistics.median(starts),
        ready_slowest=max(starts),
        submits=statistics.median(submits),
        submits_spread=max(submits) - min(submits),
        looks=statistics.median(looks),
        memory_at_start=at_start,
        memory_halfway=halfway,
        memory_at_end=at_end,
        memory_peak=peak,
        jobs=jobs,
        fixture_first=first,
        fixture=later,
    )


def started() -> float:
    """Return milliseconds from the start of the process to its first answer."""
    start = time.perf_counter()
    with served() as (_, url), closing(BusyConnections(url, 1)) as line:
        line.rate(get(b"/__sandbox__/state"), 1)
        return (time.perf_counter() - start) * 1000


@contextmanager
def served() -> Generator[tuple[subprocess.Popen[str], str], None, None]:
    """Yield a sandbox in a process of its own, kept to one core where the system can do that, and its address."""
    command = [sys.executable, "-m", "krea_client.cli", "sandbox", *OPTIONS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        url = process.stdout.readline().strip() if process.stdout else ""
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, {min(os.sched_getaffinity(0))})
        try:
            yield process, url
        finally:
            process.terminate()


class BusyConnections:
    """A few connections that are kept busy by hand-made requests: a client that costs next to nothing."""

    def __init__(self, url: str, connections: int = CONNECTIONS) -> None:
        host, port = urlsplit(url).hostname, urlsplit(url).port
        self._sockets = [socket.create_connection((host, port)) for _ in range(connections)]
        for connection in self._sockets:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self) -> None:
        """Close all connections."""
        for connection in self._sockets:
            connection.close()

    def rate(self, request: bytes, count: int) -> float:
        """Send the request so many times and give the answers per second; raises OSError for an answer other than 200."""
        start = time.perf_counter()
        remaining = count
        while remaining > 0:
            busy = self._sockets[:remaining]
            for connection in busy:
                connection.sendall(request)
            for connection in busy:
                read(connection)
            remaining -= len(busy)
        return count / (time.perf_counter() - start)


def read(connection: socket.socket) -> None:
    """Read one whole answer."""
    received = connection.recv(65536)
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    if not head.startswith(b"HTTP/1.1 200") or length is None:
        raise OSError(f"the sandbox answered {head[:200]!r} {body[:200]!r}")
    missing = int(length[1]) - len(body)
    while missing > 0:
        missing -= len(connection.recv(65536))


def get(target: bytes) -> bytes:
    """Return a GET, as it goes over the wire."""
    return b"GET " + target + b" HTTP/1.1\r\nhost: sandbox\r\nauthorization: Bearer sandbox\r\n\r\n"


def post() -> bytes:
    """Return a submission, as it goes over the wire."""
    head = b" HTTP/1.1\r\nhost: sandbox\r\nauthorization: Bearer sandbox\r\ncontent-type: application/json\r\n"
    return b"POST " + SUBMIT + head + b"content-length: " + str(len(BODY)).encode() + b"\r\n\r\n" + BODY


def memory(process: subprocess.Popen[str], measure: str) -> float:
    """Return megabytes of the process, as the kernel counts them; NaN where it does not tell."""
    try:
        with open(f"/proc/{process.pid}/status", encoding="ascii") as status:  # noqa: PTH123 - a file of the kernel
            fields = dict(line.split(":", 1) for line in status)
    except OSError:
        return float("nan")
    return int(fields[measure].split()[0]) / 1024


FIXTURE = """
import time
import httpx  # a test of a client has it in memory already
times = []
for _ in range(51):
    begun = time.perf_counter()
    from krea_client.sandbox import KreaSandbox
    with KreaSandbox() as box:
        box.transport()
    times.append((time.perf_counter() - begun) * 1000)
print(times[0], sorted(times)[25])
"""


def fixtures() -> tuple[float, float]:
    """Return milliseconds until the fixture's sandbox is ready: the first of a process, imports included, and the median one."""
    rates = [
        subprocess.run([sys.executable, "-c", FIXTURE], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(STARTS)
    ]
    return statistics.median(float(rate) for rate, _ in rates), statistics.median(float(rate) for _, rate in rates)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="figures of the sandbox as a process, as JSON")
    parser.add_argument("--jobs", type=int, default=JOBS)
    figures = measured(parser.parse_args().jobs)
    print(json.dumps({name: round(value, 2) for name, value in asdict(figures).items()}, indent=2))
