"""What scripts/fuzz does: rounds of schemathesis against two sandboxes at once, until enough cases have run.

One sandbox lets everything in, the other is nearly out of money and of slots, so that its refusals are looked at too.
"""

import argparse
import json
import logging
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

from krea_client.sandbox import KreaSandbox, Request, Response, Sandbox, running

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "scripts" / "fuzz.toml"
DOCUMENT = ROOT / "generated" / "openapi.json"
CASES = 12_000
MOST_ROUNDS = 8
LEAST_EXAMPLES = 20
LONGEST = 900.0  # seconds of one round; a healthy one takes a tenth

# DELETE cancels a job, which stays visible: to look at it afterwards is no use after free.
NOT_OURS = ["use_after_free"]
# The poor sandbox turns good requests away: 402 and 429.
NOT_WHEN_POOR = ["positive_data_acceptance"]
# The rich sandbox lets every good request in as long as the files that it names are there.
NOT_WHEN_RICH = ["delete_asset"]


class Counting(Sandbox):
    """A sandbox that counts its answers by status."""

    answers: Counter[int]

    def answer(self, request: Request) -> Response:
        """Answer, and count it."""
        answer = super().answer(request)
        self.answers[answer.status] += 1
        return answer


@dataclass
class Side:
    """One sandbox, what is not checked there, and what has come of it so far."""

    name: str
    box: Counting
    unchecked: list[str]
    unasked: list[str]
    cases: int = 0
    said: list[str] = field(default_factory=list)

    def round(self, number: int, seed: int, examples: int) -> None:
        """Run schemathesis once; `said` keeps its words when it is not content."""
        phases = "coverage,fuzzing,stateful" if number == 0 else "fuzzing"
        with tempfile.TemporaryDirectory() as folder, running(self.box, post=lambda _: None) as url:
            report = Path(folder) / "report.json"
            # One worker: in several threads of Python 3.11, compiling fails by chance (recursion depth mismatch).
            command = [
                *[sys.executable, "-m", "schemathesis.cli", "--config-file", str(SETTINGS)],
                *["run", str(DOCUMENT), "--url", url, "--workers", "1"],
                *(option for name in self.unasked for option in ("--exclude-operation-id", name)),
                *[
                    "--header",
                    f"Authorization: Bearer {KreaSandbox.token}",
                    "--phases",
                    phases,
                    "--seed",
                    str(seed + number),
                ],
                *[
                    "--max-examples",
                    str(examples),
                    "--continue-on-failure",
                    "--exclude-checks",
                    ",".join(self.unchecked),
                ],
                # No database is kept; without one, half the time is not spent on improving examples for it.
                *["--generation-database", "none", "--report", "json", "--report-json-path", str(report), "--no-color"],
            ]
            alone = {**os.environ, "NO_PROXY": "127.0.0.1"}
            completed = subprocess.run(
                command, cwd=folder, env=alone, capture_output=True, text=True, check=False, timeout=LONGEST
            )
            summary = json.loads(report.read_text("utf-8")) if report.is_file() else {}
        self.cases += summary.get("test_cases", {}).get("generated", 0)
        if completed.returncode or not summary.get("complete"):
            self.said.append(f"{self.name}, seed {seed + number}:\n{completed.stdout}{completed.stderr}")


def sides() -> list[Side]:
    """Return the two sandboxes, with nothing done yet."""
    problems = []
    scenes = (("rich", 1e6, 10**6, [], NOT_WHEN_RICH), ("poor", 0.5, 4, NOT_WHEN_POOR, []))
    for name, money, slots, unchecked, unasked in scenes:
        may_know = {KreaSandbox.token} if name == "rich" else ()
        box = Counting(
            date="2026-11-20",
            balance=money,
            concurrent=slots,
            time_scale=10,
            tokens={KreaSandbox.token},
            usage_tokens=may_know,
            keep=2000,
        )
        box.answers = Counter()
        problems.append(Side(name, box, NOT_OURS + unchecked, unasked))
    return problems


def fuzz(request_count: int, seed: int) -> int:
    """Run at least so many cases and say what came of them; gives the exit code."""
    # Each round begins with a probe that holds a NUL byte, and uvicorn warns of it.
    logging.getLogger("uvicorn.error").addFilter(lambda record: record.levelno > logging.WARNING)
    start, two_sides = time.monotonic(), sides()
    operations = sum(len(item) for item in json.loads(DOCUMENT.read_bytes())["paths"].values())
    for number in range(MOST_ROUNDS):
        missing = request_count - sum(side.cases for side in two_sides)
        if missing <= 0 or any(side.said for side in two_sides):
            break
        # At first a good case and a bad one come with each example, later ones find less that is new.
        share = missing / (operations * len(two_sides)) / (1 if number else 2)
        examples = max(LEAST_EXAMPLES, math.ceil(share))
        with ThreadPoolExecutor() as pool:
            list(pool.map(Side.round, two_sides, repeat(number), repeat(seed), repeat(examples)))
    cases = sum(side.cases for side in two_sides)
    for side in two_sides:
        print("\n".join(side.said), end="")
        counts = ", ".join(f"{status}: {count}" for status, count in sorted(side.box.answers.items()))
        print(f"fuzz: {side.name:4}  {side.cases} cases; answers by status {counts}")
    content = cases >= request_count and not any(side.said for side in two_sides)
    verdict = (
        "no crash, nothing undocumented" if content else f"FAILED (wanted {request_count} cases without a finding)"
    )
    print(f"fuzz: {cases} cases on {operations} operations in {time.monotonic() - start:.0f} s, seed {seed}: {verdict}")
    return 0 if content else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="schemathesis against the sandbox")
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.exit(fuzz(options.cases, options.seed))
