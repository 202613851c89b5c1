"""How far a bulk run is, for whoever shows it, and how it is asked to stop; shared between threads."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Event
from typing import NamedTuple

from krea_client.bulk.journal import Counts
from krea_client.bulk.states import ItemState
from krea_client.jobs import Job

_S = ItemState
_RATE_SECONDS = 60.0  # the rate is that of the last minute


class BulkProgress(NamedTuple):
    """Figures of a run.

    Attributes:
        counts: items by state.
        total: items of the input; None where that is not known.
        running: jobs that have been accepted and have not ended.
        saving: results that wait for their download, or are downloaded.
        rate: items a second that came to an end, lately.
    """

    counts: Counts
    total: int | None
    running: int
    saving: int
    rate: float

    @property
    def done(self) -> int:
        """Items whose results are saved."""
        return self.counts.of(_S.SAVED)

    @property
    def failed(self) -> int:
        """Items that failed, were refused, or have no result."""
        return self.counts.of(_S.FAILED, _S.REFUSED, _S.EMPTY)

    @property
    def unknown(self) -> int:
        """Items whose outcome is not known."""
        return self.counts.of(_S.UNKNOWN)

    @property
    def left(self) -> int | None:
        """Items that have not come to an end."""
        return None if self.total is None else max(0, self.total - self.done - self.failed - self.unknown)

    @property
    def spent(self) -> float:
        """Upper bound of what may have been billed, in USD."""
        return self.counts.spent / 1_000_000

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at the present rate, or None where nobody can tell."""
        return self.left / self.rate if self.left is not None and self.rate > 0 else None


@dataclass
class RunControl:
    """The handle of a run that is under way.

    Attributes:
        stopping: set it to end the run: nothing is sent any more, answers under way are awaited.
        progress: the latest figures; None before the first.
        notices: (ordinal, job) of webhooks; each makes the run look at that job.
    """

    stopping: Event = field(default_factory=Event)
    progress: BulkProgress | None = None
    notices: deque[tuple[int, Job]] = field(default_factory=deque[tuple[int, Job]])


class RateMeter:
    """Events a second, lately."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=1_000)
        self._first: float | None = None

    def begin(self, at: float) -> None:
        """Take the beginning of the measurement."""
        self._first = at

    def add(self, at: float) -> None:
        """Count an event."""
        self._times.append(at)

    def rate(self, at: float) -> float:
        """Return the events a second of the last minute, or of as long as is known."""
        while self._times and self._times[0] < at - _RATE_SECONDS:
            self._times.popleft()
        if not self._times or self._first is None:
            return 0.0
        full = len(self._times) == self._times.maxlen
        begin = self._times[0] if full else max(self._first, at - _RATE_SECONDS)
        return len(self._times) / max(at - begin, 0.001)
