"""A bulk run on four workers of which a random one is killed now and then: how long it takes beside the ideal, and what is billed.

The workers share a journal in PostgreSQL (`scripts/services start`). Each tries to lead; the others download. A killed one is replaced at
once, by a fork of this process, which has imported everything.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen
from uuid import uuid4

import services
from bench.environments import ROOT
from bench.job_server import ideal_seconds, lengths
from bench.processes import CLEAN
from krea_client import Krea
from krea_client.bulk.journal import LedByAnother
from krea_client.bulk.run_commands import status
from krea_client.bulk.run_folder import NothingBegun, RunPlace
from krea_client.bulk.run_options import BulkOptions
from krea_client.bulk.states import OPEN, ItemState
from krea_client.errors import KreaError

JOBS, AT_ONCE, SECONDS, POST_SECONDS, FILE_SECONDS = 200, 20, 3.0, 0.15, 0.3
WORKERS, KILL_EVERY = 4, 2.0
SETTLE = 1.0  # seconds; the server answers a POST within a few tenths
LEASE = 5.0
MOST_RATIO = 1.5
PATIENCE = 600.0
_PAUSE = 0.3  # seconds until a worker tries to lead again
ITEM = {"model": "z-image/z-image", "prompt": "x", "aspect_ratio": "1:1", "resolution": "1K"}


class KilledRun(NamedTuple):
    """How a run went.

    Attributes:
        kills: processes that were killed.
        ratio: seconds until the last result was saved, beside the ideal.
        billed: POSTs that the server accepted.
        saved: items with their results.
        unknown: items that may have a job.
    """

    kills: int
    ratio: float
    billed: int
    saved: int
    unknown: int


def work(base_url: str, place: RunPlace) -> None:
    """Lead the run where nobody does, else download, until every item is at rest."""
    items = [{"custom_id": f"p{number:04}", **ITEM} for number in range(JOBS)]
    options: BulkOptions = {
        "at_once": AT_ONCE,
        "lane": 1,
        "downloads": 0,
        "journal": place.journal,
        "settle_seconds": SETTLE,
        "resend_absent": True,
        "shared": False,
    }
    with Krea("toy-token", base_url) as krea:
        while not _is_done(place):
            with suppress(LedByAnother):
                krea.bulk.run(items, place.output, **options)
            with krea.bulk.worker(place.output, journal=place.journal, lease=LEASE) as worker:
                while taken := worker.take(4):
                    for item in taken:
                        with suppress(KreaError):
                            worker.save(item)
            time.sleep(_PAUSE)


def _is_done(place: RunPlace) -> bool:
    try:
        counts = status(place).counts
    except NothingBegun:
        return False
    return counts.rows >= JOBS and not counts.of(*OPEN)


def _fork(base_url: str, place: RunPlace) -> int:
    process = os.fork()
    if not process:
        code = 1
        try:
            work(base_url, place)
            code = 0
        finally:
            os._exit(code)
    return process


def kill_and_replace(base_url: str, place: RunPlace, kill_every: float) -> tuple[int, float]:
    """Run the workers until all is done; return the number of kills, and the seconds.

    Raises:
        SystemExit: it takes too long.
    """
    began = time.monotonic()
    workers = [_fork(base_url, place) for _ in range(WORKERS)]
    draw = random.Random(1)
    kills = 0
    try:
        for number in count(1):
            while time.monotonic() < began + number * kill_every:
                if _is_done(place):
                    return kills, time.monotonic() - began
                time.sleep(0.1)
            if time.monotonic() > began + PATIENCE:
                break
            victim = draw.randrange(WORKERS)
            _kill(workers[victim])
            kills += 1
            workers[victim] = _fork(base_url, place)
    finally:
        for process in workers:
            _kill(process)
    raise SystemExit("scripts/bench: the run with kills does not end")


def _kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def measure(kill_every: float = KILL_EVERY) -> KilledRun:
    """Carry out one run and return how it went.

    Raises:
        SystemExit: PostgreSQL does not run.
    """
    postgres = services.running().get("postgres")
    if postgres is None:
        raise SystemExit("scripts/bench: PostgreSQL does not run; scripts/services start starts it")
    arguments = [str(number) for number in (JOBS, SECONDS, 0.0, 20_000, FILE_SECONDS, POST_SECONDS)]
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.job_server", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**CLEAN, "PYTHONPATH": str(ROOT / "scripts" / "commands")},
    )
    if server.stdin is None or server.stdout is None:
        raise SystemExit("the server has no pipes")
    base_url = f"http://127.0.0.1:{int(server.stdout.readline())}"
    with tempfile.TemporaryDirectory(prefix="killed-runs-") as folder, server:
        place = RunPlace(str(Path(folder, uuid4().hex)), postgres.url)
        kills, seconds = kill_and_replace(base_url, place, kill_every)
        counts = status(place).counts
        with urlopen(f"{base_url}/stats") as response:  # noqa: S310  # its own server on loopback
            billed = json.load(response)["counts"]["POST"]
        server.stdin.close()
    ideal = ideal_seconds(lengths(JOBS, SECONDS, 0.0), AT_ONCE, FILE_SECONDS)
    saved, unknown = counts.of(ItemState.SAVED), counts.of(ItemState.UNKNOWN)
    return KilledRun(kills, seconds / ideal, billed, saved, unknown)
