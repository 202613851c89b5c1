"""The program behind scripts/bench-migrate: files a second, memory, and files that could not be read."""

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
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.environments import ROOT, Environment
from benchmarks.report import today

TREE = ROOT / ".venv-bench-tree"
PACKAGES = ("homeassistant", "django", "sympy", "sqlalchemy", "ansible-core")
PEERS = ("ruff", "ast-grep-cli", "django-upgrade", "pyupgrade")
PAGE = ROOT / "docs" / "benchmarks-migrate.md"
CORPUS = ROOT / "tests" / "migrate" / "corpus"
MOST_RSS, LEAST_SCANNED, LEAST_HITS = 60.0, 30_000, 400
HEAD = """# What a check costs

`scripts/bench-migrate --write` measured this: `krea-client check` beside other tools that change programs, on the same public packages,
start-up included, with a warm cache; the middle of the rounds. CPU seconds are those of all processes together.
"""


class Measured(NamedTuple):
    """One tool on one tree."""

    tool: str
    files: int
    wall: float
    cpu: float
    megabytes: float

    @property
    def speed(self) -> float:
        """Files in a second of CPU time: the machine may be busy with other things."""
        return self.files / self.cpu


def planted(folder: Path, copies: int = 12) -> int:
    """The Python programs of the labelled set, several times, each time a project of its own."""
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


def packages(python: Path) -> Path:
    """The unpacked Python files of the packages."""
    folder = TREE / "packages"
    if not folder.exists():
        for name in PACKAGES:
            command = [
                python,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--only-binary",
                ":all:",
                "--dest",
                TREE,
                name,
            ]
            subprocess.run(command, check=True)
        for wheel in TREE.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                members = [one for one in archive.namelist() if one.endswith(".py")]
                archive.extractall(folder / wheel.name.split("-")[0], members)
    return folder


def measured(tool: str, command: Sequence[str | Path], folder: Path, files: int, rounds: int) -> Measured:
    """The middle of several runs."""
    walls, cpus, most = [], [], 0.0
    for _ in range(rounds):
        begun = time.perf_counter()
        process = subprocess.Popen(
            [*map(str, command)], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
        walls.append(time.perf_counter() - begun)
        cpus.append(used.ru_utime + used.ru_stime)
        most = max(most, used.ru_maxrss / 1024)
    return Measured(tool, files, statistics.median(walls), statistics.median(cpus), most)


def peers(folder: Path, bin_: Path, files: int, listing: Path) -> list[Measured]:
    """Other tools, on the same files."""
    rows = [
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
    """A Markdown table."""
    lines = ["| tool | files | wall s | CPU s | files a CPU second | most MB |", "|---|---:|---:|---:|---:|---:|"]
    lines += [
        f"| {one.tool} | {one.files:,} | {one.wall:.2f} | {one.cpu:.2f} | {one.speed:,.0f} | {one.megabytes:.0f} |"
        for one in rows
    ]
    return lines


def unread(python: Path, folder: Path) -> int:
    """How many files of a tree a check could not read."""
    command = [python, "-m", "krea_client.cli", "check", "--format", "json", "."]
    done = subprocess.run([*map(str, command)], cwd=folder, capture_output=True, text=True, check=False)
    return len(json.loads(done.stdout)["problems"])


def main() -> int:
    """Measures, tells, and gives 1 when a goal is missed."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench-migrate", description="krea-client check beside other codemods."
    )
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args()
    environment = Environment(ROOT / ".venv-bench-migrate")
    environment.install("-e", f"{ROOT}[cli,migrate]", *PEERS)
    TREE.mkdir(exist_ok=True)
    tree, hits = packages(environment.python), TREE / "hits"
    found = sorted(tree.rglob("*.py"))
    listing = TREE / "files.txt"
    listing.write_text("\n".join(map(str, found)))
    ours = [environment.python, "-m", "krea_client.cli", "check", "."]
    scan = measured("krea-client check", ours, tree, len(found), 5)
    dense = measured("krea-client check, every file sends to Krea", ours, hits, planted(hits), 3)
    lost = unread(environment.python, tree)
    rows = [scan, *peers(tree, environment.python.parent, len(found), listing)]
    told = [f"Measured on {today()}, Python {sys.version.split()[0]}: {', '.join(PACKAGES)}.", "", *table(rows), ""]
    told += [*table([dense]), "", f"Files that were not read: {lost}."]
    print("\n".join(told))
    if options.write:
        PAGE.write_text(HEAD + "\n" + "\n".join(told) + "\n", "utf-8")
    goals = {
        "files a second": scan.speed >= LEAST_SCANNED,
        "memory": scan.megabytes <= MOST_RSS,
        "hits": dense.speed >= LEAST_HITS,
        "files read": lost == 0,
    }
    for name in (name for name, met in goals.items() if not met):
        print(f"scripts/bench-migrate: MISSED: {name}", file=sys.stderr)
    return 0 if all(goals.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
