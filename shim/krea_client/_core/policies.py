"""Retry and polling policies, as frozen values with pure methods."""

from __future__ import annotations

from typing import NamedTuple

from krea_client._core import look_schedule
from krea_client._core.job_times import Duration

# Statuses after which a read may be retried: the edge or the service failed for a moment.
RETRYABLE_READS = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 528), 530})
BUSY = 429
_LONGEST = 1e9  # seconds; the timers of operating systems overflow not far beyond


def can_be_waited(seconds: object) -> bool:
    """Return True for a number of seconds that a timer can be set to; 0 is one."""
    return isinstance(seconds, (int, float)) and not isinstance(seconds, bool) and 0 <= seconds <= _LONGEST


class Retry(NamedTuple):
    """When to send a request again.

    Attributes:
        attempts: tries of one exchange in all.
        base: seconds of the first pause, doubled for each further one, before jitter.
        cap: the longest pause without a Retry-After, in seconds.
        budget: seconds after which nothing is retried, pauses included; a retried read ends within it.
        ceiling: the longest Retry-After, in seconds, that is obeyed; a longer one ends the attempts.
        busy_attempts: tries in all of a submission that is answered with 429.
        busy_base: seconds of the first pause after a 429, tripled for each further one.
    """

    attempts: int = 3
    base: float = 0.5
    cap: float = 8.0
    budget: float = 90.0
    ceiling: float = 60.0
    busy_attempts: int = 3
    busy_base: float = 5.0

    def pause(
        self, attempt: int, elapsed: float, draw: float, *, busy: bool = False, retry_after: float | None = None
    ) -> float | None:
        """Return the seconds until the next try, or None to give up.

        Args:
            attempt: number of failed tries, 1 after the first.
            elapsed: seconds since the start of the first try.
            draw: a random number from 0 to 1: full jitter for faults, half for a 429.
            busy: the response was a 429.
            retry_after: seconds that the API asks for.
        """
        if attempt >= (self.busy_attempts if busy else self.attempts):
            return None
        growth = min(attempt - 1, 60)  # beyond it 2.0 ** growth would only ever meet the cap
        if retry_after is not None:
            if retry_after > self.ceiling:
                return None
            pause = max(retry_after, self.base)  # also where the API asks for no pause
        elif busy:
            pause = min(self.busy_base * 3.0**growth, self.ceiling) * (0.5 + draw / 2)
        else:
            pause = min(self.base * 2.0**growth, self.cap) * draw
        return pause if elapsed + pause <= self.budget else None


def may_resend(paid: bool, status: int | None, *, delivered: bool) -> bool:
    """Return True when sending again cannot be charged twice.

    A paid request is sent again only when it was surely not accepted: it was not delivered, or the response was a 429.
    """
    if not delivered or status == BUSY:
        return True
    if paid:
        return False
    return status is None or status in RETRYABLE_READS


class Pace(NamedTuple):
    """How often to poll a job.

    Where it is known how long such jobs take, by their documentation or by those that this client has seen, the polls follow from
    that: few while a job can hardly have ended, many while it is likely to end. `least` and `most` bound the pauses between them.

    Attributes:
        first: seconds before the first poll where nothing is known about the model.
        head_start: share of the usual time before the first poll; None for what suits the model.
        least: the shortest pause between polls, in seconds; half of it where one poll is about many jobs.
        share: where nothing is known, the next pause as a share of the time waited so far.
        most: the longest pause between polls, in seconds.
        deadline: seconds that a wait lasts by default; external models may run for about two hours.
        absence: seconds after a submission for which a 404 is ignored.
        absence_unseen: the same for an id that this client did not create.
        patience: seconds of continuous failures that a wait survives.
    """

    first: float = 2.0
    head_start: float | None = None
    least: float = 0.2
    share: float = 0.15
    most: float = 10.0
    deadline: float = 7200.0
    absence: float = 20.0
    absence_unseen: float = 3.0
    patience: float = 300.0

    def before_first(self, duration: Duration | None, age: float, *, shared_by: int = 1) -> float:
        """Return the seconds until the first poll of a job that is `age` seconds old.

        Args:
            duration: how long such jobs take, or None.
            age: seconds since it was created.
            shared_by: number of jobs that one poll is about.
        """
        if duration is not None and self.head_start is None:
            early = look_schedule.seconds_to_look(duration, 0.0, shared_by=shared_by)
            return max(0.0, max(self.least, early) - age)
        first = self.first if duration is None else max(self.least, duration.median * (self.head_start or 0.0))
        return max(0.0, first - age)

    def before_next(self, duration: Duration | None, age: float, waited: float, *, shared_by: int = 1) -> float:
        """Return the seconds until the next poll of a job that is `age` seconds old and was waited for so long.

        Args:
            duration: how long such jobs take, or None.
            age: seconds since it was created.
            waited: seconds since the wait began.
            shared_by: number of jobs that one poll is about.
        """
        if duration is None:
            pause = waited * self.share
        else:
            pause = look_schedule.seconds_to_look(duration, age, shared_by=shared_by)
            pause = max(pause, look_schedule.overdue_pause(duration, age, waited))
        least = self.least if shared_by == 1 else self.least / 2
        return min(self.most, max(least, pause))

    def margin(self, remaining: float) -> float:
        """Return the seconds to reserve of the rest of a wait, for a last poll within the deadline."""
        return max(0.05, min(1.0, remaining * 0.5))
