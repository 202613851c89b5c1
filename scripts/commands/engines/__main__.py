"""Run each engine with both ways, kill its workers meanwhile, and print what was billed and delivered."""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import uuid4

import services
from engines import workload
from krea_client.sandbox import Sandbox, running

ENGINES = {"celery": "CeleryEngine", "dask": "DaskEngine", "ray": "RayEngine", "temporal": "TemporalEngine"}
WAYS = ("naive", "once")
SLOTS = 100  # of the account: no task waits for one


class Engine(Protocol):
    """An engine with its workers."""

    def submit(self, keys: Iterable[str]) -> None:
        """Submit a task for each key."""
        ...

    def victims(self) -> list[int]:
        """Return the processes that may be killed."""
        ...

    def stop(self) -> None:
        """End everything."""
        ...


class EngineFigures(NamedTuple):
    """What one engine did one way: counts, and seconds."""

    engine: str
    way: str
    wanted: int
    kills: int
    billed: int
    doubled: int
    delivered: int
    seconds: float

    def row(self) -> str:
        """Return a row of a table in Markdown."""
        share = f"{self.billed / self.wanted:.2f}"
        cells = (
            self.engine,
            self.way,
            self.kills,
            self.billed,
            share,
            self.doubled,
            self.delivered,
            round(self.seconds),
        )
        return f"| {' | '.join(map(str, cells))} |"


def measure(name: str, way: str, jobs: int, kill_every: float, patience: float) -> EngineFigures:
    """Carry out the jobs on one engine and return the figures."""
    box = Sandbox(concurrent=SLOTS, balance=1e6, post_delay=0.15)
    keys = [f"k{number:04d}" for number in range(jobs)]
    with tempfile.TemporaryDirectory(prefix="engines-") as output, running(box) as url:
        present = services.running()
        os.environ.update(
            {
                "KREA_BASE_URL": url,
                "KREA_API_TOKEN": "sandbox",
                workload.OUTPUT: output,
                workload.WAY: way,
                workload.RUN: str(uuid4()),
                workload.JOURNAL: present["postgres"].url,
                workload.BROKER: present["redis"].url,
            }
        )
        engine: Engine = getattr(import_module(f"engines.{name}_engine"), ENGINES[name])()
        began = time.monotonic()
        try:
            engine.submit(keys)
            kills = kill_until_done(engine, Path(output), jobs, kill_every, patience)
        finally:
            seconds = time.monotonic() - began
            engine.stop()
        time.sleep(workload.JOB_SECONDS + 1)  # a job that a killed task has begun is billed, too
        billed = Counter(json.loads(row.body)["prompt"].partition(" ")[0] for row in box.ledger)
        delivered = len(list(Path(output).glob("k*.png")))
    doubled = sum(1 for count in billed.values() if count > 1)
    return EngineFigures(name, way, jobs, kills, sum(billed.values()), doubled, delivered, seconds)


def kill_until_done(engine: Engine, output: Path, jobs: int, every: float, patience: float) -> int:
    """Kill a random worker now and then, from the first delivery until the last one or the end of patience; return how many."""
    kills, end, at = 0, time.monotonic() + patience, float("inf")
    while (delivered := len(list(output.glob("k*.png")))) < jobs and time.monotonic() < end:
        time.sleep(0.1)
        if delivered and every and at == float("inf"):
            at = time.monotonic()
        victims = engine.victims() if time.monotonic() >= at else []
        if victims:
            with suppress(ProcessLookupError):
                os.kill(random.choice(victims), signal.SIGKILL)
                kills += 1
            at = time.monotonic() + every
    return kills


def main(arguments: list[str]) -> int:
    """Measure what is asked for; the exit code is 1 where `once` billed a job twice or lost one."""
    parser = argparse.ArgumentParser(prog="scripts/engines", description=__doc__)
    parser.add_argument("--engine", action="append", choices=sorted(ENGINES), help="only this one; may be repeated")
    parser.add_argument("--way", action="append", choices=WAYS)
    parser.add_argument("--jobs", type=int, default=100)
    parser.add_argument("--kill-every", type=float, default=2.0, metavar="SECONDS", help="0 kills nobody")
    parser.add_argument("--patience", type=float, default=240.0, metavar="SECONDS")
    options = parser.parse_args(arguments)
    if not {"postgres", "redis"} <= services.running().keys():
        print("scripts/engines: PostgreSQL or Redis does not run; scripts/services start starts them", file=sys.stderr)
        return 2
    print(
        "| engine | code | kills | billed | per wanted job | doubled | delivered | seconds |\n|---|---|---:|---:|---:|---:|---:|---:|"
    )
    failed = False
    for name in options.engine or sorted(ENGINES):
        for way in options.way or WAYS:
            figures = measure(name, way, options.jobs, options.kill_every, options.patience)
            print(figures.row(), flush=True)
            failed = failed or (way == "once" and (figures.billed, figures.delivered) != (options.jobs, options.jobs))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
