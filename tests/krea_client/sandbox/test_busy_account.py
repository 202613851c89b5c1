"""An account as it is in life: slow submissions, creation times that jobs share, addresses that expire, other programs' jobs."""

import asyncio
import threading
import time
from datetime import timedelta

import httpx
import pytest

from krea_client import AsyncKrea, Krea
from krea_client.sandbox import Sandbox, running

from .conftest import GOOD, GPT, Z_IMAGE, Caller, path_of, read
from .test_listing import listed


def box(**options: float) -> Sandbox:
    return Sandbox(date="2026-11-20", time_scale=0, **options)  # type: ignore[arg-type]  # numbers only


def test_a_submission_takes_its_time_and_nothing_else_does() -> None:
    slow = box(post_delay=4.0)
    krea = Krea(token="t", transport=slow.transport(), clock=slow.clock)
    job = krea.submit("z-image/z-image", GOOD)
    assert slow.clock.monotonic() == 4.0
    assert job.created_at is not None
    assert job.created_at - (slow.date - timedelta(seconds=4)) == timedelta(seconds=2)  # it exists after half of it
    krea.jobs.get(job.id)
    assert slow.clock.monotonic() == 4.0


def test_an_async_submission_takes_its_time() -> None:
    slow = box(post_delay=4.0)

    async def story() -> None:
        async with AsyncKrea(token="t", transport=slow.transport(), clock=slow.clock) as krea:
            await krea.submit("z-image/z-image", GOOD)

    asyncio.run(story())
    assert slow.clock.monotonic() == 4.0


def test_over_a_port_a_caller_that_leaves_early_has_begun_a_job() -> None:
    slow = box(post_delay=2.0)
    limit = httpx.Timeout(None, read=0.02)
    with running(slow) as url:
        began = time.monotonic()
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(url + Z_IMAGE, json=GOOD, headers={"authorization": "Bearer t"}, timeout=limit, trust_env=False)
        assert slow.totals.accepted == 0
        while not slow.totals.accepted and time.monotonic() < began + 30:
            threading.Event().wait(0.01)
    assert slow.totals.accepted == 1


def test_jobs_share_a_creation_time_and_a_page_by_it_skips_some() -> None:
    coarse = box(created_at_step=1.0)
    caller = Caller(coarse)
    jobs = [caller.submit() for _ in range(5)]
    coarse.clock.advance(0.999)
    jobs.append(caller.submit())
    assert {row.created_at for row in coarse.ledger} == {coarse.date.replace(microsecond=0)}
    page = read(caller.get("/jobs?limit=4"))
    assert [item["job_id"] for item in page["items"]] == jobs[:1:-1]
    assert listed(caller, f"cursor={page['next_cursor']}") == []
    later = page["next_cursor"].replace(".000000Z", ".000001Z")
    assert listed(caller, f"cursor={later}") == jobs[::-1]
    coarse.clock.advance(0.001)
    assert read(caller.get(f"/jobs/{caller.submit()}"))["created_at"] == "2026-11-20T00:00:01.000000Z"


def test_an_address_expires_and_another_look_gives_a_new_one() -> None:
    expiring = box(results_expire_after=30.0)
    caller = Caller(expiring)
    job = caller.submit(GPT, width=16, height=16)
    expiring.clock.advance(60)
    url = read(caller.get(f"/jobs/{job}"))["result"]["urls"][0]
    assert caller.get(path_of(url)).status == 200
    expiring.clock.advance(30.01)
    refused = caller.get(path_of(url))
    assert (refused.status, b"expired" in refused.body) == (403, True)
    assert caller.get(path_of(url).partition("?")[0]).status == 403
    assert caller.get(path_of(read(caller.get(f"/jobs/{job}"))["result"]["urls"][0])).status == 200


def test_jobs_of_other_programs_take_slots_and_stand_in_the_list() -> None:
    shared = box(concurrent=2)
    caller = Caller(shared)
    foreign = shared.add_foreign_job("z-image/z-image", seconds=10)
    own = caller.submit()
    assert caller.post(GOOD).status == 429
    assert shared.add_foreign_job() is None
    assert listed(caller) == [own, foreign]
    assert [row.foreign for row in shared.ledger] == [True, False]
    shared.clock.advance(10)
    assert caller.post(GOOD).status == 200
    with pytest.raises(ValueError, match="unknown model 'nosuch'"):
        shared.add_foreign_job("nosuch")


def test_other_programs_begin_jobs_all_the_time_within_the_limits() -> None:
    shared = box(foreign_rate=2.0, concurrent=4, balance=1000.0)
    again = box(foreign_rate=2.0, concurrent=4, balance=1000.0)
    for sandbox in (shared, again):
        sandbox.clock.advance(1000)
    rows = shared.ledger
    assert 4 <= len(rows) <= 2300
    assert all(row.foreign for row in rows)
    assert len({row.model for row in rows}) > 10
    assert [row.created_at for row in rows] == sorted({row.created_at for row in rows})
    assert shared.state.active <= 4
    assert [(row.job_id, row.model) for row in again.ledger] == [(row.job_id, row.model) for row in rows]


def test_types_choose_among_own_and_foreign_jobs() -> None:
    shared = box()
    caller = Caller(shared)
    own = caller.submit()
    film = shared.add_foreign_job("kling/kling-2.5", seconds=1)
    assert listed(caller, "types=image") == [own]
    assert listed(caller, "types=video") == [film]
    assert listed(caller, "types=image,video") == [film, own]


@pytest.mark.parametrize("name", ["post_delay", "created_at_step", "results_expire_after", "foreign_rate"])
def test_times_that_are_none_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        box(**{name: -1.0})


def test_other_programs_jobs_are_added_over_http() -> None:
    shared = box()
    with running(shared) as url:
        added = httpx.post(f"{url}/__sandbox__/foreign", json={"model": "z-image/z-image"}, trust_env=False)
        assert added.json()["active"] == 1
        assert httpx.post(f"{url}/__sandbox__/foreign", json={"model": "nosuch"}, trust_env=False).status_code == 400
