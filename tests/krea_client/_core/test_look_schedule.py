"""Looks at a job come when it is likely to end: how late its end is seen, how many looks that takes, what jobs teach."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import fmean, quantiles

import pytest

from krea_client._core.job_memory import JobMemory
from krea_client._core.job_times import Duration, JobTimes
from krea_client._core.policies import Pace
from krea_client.jobs import Job

START = datetime(2026, 11, 20, tzinfo=UTC)
MODEL = "z-image/z-image"


def looks_until(duration: Duration, end: float) -> list[float]:
    """Return the ages at which a job is looked at that ends at this age."""
    pace = Pace()
    looks = [pace.before_first(duration, 0.0)]
    while looks[-1] < end:
        looks.append(looks[-1] + pace.before_next(duration, looks[-1], looks[-1]))
    return looks


def ended(seconds: float, status: str = "completed") -> Job:
    return Job("j1", status, START, START + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("usual", "mean", "late", "looks"), [(3, 0.3, 0.6, 6), (12, 0.5, 1.03, 7), (60, 1.0, 2.0, 15), (300, 1.01, 2.0, 73)]
)
def test_an_end_is_seen_soon_and_with_few_looks(usual: float, mean: float, late: float, looks: float) -> None:
    draw = random.Random(7)
    ends = sorted(usual * draw.lognormvariate(0, 0.25) for _ in range(2000))
    schedule = looks_until(Duration(usual, 0.25), ends[-1])
    counts = [next(count for count, at in enumerate(schedule, 1) if at >= end) for end in ends]
    lateness = [schedule[count - 1] - end for count, end in zip(counts, ends, strict=True)]
    assert fmean(lateness) <= mean
    assert quantiles(lateness, n=20)[-1] <= late
    assert fmean(counts) <= looks


def test_an_overdue_job_is_looked_at_less_and_less() -> None:
    looks = looks_until(Duration(5.0, 0.25), 600.0)
    pauses = [round(after - before, 6) for before, after in pairwise(looks)]
    assert pauses[30:] == sorted(pauses[30:])
    assert pauses[-1] == Pace().most
    assert len(looks) < 120


def test_shared_looks_may_be_nearer() -> None:
    duration = Duration(12.0, 0.25)
    pauses = [Pace().before_next(duration, 11.0, 11.0, shared_by=count) for count in (1, 4, 16)]
    assert pauses == sorted(pauses, reverse=True)
    assert pauses[2] < pauses[0] / 2


def test_shared_looks_find_out_soon_that_jobs_take_less_than_documented() -> None:
    duration = Duration(60.0, 0.25, is_documented=True)
    looks = [Pace().before_first(duration, 0.0, shared_by=8)]
    while looks[-1] < 30:
        looks.append(looks[-1] + Pace().before_next(duration, looks[-1], looks[-1], shared_by=8))
    assert looks[0] == pytest.approx(9.0)
    assert len(looks) < 15
    assert Pace().before_first(duration._replace(is_documented=False), 0.0, shared_by=8) > 30


def test_the_documented_time_counts_until_jobs_have_ended() -> None:
    times = JobTimes()
    assert times.expected(MODEL, 5.0) == Duration(5.0, 0.25, is_documented=True)
    assert times.expected(MODEL, None) is None
    medians = []
    for _ in range(10):
        times.record(MODEL, ended(2.0), 2.3)
        duration = times.expected(MODEL, 5.0)
        assert duration is not None
        medians.append(duration.median)
    assert medians == sorted(medians, reverse=True)
    assert medians[0] < 3.3
    assert medians[-1] < 2.2
    assert times.expected("another/model", 5.0) == Duration(5.0, 0.25, is_documented=True)


def test_a_model_without_a_documented_time_gets_one_from_its_jobs() -> None:
    times = JobTimes()
    for _ in range(3):
        assert times.expected(MODEL, None) is None
        times.record(MODEL, ended(40.0), 41.0)
    duration = times.expected(MODEL, None)
    assert duration is not None
    assert duration.median == pytest.approx(40.0)


def test_a_few_odd_jobs_change_little() -> None:
    times = JobTimes()
    for seconds in [10.0, 11.0, 9.0, 10.5, 9.5, 900.0, 10.0, 0.01, 10.2, 9.9]:
        times.record(MODEL, ended(seconds), seconds)
    duration = times.expected(MODEL, 10.0)
    assert duration is not None
    assert duration.median == pytest.approx(10.0, rel=0.05)
    assert duration.spread < 0.3


@pytest.mark.parametrize("job", [ended(3.0, "failed"), ended(3.0, "cancelled"), ended(-3.0), ended(0.0)])
def test_what_says_nothing_about_the_time_is_left_out(job: Job) -> None:
    times = JobTimes()
    for _ in range(5):
        times.record(MODEL, job, 3.0)
    assert times.expected(MODEL, None) is None


def test_where_the_api_gives_no_times_the_wait_counts() -> None:
    memory = JobMemory()
    for _ in range(3):
        memory.add(Job("j1"), None, MODEL)
        memory.record_time(Job("j1", "completed"), 8.0)
    duration = memory.expected("j1")
    assert duration is not None
    assert duration.median == pytest.approx(8.0)
    assert memory.expected("unknown") is None
