"""Ratios out of measurements that were made in turn: each round is compared with itself, and the middle of the rounds is told."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any, NamedTuple


class Figure(NamedTuple):
    """One measured ratio.

    Attributes:
        name: what was measured.
        beside: what it was measured beside.
        ratio: the median of the rounds' ratios.
        low, high: their first and third quartiles.
        measured, reference: medians of the two sides, in `unit`.
        unit: such as "ms".
        most, least: the target, where there is one.
        goal: the better value that is aimed for.
    """

    name: str
    beside: str
    ratio: float
    low: float
    high: float
    measured: float
    reference: float
    unit: str
    most: float | None = None
    least: float | None = None
    goal: float | None = None

    @property
    def met(self) -> bool | None:
        """True when the target is met; None where there is none."""
        if self.most is not None:
            return self.ratio <= self.most
        if self.least is not None:
            return self.ratio >= self.least
        return None

    def as_json(self) -> dict[str, Any]:
        """Return the whole text, with whether the figure is met."""
        return {**self._asdict(), "met": self.met}


def compare(
    name: str,
    beside: str,
    measured: Sequence[float],
    reference: Sequence[float],
    *,
    baseline: Sequence[float] | None = None,
    unit: str = "ms",
    inverse: bool = False,
    most: float | None = None,
    least: float | None = None,
    goal: float | None = None,
) -> Figure:
    """Return the ratio of two series that were measured in turn.

    Args:
        name: as in `Figure`; so are beside, unit, most, least and goal.
        beside: see name.
        measured: one value for each round.
        reference: the other side's value of the same round.
        baseline: what both sides hold that belongs to neither, such as the start of Python; it is taken off.
        unit: see name.
        inverse: the ratio of speeds instead of times.
        most: see name.
        least: see name.
        goal: see name.
    """
    base = baseline or [0.0] * len(measured)
    our_costs = [cost - under for cost, under in zip(measured, base, strict=True)]
    reference_costs = [cost - under for cost, under in zip(reference, base, strict=True)]
    ratios = [
        theirs / ours if inverse else ours / theirs for ours, theirs in zip(our_costs, reference_costs, strict=True)
    ]
    low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
    medians = statistics.median(our_costs), statistics.median(reference_costs)
    return Figure(name, beside, middle, low, high, *medians, unit, most, least, goal)
