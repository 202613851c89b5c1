"""A task may be cancelled at every await: no job is lost, nothing stays in flight, and nothing is sent twice."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any

import httpx
import pytest

from krea_client import AsyncKrea
from krea_client.errors import open_jobs
from krea_client.sandbox import Sandbox

from .conftest import GOOD, TOKEN

MODEL = "z-image/z-image"


class CancelledAt:
    """Awaits something, and cancels it at the n-th point where it gives control to the event loop."""

    def __init__(self, work: Coroutine[Any, Any, Any], number: int) -> None:
        self._work = work
        self._number = number
        self.reached = False

    def __await__(self) -> Generator[Any, Any, Any]:
        reply: Any = None
        count = 0
        while True:
            try:
                future = self._work.send(reply) if not isinstance(reply, BaseException) else self._work.throw(reply)
            except StopIteration as end:
                return end.value
            count += 1
            if count == self._number:
                self.reached = True
                if future is not None:
                    future.cancel()
                    future._asyncio_future_blocking = False
                reply = asyncio.CancelledError()
                continue
            try:
                reply = yield future
            except BaseException as error:  # noqa: BLE001  # the loop's own cancellation
                reply = error


class Yielding(httpx.AsyncBaseTransport):
    """The sandbox, with points at which a task may be cancelled before and after each exchange."""

    def __init__(self, box: Sandbox) -> None:
        self._inner = box.transport()
        self.in_flight = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.in_flight += 1
        try:
            await asyncio.sleep(0)
            response = await self._inner.handle_async_request(request)
            await asyncio.sleep(0)
            return response
        finally:
            self.in_flight -= 1


async def run_one(krea: AsyncKrea) -> object:
    return (await krea.run(MODEL, GOOD)).id


async def run_batch(krea: AsyncKrea) -> object:
    return [result.id async for result in krea.run_all([(MODEL, GOOD)] * 4, at_once=2)]


async def submit_and_wait(krea: AsyncKrea) -> object:
    job = await krea.submit(MODEL, GOOD)
    return (await krea.wait(job)).id


STORIES = [run_one, run_batch, submit_and_wait]


async def cancelled_at(story: Callable[[AsyncKrea], Coroutine[Any, Any, Any]], number: int, policy: Any) -> bool:
    """Run a story that is cancelled at its n-th await; return whether it got so far."""
    box = Sandbox(date="2026-11-20", time_scale=0)
    transport = Yielding(box)
    start = box.clock.now()
    krea = AsyncKrea(TOKEN, transport=transport, clock=box.clock, on_interrupt=policy)
    attempt = CancelledAt(story(krea), number)
    known_ids: set[str] = set()
    try:
        outcome = await attempt
        known_ids |= {outcome} if isinstance(outcome, str) else set(outcome)
    except asyncio.CancelledError as error:
        known_ids |= {job.id for job in open_jobs(error)}
    await asyncio.sleep(0)
    for _ in range(20):  # what was thrown away ends
        await asyncio.sleep(0)
    known_ids |= {job.id for job in krea.open_jobs}
    known_ids |= {job.id for job in await krea.jobs.candidates(since=start)}
    await krea.aclose()
    for row in box.ledger:
        assert row.job_id in known_ids or row.status in ("cancelled", "completed"), f"await {number}: {row} is lost"
        assert row.job_id in known_ids or row.status == "cancelled" or _was_handed_over(story, row), (
            f"await {number}: {row}"
        )
    assert transport.in_flight == 0
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []
    return attempt.reached


def _was_handed_over(story: Callable[..., Awaitable[Any]], row: Any) -> bool:
    return story is run_batch and row.status == "completed"  # the loop had taken this result before it was cancelled


@pytest.mark.parametrize("policy", ["keep", "cancel"])
@pytest.mark.parametrize("story", STORIES)
def test_a_cancellation_at_every_await_loses_nothing(
    story: Callable[[AsyncKrea], Coroutine[Any, Any, Any]], policy: str, caplog: pytest.LogCaptureFixture
) -> None:
    number = 1
    while asyncio.run(cancelled_at(story, number, policy)):
        number += 1
    assert number > 4
