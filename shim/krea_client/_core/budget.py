"""A purse that a client may not spend more from than it was given."""

from __future__ import annotations

from decimal import Decimal
from threading import Lock

from krea_client._spec.prices import Price
from krea_client.errors import OverBudget

MICRO = 1_000_000  # money is counted in millionths, so that many small prices add up exactly


class Budget:
    """Counts what submissions cost at most, and refuses one that would pass the limit. Threads may share it.

    Args:
        limit: in the currency of the prices.

    Raises:
        ValueError: the limit is less than nothing.
        TypeError: it is no number.
    """

    def __init__(self, limit: float) -> None:
        given: object = limit
        if isinstance(given, bool) or not isinstance(given, (int, float, Decimal)):
            raise TypeError(f"budget={limit!r} is a {type(limit).__name__}: give an amount of money, such as 5.0")
        if not limit >= 0:
            raise ValueError(f"budget={limit!r}: give an amount of money, 0 or more")
        self._limit = round(limit * MICRO)
        self._spent = 0
        self._jobs: dict[str, int] = {}
        self._lock = Lock()

    @property
    def spent(self) -> float:
        """What has been spent at most so far."""
        return self._spent / MICRO

    def take(self, price: Price) -> int:
        """Sets a price aside and gives it in millionths.

        Raises:
            OverBudget: there is not so much left, or nobody knows the price.
        """
        most = price.at_most
        if most is None:
            raise OverBudget(
                f"{price.model}: no price is published for this request, so a budget cannot be kept; "
                "use a client without one (nothing was sent)",
                price=price,
                spent=self.spent,
            )
        amount = round(most * MICRO)
        up_to = "" if price.amount is not None else "up to "
        with self._lock:
            if self._spent + amount > self._limit:
                raise OverBudget(
                    f"{price.model}: it costs {up_to}{most:g} {price.currency}, and of the budget of {self._limit / MICRO:g} "
                    f"{self._spent / MICRO:g} are spent (nothing was sent)",
                    price=price,
                    spent=self.spent,
                )
            self._spent += amount
        return amount

    def give_back(self, amount: int) -> None:
        """Puts back what a refused submission had set aside."""
        with self._lock:
            self._spent -= amount

    def belongs_to(self, job_id: str, amount: int) -> None:
        """Notes which job an amount was set aside for."""
        with self._lock:
            self._jobs[job_id] = amount

    def ended(self, job_id: str, *, billed: bool) -> None:
        """Takes note of a job's end; failed and cancelled jobs are not billed, so theirs comes back."""
        with self._lock:
            amount = self._jobs.pop(job_id, 0)
            if not billed:
                self._spent -= amount
