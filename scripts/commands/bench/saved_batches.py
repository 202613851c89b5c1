"""A whole batch, saved: how long each client takes for the same jobs beside the ideal, what it asks, and what it costs."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple, cast
from urllib.request import urlopen

from bench.environments import ROOT, Environment
from bench.job_server import ideal_seconds, lengths
from bench.processes import CLEAN

CHILD = Path(__file__).with_name("children") / "saved_batch.py"
CLIENTS = ("krea", "krea-generator", "krea-async", "naive", "naive-0.5")


class BatchKind(NamedTuple):
    """A batch to be run.

    Attributes:
        jobs: their number.
        at_once: slots.
        median: of the seconds of a job, log-normal; the documented time of its model is another one.
        spread: standard deviation of the logarithm.
        size: bytes of a result.
        file_seconds: how long its host thinks.
    """

    jobs: int = 200
    at_once: int = 16
    median: float = 2.0
    spread: float = 0.5
    size: int = 2_000_000
    file_seconds: float = 0.3


SAVED = BatchKind()
# A bulk run beside a script with a task for each job, which looks at it every 2 s.
BULK_CLIENTS = ("bulk", "naive-2")
BULK_KINDS = (BatchKind(200, 20, 15.0, 0.2, 20_000), BatchKind(3_000, 1_000, 15.0, 0.2, 20_000))


class BatchRun(NamedTuple):
    """What one client needed.

    Attributes:
        client: its name.
        ratio: its time beside the ideal: slots that are never idle, and the last result saved at the end.
        looks: requests that watch jobs, a job.
        late: mean seconds between the end of a job and the response that showed it.
        cpu: seconds of its process.
    """

    client: str
    ratio: float
    looks: float
    late: float
    cpu: float


def run_batch(environment: Environment, client: str, kind: BatchKind = SAVED) -> BatchRun:
    """Run one client against a server of its own.

    Raises:
        SystemExit: it failed, or saved another number of files.
    """
    arguments = [str(number) for number in (kind.jobs, *kind[2:])]
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.job_server", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**CLEAN, "PYTHONPATH": str(ROOT / "scripts" / "commands")},
    )
    with (
        cast("IO[bytes]", server.stdin),
        cast("IO[bytes]", server.stdout) as output,
        tempfile.TemporaryDirectory() as folder,
    ):
        base_url = f"http://127.0.0.1:{int(output.readline())}"
        command = [
            str(environment.python),
            "-I",
            str(CHILD),
            client,
            base_url,
            str(kind.jobs),
            str(kind.at_once),
            folder,
        ]
        ended = subprocess.run(command, env=CLEAN, capture_output=True, check=False)
        if ended.returncode or len([*Path(folder).rglob("*.png")]) != kind.jobs:
            raise SystemExit(f"scripts/bench: {client} could not run its batch:\n{ended.stderr.decode()}")
        with urlopen(f"{base_url}/stats") as response:  # noqa: S310  # its own server on loopback
            stats = json.load(response)
    server.wait(10)
    cost = json.loads(ended.stdout)
    ideal = ideal_seconds(lengths(kind.jobs, kind.median, kind.spread), kind.at_once, kind.file_seconds)
    looks = (stats["counts"]["look"] + stats["counts"]["page"]) / kind.jobs
    return BatchRun(client, cost["wall"] / ideal, looks, sum(stats["late"]) / kind.jobs, cost["cpu"])


def table(runs: Sequence[BatchRun]) -> list[str]:
    """Return a Markdown table."""
    lines = [
        "| client | time beside the ideal | requests to watch a job | end seen after, mean | CPU |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {run.client} | {run.ratio:.2f} | {run.looks:.2f} | {run.late:.2f} s | {run.cpu:.1f} s |" for run in runs
    ]
    return lines
