"""The figures of the independent judge, each with its goal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reliability.judge.signal_faults import all_ends
from reliability.measurement import Measurement

from .cancellation import CALLS, cancelled_calls
from .clocks import OFFSETS, clock_cases, misses
from .leaving import all_ways
from .raw_api import api_process
from .raw_cases import STORIES, failures, socket_cases
from .raw_faults import kinds
from .schedules import bad_schedules

CHILDREN = Path(__file__).resolve().parents[1] / "children"
PATHS = os.pathsep.join(str(Path(__file__).resolve().parents[4] / folder) for folder in ("shim", "generated"))
FORK_ROUNDS, FORK_CHILDREN = 60, 4
SCHEDULES = 5_000
WORST = 4  # how many findings a row names


def _some(findings: Sequence[str]) -> str:
    return "".join(f"; {finding}" for finding in findings[:WORST])


def bare_sockets() -> Measurement:
    """Measure every kind of fault with every operation, sync and async."""
    table = socket_cases()
    bad = failures(table)
    title = f"{len(kinds())} kinds of faults x {len(STORIES)} operations x sync, async: no job billed twice, lost or mixed up, typed errors"
    return Measurement(
        "bare sockets", title, f"{len(table) - len(bad)} of {len(table)} cases{_some(bad)}", "all", not bad
    )


def forked(name: str, python: Path = Path(sys.executable), rounds: int = FORK_ROUNDS) -> dict[str, Any]:
    """Let forked children of one client make calls, with fork() and pools; return the counts."""
    with api_process(delay=0.05) as (url, _):
        command = [str(python), str(CHILDREN / "forked_calls.py"), name, url, str(rounds), str(FORK_CHILDREN)]
        counts: dict[str, Any] = json.loads(_output(command, name))
        return counts


def left_early(name: str, python: Path = Path(sys.executable)) -> dict[str, int]:
    """Leave a call that waits; return how many jobs were billed and how many ids shown."""
    with api_process(finishing=0) as (url, _):
        counts: dict[str, int] = json.loads(_output([str(python), str(CHILDREN / "left_early.py"), name, url], name))
        return counts


def _output(command: list[str], name: str) -> str:
    environment = os.environ | ({"PYTHONPATH": PATHS} if name.startswith("krea") else {})
    completed = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    if completed.returncode:
        raise SystemExit(f"scripts/reliability: {name} could not be tried:\n{completed.stderr}")
    return completed.stdout


def forks() -> Measurement:
    """Measure calls of forked children."""
    lines, good = [], True
    for name in ("krea", "krea-async"):
        counts = forked(name)
        bad = counts.get("another's", 0) + counts.get("unknown", 0) + counts["billed twice"]
        good = good and not bad
        refused = f", {counts['refused']} refused ({', '.join(counts['errors'])})" if counts.get("refused") else ""
        lines.append(
            f"{name}: {counts.get('own', 0)} of {counts['calls']} got their own job, {bad} another's or none{refused}"
        )
    goal = "no job of another process, none billed and unknown"
    return Measurement(
        "forks", f"{FORK_ROUNDS} rounds of {FORK_CHILDREN} children by fork and pool", "; ".join(lines), goal, good
    )


def leaving() -> Measurement:
    """Measure every way to leave a call."""
    ways = all_ways()
    losses = [f"{way.way}: {way.lost} of {way.billed} lost" for way in ways if way.lost]
    billed, told_count, offered_count = (
        sum(getattr(way, name) for way in ways) for name in ("billed", "told_count", "offered_count")
    )
    measured = f"of {billed} jobs {told_count} told, {offered_count} offered{_some(losses)}"
    return Measurement(
        "leaving",
        f"{len(ways)} ways to leave a call whose jobs run on",
        measured,
        "every job told or offered",
        not losses,
    )


def signals() -> Measurement:
    """Measure the command line under signals and before bad outputs."""
    ends = all_ends()
    losses = [f"{end.way} (exit {end.code})" for end in ends if end.is_bad]
    measured = f"{len(ends) - len(losses)} of {len(ends)} show the job" + (
        f"; not: {', '.join(losses)}" if losses else ""
    )
    return Measurement(
        "signals", "signals to, and closed or full outputs of, `krea-client generate`", measured, "all", not losses
    )


def clocks() -> Measurement:
    """Measure lost responses of an API with another clock."""
    count, missed = len([*clock_cases()]), misses()
    title = f"lost responses, clocks {min(map(abs, OFFSETS))} s to {max(OFFSETS):,} s apart: the job is among the candidates"
    return Measurement("clocks", title, f"{count - len(missed)} of {count}{_some(missed)}", "all", not missed)


def cancellation() -> Measurement:
    """Measure cancellation at every await."""
    calls = {operation: cancelled_calls(operation) for operation in CALLS}
    losses = [
        f"{name}: {count} of {sum(call.billed for call in cancelled)} jobs lost"
        for name, cancelled in calls.items()
        if (count := sum(call.lost_count for call in cancelled))
    ]
    problems = [call.problem for cancelled in calls.values() for call in cancelled if call.problem]
    points = ", ".join(f"{name} {len(cancelled)}" for name, cancelled in calls.items())
    bad = [*losses, *problems]
    return Measurement(
        "cancellation", f"at every await ({points})", f"{len(bad)} findings{_some(bad)}", "none", not bad
    )


def schedules() -> Measurement:
    """Measure random orders of concurrent lost responses."""
    bad = bad_schedules(SCHEDULES)
    title = f"{SCHEDULES:,} orders of concurrent lost responses: every lost job offered, no known one"
    return Measurement("schedules", title, f"{len(bad)} bad{_some(bad)}", "none", not bad)


JUDGE_FIGURES: tuple[Callable[[], Measurement], ...] = (
    bare_sockets,
    forks,
    leaving,
    signals,
    clocks,
    cancellation,
    schedules,
)
