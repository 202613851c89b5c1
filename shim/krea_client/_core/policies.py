"""How often to try again and how long to wait, as frozen values with pure methods."""

from __future__ import annotations

from typing import NamedTuple

# Answers after which a read may be asked again: the edge or the service had a bad moment.
RETRYABLE_READS = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 528), 530})
BUSY = 429
_JUST_OVER = 1.02  # of the typical time: the look that finds most jobs completed
_SHORTEST = 0.1  # seconds; less would be asking twice at the same time
_NEAR = 1.5  # of a pause: what is no further off is waited for instead of it
_LONGEST = 1e9  # seconds; the timers of operating systems overflow not far beyond


def can_be_waited(seconds: object) -> bool:
    """True for a number of seconds that a timer can be set to, 0 among them."""
    return isinstance(seconds, (int, float)) and not isinstance(seconds, bool) and 0 <= seconds <= _LONGEST


class Retry(NamedTuple):
    """When to send something again.

    Attributes:
        attempts: how often one exchange is tried in all.
        base: seconds of the first pause, doubled for each further one, before jitter.
        cap: the longest pause of our own choosing, in seconds.
        budget: seconds after which nothing is tried again, pauses included; a read that is tried again ends within it.
        ceiling: the longest Retry-After, in seconds, that is waited for; a longer one ends the attempts.
        busy_attempts: how often a submission that is answered 429 is tried in all.
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
        """Seconds until the next try, or None to give up.

        Args:
            attempt: how many tries have failed, 1 for the first.
            elapsed: seconds since the first try began.
            draw: a random number from 0 to 1: full jitter for faults, half for a 429.
            busy: the answer was a 429.
            retry_after: seconds that the API asked for.
        """
        if attempt >= (self.busy_attempts if busy else self.attempts):
            return None
        growth = min(attempt - 1, 60)  # beyond it 2.0 ** growth would only ever meet the cap
        if retry_after is not None:
            if retry_after > self.ceiling:
                return None
            pause = max(retry_after, self.base)  # an API that asks for no pause at all is not hammered
        elif busy:
            pause = min(self.busy_base * 3.0**growth, self.ceiling) * (0.5 + draw / 2)
        else:
            pause = min(self.base * 2.0**growth, self.cap) * draw
        return pause if elapsed + pause <= self.budget else None


def may_resend(paid: bool, status: int | None, *, delivered: bool) -> bool:
    """True when sending again cannot be paid for twice.

    A paid request only goes again when it surely was not accepted: it never got there, or an explicit 429 came back.
    """
    if not delivered or status == BUSY:
        return True
    if paid:
        return False
    return status is None or status in RETRYABLE_READS


class Pace(NamedTuple):
    """How often to look at a job.

    Attributes:
        first: seconds before the first look where nothing is known about the model.
        head_start: the share of the typical time after which the first look is worth it.
        least: the shortest pause between looks, in seconds.
        share: the next pause, as a share of the time waited so far.
        most: the longest pause, in seconds.
        deadline: seconds that a wait lasts unless told otherwise; external models may run for about two hours.
        absence: seconds for which a 404 right after a submission is not believed.
        absence_unseen: the same for an id that this client has never seen.
        patience: seconds of unbroken trouble with the API that a wait survives.
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
        """Seconds until the first look at a job that is `age` seconds old."""
        first = self.first if typical is None else max(self.least, typical * self.head_start)
        return max(0.0, first - age)

    def before_next(self, waited: float, typical: float | None = None) -> float:
        """Seconds until the next look after having waited so long: it grows with the wait, up to a cap.

        A look that would come about when the job usually ends comes right after that: `typical` seconds from the start.
        """
        pause = min(self.most, max(self.least, waited * self.share))
        until_typical = (typical or 0.0) * _JUST_OVER - waited
        return until_typical if _SHORTEST <= until_typical <= pause * _NEAR else pause

    def margin(self, left: float) -> float:
        """Seconds to keep of what is left of a wait, for a last look within the deadline."""
        return max(0.05, min(1.0, left * 0.5))
