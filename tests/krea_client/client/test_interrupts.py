"""No job id is lost: what an interrupted wait carries, and what becomes of the remote job."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest

from krea_client import AsyncKrea
from krea_client.sandbox import Sandbox, VirtualClock

from .adapter import ClientAdapter
from .between import Between, answered, stopped
from .conftest import GOOD, TOKEN, Make


class InterruptingClock:
    """The sandbox's clock; its n-th sleep is interrupted."""

    def __init__(self, clock: VirtualClock, sleep: int, interrupt: type[BaseException]) -> None:
        self._clock = clock
        self._left = sleep
        self._interrupt = interrupt

    def now(self) -> datetime:
        return self._clock.now()

    def monotonic(self) -> float:
        return self._clock.monotonic()

    def _count(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise self._interrupt

    def sleep(self, seconds: float) -> None:
        self._count()
        self._clock.sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        self._count()
        await self._clock.sleep_async(seconds)


def notes(error: BaseException) -> str:
    """Return the notes of an error and of those that led to it."""
    notes: list[str] = []
    exception: BaseException | None = error
    while exception is not None:
        notes += getattr(exception, "__notes__", ())
        exception = exception.__cause__ or exception.__context__
    return "\n".join(notes)


def slow(**more: object) -> dict[str, object]:
    return {**GOOD, "prompt": "[sandbox:seconds=600]", **more}


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("sleep", [1, 2, 5])
@pytest.mark.parametrize(("policy", "state"), [("keep", "queued"), ("cancel", "cancelled")])
@pytest.mark.parametrize("call", ["run", "wait"])
def test_an_interrupted_wait_names_its_job(
    make: Make, box: Sandbox, interrupt: type[BaseException], sleep: int, policy: str, state: str, call: str
) -> None:
    krea = make(clock=InterruptingClock(box.clock, sleep, interrupt), on_interrupt=policy)
    job = krea.submit("z-image/z-image", slow()) if call == "wait" else None
    with pytest.raises(interrupt) as excinfo:
        _ = krea.wait(job) if job else krea.run("z-image/z-image", slow())
    [row] = box.ledger
    assert row.job_id in notes(excinfo.value)
    assert (row.status == "cancelled") == (state == "cancelled")
    assert ("cancelled" if state == "cancelled" else "goes on") in notes(excinfo.value)


def test_a_job_that_cannot_be_cancelled_on_the_way_out_is_named(make: Make, box: Sandbox, between: Between) -> None:
    krea = make(clock=InterruptingClock(box.clock, 1, KeyboardInterrupt), on_interrupt="cancel")
    between.always("DELETE", answered(503))
    with pytest.raises(KeyboardInterrupt) as excinfo:
        krea.run("z-image/z-image", slow())
    assert box.ledger[0].job_id in notes(excinfo.value)
    assert "could not be cancelled" in notes(excinfo.value)
    assert between.count("DELETE") == 1


def test_a_second_interrupt_leaves_at_once_and_still_names_the_job(make: Make, box: Sandbox, between: Between) -> None:
    krea = make(clock=InterruptingClock(box.clock, 1, KeyboardInterrupt), on_interrupt="cancel")
    between.on("DELETE", stopped(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt) as excinfo:
        krea.run("z-image/z-image", slow())
    assert box.ledger[0].job_id in notes(excinfo.value)
    assert between.count("DELETE") == 1


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, SystemExit])
def test_an_interrupted_submission_says_where_its_job_may_be(
    client: ClientAdapter, box: Sandbox, between: Between, interrupt: type[BaseException]
) -> None:
    between.on("POST", lambda _, forward: (forward(), stopped(interrupt)(_, forward))[1])
    with pytest.raises(interrupt) as excinfo:
        client.run("z-image/z-image", GOOD)
    text = notes(excinfo.value)
    assert "krea.jobs.candidates(since=" in text
    since = text.partition("since='")[2].partition("'")[0]
    assert [job.id for job in client.jobs.candidates(since=since)] == [box.ledger[0].job_id]


def test_an_interrupt_during_a_look_names_the_job(client: ClientAdapter, box: Sandbox, between: Between) -> None:
    between.on("GET", stopped(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt) as excinfo:
        client.run("z-image/z-image", GOOD)
    assert box.ledger[0].job_id in notes(excinfo.value)


def test_an_unknown_policy_is_refused(make: Make) -> None:
    with pytest.raises(ValueError, match="give 'keep' or 'cancel'"):
        make(on_interrupt="delete")


Story = Callable[[AsyncKrea], Awaitable[object]]


async def cancelled(krea: AsyncKrea) -> object:
    first_look = asyncio.Event()
    task = asyncio.create_task(krea.run("z-image/z-image", slow(), on_update=lambda _: first_look.set()))
    await first_look.wait()
    task.cancel()
    return await task


async def timed_out(krea: AsyncKrea) -> object:
    async with asyncio.timeout(None) as limit:
        return await krea.run(
            "z-image/z-image", slow(), on_update=lambda _: limit.reschedule(asyncio.get_running_loop().time())
        )


async def in_a_group_that_fails(krea: AsyncKrea) -> object:
    async def fail() -> None:
        for _ in range(10):
            await asyncio.sleep(0)
        raise ZeroDivisionError

    async with asyncio.TaskGroup() as group:
        group.create_task(watched(krea))
        group.create_task(fail())
    return None


async def watched(krea: AsyncKrea) -> None:
    try:
        await krea.run("z-image/z-image", slow())
    except asyncio.CancelledError as error:
        in_a_group_that_fails.notes = notes(error)  # type: ignore[attr-defined]  # a group swallows its cancellations
        raise


@pytest.mark.parametrize(("policy", "word"), [("keep", "goes on"), ("cancel", "was cancelled")])
@pytest.mark.parametrize("story", [cancelled, timed_out, in_a_group_that_fails])
def test_a_cancelled_task_names_its_job(box: Sandbox, story: Story, policy: str, word: str) -> None:
    async def main() -> str:
        async with AsyncKrea(TOKEN, transport=box.transport(), clock=box.clock, on_interrupt=policy) as krea:
            try:
                await story(krea)
            except BaseException as error:  # noqa: BLE001  # whatever it became, it is what a user sees
                return notes(error) + getattr(story, "notes", "")
        return ""

    notes_text = asyncio.run(main())
    [row] = box.ledger
    assert row.job_id in notes_text
    assert word in notes_text
    assert (row.status == "cancelled") == (policy == "cancel")
