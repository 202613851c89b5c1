"""Jobs of other programs on the same account: when each begins, and which model it uses."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cached_property

from krea_client.sandbox.api_document import GENERATE, ApiDocument, ApiOperation

MOST_AT_ONCE = 10_000  # begun for one jump of the clock; earlier ones are left out


class ForeignJobs:
    """Plans the jobs of other programs: on average so many a second, at moments that the seed fixes.

    Args:
        document: says which models there are.
        rate: jobs a second; 0 for none.
        seed: fixes moments and models.
        now: the present monotonic time.
    """

    def __init__(self, document: ApiDocument, rate: float, seed: int, now: float) -> None:
        self._document = document
        self._random = random.Random(f"foreign {seed}")
        self._rate = rate
        self._next = now + self._random.expovariate(rate) if rate else float("inf")

    @cached_property
    def _operations(self) -> list[ApiOperation]:
        """The models, which only accounts with foreign jobs look at."""
        return sorted(
            (
                methods["POST"]
                for path, methods in self._document.fixed.items()
                if path.startswith(GENERATE) and "POST" in methods
            ),
            key=lambda operation: operation.path,
        )

    def due(self, now: float) -> Iterator[tuple[float, ApiOperation]]:
        """Yield moment and model of each job that begins by now, oldest first."""
        self._next = max(self._next, now - MOST_AT_ONCE / self._rate) if self._rate else self._next
        while self._next <= now:
            at = self._next
            self._next = at + self._random.expovariate(self._rate)
            yield at, self._random.choice(self._operations)

    def operation(self, model: str) -> ApiOperation:
        """Return the operation of a model, named as in requests or with its kind before it.

        Raises:
            ValueError: there is no such model.
        """
        for operation in self._operations:
            if operation.model == model or operation.model.partition("/")[2] == model:
                return operation
        raise ValueError(f"unknown model {model!r}; give one such as 'z-image/z-image'")
