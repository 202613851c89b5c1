"""How long the jobs of a model take: the documented time first, then what the jobs of this client took."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple

from krea_client import _forks
from krea_client.jobs import Job

_KEPT = 50  # jobs of a model; older ones say less about the API's load of this hour
_MOST_MODELS = 500
_LEAST_JOBS = 3  # before a model without a documented time has a usual one
DOCUMENTED_SPREAD = (
    0.25  # standard deviation of the logarithm of the seconds, of a model that nothing else is known about
)
_WEIGHT = 1.0  # of the documented time, in jobs
_SPREAD_WEIGHT = 4.0  # of the documented spread, in jobs
LEAST_SPREAD, _MOST_SPREAD = 0.12, 0.8  # that are believed
_NORMAL = 1.4826  # a median absolute deviation times this is the standard deviation of a normal distribution


class Duration(NamedTuple):
    """How long a job takes, as a log-normal distribution.

    Attributes:
        median: in seconds.
        spread: standard deviation of the logarithm.
        is_documented: True while no job has shown whether the documentation is right.
    """

    median: float
    spread: float
    is_documented: bool = False

    def quantile(self, deviations: float) -> float:
        """Return the seconds that lie so many standard deviations above the median."""
        return self.median * math.exp(self.spread * deviations)


def _median(values: Iterable[float]) -> float:
    ordered = sorted(values)  # the module statistics takes 5 ms to import
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


class JobTimes:
    """What the jobs of a client took, by model. Threads may share it."""

    def __init__(self) -> None:
        self._logarithms: dict[str, deque[float]] = {}
        self._lock = Lock()
        _forks.register(self)

    def renew_after_fork(self) -> None:
        """Replace the lock; the times stay."""
        self._lock = Lock()

    def record(self, model: str, job: Job, waited: float) -> None:
        """Record a completed job: by the API's own times, else by the seconds that it was waited for."""
        if not job.succeeded:
            return
        seconds = waited
        if job.created_at is not None and job.completed_at is not None:
            seconds = (job.completed_at - job.created_at).total_seconds()
        if seconds <= 0:
            return
        with self._lock:
            if model not in self._logarithms and len(self._logarithms) >= _MOST_MODELS:
                self._logarithms.pop(next(iter(self._logarithms)))
            self._logarithms.setdefault(model, deque(maxlen=_KEPT)).append(math.log(seconds))

    def expected(self, model: str | None, documented: float | None) -> Duration | None:
        """Return how long the next job of a model is going to take, or None where nothing is known.

        The median and the median deviation of the last jobs count, so that a few odd ones do not.
        """
        with self._lock:
            logarithms = list(self._logarithms.get(model or "", ()))
        count = len(logarithms)
        if documented is None or documented <= 0:
            if count < _LEAST_JOBS:
                return None
            center, weight = _median(logarithms), 0.0
        elif count == 0:
            return Duration(documented, DOCUMENTED_SPREAD, is_documented=True)
        else:
            center, weight = math.log(documented), _WEIGHT
        usual = _median(logarithms)
        deviation = _NORMAL * _median(abs(value - usual) for value in logarithms)
        center = (weight * center + count * usual) / (weight + count)
        variance = (_SPREAD_WEIGHT * DOCUMENTED_SPREAD**2 + count * deviation**2) / (_SPREAD_WEIGHT + count)
        # The median of a few jobs is itself known only so well.
        variance += (center - usual) ** 2 + deviation**2 / count
        return Duration(math.exp(center), min(max(math.sqrt(variance), LEAST_SPREAD), _MOST_SPREAD))
