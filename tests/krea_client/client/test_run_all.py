"""run_all: many requests, so many at a time, each result with its request, failures among them."""

import asyncio
import itertools
import json
import logging
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from krea_api.models import ZImageRequest
from krea_client import (
    AsyncKrea,
    JobEmpty,
    JobFailed,
    KreaSunsetWarning,
    OutcomeUnknown,
    OutOfCredits,
    RequestInvalid,
    RunResult,
    Unauthorized,
    WaitTimeout,
)
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Between, fail_after_sending, stopped
from .conftest import GOOD, TOKEN, Make
from .test_interrupts import InterruptingClock, notes


def request(prompt: str) -> tuple[str, dict[str, str]]:
    return ("z-image/z-image", {**GOOD, "prompt": prompt})


def requests(count: int, words: str = "") -> list[tuple[str, dict[str, str]]]:
    return [request(f"{words} {number}") for number in range(count)]


def test_every_request_gets_its_result(client: ClientAdapter, box: Sandbox) -> None:
    batch = requests(12)
    results = list(client.run_all(batch, at_once=4))
    assert sorted(batch.index(result.request) for result in results) == list(range(12))
    assert all(isinstance(result, RunResult) and result.succeeded and result.failure is None for result in results)
    prompts = {row.job_id: row.fields["prompt"] for row in box.ledger}
    assert {result.id: result.request[1]["prompt"] for result in results} == prompts


def test_typed_requests_and_pairs_may_be_mixed(client: ClientAdapter) -> None:
    batch = [ZImageRequest(**GOOD), ("openai/gpt-image-2", {"prompt": "x"}), ["z-image/z-image", GOOD]]
    results = list(client.run_all(batch))
    assert all(result.succeeded for result in results)
    assert all(any(result.request is request_value for request_value in batch) for result in results)


def test_failures_are_results(client: ClientAdapter, between: Between) -> None:
    batch = [
        request("[sandbox:fail]"),
        request("[sandbox:empty]"),
        ("z-image/z-image", {"prompt": 3}),
        request("lost"),
        3,
        request("fine"),
    ]
    between.on(
        "POST",
        *[lambda r, forward: fail_after_sending(httpx.ReadTimeout)(r, forward) if b"lost" in r.content else forward()]
        * 4,
    )
    ends = {batch.index(result.request): result for result in client.run_all(batch)}
    assert [type(ends[number].failure) for number in range(6)] == [
        JobFailed,
        JobEmpty,
        RequestInvalid,
        OutcomeUnknown,
        RequestInvalid,
        type(None),
    ]
    assert ends[0].status == "failed"
    assert ends[0].id
    assert ends[2].finished
    assert not ends[2].id
    assert ends[2].error is not None
    assert ends[2].error.code == "RequestInvalid"
    assert not ends[3].finished  # nobody knows
    [candidate] = client.jobs.candidates(ends[3].failure)
    assert candidate.id not in {result.id for result in ends.values()}


def test_a_deadline_is_of_each_job(client: ClientAdapter, box: Sandbox) -> None:
    batch = [request("[sandbox:seconds=1000]"), *requests(3)]
    results = list(client.run_all(batch, at_once=2, deadline=40))
    [late] = [result for result in results if result.failure]
    assert isinstance(late.failure, WaitTimeout)
    assert late.id == box.ledger[0].job_id
    assert not late.finished
    assert box.clock.monotonic() < 100


def test_unchecked_bodies_go_out(client: ClientAdapter, box: Sandbox) -> None:
    [result] = client.run_all([("z-image/z-image", {**GOOD, "unheard_of": 1})], check=False)
    assert "unheard_of" in str(result.failure)
    assert result.failure.status == 422


@pytest.mark.parametrize("room", [1, 3])
def test_no_more_are_under_way_than_asked_for(client: ClientAdapter, box: Sandbox, between: Between, room: int) -> None:
    box.concurrent = room
    results = list(client.run_all(requests(9), at_once=room))
    assert all(result.succeeded for result in results)
    assert 429 not in between.statuses


def test_a_limit_below_at_once_is_waited_out(client: ClientAdapter, box: Sandbox, between: Between) -> None:
    box.concurrent = 2
    results = list(client.run_all(requests(12), at_once=8))
    assert [result.failure for result in results] == [None] * 12
    assert len(box.ledger) == 12
    assert between.statuses.count(429) < 36


def test_input_is_taken_when_a_slot_is_free(client: ClientAdapter) -> None:
    consumed: list[int] = []

    def endless() -> Iterator[Any]:
        for number in itertools.count():
            consumed.append(number)
            yield request(str(number))

    running = client.run_all(endless(), at_once=3)
    assert consumed == []
    assert next(running).succeeded
    assert len(consumed) <= 4
    for _ in range(4):
        next(running)
    assert len(consumed) <= 8
    running.close()


def test_nothing_in_nothing_out(client: ClientAdapter, between: Between) -> None:
    assert list(client.run_all([])) == []
    assert between.seen == []


@pytest.mark.parametrize("wrong", [0, -1])
def test_at_once_is_one_or_more(client: ClientAdapter, wrong: int) -> None:
    with pytest.raises(ValueError, match="give 1 or more"):
        list(client.run_all([], at_once=wrong))


@pytest.mark.parametrize(("policy", "state"), [("keep", "running"), ("cancel", "cancelled")])
def test_leaving_early_tells_of_the_jobs_that_go_on(
    make: Make, box: Sandbox, caplog: pytest.LogCaptureFixture, policy: str, state: str
) -> None:
    caplog.set_level(logging.WARNING, "krea_client")
    krea = make(on_interrupt=policy)
    for result in krea.run_all([request("quick"), *requests(5, "[sandbox:seconds=500]")], at_once=4):
        assert result.succeeded
        break
    unfinished = [row for row in box.ledger if row.status != "completed"]
    assert unfinished
    assert all((row.status == "cancelled") == (state == "cancelled") for row in unfinished)
    assert all(row.job_id in caplog.text for row in unfinished)


def test_a_failing_input_ends_the_batch_and_names_the_jobs(client: ClientAdapter, box: Sandbox) -> None:
    def lines() -> Iterator[Any]:
        yield request("[sandbox:seconds=500]")
        yield request("[sandbox:seconds=500]")
        yield json.loads("{broken")

    with pytest.raises(json.JSONDecodeError) as excinfo:
        list(client.run_all(lines(), at_once=3))
    # Submissions begin when all free slots are filled, so a job may or may not have come about: whichever did is named.
    assert all(row.job_id in notes(excinfo.value) for row in box.ledger)


def test_an_input_that_fails_late_ends_the_batch_and_names_the_jobs(client: ClientAdapter, box: Sandbox) -> None:
    def lines() -> Iterator[Any]:
        yield request("[sandbox:seconds=500]")
        yield request("quick")
        yield json.loads("{broken")

    with pytest.raises(json.JSONDecodeError) as excinfo:
        list(client.run_all(lines(), at_once=2))
    [row] = [row for row in box.ledger if row.status != "completed"]
    assert row.job_id in notes(excinfo.value)


@pytest.mark.parametrize(("policy", "state"), [("keep", "running"), ("cancel", "cancelled")])
def test_an_interrupted_batch_names_every_job(make: Make, box: Sandbox, policy: str, state: str) -> None:
    krea = make(clock=InterruptingClock(box.clock, 3, KeyboardInterrupt), on_interrupt=policy)
    with pytest.raises(KeyboardInterrupt) as excinfo:
        list(krea.run_all(requests(5, "[sandbox:seconds=500]"), at_once=3))
    assert len(box.ledger) == 3
    assert all(row.job_id in notes(excinfo.value) for row in box.ledger)
    assert {row.status == "cancelled" for row in box.ledger} == {state == "cancelled"}


def test_a_second_interrupt_leaves_at_once_and_still_names_every_job(
    make: Make, box: Sandbox, between: Between
) -> None:
    krea = make(clock=InterruptingClock(box.clock, 3, KeyboardInterrupt), on_interrupt="cancel")
    between.on("DELETE", lambda _, forward: forward(), stopped(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt) as excinfo:
        list(krea.run_all(requests(5, "[sandbox:seconds=500]"), at_once=5))
    assert between.count("DELETE") == 2
    assert len(box.ledger) == 5
    assert all(row.job_id in notes(excinfo.value) for row in box.ledger)


def test_a_cancelled_batch_names_every_job(box: Sandbox) -> None:
    async def main() -> str:
        async with AsyncKrea(TOKEN, transport=box.transport(), clock=box.clock, on_interrupt="cancel") as krea:
            arrived = asyncio.Event()

            async def collect() -> None:
                batch = [request("quick"), *requests(5, "[sandbox:seconds=500]")]
                async for _ in krea.run_all(batch, at_once=3):
                    arrived.set()

            task = asyncio.create_task(collect())
            await arrived.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as excinfo:
                await task
            return notes(excinfo.value)

    notes_text = asyncio.run(main())
    unfinished = [row for row in box.ledger if row.status != "completed"]
    assert unfinished
    assert all(row.status == "cancelled" and row.job_id in notes_text for row in unfinished)


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_ctrl_c_while_calls_are_in_flight_names_every_job(
    client: ClientAdapter, box: Sandbox, between: Between, method: str
) -> None:
    between.on(method, lambda _, forward: (forward(), signal.raise_signal(signal.SIGINT))[0])
    with pytest.raises(KeyboardInterrupt) as excinfo:
        list(client.run_all(requests(3, "[sandbox:seconds=500]"), at_once=3))
    assert box.ledger
    assert all(row.job_id in notes(excinfo.value) for row in box.ledger)


@pytest.mark.parametrize("mode", ["sync"])
def test_ctrl_c_that_python_loses_in_a_lock_is_ctrl_c_again(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:  # what threading's Condition makes of SIGINT while it takes its lock back
        error = RuntimeError("release unlocked lock")
        error.__context__ = KeyboardInterrupt()
        raise error

    monkeypatch.setattr(ThreadPoolExecutor, "submit", broken)
    with pytest.raises(KeyboardInterrupt):
        list(make().run_all(requests(3), at_once=3))


def test_old_names_are_warned_about_where_run_all_was_called(client: ClientAdapter) -> None:
    old = [("z-image/z-image", {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"})] * 2
    with pytest.warns(KreaSunsetWarning) as recorded_warnings:
        assert all(result.succeeded for result in client.run_all(iter(old)))
    # that is who called run_all here
    assert all(warning.filename.endswith("adapter.py") for warning in recorded_warnings)


def test_an_empty_balance_fails_what_is_left_without_hammering(
    client: ClientAdapter, box: Sandbox, between: Between
) -> None:
    box.balance = 0.007
    ends = [type(result.failure) for result in client.run_all(requests(5), at_once=1)]
    assert ends == [type(None)] * 2 + [OutOfCredits] * 3
    assert between.count("POST") == 5


def test_without_a_token_every_result_says_so(make: Make, between: Between) -> None:
    results = list(make(token=None).run_all(requests(3)))
    assert [type(result.failure) for result in results] == [Unauthorized] * 3
    assert between.seen == []


def test_a_batch_leaves_no_thread_behind(client: ClientAdapter) -> None:
    list(client.run_all(requests(6), at_once=6))
    for thread in threading.enumerate():
        if thread.name.startswith("krea-client"):
            thread.join(5)
            assert not thread.is_alive()


def test_several_batches_share_a_client(box: Sandbox) -> None:
    async def main() -> list[int]:
        async with AsyncKrea(TOKEN, transport=box.transport(), clock=box.clock) as krea:

            async def batch(words: str) -> int:
                return len([result async for result in krea.run_all(requests(4, words), at_once=2) if result.succeeded])

            return list(await asyncio.gather(batch("one"), batch("two"), batch("three")))

    assert asyncio.run(main()) == [4, 4, 4]
