"""How often jobs of any length are looked at, and how long after their ends: our pace beside a fixed poll, by arithmetic."""

from __future__ import annotations

import math
from functools import partial
from itertools import accumulate, repeat, takewhile
from operator import gt
from statistics import NormalDist, fmean, quantiles
from typing import NamedTuple

from krea_client._core.job_times import Duration
from krea_client._core.policies import Pace

LENGTHS = (3.0, 12.0, 60.0, 300.0)  # usual seconds of models
SPREAD = 0.25  # of the logarithm: two thirds of the jobs take 0.78 to 1.28 of what is usual
JOBS = 2000  # at evenly spaced quantiles
FIXED = 1.0  # seconds between the looks of a plain loop


class Pacing(NamedTuple):
    """Mean looks at a job; mean and 95th percentile of the seconds between its end and the look that sees it; the same of a fixed poll."""

    typical: float
    looks: float
    late: float
    late_95: float
    fixed_looks: float
    fixed_late: float
    fixed_late_95: float


def lengths(typical: float) -> list[float]:
    """Return the lengths of jobs round the usual one, shortest first."""
    normal = NormalDist(0.0, SPREAD)
    return [typical * math.exp(normal.inv_cdf((number + 0.5) / JOBS)) for number in range(JOBS)]


def our_looks(typical: float, last: float, pace: Pace | None = None) -> list[float]:
    """Return the ages at which a job is looked at that ends at the age `last`."""
    pace = pace or Pace()
    duration = Duration(typical, SPREAD)
    looks = [pace.before_first(duration, 0.0)]
    while looks[-1] < last:
        looks.append(looks[-1] + pace.before_next(duration, looks[-1], looks[-1]))
    return looks


def _figures(looks: list[float], ends: list[float]) -> tuple[float, float, float]:
    counts = [next(number for number, at in enumerate(looks, 1) if at >= end) for end in ends]
    late = [looks[count - 1] - end for count, end in zip(counts, ends, strict=True)]
    return fmean(counts), fmean(late), quantiles(late, n=20)[-1]


def pacings() -> list[Pacing]:
    """Return the figures of jobs of each usual length."""
    figures = []
    for typical in LENGTHS:
        ends = lengths(typical)
        fixed = [*takewhile(partial(gt, ends[-1] + FIXED), accumulate(repeat(FIXED)))]
        figures.append(Pacing(typical, *_figures(our_looks(typical, ends[-1]), ends), *_figures(fixed, ends)))
    return figures


def table() -> list[str]:
    """Return a Markdown table of them."""
    lines = [
        "| usual time | our polls | end seen after: mean | 95 of 100 | one poll a second | end seen after: mean | 95 of 100 |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {pacing.typical:g} s | {pacing.looks:.1f} | {pacing.late:.2f} s | {pacing.late_95:.2f} s "
        f"| {pacing.fixed_looks:.1f} | {pacing.fixed_late:.2f} s | {pacing.fixed_late_95:.2f} s |"
        for pacing in pacings()
    ]
    return lines
