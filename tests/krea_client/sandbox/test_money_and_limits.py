"""Only completed jobs cost money; a job that cannot be paid, or that is one too many, is refused."""

import pytest

from krea_client.sandbox import Sandbox

from ... import facts
from .conftest import GOOD, GPT, Caller, read

PRICE = facts.price("z-image/z-image")


def test_a_completed_job_is_billed_at_the_documented_price(box: Sandbox, caller: Caller) -> None:
    caller.submit()
    assert (box.balance, box.ledger[0].price, box.ledger[0].billed) == (10.0, PRICE, 0.0)
    box.clock.advance(60)
    assert (box.balance, box.ledger[0].billed, box.ledger[0].status) == (pytest.approx(10 - PRICE), PRICE, "completed")


@pytest.mark.parametrize("how", ["[sandbox:fail]", "[sandbox:nsfw]", "cancel"])
def test_failed_and_cancelled_jobs_cost_nothing(box: Sandbox, caller: Caller, how: str) -> None:
    job = caller.submit(prompt=how)
    if how == "cancel":
        caller.call("DELETE", f"/jobs/{job}")
    box.clock.advance(60)
    assert (box.balance, box.ledger[0].billed, box.totals.amount) == (10.0, 0.0, 0.0)


def test_an_empty_result_is_billed(box: Sandbox, caller: Caller) -> None:
    caller.submit(prompt="[sandbox:empty]")
    box.clock.advance(60)
    assert box.ledger[0].billed == PRICE


def test_a_balance_that_does_not_cover_the_price_is_402(box: Sandbox, caller: Caller) -> None:
    box.balance = PRICE * 0.99
    refused = caller.post(GOOD)
    assert refused.status == 402
    assert f"{PRICE} USD" in read(refused)["error"]
    assert box.ledger == []


def test_running_jobs_are_set_aside_and_given_back(box: Sandbox, caller: Caller) -> None:
    box.balance = PRICE * 1.5
    job = caller.submit()
    assert caller.post(GOOD).status == 402
    caller.call("DELETE", f"/jobs/{job}")
    assert caller.post(GOOD).status == 200


def test_many_small_prices_add_up_exactly(box: Sandbox, caller: Caller) -> None:
    box.concurrent = 1000
    for _ in range(1000):
        caller.submit()
    box.clock.advance(60)
    amount = round(1000 * PRICE, 6)
    assert (box.balance, box.totals.completed, box.totals.amount) == (10 - amount, 1000, amount)


def test_a_model_without_a_published_price_costs_something_all_the_same(box: Sandbox, caller: Caller) -> None:
    caller.submit(GPT)
    box.clock.advance(60)
    assert box.ledger[0].billed == 0.04


def test_one_job_too_many_is_429_until_one_ends(box: Sandbox, caller: Caller) -> None:
    box.concurrent = 2
    first = caller.submit()
    caller.submit()
    refused = caller.post(GOOD)
    assert (refused.status, read(refused)["code"]) == (429, "CONCURRENCY_LIMIT_REACHED")
    caller.call("DELETE", f"/jobs/{first}")
    assert caller.post(GOOD).status == 200
    box.clock.advance(5)
    assert [caller.post(GOOD).status for _ in range(3)] == [200, 200, 429]
    assert box.totals.accepted == 5


def test_a_backlog_waits_for_slots_and_takes_them_in_order() -> None:
    box = Sandbox(date="2026-11-20", time_scale=0, concurrent=1, backlog=2)
    caller = Caller(box)
    jobs = [caller.submit(prompt="[sandbox:seconds=10]") for _ in range(3)]
    assert caller.post(GOOD).status == 429
    assert [caller.status(job) for job in jobs] == ["queued", "backlogged", "backlogged"]
    box.clock.advance(15)
    assert [caller.status(job) for job in jobs] == ["completed", "sampling", "backlogged"]
    caller.call("DELETE", f"/jobs/{jobs[1]}")
    assert [caller.status(job) for job in jobs] == ["completed", "cancelled", "queued"]
    box.clock.advance(10)
    # Creation times differ by microseconds, since pages are cut by them.
    assert read(caller.get(f"/jobs/{jobs[2]}"))["completed_at"].startswith("2026-11-20T00:00:25.00000")


def test_a_backlogged_job_can_be_cancelled() -> None:
    box = Sandbox(date="2026-11-20", time_scale=0, concurrent=1, backlog=1)
    caller = Caller(box)
    caller.submit()
    waiting = caller.submit()
    caller.call("DELETE", f"/jobs/{waiting}")
    box.clock.advance(100)
    assert (caller.status(waiting), box.totals.completed, box.totals.cancelled) == ("cancelled", 1, 1)


def test_a_long_silence_runs_the_whole_backlog_at_its_own_times() -> None:
    box = Sandbox(date="2026-11-20", time_scale=0, concurrent=2, backlog=98)
    caller = Caller(box)
    for _ in range(100):
        caller.submit(prompt="[sandbox:seconds=10]")
    box.clock.advance(10_000)
    assert max(job["completed_at"] for job in box.jobs).startswith("2026-11-20T00:08:20.0000")


def test_reset_forgets_everything_but_the_time(box: Sandbox, caller: Caller) -> None:
    first = caller.submit()
    box.clock.advance(60)
    box.concurrent = 1
    box.reset()
    assert (box.ledger, box.jobs, box.requests, box.balance, box.concurrent) == ([], [], [], 10.0, 8)
    assert caller.submit() == first
    assert read(caller.get(f"/jobs/{first}"))["created_at"] == "2026-11-20T00:01:00.000000Z"


def test_old_finished_jobs_are_forgotten_and_stay_counted() -> None:
    box = Sandbox(date="2026-11-20", time_scale=0, keep=100)
    caller = Caller(box)
    for _ in range(500):
        last = caller.submit()
        box.clock.advance(6)
    assert len(box.ledger) <= 110
    assert box.ledger[-1].job_id == last
    assert (box.totals.accepted, box.totals.completed) == (500, 500)


def test_large_bodies_are_forgotten_sooner() -> None:
    box = Sandbox(date="2026-11-20", time_scale=0)
    caller, large = Caller(box), "data:image/png;base64," + "A" * (3 << 20)
    for _ in range(20):
        caller.submit(image_url=large)
        box.clock.advance(6)
    assert sum(len(row.body) for row in box.ledger) < 40 << 20
    assert sum(len(request.body) for request in box.requests) < 20 << 20
    assert box.totals.accepted == 20


def test_a_running_job_is_never_forgotten() -> None:
    box = Sandbox(date="2026-11-20", time_scale=0, keep=10)
    caller = Caller(box)
    slow = caller.submit(prompt="[sandbox:seconds=1000000]")
    for _ in range(100):
        caller.submit()
        box.clock.advance(6)
    assert caller.status(slow) == "queued"
