"""Many jobs are watched by few pages of the list; every end is seen, whatever the list's order, clock and filter do."""

import heapq
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from krea_client._core.list_pages import Look
from krea_client._core.list_watch import ListWatch
from krea_client._core.policies import Pace
from krea_client.jobs import Job

START = datetime(2026, 11, 1, tzinfo=UTC)
Duration = Callable[[random.Random], float]


@dataclass
class Account:
    """The list of jobs of an account on a virtual clock, as the API serves it."""

    tick: timedelta = timedelta(microseconds=1)
    known_types: bool = True
    jobs: list[tuple[datetime, str, str, float]] = field(default_factory=list)  # true creation, id, type, end
    gets: int = 0

    def create(self, kind: str, at: float, seconds: float) -> Job:
        job_id = f"job-{len(self.jobs)}"
        self.jobs.append((START + timedelta(seconds=at), job_id, kind, at + seconds))
        return self.describe(self.jobs[-1], at)

    def shown(self, moment: datetime) -> datetime:
        return moment - (moment - START) % self.tick

    def describe(self, row: tuple[datetime, str, str, float], at: float) -> Job:
        created, job_id, _, end = row
        ended = at >= end
        completed = START + timedelta(seconds=end) if ended else None
        return Job(job_id, "completed" if ended else "sampling", self.shown(created), completed)

    def answer(self, look: Look, at: float) -> tuple[list[Job], bool]:
        self.gets += 1
        if look.job_id is not None:
            return [self.describe(self.jobs[int(look.job_id.removeprefix("job-"))], at)], False
        types = look.types if self.known_types else ("nothing",) if look.types else ()
        rows = [row for row in reversed(self.jobs) if not types or row[2] in types]
        rows = [row for row in rows if look.before is None or row[0] < look.before]
        rows.sort(key=lambda row: row[0], reverse=True)
        return [self.describe(row, at) for row in rows[: look.limit]], len(rows) > look.limit


def work(
    account: Account,
    kinds: Mapping[str, Duration],
    *,
    jobs: int,
    at_once: int,
    foreign: float = 0.0,
    typical: Mapping[str, float] = {},
    seed: int = 1,
) -> tuple[float, float]:
    """Run jobs, each in a slot until its end is seen; return GETs a job, and the time as a multiple of the least possible."""
    draw = random.Random(seed)
    watch = ListWatch(Pace())
    at, started, ended, seconds_in_all = 0.0, 0, 0, 0.0
    next_foreign = foreign
    while ended < jobs:
        while started < jobs and len(watch) < at_once:
            kind = draw.choice(sorted(kinds))
            seconds = kinds[kind](draw)
            seconds_in_all += seconds
            started += 1
            watch.add(account.create(kind, at, seconds), kind, at, typical=typical.get(kind))
            at += 0.002
        looks = watch.looks(at)
        while looks:
            look = looks.pop()
            listed, more = account.answer(look, at)
            changes = watch.seen(look, listed, at, more=more)
            ended += sum(job.finished for job in changes.jobs)
            looks += changes.looks
        due = watch.next_look()
        assert due is not None or ended == jobs or len(watch) < at_once, "a job is watched by nobody"
        if due is not None and (started == jobs or len(watch) == at_once):
            at = max(due, at + 0.001)
        while foreign and next_foreign < at:
            account.create("flux/flux", next_foreign, 5.0)
            next_foreign += foreign
    assert len(watch) == 0
    return account.gets / jobs, at / (seconds_in_all / at_once)


def steady(seconds: float, spread: float = 0.1) -> Duration:
    return lambda draw: seconds * (1 + spread * draw.uniform(-1, 1))


MIXED = {
    "z-image/z-image": steady(8),
    "flux/flux": steady(12),
    "kling/kling-3.0": steady(120),
    "meshy/meshy-7": steady(300),
}


def test_a_thousand_jobs_of_mixed_types_take_few_requests() -> None:
    typical = {"z-image/z-image": 7.0, "flux/flux": 10.0, "kling/kling-3.0": 90.0, "meshy/meshy-7": 350.0}
    gets, _ = work(Account(), MIXED, jobs=6_000, at_once=1_000, typical=typical)
    assert gets <= 0.05


@pytest.mark.parametrize(("at_once", "most"), [(1, 4.5), (2, 4.5), (20, 1.0), (100, 0.25)])
def test_slots_do_not_wait_long_for_an_end_to_be_seen(at_once: int, most: float) -> None:
    gets, makespan = work(Account(), {"z-image/z-image": steady(10)}, jobs=at_once * 30, at_once=at_once)
    assert makespan <= 1.08
    assert gets <= most


@pytest.mark.parametrize("tick", [timedelta(milliseconds=1), timedelta(seconds=1)])
@pytest.mark.parametrize("at_once", [20, 1_200])
def test_equal_creation_times_at_the_edge_of_a_page_hide_no_job(tick: timedelta, at_once: int) -> None:
    gets, _ = work(Account(tick), {"z-image/z-image": steady(8)}, jobs=at_once * 2, at_once=at_once, foreign=0.3)
    assert gets <= 4


def test_a_type_that_the_filter_does_not_know_is_listed_without_it() -> None:
    gets, _ = work(Account(known_types=False), {"z-image/z-image": steady(8)}, jobs=2_000, at_once=500)
    assert gets <= 0.5


def test_jobs_without_a_creation_time_are_looked_at_one_by_one() -> None:
    watch = ListWatch(Pace())
    for number in range(10):
        watch.add(Job(f"job-{number}"), "z-image/z-image", 0.0)
    assert {look.job_id for look in watch.looks(60.0)} == {f"job-{number}" for number in range(10)}


def test_a_look_that_failed_is_made_again_later() -> None:
    watch = ListWatch(Pace())
    watch.add(Job("a", "", START), "z-image/z-image", 0.0)
    [look] = watch.looks(2.0)
    assert watch.next_look() is None
    watch.missed(look, 3.0)
    due = watch.next_look()
    assert due is not None
    assert 3.0 < due < 10.0
    assert [again.job_id for again in watch.looks(due)] == ["a"]


def test_a_removed_job_is_not_looked_at() -> None:
    watch = ListWatch(Pace())
    watch.add(Job("a", "", START), "z-image/z-image", 0.0)
    watch.remove("a")
    watch.remove("a")
    assert watch.looks(99.0) == []
    assert watch.next_look() is None


def test_the_heap_does_not_grow_with_the_looks() -> None:
    account, watch = Account(), ListWatch(Pace())
    for _ in range(300):
        watch.add(account.create("kling/kling-3.0", 0.0, 10_000.0), "kling/kling-3.0", 0.0)
    at = 0.0
    for _ in range(200):
        at = watch.next_look() or at
        looks = watch.looks(at)
        while looks:
            look = looks.pop()
            listed, more = account.answer(look, at)
            looks += watch.seen(look, listed, at, more=more).looks
    assert len(heapq.nsmallest(10_000, watch._due)) <= 900
