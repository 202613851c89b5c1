"""Spending limit of a client."""

from __future__ import annotations

import math
from decimal import Decimal
from threading import Lock

from krea_client import _forks
from krea_client._spec.prices import Price
from krea_client.errors import OverBudget

MICRO = 1_000_000  # amounts are counted in millionths, so that many small prices add up exactly


def in_millionths(budget: float) -> int:
    """Return a limit in millionths.

    Raises:
        ValueError: it is negative or not finite.
        TypeError: it is not a number.
    """
    argument: object = budget
    if isinstance(argument, bool) or not isinstance(argument, (int, float, Decimal)):
        raise TypeError(f"budget={budget!r} is a {type(budget).__name__}: give an amount of money, such as 5.0")
    if not 0 <= budget < math.inf:
        raise ValueError(f"budget={budget!r}: give an amount of money, 0 or more")
    return round(budget * MICRO)


class Budget:
    """Adds up what submissions cost at most, and refuses one that would pass the limit. Threads may share it.

    Args:
        limit: in the currency of the prices.

    Raises:
        ValueError: the limit is negative or not finite.
        TypeError: it is not a number.
    """

    def __init__(self, limit: float) -> None:
        self._limit = in_millionths(limit)
        self._spent = 0
        self._amounts: dict[str, int] = {}
        self._lock = Lock()
        _forks.register(self)

    def renew_after_fork(self) -> None:
        """Replace the lock; each process adds up its own spending from here on."""
        self._lock = Lock()

    @property
    def spent(self) -> float:
        """Upper bound of what has been spent so far."""
        return self._spent / MICRO

    def reserve(self, price: Price) -> int:
        """Reserve the amount that a submission costs at most, and return it in millionths.

        Raises:
            OverBudget: it would pass the limit, or the price is unknown.
        """
        at_most = price.at_most
        if at_most is None:
            raise OverBudget(
                f"{price.model}: no price is published for this request, so a budget cannot be kept; "
                "use a client without one (nothing was sent)",
                price=price,
                spent=self.spent,
            )
        amount = round(at_most * MICRO)
        with self._lock:
            if self._spent + amount > self._limit:
                up_to = "" if price.amount is not None else "up to "
                spent, limit = (f"{part / MICRO:g} {price.currency}" for part in (self._spent, self._limit))
                raise OverBudget(
                    f"{price.model}: the request costs {up_to}{at_most:g} {price.currency}; "
                    f"{spent} of the budget of {limit} are spent (nothing was sent)",
                    price=price,
                    spent=self.spent,
                    limit_reached=True,
                )
            self._spent += amount
        return amount

    def release(self, amount: int) -> None:
        """Give back what a refused submission had reserved."""
        with self._lock:
            self._spent -= amount

    def assign(self, job_id: str, amount: int) -> None:
        """Record the job that an amount was reserved for."""
        with self._lock:
            self._amounts[job_id] = amount

    def transfer(self, name: str, job_id: str) -> None:
        """Give a job the amount that was assigned to the name of its request while its id was not known."""
        with self._lock:
            if (amount := self._amounts.pop(name, None)) is not None:
                self._amounts[job_id] = amount

    def settle(self, job_id: str, *, billed: bool) -> None:
        """Record the end of a job; failed and cancelled jobs are not billed, so their amount is given back."""
        with self._lock:
            amount = self._amounts.pop(job_id, 0)
            if not billed:
                self._spent -= amount
