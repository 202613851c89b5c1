"""A sample of the judge's situations: forks, leaving, signals, clocks that differ, cancellation, and orders of lost responses."""

import asyncio

import pytest

from reliability.judge import leaving, signal_faults
from reliability.judge.cancellation import CancelledAt, cancelled_calls
from reliability.judge.clocks import found
from reliability.judge.judge_figures import forked, left_early
from reliability.judge.schedules import bad_schedules
from reliability.judge.told import ids_in, ids_in_error

WAYS = [*leaving.SYNC_WAYS, *leaving.ASYNC_WAYS]
JOB = "6b1c0e5a-0000-4000-8000-000000000000"


@pytest.mark.parametrize("way", WAYS)
def test_every_job_of_a_call_that_was_left_is_told_or_offered(way: str) -> None:
    report = leaving.leave_sync(way) if way in leaving.SYNC_WAYS else leaving.leave_async(way)
    assert report.billed > 0
    assert report.lost == 0, report


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("offset", [-3600, -4, 4, 3600])
def test_the_job_of_a_lost_response_is_a_candidate_though_the_clocks_differ(mode: str, offset: int) -> None:
    assert found(mode, offset), offset


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_leaves_the_id_of_the_job(name: str) -> None:
    ended = signal_faults.by_signal(name)
    assert ended.billed == 1
    assert ended.id_shown or ended.in_orphans, ended


def test_a_full_disk_leaves_the_id_of_the_job() -> None:
    ended = signal_faults.by_output("full stdout")
    assert ended.billed == 1
    assert ended.id_shown or ended.in_orphans, ended


@pytest.mark.parametrize("operation", ["submit", "run", "save", "upload"])
def test_cancellation_at_every_await_loses_no_job(operation: str) -> None:
    calls = cancelled_calls(operation)
    assert len(calls) > 5
    assert [call for call in calls if call.lost_count or call.problem] == []


def test_a_cancellation_comes_at_the_point_that_was_asked_for() -> None:
    async def three_points() -> str:
        for _ in range(3):
            await asyncio.sleep(0)
        return "over"

    async def cancelled(point: int) -> bool:
        call = CancelledAt(three_points(), point)

        async def awaited() -> str:
            return str(await call)

        try:
            return await asyncio.create_task(awaited()) != "over"
        except asyncio.CancelledError:
            return True

    assert [asyncio.run(cancelled(point)) for point in range(1, 6)] == [True, True, True, False, False]


def test_300_orders_of_concurrent_lost_responses() -> None:
    assert bad_schedules(300) == []


def test_forked_children_get_their_own_jobs() -> None:
    counts = forked("krea", rounds=4)
    assert counts["billed twice"] == 0
    assert [counts.get(kind, 0) for kind in ("another's", "unknown")] == [0, 0], counts
    assert counts["own"] + counts.get("refused", 0) == counts["calls"] == 16


def test_a_call_that_is_left_shows_its_job() -> None:
    assert left_early("krea") == {"billed": 1, "shown": 1}


def test_ids_are_found_in_notes_causes_groups_and_attributes() -> None:
    noted, caused, carrier = ValueError("a"), ValueError("b"), ValueError("c")
    noted.add_note(f"job {JOB}")
    caused.__cause__ = ValueError(JOB)
    carrier.job_id = JOB  # type: ignore[attr-defined]  # as the client's errors have it
    for error in (noted, caused, carrier, ExceptionGroup("g", [noted]), ExceptionGroup("g", [carrier])):
        assert ids_in_error(error) == {JOB}
    assert ids_in_error(ValueError("nothing")) == ids_in_error(None) == set()
    assert ids_in(["a", f"b {JOB}"]) == {JOB}
