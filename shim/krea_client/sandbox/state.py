"""A sandbox at one moment, in figures."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from .ledger import Totals


class State(NamedTuple):
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
