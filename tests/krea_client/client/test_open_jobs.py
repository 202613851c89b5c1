"""A job that goes on without anybody waiting for it is named in notes, an attribute and the log, and is offered as a candidate."""

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from krea_client import AsyncKrea, Job, Krea, OverBudget
from krea_client.errors import OPEN_JOBS, open_jobs
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .conftest import GOOD, TOKEN, Make

MODEL = "z-image/z-image"
SLOW = {**GOOD, "prompt": "[sandbox:seconds=600]"}


class Full(Exception):
    """The error of a loop's body."""


def billed_ids(box: Sandbox) -> set[str]:
    return {row.job_id for row in box.ledger}


def ids(jobs: Any) -> set[str]:
    return {job.id for job in jobs}


def unfinished(box: Sandbox) -> set[str]:
    return {row.job_id for row in box.ledger if row.status not in ("completed", "failed", "cancelled")}


def test_an_exception_in_a_loop_over_a_batch_carries_the_jobs_that_go_on(
    box: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    start = box.clock.now()

    def program() -> None:
        with Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
            for result in krea.run_all([(MODEL, GOOD), *[(MODEL, SLOW)] * 20], at_once=8):
                assert result.succeeded
                raise Full

    with pytest.raises(Full) as excinfo:
        program()
    running = unfinished(box)
    assert len(running) >= 7
    assert ids(open_jobs(excinfo.value)) >= running
    notes = "\n".join(excinfo.value.__notes__)
    assert all(job_id in notes and job_id in caplog.text for job_id in running)
    with Krea(
        TOKEN, transport=box.transport(), clock=box.clock
    ) as second_client:  # a new client knows nothing, so it lists all
        assert ids(second_client.jobs.candidates(since=start)) == billed_ids(box)


@pytest.mark.parametrize("leave", ["break", "close", "error"])
def test_a_batch_that_is_left_offers_its_jobs(client: ClientAdapter, box: Sandbox, leave: str) -> None:
    start = box.clock.now()
    results = client.run_all([(MODEL, GOOD), *[(MODEL, SLOW)] * 5], at_once=4)
    first = next(results)
    with suppress(Full):
        if leave == "error":
            raise Full
        results.close()
    if leave == "error":
        results.close()
    running = unfinished(box)
    assert len(running) >= 3
    assert ids(client.open_jobs) == billed_ids(box) - {first.id}
    assert ids(client.jobs.candidates(since=start)) == billed_ids(box) - {first.id}


def test_a_result_that_was_ready_when_the_loop_was_left_is_not_dropped(
    client: ClientAdapter, box: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    results = client.run_all([(MODEL, GOOD)] * 6, at_once=6)
    first = next(results)
    results.close()
    remaining_ids = billed_ids(box) - {first.id}
    assert len(remaining_ids) == 5
    assert ids(client.open_jobs) == remaining_ids
    assert all(job_id in caplog.text for job_id in remaining_ids)


def test_a_job_whose_end_was_told_is_not_open(client: ClientAdapter, box: Sandbox) -> None:
    job = client.submit(MODEL, GOOD)
    assert ids(client.open_jobs) == {job.id}
    client.wait(job)
    cancelled = client.submit(MODEL, SLOW)
    client.jobs.cancel(cancelled)
    assert client.run(MODEL, GOOD).succeeded
    assert [result.succeeded for result in client.run_all([(MODEL, GOOD)])] == [True]
    assert client.open_jobs == []


def test_a_task_group_that_fails_leaves_its_jobs_to_the_log_and_to_candidates(
    box: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    start = box.clock.now()

    async def main() -> set[str]:
        async with AsyncKrea(TOKEN, transport=box.transport(), clock=box.clock) as krea:

            async def fail() -> None:
                for _ in range(20):
                    await asyncio.sleep(0)
                raise Full

            with suppress(BaseExceptionGroup):
                async with asyncio.TaskGroup() as group:
                    group.create_task(krea.run(MODEL, SLOW))
                    group.create_task(krea.run(MODEL, SLOW))
                    group.create_task(fail())
            assert ids(krea.open_jobs) == billed_ids(box)
            return ids(await krea.jobs.candidates(since=start))

    assert asyncio.run(main()) == billed_ids(box)
    assert len(billed_ids(box)) == 2
    assert all(job_id in caplog.text for job_id in billed_ids(box))


def test_gathered_runs_whose_sibling_fails_are_named_at_the_latest_when_the_loop_ends(
    box: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        krea = AsyncKrea(TOKEN, transport=box.transport(), clock=box.clock)

        async def fail() -> None:
            for _ in range(20):
                await asyncio.sleep(0)
            raise Full

        await asyncio.gather(krea.run(MODEL, SLOW), krea.run(MODEL, SLOW), fail())

    with pytest.raises(Full):
        asyncio.run(main())
    assert len(billed_ids(box)) == 2
    assert all(job_id in caplog.text for job_id in billed_ids(box))


@pytest.mark.parametrize("leave", ["break", "return"])
def test_an_async_loop_that_is_left_names_every_job(box: Sandbox, leave: str, caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> str:
        krea = AsyncKrea(TOKEN, transport=box.transport(), clock=box.clock)
        async for result in krea.run_all([(MODEL, GOOD), *[(MODEL, SLOW)] * 9], at_once=5):
            if leave == "return":
                return result.id
            break
        return result.id

    first = asyncio.run(main())
    assert len(billed_ids(box)) >= 5
    assert all(job_id in caplog.text for job_id in billed_ids(box) - {first})


def test_a_program_without_logging_gets_the_ids_on_stderr(box: Sandbox) -> None:
    program = f"""
import sys
from krea_client import Krea
from krea_client.sandbox import Sandbox
sandbox = Sandbox()
krea = Krea({TOKEN!r}, transport=sandbox.transport(), clock=sandbox.clock)
try:
    for result in krea.run_all([({MODEL!r}, {GOOD!r}), *[({MODEL!r}, {SLOW!r})] * 4], at_once=3):
        sys.exit(3)
finally:
    print(result.id, *(row.job_id for row in sandbox.ledger))
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    first, *all_ids = ended.stdout.split()
    assert ended.returncode == 3
    assert len(all_ids) >= 3
    assert all(job_id in ended.stderr for job_id in all_ids if job_id != first)
    assert TOKEN not in ended.stderr


DROPPED_LOOP = """
import asyncio, os, sys
from krea_client import AsyncKrea
from krea_client.sandbox import Sandbox
sandbox = Sandbox(time_scale=0)
krea = AsyncKrea({token!r}, transport=sandbox.transport(), clock=sandbox.clock)

async def batch():
    async for result in krea.run_all([({model!r}, {slow!r})] * 3):
        pass

async def submitted():
    while len(krea.open_jobs) < 4:
        await asyncio.sleep(0.01)

async def quit():
    await submitted()
    sys.exit(3)

async def main():
    globals()["tasks"] = [asyncio.create_task(krea.run({model!r}, {slow!r})), asyncio.create_task(batch())]
    if {way!r} == "exit":
        await asyncio.wait_for(quit(), 30)
    await submitted()

loop = asyncio.new_event_loop()
try:
    loop.run_until_complete(main())  # and nobody cancels its tasks or closes its generators
    if {way!r} == "fork" and os.fork():
        os.wait()
        os._exit(0)
finally:
    print(*(row.job_id for row in sandbox.ledger), flush=True)
"""


def test_jobs_of_an_event_loop_that_is_dropped_are_told() -> None:
    for way in ("end", "exit", *(["fork"] if hasattr(os, "fork") else [])):
        program = DROPPED_LOOP.format(token=TOKEN, model=MODEL, slow=SLOW, way=way)
        command = [sys.executable, "-W", "ignore", "-c", program]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        billed = ended.stdout.split()
        assert len(billed) == 4, ended.stderr
        named = {job_id for job_id in billed if f"job {job_id} goes on at Krea" in ended.stderr}
        assert named == (set() if way == "fork" else set(billed))  # the child leaves the jobs of its parent alone


def test_on_submit_gets_every_job_before_it_is_polled(client: ClientAdapter, box: Sandbox) -> None:
    submitted: list[Job] = []
    client.run(MODEL, GOOD, on_submit=submitted.append)
    assert [job.id for job in submitted] == [box.ledger[0].job_id]
    assert not submitted[0].finished
    updates: list[str] = []
    results = list(
        client.run_all(
            [(MODEL, GOOD)] * 3, on_submit=submitted.append, on_update=lambda job: updates.append(job.status)
        )
    )
    assert ids(submitted[1:]) == ids(results)
    assert updates.count("completed") == 3


def test_callbacks_of_an_async_client_may_be_async(box: Sandbox) -> None:
    calls: list[str] = []

    async def note(job: Job) -> None:
        await asyncio.sleep(0)
        calls.append(job.status)

    async def main() -> None:
        async with AsyncKrea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
            await krea.run(MODEL, GOOD, on_submit=note, on_update=note)
            assert [result.succeeded async for result in krea.run_all([(MODEL, GOOD)], on_submit=note)] == [True]

    asyncio.run(main())
    assert calls[0] == "queued"
    assert "completed" in calls


def test_an_async_callback_of_a_sync_client_is_refused_before_anything_is_sent(box: Sandbox) -> None:
    async def note(job: Job) -> None:
        raise AssertionError(job)

    with Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
        with pytest.raises(TypeError, match="on_update is async, and Krea is sync"):
            krea.run(MODEL, GOOD, on_update=note)
        with pytest.raises(TypeError, match="on_submit is async, and Krea is sync"):
            krea.run_all([(MODEL, GOOD)], on_submit=note)
    assert billed_ids(box) == set()


@pytest.mark.parametrize("hook", ["on_submit", "on_update"])
def test_a_callback_that_raises_carries_its_job(client: ClientAdapter, box: Sandbox, hook: str) -> None:
    def fail(job: Job) -> None:
        raise Full(job.id)

    callbacks: dict[str, Any] = {hook: fail}
    start = box.clock.now()
    with pytest.raises(Full) as excinfo:
        client.run(MODEL, SLOW, **callbacks)
    assert ids(open_jobs(excinfo.value)) == billed_ids(box) == ids(client.jobs.candidates(since=start))
    [result] = client.run_all([(MODEL, SLOW)], **callbacks)
    assert isinstance(result.failure, Full)
    assert result.id in billed_ids(box)
    assert result.status == "queued"


def test_a_spent_budget_ends_a_batch_with_one_result(make: Make, box: Sandbox) -> None:
    krea = make(budget=0.01)

    def requests() -> Iterator[tuple[str, dict[str, str]]]:
        while True:
            yield MODEL, GOOD

    results = list(krea.run_all(requests(), at_once=8))
    assert [type(result.failure) for result in results].count(OverBudget) == 1
    assert len(results) == len(box.ledger) + 1 == 4


def test_a_request_without_a_known_price_does_not_end_the_batch(make: Make, box: Sandbox) -> None:
    krea = make(budget=0.01)
    unpriced = ("openai/gpt-image-2", {"prompt": "a fox"})
    results = list(krea.run_all([unpriced, unpriced, (MODEL, GOOD)]))
    assert sum(result.succeeded for result in results) == 1
    assert len(box.ledger) == 1


def test_open_jobs_finds_the_jobs_of_a_group_and_of_causes() -> None:
    inner, outer = ValueError("x"), KeyError("y")
    setattr(inner, OPEN_JOBS, (Job("a"), Job("b")))
    outer.__cause__ = inner
    group = ExceptionGroup("z", [outer, OSError()])
    assert ids(open_jobs(group)) == {"a", "b"}
    assert open_jobs(OSError()) == ()


def test_logging_that_fails_does_not_hide_an_id(box: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    class Broken(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise OSError(28, "No space left on device")

    handler = Broken()
    logging.getLogger("krea_client").addHandler(handler)
    try:
        with Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
            next(iter(krea.run_all([(MODEL, GOOD), (MODEL, SLOW)], at_once=2)))
    finally:
        logging.getLogger("krea_client").removeHandler(handler)
    [running] = unfinished(box)
    assert running in capfd.readouterr().err


class _CapitalList(httpx.BaseTransport):
    """The sandbox, but its list of jobs writes ids in capital letters, which are the same ids."""

    def __init__(self, box: Sandbox) -> None:
        self._inner = box.transport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        body = response.read()
        if request.url.path == "/jobs":
            document = json.loads(body)
            items = [{**item, "job_id": item["job_id"].upper()} for item in document["items"]]
            body = json.dumps({**document, "items": items}).encode()
        return httpx.Response(response.status_code, headers=response.headers, content=body)


def test_a_known_job_whose_id_is_listed_in_another_way_of_writing_is_no_candidate(box: Sandbox) -> None:
    start = box.clock.now()
    with Krea(TOKEN, transport=_CapitalList(box), clock=box.clock) as krea:
        krea.submit(MODEL, GOOD)
        assert krea.jobs.candidates(since=start) == []
        with Krea(TOKEN, transport=box.transport(), clock=box.clock) as other:
            strange = other.submit(MODEL, GOOD)
        assert ids(krea.jobs.candidates(since=start)) == {strange.id.upper()}


def test_candidates_by_a_time_of_any_form(client: ClientAdapter, box: Sandbox) -> None:
    start = datetime.now(UTC)
    assert start
    moment = box.clock.now()
    stranger = Krea(TOKEN, transport=box.transport(), clock=box.clock)
    job = stranger.submit(MODEL, GOOD)
    for since in (moment, moment.isoformat(), moment.replace(tzinfo=None).isoformat()):
        assert ids(client.jobs.candidates(since=since)) == {job.id}
