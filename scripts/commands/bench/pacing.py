"""How often jobs of any length are looked at, and how long after their ends: our pace beside a fixed poll, by arithmetic."""

from __future__ import annotations

from statistics import fmean
from typing import NamedTuple

from krea_client._core.policies import Pace

LENGTHS = (3.0, 12.0, 60.0, 300.0)  # typical seconds of models
SPREAD = tuple(0.7 + 0.6 * step / 200 for step in range(201))  # a job takes 0.7 to 1.3 of what is typical
FIXED = 2.0  # seconds between the looks of a plain loop


class Pacing(NamedTuple):
    """Mean looks at a job and mean seconds between its end and the look that sees it, ours and those of a fixed poll."""

    typical: float
    looks: float
    late: float
    fixed_looks: float
    fixed_late: float


def ours(typical: float, actual: float, pace: Pace | None = None) -> tuple[int, float]:
    """Return the polls and the lateness of one job."""
    pace = pace or Pace()
    at, looks = pace.before_first(typical, 0.0), 1
    while at < actual:
        at += pace.before_next(at, typical)
        looks += 1
    return looks, at - actual


def fixed(actual: float) -> tuple[int, float]:
    """The same for a poll every two seconds."""
    looks = max(1, -int(-actual // FIXED))
    return looks, looks * FIXED - actual


def pacings() -> list[Pacing]:
    """The means over jobs whose lengths lie evenly about the typical one."""
    figures = []
    for typical in LENGTHS:
        our_waits = [ours(typical, typical * share) for share in SPREAD]
        plain = [fixed(typical * share) for share in SPREAD]
        means = [fmean(column) for pairs in (our_waits, plain) for column in zip(*pairs, strict=True)]
        figures.append(Pacing(typical, *means))
    return figures


def table() -> list[str]:
    """A Markdown table of them."""
    lines = ["| typical time | our looks | seen after | looks every 2 s | seen after |", "|---|---|---|---|---|"]
    lines += [
        f"| {pacing.typical:g} s | {pacing.looks:.1f} | {pacing.late:.2f} s | {pacing.fixed_looks:.1f} | {pacing.fixed_late:.2f} s |"
        for pacing in pacings()
    ]
    return lines
