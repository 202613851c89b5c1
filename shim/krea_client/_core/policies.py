"""Retry and polling policies, as frozen values with pure methods."""

from __future__ import annotations

from typing import NamedTuple

# Statuses after which a read may be retried: the edge or the service failed for a moment.
RETRYABLE_READS = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 528), 530})
BUSY = 429
_JUST_OVER = 1.02  # of the typical time: the poll that finds most jobs completed
_SHORTEST = 0.1  # seconds; less would be two polls at once
_NEAR = 1.5  # of a pause: the typical end replaces it when it is at most so far off
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

    Attributes:
        first: seconds before the first poll where nothing is known about the model.
        head_start: share of the typical time before the first poll.
        least: the shortest pause between polls, in seconds.
        share: the next pause, as a share of the time waited so far.
        most: the longest pause, in seconds.
        deadline: seconds that a wait lasts by default; external models may run for about two hours.
        absence: seconds after a submission for which a 404 is ignored.
        absence_unseen: the same for an id that this client did not create.
        patience: seconds of continuous failures that a wait survives.
    """

    first: float = 2.0
    head_start: float = 0.75
    least: float = 1.0
    share: float = 0.15
    most: float = 10.0
    deadline: float = 7200.0
    absence: float = 20.0
    absence_unseen: float = 3.0
    patience: float = 300.0

    def before_first(self, typical: float | None, age: float) -> float:
        """Return the seconds until the first poll of a job that is `age` seconds old."""
        first = self.first if typical is None else max(self.least, typical * self.head_start)
        return max(0.0, first - age)

    def before_next(self, waited: float, typical: float | None = None) -> float:
        """Return the seconds until the next poll after having waited so long: they grow with the wait, up to a cap.

        A poll near the usual end of the job is moved right behind that: `typical` seconds from the start.
        """
        pause = min(self.most, max(self.least, waited * self.share))
        until_typical = (typical or 0.0) * _JUST_OVER - waited
        return until_typical if _SHORTEST <= until_typical <= pause * _NEAR else pause

    def margin(self, remaining: float) -> float:
        """Return the seconds to reserve of the rest of a wait, for a last poll within the deadline."""
        return max(0.05, min(1.0, remaining * 0.5))
