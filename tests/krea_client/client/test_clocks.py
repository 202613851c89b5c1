"""A lost job is found whatever the two clocks say, and "nothing was created" is only said when that is so."""

import pickle
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from krea_client import Krea, OutcomeUnknown
from krea_client.sandbox import Sandbox, VirtualClock

from .adapter import ClientAdapter
from .between import Between, Forward
from .conftest import GOOD, TOKEN, Make

MODEL = "z-image/z-image"


class Skewed:
    """The sandbox's clock, shifted: this machine's, as the client sees it."""

    def __init__(self, clock: VirtualClock, offset: timedelta) -> None:
        self._clock = clock
        self._offset = offset

    def now(self) -> datetime:
        return self._clock.now() - self._offset

    def monotonic(self) -> float:
        return self._clock.monotonic()

    def sleep(self, seconds: float) -> None:
        self._clock.sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        await self._clock.sleep_async(seconds)


def lose_response(_: httpx.Request, forward: Forward) -> httpx.Response:
    """Create the job, and never let the response arrive."""
    forward()
    raise httpx.ReadError("reset")


def dated(box: Sandbox) -> Any:
    """Give responses the API's Date."""

    def act(_: httpx.Request, forward: Forward) -> httpx.Response:
        response = forward()
        response.headers["date"] = format_datetime(box.clock.now(), usegmt=True)
        return response

    return act


def undated(_: httpx.Request, forward: Forward) -> httpx.Response:
    response = forward()
    response.headers.pop("date", None)
    return response


OFFSETS = [0, 4, -4, 7, -7, 61, -61, 3600, -3600, 86_000, -86_000]


@pytest.mark.parametrize("measured", ["before", "by the listing", "never"])
@pytest.mark.parametrize("seconds", OFFSETS)
def test_the_job_of_a_lost_response_is_a_candidate(
    make: Make, box: Sandbox, between: Between, seconds: int, measured: str
) -> None:
    box.clock.sleep(10)
    krea = make(clock=Skewed(box.clock, timedelta(seconds=seconds)))
    between.always("GET", undated if measured == "never" else dated(box))
    if measured == "before":
        next(iter(krea.jobs.list()), None)
        assert abs(krea.clock_offset - timedelta(seconds=seconds)) <= timedelta(seconds=2)
    between.on("POST", lose_response)
    with pytest.raises(OutcomeUnknown) as excinfo:
        krea.submit(MODEL, GOOD)
    copy = pickle.loads(pickle.dumps(excinfo.value))
    assert [job.id for job in krea.jobs.candidates(copy)] == [box.ledger[0].job_id]


@pytest.mark.parametrize("seconds", [0, 61, -61, 3600, -3600])
def test_a_job_of_another_time_is_no_candidate(make: Make, box: Sandbox, between: Between, seconds: int) -> None:
    stranger = Krea(TOKEN, transport=box.transport(), clock=box.clock)
    stranger.submit(MODEL, GOOD)
    box.clock.sleep(300)
    krea = make(clock=Skewed(box.clock, timedelta(seconds=seconds)))
    between.always("GET", dated(box))
    between.on("POST", lose_response)
    with pytest.raises(OutcomeUnknown) as excinfo:
        krea.submit(MODEL, GOOD)
    box.clock.sleep(300)
    stranger.submit(MODEL, GOOD)
    candidates = krea.jobs.candidates(excinfo.value)
    assert [job.id for job in candidates] == [box.ledger[1].job_id]


def never_arrived(_: httpx.Request, __: Forward) -> httpx.Response:
    raise httpx.ReadError("reset")


def test_an_empty_list_is_conclusive_only_after_a_minute_and_with_a_measured_clock(
    make: Make, box: Sandbox, between: Between
) -> None:
    krea = make()
    between.always("GET", dated(box))
    between.on("POST", never_arrived)
    with pytest.raises(OutcomeUnknown) as excinfo:
        krea.submit(MODEL, GOOD)
    early = krea.jobs.candidates(excinfo.value)
    assert early == []
    assert not early.conclusive
    box.clock.sleep(61)
    late = krea.jobs.candidates(excinfo.value)
    assert late.conclusive
    assert late.clock_offset is not None
    assert not krea.jobs.candidates(since=excinfo.value.sent_at).conclusive


def test_without_a_date_nothing_is_conclusive(make: Make, box: Sandbox, between: Between) -> None:
    krea = make()
    between.always("GET", undated)
    between.on("POST", never_arrived)
    with pytest.raises(OutcomeUnknown) as excinfo:
        krea.submit(MODEL, GOOD)
    box.clock.sleep(100)
    candidates = krea.jobs.candidates(excinfo.value)
    assert (candidates.conclusive, candidates.clock_offset) == (False, None)
    assert krea.clock_offset is None


@pytest.mark.parametrize("value", ["", "tomorrow", "Thu, 01 Jan 1970", "Fri, 31 Dec 9999 23:59:59 -1200", "\x00"])
def test_a_malformed_date_costs_nobody_a_job(client: ClientAdapter, between: Between, value: str) -> None:
    def act(_: httpx.Request, forward: Forward) -> httpx.Response:
        response = forward()
        response.headers["date"] = value
        return response

    between.always("POST", act)
    between.always("GET", act)
    assert client.run(MODEL, GOOD).succeeded


def test_a_cached_response_says_how_old_its_date_is(make: Make, box: Sandbox, between: Between) -> None:
    def act(_: httpx.Request, forward: Forward) -> httpx.Response:
        response = forward()
        response.headers["date"] = format_datetime(box.clock.now() - timedelta(seconds=500), usegmt=True)
        response.headers["age"] = "500"
        return response

    krea = make()
    between.always("GET", act)
    list(krea.jobs.list())
    assert abs(krea.clock_offset) <= timedelta(seconds=2)


def test_times_are_of_this_machine(client: ClientAdapter, box: Sandbox, between: Between) -> None:
    between.on("POST", lose_response)
    with pytest.raises(OutcomeUnknown) as excinfo:
        client.submit(MODEL, GOOD)
    assert excinfo.value.sent_at == box.clock.now()
    assert datetime.now(UTC).tzinfo is UTC


def test_a_single_wrong_date_hides_no_job(make: Make, box: Sandbox, between: Between) -> None:
    def wrong(_: httpx.Request, forward: Forward) -> httpx.Response:
        response = forward()
        response.headers["date"] = format_datetime(box.clock.now() + timedelta(days=3), usegmt=True)
        return response

    krea = make()
    between.on("GET", wrong)
    list(krea.jobs.list())
    between.always("GET", dated(box))
    between.on("POST", lose_response)
    with pytest.raises(OutcomeUnknown) as excinfo:
        krea.submit(MODEL, GOOD)
    assert [job.id for job in krea.jobs.candidates(excinfo.value)] == [box.ledger[0].job_id]
