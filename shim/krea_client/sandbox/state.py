"""A sandbox at one moment, in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .ledger import Totals


@dataclass(frozen=True, slots=True)
class State:
    """Date, money, limits and counts of a sandbox at one moment.

    `now` is its date in UTC, `balance` USD. `active` jobs run or wait for a slot, `kept` ones
    are remembered; `totals` also counts the forgotten ones.
    """

    now: datetime
    balance: float
    concurrent: int
    backlog: int
    active: int
    kept: int
    totals: Totals
