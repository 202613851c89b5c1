"""When to look at a job: rarely while it can hardly have ended, often while it is likely to end, rarely again when it is overdue.

The distance of two looks is inversely proportional to the square root of the hazard rate, the probability that a job that still runs
ends in the next second: for a given number of looks this makes the mean lateness the smallest.
"""

from __future__ import annotations

import math

from krea_client._core.job_times import Duration

MOST_LATE = 1.065  # seconds: mean lateness that is aimed at for long jobs
_LATE = (0.06, 0.036)  # for short ones: seconds, and share of the usual time
_EARLY = -1.8  # standard deviations: about 4 of 100 jobs have ended by then
_NO_JOB = -3.5  # standard deviations: nearly no job has ended by then
_OVERDUE = 2.5  # standard deviations: nearly every job has ended by then
_OVERDUE_SHARE = 0.1  # of the time that a job is overdue: the shortest distance of two looks at it
_STEPS = 40  # of the numerical integration, in a standard deviation
_MOST_STEPS = 400
# Integral of the square root of density times survival, of the standard normal distribution: lateness times looks of the best schedule
# is half its square, times the standard deviation in seconds.
_BEST = 1.325
_SQRT_2, _SQRT_2_PI = math.sqrt(2.0), math.sqrt(2.0 * math.pi)
_FAR = 6.0  # standard deviations from which on the hazard rate is that of the tail
# share of the usual time, at most so many seconds: looks that are shared need not be nearer
_SHARED_LEAST = (
    0.025,
    1.0,
)
# Where only the documentation says how long jobs take, the first jobs of a batch may take much less. Looks that are shared are cheap
# enough to find out: they begin at this share of the documented time, at distances of that share of the age.
_DOUBT_START, _DOUBT_SHARE = 0.15, 0.1


def seconds_to_look(duration: Duration, age: float, *, shared_by: int = 1) -> float:
    """Return the seconds from the age of a job to the next look at it; whatever bounds the caller has for pauses come on top.

    Args:
        duration: how long such jobs take.
        age: seconds since the job was created.
        shared_by: number of jobs that one look is about, which makes looks cheaper.
    """
    deviation = duration.median * duration.spread
    lateness = min(MOST_LATE, _LATE[0] + _LATE[1] * duration.median) / math.sqrt(shared_by)
    unit = 2 * lateness / (_BEST * math.sqrt(deviation))
    early, longest = duration.quantile(_EARLY), 2 * lateness
    start = max(age, duration.quantile(_NO_JOB))
    at, sum_, step = start, 0.0, deviation / _STEPS
    for _ in range(_MOST_STEPS):
        looks = math.sqrt(_hazard(duration, at + step / 2)) / unit
        if sum_ + looks * step >= 1:
            at += (1 - sum_) / looks
            break
        sum_, at = sum_ + looks * step, at + step
    pause = min(at - age, max(longest, early - age))
    if shared_by == 1:
        return pause
    if duration.is_documented:
        pause = min(pause, max(_DOUBT_START * duration.median - age, _DOUBT_SHARE * age))
    return max(pause, min(_SHARED_LEAST[0] * duration.median, _SHARED_LEAST[1]))


def seconds_overdue(duration: Duration, age: float) -> float:
    """Return for how long a job of this age should have ended; 0 while it is not overdue."""
    return max(0.0, age - duration.quantile(_OVERDUE))


def overdue_pause(duration: Duration, age: float, waited: float) -> float:
    """Return the shortest pause before the next look at a job that is overdue, 0 for one that is not."""
    return _OVERDUE_SHARE * min(seconds_overdue(duration, age), waited)


def _hazard(duration: Duration, age: float) -> float:
    deviations = (math.log(age) - math.log(duration.median)) / duration.spread
    if deviations > _FAR:
        return deviations / (duration.spread * age)
    density = math.exp(-deviations * deviations / 2) / (_SQRT_2_PI * duration.spread * age)
    return density / (0.5 * math.erfc(deviations / _SQRT_2))
