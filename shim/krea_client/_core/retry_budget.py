"""How many more tries a client may make in all: while the API is down, new attempts must not be added to the old ones."""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple


class Tokens(NamedTuple):
    """What is left of the quota for further tries; a success gives one back, up to `most`.

    Attributes:
        left, most: how many there are, and can be.
        fault, busy: what a further try costs after a fault, and after a 429.
    """

    left: int = 500
    most: int = 500
    fault: int = 14
    busy: int = 5

    def tried_again(self, *, busy: bool) -> Tokens | None:
        """What is left when one more try is made, or None where it may not be made."""
        left = self.left - (self.busy if busy else self.fault)
        return self._replace(left=left) if left >= 0 else None

    def succeeded(self) -> Tokens:
        """What is left after an answer that was no fault."""
        return self._replace(left=min(self.most, self.left + 1))


class RetryBudget:
    """The tokens of one client, shared by its threads and tasks."""

    def __init__(self, tokens: Tokens | None = None) -> None:
        self._lock = Lock()
        self._tokens = tokens or Tokens()

    def __repr__(self) -> str:
        return f"RetryBudget({self._tokens!r})"

    def take(self, *, busy: bool) -> bool:
        """True when one more try may be made; it is counted then."""
        with self._lock:
            rest = self._tokens.tried_again(busy=busy)
            self._tokens = rest or self._tokens
            return rest is not None

    def give(self) -> None:
        """Counts a success."""
        with self._lock:
            self._tokens = self._tokens.succeeded()
