"""Prints the figures of docs/reliability.md, and writes them there."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.environments import peers
from reliability.batches import batch
from reliability.elsewhere import FAULTS, Peer, beside
from reliability.figures import FIGURES, Figure

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reliability.md"
BEGIN, END = "<!-- scripts/reliability --write: begin -->\n", "<!-- scripts/reliability --write: end -->\n"


def ten_thousand() -> Figure:
    """How long ten thousand jobs take."""
    done = batch("sync", 10_000, 16, 8)
    said = f"{done.ratio:.2f} of the ideal time, {done.lost} lost, {done.doubled} doubled, {done.ahead} requests read ahead"
    good = done.ratio <= 1.15 and not done.lost and not done.doubled and done.ahead <= 16
    return Figure("run_all", "10,000 jobs, 16 at once, against a limit of 8", said, "at most 1.15, none, none", good)


def as_markdown(figures: Sequence[Figure], others: Sequence[Peer]) -> str:
    """The figures as tables."""
    lines = [f"Measured on {datetime.now(UTC).date()}.", "", "| | what | measured | goal |", "|---|---|---|---|"]
    lines += [
        f"| {one.name} | {one.what} | {one.measured} | {one.goal}, {'met' if one.met else '**missed**'} |"
        for one in figures
    ]
    if others:
        lines += ["", "Jobs made by one call whose first request was taken and whose answer was spoilt once:", ""]
        lines += [f"| client | {' | '.join(FAULTS)} | faults that doubled |", "|---" * (len(FAULTS) + 2) + "|"]
        lines += [
            f"| {one.name} | {' | '.join(str(one.jobs[fault]) for fault in FAULTS)} | {one.doubled} of {len(FAULTS)} |"
            for one in others
        ]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Measures, prints, and gives the exit code."""
    warnings.simplefilter("ignore")  # old models say that they are
    figures = []
    for measure in (*FIGURES, ten_thousand):
        figures.append(measure())
        one = figures[-1]
        print(
            f"{one.name:8} {'met   ' if one.met else 'MISSED'} {one.what}: {one.measured} (goal: {one.goal})",
            flush=True,
        )
    others = beside(peers()) if "--peers" in arguments else []
    for peer in others:
        print(f"{peer.name:8} doubled after {peer.doubled} of {len(FAULTS)} faults: {dict(peer.jobs)}", flush=True)
    if "--write" in arguments:
        head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        tail = rest.partition(END)[2]
        PAGE.write_text(f"{head}{BEGIN}\n{as_markdown(figures, others)}\n\n{END}{tail}", "utf-8")
    return 0 if all(one.met for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
