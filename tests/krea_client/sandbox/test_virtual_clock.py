"""The virtual clock: set, advanced, scaled, slept on, by one and by many."""

import asyncio
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import trio

from krea_client._clock import Clock
from krea_client.sandbox import Sandbox, VirtualClock


def test_it_is_a_clock_of_the_client() -> None:
    assert isinstance(VirtualClock(), Clock)


@pytest.mark.parametrize(
    "day",
    [
        "2026-06-19",
        date(2026, 6, 19),
        datetime(2026, 6, 19, tzinfo=UTC),
        datetime.fromisoformat("2026-06-19T00:00:00"),
        datetime(2026, 6, 19, 2, tzinfo=timezone(timedelta(hours=2))),
        "2026-06-19T02:00:00+02:00",
    ],
)
def test_a_day_can_be_given_in_many_ways(day: date | str) -> None:
    assert VirtualClock(day, scale=0).now() == datetime(2026, 6, 19, tzinfo=UTC)


def test_time_passes_as_fast_as_it_is_told() -> None:
    real = [100.0]
    clock = VirtualClock("2026-01-01", scale=60, real=lambda: real[0])
    real[0] += 2
    assert clock.monotonic() == 120
    assert clock.now() == datetime(2026, 1, 1, 0, 2, tzinfo=UTC)


def test_a_scale_of_zero_stands_still_and_sleep_moves_it() -> None:
    clock = VirtualClock("2026-01-01", scale=0)
    clock.sleep(3600)
    clock.sleep(-5)
    assert clock.now() == datetime(2026, 1, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("seconds", [-1, float("inf"), float("nan")])
def test_it_cannot_be_advanced_by_nonsense(seconds: float) -> None:
    with pytest.raises(ValueError, match="Cannot advance"):
        VirtualClock().advance(seconds)


def test_it_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        VirtualClock(scale=-1)


def test_setting_the_date_leaves_the_monotonic_time() -> None:
    clock = VirtualClock("2026-01-01", scale=0)
    clock.advance(5)
    clock.set_date("2020-01-01")
    assert clock.monotonic() == 5
    clock.advance(1)
    assert clock.now() == datetime(2020, 1, 1, 0, 0, 1, tzinfo=UTC)


async def sleepers(clock: VirtualClock, log: list[tuple[str, float]], name: str, pauses: list[float]) -> None:
    for pause in pauses:
        await clock.sleep_async(pause)
        log.append((name, clock.monotonic()))


EXPECTED = [("b", 1.0), ("b", 2.0), ("a", 3.0), ("b", 4.0), ("a", 6.0)]


def test_many_sleepers_share_one_time_under_asyncio() -> None:
    clock, log = VirtualClock("2026-01-01", scale=0), list[tuple[str, float]]()

    async def main() -> None:
        await asyncio.gather(sleepers(clock, log, "a", [3.0, 3.0]), sleepers(clock, log, "b", [1.0, 1.0, 2.0]))

    asyncio.run(main())
    assert log == EXPECTED


def test_many_sleepers_share_one_time_under_trio() -> None:
    clock, log = VirtualClock("2026-01-01", scale=0), list[tuple[str, float]]()

    async def main() -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(sleepers, clock, log, "a", [3.0, 3.0])
            nursery.start_soon(sleepers, clock, log, "b", [1.0, 1.0, 2.0])

    trio.run(main)
    assert log == EXPECTED


def test_a_cancelled_sleeper_holds_nobody_up() -> None:
    clock = VirtualClock("2026-01-01", scale=0)

    async def main() -> None:
        sleeping = asyncio.create_task(clock.sleep_async(1))
        waiting = asyncio.create_task(clock.sleep_async(5))
        await asyncio.sleep(0)
        sleeping.cancel()
        await waiting

    asyncio.run(main())
    assert clock.monotonic() == 5


def test_two_sandboxes_can_share_a_clock() -> None:
    clock = VirtualClock("2026-01-01", scale=0)
    first, second = Sandbox(clock=clock), Sandbox(clock=clock)
    first.date = "2026-03-01"
    assert second.date == datetime(2026, 3, 1, tzinfo=UTC)
