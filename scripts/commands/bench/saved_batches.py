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
COUNT, AT_ONCE = 200, 16
MEDIAN, SPREAD = 2.0, 0.5  # of the seconds of a job, log-normal; the documented time of its model is another one
SIZE, FILE_SECONDS = 2_000_000, 0.3  # of a result


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


def run_batch(environment: Environment, client: str) -> BatchRun:
    """Run one client against a server of its own.

    Raises:
        SystemExit: it failed, or saved another number of files.
    """
    arguments = [str(number) for number in (COUNT, MEDIAN, SPREAD, SIZE, FILE_SECONDS)]
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
        command = [str(environment.python), "-I", str(CHILD), client, base_url, str(COUNT), str(AT_ONCE), folder]
        ended = subprocess.run(command, env=CLEAN, capture_output=True, check=False)
        if ended.returncode or len([*Path(folder).iterdir()]) != COUNT:
            raise SystemExit(f"scripts/bench: {client} could not run its batch:\n{ended.stderr.decode()}")
        with urlopen(f"{base_url}/stats") as response:  # noqa: S310  # its own server on loopback
            stats = json.load(response)
    server.wait(10)
    cost = json.loads(ended.stdout)
    ideal = ideal_seconds(lengths(COUNT, MEDIAN, SPREAD), AT_ONCE, FILE_SECONDS)
    looks = (stats["counts"]["look"] + stats["counts"]["page"]) / COUNT
    return BatchRun(client, cost["wall"] / ideal, looks, sum(stats["late"]) / COUNT, cost["cpu"])


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
