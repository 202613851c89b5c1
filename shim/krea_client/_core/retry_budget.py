"""Retry budget: a token bucket that keeps retries of one client from multiplying its load while the API is down."""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple

from krea_client import _forks


class RetryTokens(NamedTuple):
    """The state of the bucket.

    Attributes:
        available: tokens in the bucket; each success adds one.
        capacity: upper bound of `available`.
        fault_cost: tokens for a retry after a fault.
        busy_cost: tokens for a retry after a 429.
    """

    available: int = 500
    capacity: int = 500
    fault_cost: int = 14
    busy_cost: int = 5

    def after_retry(self, *, busy: bool) -> RetryTokens | None:
        """Return the state after one more retry, or None where the tokens do not suffice."""
        available = self.available - (self.busy_cost if busy else self.fault_cost)
        return self._replace(available=available) if available >= 0 else None

    def after_success(self) -> RetryTokens:
        """Return the state after a response that was no fault."""
        return self._replace(available=min(self.capacity, self.available + 1))


class RetryBudget:
    """The tokens of one client, shared by its threads and tasks."""

    def __init__(self, tokens: RetryTokens | None = None) -> None:
        self._lock = Lock()
        self._tokens = tokens or RetryTokens()
        _forks.register(self)

    def renew_after_fork(self) -> None:
        """Replace the lock; the tokens stay."""
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"RetryBudget({self._tokens!r})"

    def take(self, *, busy: bool) -> bool:
        """Return whether one more retry is allowed, and count it if so."""
        with self._lock:
            tokens = self._tokens.after_retry(busy=busy)
            self._tokens = tokens or self._tokens
            return tokens is not None

    def give(self) -> None:
        """Count a success."""
        with self._lock:
            if self._tokens.available < self._tokens.capacity:
                self._tokens = self._tokens.after_success()
