"""scripts/bench codemods: files a second, memory, and files that could not be read."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import codemod_growth
from bench.bench_report import today
from bench.environments import ROOT, Environment
from bench.large_tree import packages, unpacked

EVERY_FILE = Path(__file__).with_name("every_file.py")
TREE = ROOT / ".venv-bench-tree"
PEERS = ("ruff", "ast-grep-cli", "django-upgrade", "pyupgrade")
PAGE = ROOT / "docs" / "benchmarks-migrate.md"
CORPUS = ROOT / "tests" / "krea_migrate" / "corpus"
MOST_RSS, LEAST_SCANNED, LEAST_HITS = 60.0, 30_000, 400
HEAD = """# Codemod benchmarks

`scripts/bench codemods --write` measured this: `krea-client check` beside other tools that change programs, on the same public packages,
start-up included, with a warm cache. Seconds are the middle of the rounds, files/s those of the best round; CPU seconds are those of all
processes together. The goals: 30,000 files/s and 60 MB where no file speaks of Krea, 400 files/CPU s where every file does.
"""
PYTHONS = ("3.11", "3.12", "3.13")
ABSENT = 3  # what scripts/_env says where a Python is not on this machine
GROWTH = """## Programs that grow

CPU seconds, start-up included, of a program of n, 2n, 4n and 8n parts. The last column says how many times the CPU time of n, start-up not
included, 8n costs: 8 is as the bytes grow, 64 their square. The goals: at most 10 for each, and for one file of up to 5 MB less than 5 s
and 300 MB.
"""
READ = """## Every file, on each Python

`scripts/bench codemods --read --write` measured this alone: every Python file of these packages is read, also those that have nothing to do
with Krea. What a Python does not parse is read by tokens.
"""


class Measured(NamedTuple):
    """One tool on one tree; `wall` and `cpu` are seconds, `best` the shortest of the rounds."""

    tool: str
    files: int
    wall: float
    best: float
    cpu: float
    megabytes: float

    @property
    def speed(self) -> float:
        """Files in a second of the best round: what else the machine had to do only makes a round longer."""
        return self.files / self.best

    @property
    def per_core(self) -> float:
        """Files in a second of CPU time."""
        return self.files / self.cpu


def planted(folder: Path, copies: int = 6) -> int:
    """Return the Python programs of the labelled set, several times, each time a project of its own."""
    count = 0
    shutil.rmtree(folder, ignore_errors=True)
    for case in sorted(CORPUS.glob("*.txt")):
        parts = re.split(r"^=== (.+)\n", case.read_text("utf-8"), flags=re.MULTILINE)[1:]
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            for copy in range(copies if name.endswith(".py") else 0):
                path = folder / f"{case.stem}_{copy}" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                (folder / f"{case.stem}_{copy}" / "setup.cfg").touch()
                path.write_text(re.sub(r"⟦[?~]?([^⟧]*)⟧", r"\1", text), "utf-8")
                count += 1
    return count


def measured(tool: str, command: Sequence[str | Path], folder: Path, files: int, rounds: int) -> Measured:
    """Return the middle of several runs."""
    walls, cpus, peak = [], [], 0.0
    for _ in range(rounds):
        start = time.perf_counter()
        process = subprocess.Popen(
            [*map(str, command)], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        walls.append(time.perf_counter() - start)
        cpus.append(usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss / 1024)
    return Measured(tool, files, statistics.median(walls), min(walls), statistics.median(cpus), peak)


def peers(folder: Path, bin_: Path, files: int, listing: Path) -> list[Measured]:
    """Return other tools, on the same files."""
    rows: list[tuple[str, list[str | Path]]] = [
        (
            "ruff check --select UP, no cache",
            [bin_ / "ruff", "check", "--isolated", "--no-cache", "--select", "UP", "-q", "."],
        ),
        ("ast-grep run, one pattern", [bin_ / "ast-grep", "run", "-l", "py", "-p", "requests.post($$$A)", "."]),
        (
            "django-upgrade --check",
            ["sh", "-c", f"xargs -a {listing} {bin_}/django-upgrade --check --target-version 5.0"],
        ),
    ]
    return [measured(name, command, folder, files, 1) for name, command in rows]


def table(rows: Sequence[Measured]) -> list[str]:
    """Return a Markdown table."""
    lines = [
        "| tool | files | s | best s | CPU s | files/s | files/CPU s | most MB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row.tool} | {row.files:,} | {row.wall:.2f} | {row.best:.2f} | {row.cpu:.2f} "
        f"| {row.speed:,.0f} | {row.per_core:,.0f} | {row.megabytes:.0f} |"
        for row in rows
    ]
    return lines


class Read(NamedTuple):
    """What came of reading every file with one Python; `unread` says why, by file."""

    version: str
    files: int
    by_tokens: int
    unread: dict[str, str]


def read_by(version: str, folder: Path) -> Read | None:
    """Return every file of a folder, read by a Python; None where it is not on this machine."""
    python = sys.executable
    if version != f"{sys.version_info.major}.{sys.version_info.minor}":
        completed = subprocess.run(
            [ROOT / "scripts" / "_env", version],
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        if completed.returncode == ABSENT:
            return None
        completed.check_returncode()
        python = completed.stdout.strip()
    process = subprocess.run([python, EVERY_FILE, folder], stdout=subprocess.PIPE, check=True)
    return Read(**json.loads(process.stdout))


def reading(tree: Path) -> tuple[list[str], bool]:
    """Return the section about files that were read, and whether none was left out."""
    rows = {version: read_by(version, tree) for version in PYTHONS}
    lines = ["| Python | files | read by tokens | not read |", "|---|---:|---:|---:|"]
    for version, row in rows.items():
        if row is None:
            lines.append(f"| {version} | not on this machine | | |")
            continue
        lines.append(f"| {row.version} | {row.files:,} | {row.by_tokens} | {len(row.unread)} |")
        for path, reason in row.unread.items():
            print(f"scripts/bench codemods: Python {version}: {path}: {reason}", file=sys.stderr)
    return [f"Read on {today()}.", "", *lines], not any(row.unread for row in rows.values() if row is not None)


def growing(environment: Environment) -> tuple[list[str], dict[str, bool]]:
    """Return the tables of one file that grows and of the worst files, and which goals were met."""
    ours: list[str | Path] = [environment.python, "-m", "krea_client.cli", "check", "."]
    folder = TREE / "one-file"
    lines = [GROWTH, "| a program with more and more | n | 2n | 4n | 8n | 8n : n |", "|---|---:|---:|---:|---:|---:|"]
    goals: dict[str, bool] = {}
    for shape, seconds, times in codemod_growth.growth(folder, lambda path: measured("", ours, path, 1, 1).cpu):
        lines.append(f"| {shape.title} | {' | '.join(f'{one:.2f}' for one in seconds)} | {times:.1f} |")
        print(lines[-1], file=sys.stderr, flush=True)
        goals[f"growth: {shape.title}"] = times <= codemod_growth.MOST_GROWTH
    lines += ["", "| one large file | MB | CPU s | most MB |", "|---|---:|---:|---:|"]
    for shape, path in codemod_growth.worst(folder):
        row = measured("", ours, path, 1, 1)
        size = (path / shape.name).stat().st_size / 1e6
        lines.append(f"| {shape.title} | {size:.1f} | {row.cpu:.2f} | {row.megabytes:.0f} |")
        print(lines[-1], file=sys.stderr, flush=True)
        met = row.cpu < codemod_growth.MOST_SECONDS and row.megabytes < codemod_growth.MOST_MEGABYTES
        goals[f"worst file: {shape.title}"] = met
    return [*lines, ""], goals


def timing(environment: Environment, tree: Path) -> tuple[list[str], dict[str, bool]]:
    """Return the tables of speed, and which goals were met."""
    hits = TREE / "hits"
    files = sorted(tree.rglob("*.py"))
    listing = TREE / "files.txt"
    listing.write_text("\n".join(map(str, files)))
    check_command: list[str | Path] = [environment.python, "-m", "krea_client.cli", "check", "."]
    scan = measured("krea-client check", check_command, tree, len(files), 5)
    dense = measured("krea-client check, every file sends to Krea", check_command, hits, planted(hits), 3)
    rows = [scan, *peers(tree, environment.python.parent, len(files), listing)]
    lines = [f"Measured on {today()}, Python {sys.version.split()[0]}: {packages()}.", "", *table(rows), ""]
    goals = {
        "files a second": scan.speed >= LEAST_SCANNED,
        "memory": scan.megabytes <= MOST_RSS,
        "hits": dense.per_core >= LEAST_HITS,
    }
    return [*lines, *table([dense])], goals


def main() -> int:
    """Measure, tell, and return 1 when a goal is missed."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench codemods", description="krea-client check beside other codemods."
    )
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    parser.add_argument("--growth", action="store_true", help="only measure how one file grows")
    parser.add_argument("--read", action="store_true", help="read every file on each Python, and time nothing")
    options = parser.parse_args()
    environment = Environment(ROOT / ".venv-bench-migrate")
    environment.install("-e", f"{ROOT}[cli,migrate]", *([] if options.growth else PEERS))
    TREE.mkdir(exist_ok=True)
    if options.growth:
        lines, goals = growing(environment)
        print("\n".join(lines))
        return _missed(goals)
    tree = unpacked(environment.python, TREE)
    speed, goals = ([], {}) if options.read else timing(environment, tree)
    files, all_read = reading(tree)
    goals["files read"] = all_read
    print("\n".join([*speed, "", *files]))
    if options.write:
        above = PAGE.read_text("utf-8").partition(READ)[0] if options.read else "\n".join([HEAD, *speed, "", ""])
        PAGE.write_text(above + "\n".join([READ, *files, ""]), "utf-8")
    return _missed(goals)


def _missed(goals: Mapping[str, bool]) -> int:
    for name in (name for name, is_met in goals.items() if not is_met):
        print(f"scripts/bench codemods: MISSED: {name}", file=sys.stderr)
    return 0 if all(goals.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
