"""Kill bulk runs of real processes right before and after each write of their journal, and stop them by SIGTERM at random moments.

A double of the API on loopback keeps the ledger of bills. Processes are forked from one that has imported everything.
`python -m reliability.bulk_kills [POINTS] [STOPS] [JOURNAL [LANE]]` prints a line of figures for SQLite, and for PostgreSQL where
`scripts/services` has started it and this Python has psycopg, each with lanes 1 and 4, or only for the journal and lane that are named;
exit 1 when something was doubled, lost or wrongly adopted.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

import services
from krea_client import Krea
from krea_client.bulk import backends
from krea_client.bulk.run_folder import RunPlace
from krea_client.bulk.states import ItemState
from krea_client.cli import batch_runs

ITEMS = 10
SETTLE = 1.0  # seconds; the double answers a POST within a tenth of one
JOB_SECONDS = 0.3
PATIENCE = 20.0  # seconds until the first job of a run
LANES = (1, 4)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f0001040100"
    "5f6a2f4b0000000049454e44ae426082"
)


class BilledJobs:
    """The jobs of the double."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.jobs: list[tuple[str, str, float]] = []  # id, prompt, creation

    def create(self, prompt: str) -> dict[str, Any]:
        """Bill a job."""
        with self.lock:
            job_id = f"{len(self.jobs):08x}-0000-4000-8000-000000000000"
            self.jobs.append((job_id, prompt, time.time()))
            return self.describe(len(self.jobs) - 1)

    def describe(self, number: int) -> dict[str, Any]:
        """Return a job as the API writes it."""
        job_id, _, created = self.jobs[number]
        ended = time.time() >= created + JOB_SECONDS
        return {
            "job_id": job_id,
            "status": "completed" if ended else "sampling",
            "created_at": _stamp(created),
            "completed_at": _stamp(created + JOB_SECONDS) if ended else None,
            "result": {"urls": [f"{ApiDoubleHandler.home}/file/{job_id}.png"]} if ended else None,
        }


def _stamp(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()


class ApiDoubleHandler(BaseHTTPRequestHandler):
    """Answers in the API's place."""

    protocol_version = "HTTP/1.1"
    ledger = BilledJobs()
    home = ""

    def do_POST(self) -> None:  # the library's name
        """Take a paid request: the job exists before its answer is sent."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        time.sleep(0.01)
        job = self.ledger.create(body["prompt"])
        time.sleep(0.01)
        self._answer(job)

    def do_GET(self) -> None:  # the library's name
        """Show a job, the list, a file, or the ledger."""
        url = urlsplit(self.path)
        if url.path == "/ledger":
            self._answer({"jobs": [[job_id, prompt] for job_id, prompt, _ in self.ledger.jobs]})
        elif url.path.startswith("/file/"):
            self._send(PNG, "image/png")
        elif url.path == "/jobs":
            self._answer(self._page(parse_qs(url.query)))
        else:
            number = int(url.path.rpartition("/")[2].partition("-")[0], 16)
            self._answer(self.ledger.describe(number))

    def _page(self, query: dict[str, list[str]]) -> dict[str, Any]:
        before = datetime.fromisoformat(query["cursor"][0]).timestamp() if "cursor" in query else float("inf")
        limit = int(query["limit"][0])
        numbers = [number for number, job in enumerate(self.ledger.jobs) if job[2] < before][::-1]
        items = [self.ledger.describe(number) for number in numbers[:limit]]
        return {"items": items, "next_cursor": items[-1]["created_at"] if len(numbers) > limit else None}

    def _answer(self, document: object) -> None:
        self._send(json.dumps(document).encode(), "application/json")

    def _send(self, body: bytes, content_type: str) -> None:
        self.send_response(200)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing."""


class QuietServer(ThreadingHTTPServer):
    """A server whose clients are killed now and then."""

    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def double() -> Iterator[str]:
    """Serve the double in a process of its own; yield its address."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        server = QuietServer(("127.0.0.1", 0), ApiDoubleHandler)
        ApiDoubleHandler.home = f"http://127.0.0.1:{server.server_port}"
        os.write(writing, ApiDoubleHandler.home.encode())
        os.close(writing)
        server.serve_forever()
    os.close(writing)
    home = os.read(reading, 100).decode()
    os.close(reading)
    try:
        yield home
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def billed(home: str) -> list[tuple[str, str]]:
    """Return the ledger: job id and prompt."""
    connection = HTTPConnection(home.removeprefix("http://"), timeout=10)
    connection.request("GET", "/ledger")
    jobs = json.loads(connection.getresponse().read())["jobs"]
    connection.close()
    return [(job_id, prompt) for job_id, prompt in jobs]


def requests(run: int) -> list[dict[str, str]]:
    """Return the items of a run, whose prompts no other run has."""
    fields = {"model": "z-image/z-image", "aspect_ratio": "1:1", "resolution": "1K"}
    return [{"custom_id": f"r{run}-{number}", "prompt": f"r{run}-{number}", **fields} for number in range(ITEMS)]


def journals() -> dict[str, str | None]:
    """Return the addresses of the journals that can be tried, by name; None is the file in the run's folder."""
    postgres = services.running().get("postgres")
    with_postgres = postgres is not None and find_spec("psycopg") is not None
    return {"SQLite": None} | ({"PostgreSQL": postgres.url} if postgres and with_postgres else {})


def options(lane: int, journal: str | None) -> dict[str, Any]:
    """Return the options of all runs."""
    return {
        "journal": journal,
        "lane": lane,
        "at_once": 4,
        "settle_seconds": SETTLE,
        "resend_absent": True,
        "shared": False,
    }


def killed_at(home: str, place: RunPlace, run: int, lane: int, number: int, *, before: bool) -> bool:
    """Run a process that kills itself at a write of the journal; return whether it came to that."""
    process = os.fork()
    if not process:
        kind: Any = type(backends.open_journal(place.journal, "none", Path(place.output)))
        original, writes = kind.write, 0

        def write(journal: Any, change: Any) -> None:
            nonlocal writes
            writes += 1
            if writes == number and before:
                os.kill(os.getpid(), signal.SIGKILL)
            original(journal, change)
            if writes == number:
                os.kill(os.getpid(), signal.SIGKILL)

        kind.write = write  # in this process only
        with Krea("token", home, timeout=10.0) as krea:
            krea.bulk.run(requests(run), place.output, **options(lane, place.journal))
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def stopped(home: str, place: RunPlace, run: int, lane: int, seconds: float) -> None:
    """Run the command in a process that gets a SIGTERM so many seconds after its first job was billed."""
    process = os.fork()
    if not process:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # for the rest of the process
        table = Path(place.output).with_suffix(".jsonl")
        table.write_text("".join(json.dumps(row) + "\n" for row in requests(run)))
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))  # before the run has begun
        batch_runs.run(
            batch_runs.BatchInput(str(table)),
            str(place.output),
            options(lane, place.journal),
            lambda: Krea("token", home),
            as_json=False,
        )
        os._exit(0)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not any(prompt.startswith(f"r{run}-") for _, prompt in billed(home)):
        time.sleep(0.05)
    time.sleep(seconds)
    os.kill(process, signal.SIGTERM)
    os.waitpid(process, 0)


def judge(home: str, place: RunPlace, run: int) -> Counter[str]:
    """Return how many jobs of a run were doubled, lost or wrongly adopted, and how many items are unknown."""
    journal = place.open_journal()
    items = {item.key: item for item in journal.items()}
    journal.close()
    faults: Counter[str] = Counter()
    prompts: Counter[str] = Counter()
    for job_id, prompt in billed(home):
        if not prompt.startswith(f"r{run}-"):
            continue
        prompts[prompt] += 1
        item = items.get(prompt)
        known = item is not None and (item.job_id == job_id or job_id in item.candidates)
        faults["lost"] += not known
        owner = next((other.key for other in items.values() if other.job_id == job_id), prompt)
        faults["wrong"] += owner != prompt
    faults["doubled"] = sum(count - 1 for count in prompts.values())
    faults["unknown"] = sum(item.state in (ItemState.UNKNOWN, ItemState.INTENT) for item in items.values())
    faults["saved"] = sum(item.state is ItemState.SAVED for item in items.values())
    return faults


def kill_points(home: str, root: Path, points: int, lane: int, journal: str | None) -> Counter[str]:
    """Kill runs right before and right after write 1, 2, ... of each process until there were so many points."""
    sums: Counter[str] = Counter()
    run = lane * 100_000 + _offset(journal)
    while sums["points"] < points:
        run += 1
        number, place = 1, RunPlace(str(root / f"run-{run}"), journal)
        while killed_at(home, place, run, lane, number, before=(sums["points"] + run) % 2 == 0):
            sums["points"] += 1
            number = 2 + sums["points"] % 4
        sums += judge(home, place, run)
        sums["items"] += ITEMS
    return sums


def _offset(journal: str | None) -> int:
    """Return what keeps the prompts of runs with one journal apart from those with another."""
    return 0 if journal is None else 1_000_000


def stop_moments(home: str, root: Path, stops: int, lane: int, journal: str | None) -> Counter[str]:
    """Stop runs at random moments, and count what is unknown."""
    sums: Counter[str] = Counter()
    draw = random.Random(lane)
    for number in range(stops):
        run = 900_000 + lane * 10_000 + number + _offset(journal)
        place = RunPlace(str(root / f"run-{run}"), journal)
        stopped(home, place, run, lane, draw.uniform(0.0, 3.0))
        sums += judge(home, place, run)
        sums["stops"] += 1
    return sums


def main(arguments: list[str]) -> int:
    """Measure, and print a line for each lane."""
    points, stops = (int(text) for text in (*arguments, "400", "200")[:2])
    chosen = [case for case in product(journals().items(), LANES) if _is_asked_for(arguments[2:], case[0][0], case[1])]
    faults = 0
    with double() as home, tempfile.TemporaryDirectory(prefix="bulk-kills-") as name:
        for (journal, address), lane in chosen:
            root = Path(name, journal)
            root.mkdir(exist_ok=True)
            kills = kill_points(home, root, points // len(LANES), lane, address)
            print(f"{journal}, lane {lane}: kill -9 at writes: {dict(kills)}", flush=True)
            ends = stop_moments(home, root, stops // len(LANES), lane, address)
            print(f"{journal}, lane {lane}: SIGTERM: {dict(ends)}", flush=True)
            faults += sum(kills[fault] + ends[fault] for fault in ("doubled", "lost", "wrong")) + ends["unknown"]
            faults += kills["unknown"] if lane == 1 else 0
    return 1 if faults else 0


def _is_asked_for(names: list[str], journal: str, lane: int) -> bool:
    return names in ([], [journal], [journal, str(lane)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
