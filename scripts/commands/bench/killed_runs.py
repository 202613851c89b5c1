"""A bulk run on four workers of which a random one is killed now and then: how long it takes beside the ideal, and what is billed.

The workers share a journal in PostgreSQL (`scripts/services start`). Each tries to lead again and again, and downloads at the same time. A
killed one is replaced at once, by a fork of this process, which has imported everything.
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
from threading import Thread
from typing import NamedTuple
from urllib.request import urlopen
from uuid import uuid4

import psycopg

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

JOBS, AT_ONCE, SECONDS, POST_SECONDS, FILE_SECONDS = 200, 20, 3.0, 0.15, 0.3
WORKERS, KILL_EVERY = 4, 2.0
SETTLE = 1.0  # seconds; the server answers a POST within a few tenths
DOWNLOADS = 8  # at a time, of each worker
MOST_RATIO = 1.5
PATIENCE = 600.0
_PAUSE = 0.3  # seconds until a worker tries to lead again
ITEM = {"model": "z-image/z-image", "prompt": "x", "aspect_ratio": "1:1", "resolution": "1K"}


class KilledRun(NamedTuple):
    """How a run went.

    Attributes:
        lane: the option of the run.
        kills: processes that were killed.
        leaders: those of them that led the run at that moment.
        ratio: seconds until the last result was saved, beside the ideal.
        billed: POSTs that the server accepted.
        saved: items with their results.
        unknown: items that may have a job.
    """

    lane: int | None
    kills: int
    leaders: int
    ratio: float
    billed: int
    saved: int
    unknown: int

    @property
    def is_exact(self) -> bool:
        """Whether each item was paid for once; with several POSTs under way at a kill, those stay unknown."""
        if self.lane == 1:
            return self.billed == self.saved == JOBS
        return self.saved <= self.billed <= JOBS == self.saved + self.unknown


def work(base_url: str, place: RunPlace, lane: int | None) -> None:
    """Lead the run where nobody does, and download, until every item is at rest."""
    items = [{"custom_id": f"p{number:04}", **ITEM} for number in range(JOBS)]
    options: BulkOptions = {
        "at_once": AT_ONCE,
        "lane": lane,
        "downloads": 0,
        "journal": place.journal,
        "settle_seconds": SETTLE,
        "resend_absent": True,
        "shared": False,
    }
    with Krea("toy-token", base_url) as krea:
        Thread(target=_download, args=(krea, place), daemon=True).start()
        while not _is_done(place):
            with suppress(LedByAnother):
                krea.bulk.run(items, place.output, **options)
            time.sleep(_PAUSE)


def _download(krea: Krea, place: RunPlace) -> None:
    """Download what has ended; a worker returns as well while nothing has been begun."""
    with krea.bulk.worker(place.output, journal=place.journal) as worker:
        while not _is_done(place):
            worker.work(at_once=DOWNLOADS)
            time.sleep(_PAUSE)


def _is_done(place: RunPlace) -> bool:
    try:
        counts = status(place).counts
    except NothingBegun:
        return False
    return counts.rows >= JOBS and not counts.of(*OPEN)


def _fork(base_url: str, place: RunPlace, lane: int | None) -> int:
    process = os.fork()
    if not process:
        code = 1
        try:
            work(base_url, place, lane)
            code = 0
        finally:
            os._exit(code)
    return process


def kill_and_replace(base_url: str, place: RunPlace, lane: int | None, kill_every: float) -> tuple[list[bool], float]:
    """Run the workers until all is done; return for each kill whether it was the leader's, and the seconds.

    Raises:
        SystemExit: it takes too long.
    """
    began = time.monotonic()
    workers = [_fork(base_url, place, lane) for _ in range(WORKERS)]
    draw = random.Random(1)
    kills: list[bool] = []
    try:
        for number in count(1):
            while time.monotonic() < began + number * kill_every:
                if _is_done(place):
                    return kills, time.monotonic() - began
                time.sleep(0.1)
            if time.monotonic() > began + PATIENCE:
                break
            victim = draw.randrange(WORKERS)
            kills.append(_leads(workers[victim], place))
            _kill(workers[victim])
            workers[victim] = _fork(base_url, place, lane)
    finally:
        for process in workers:
            _kill(process)
    raise SystemExit("scripts/bench: the run with kills does not end")


def _leads(process: int, place: RunPlace) -> bool:
    with psycopg.connect(str(place.journal)) as connection:
        row = connection.execute("select leader from krea_bulk.runs where name = %s", (place.output,)).fetchone()
    return row is not None and str(row[0]).startswith(f"process {process} ")


def _kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def measure(lane: int | None, kill_every: float = KILL_EVERY) -> KilledRun:
    """Carry out one run and return how it went.

    Args:
        lane: the option of the run.
        kill_every: seconds from one kill to the next.

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
        _is_done(place)  # imports the database's driver, and makes its tables
        kills, seconds = kill_and_replace(base_url, place, lane, kill_every)
        counts = status(place).counts
        with urlopen(f"{base_url}/stats") as response:  # noqa: S310  # its own server on loopback
            billed = json.load(response)["counts"]["POST"]
        server.stdin.close()
    ideal = ideal_seconds(lengths(JOBS, SECONDS, 0.0), AT_ONCE, FILE_SECONDS)
    saved, unknown = counts.of(ItemState.SAVED), counts.of(ItemState.UNKNOWN)
    return KilledRun(lane, len(kills), sum(kills), seconds / ideal, billed, saved, unknown)
