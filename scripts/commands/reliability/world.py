"""One client before one sandbox on a clock of their own, sync or async behind the same few words."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from inspect import isawaitable
from pathlib import Path
from typing import Any

from krea_client import AsyncKrea, Job, Krea, KreaError
from krea_client.sandbox import Sandbox

TOKEN = "krea-tok3n-that-nobody-may-see"  # noqa: S105  # the needle that is searched for everywhere
REQUEST = ("openai/gpt-image-2", {"prompt": "a monastery on a cliff", "width": 64, "height": 64})
DEADLINE = 120.0
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080000000"
    "03a7e9b550000000a49444154789c63600000000200014"
    "8afa4710000000049454e44ae426082"
)


class World:
    """A client and a sandbox; what the caller was given and told is written down.

    Attributes:
        held: ids of jobs that the caller holds.
        errors: what was raised, or came as a failure of a batch.
        asked: how many jobs the caller asked for.
    """

    def __init__(self, mode: str, folder: Path, **more: Any) -> None:
        self.mode, self.folder = mode, folder
        self.box = Sandbox(date="2026-11-20", time_scale=0, balance=1000, concurrent=100)
        options: dict[str, Any] = {"token": TOKEN, "transport": self.box.transport(), "clock": self.box.clock} | more
        self.krea: Any = (Krea if mode == "sync" else AsyncKrea)(**options)
        self.held: list[str] = []
        self.errors: list[KreaError] = []
        self.results: list[Any] = []
        self.asked = 0

    async def done(self, result: Any) -> Any:
        """Return what a method gives in the end."""
        return await result if isawaitable(result) else result

    async def items(self, result: Any) -> AsyncIterator[Any]:
        """Yield what an iterator sync or async gives."""
        if hasattr(result, "__aiter__"):
            async for item in result:
                yield item
        else:
            for item in result:
                yield item

    async def submitted(self) -> Job:
        """Return a job that nothing stood in the way of."""
        self.asked += 1
        job: Job = await self.done(self.krea.submit(*REQUEST))
        self.held.append(job.id)
        return job

    def raised(self, error: KreaError) -> None:
        """Write down an error and the job that it tells of."""
        self.errors.append(error)
        if error.job_id is not None:
            self.held.append(error.job_id)

    async def candidates(self) -> set[str]:
        """Return the jobs that may belong to the answers that were lost."""
        from krea_client import OutcomeUnknown

        self.box.faults.clear()
        candidate_ids: set[str] = set()
        for error in self.errors:
            if isinstance(error, OutcomeUnknown):
                candidate_ids |= {job.id for job in await self.done(self.krea.jobs.candidates(error))}
        return candidate_ids

    async def closed(self) -> None:
        """Close the client."""
        await self.done(self.krea.close() if self.mode == "sync" else self.krea.aclose())


Story = Callable[[World], Coroutine[Any, Any, None]]


async def submit(world: World) -> None:
    """Submit one job."""
    world.asked += 1
    job = await world.done(world.krea.submit(*REQUEST))
    world.held.append(job.id)
    world.results.append(job)


async def run(world: World) -> None:
    """Run one job to its end."""
    world.asked += 1
    updates: list[Job] = []
    job = await world.done(world.krea.run(*REQUEST, deadline=DEADLINE, on_update=updates.append))
    world.held += [job.id, *(job_update.id for job_update in updates)]
    world.results.append(job)


async def wait(world: World) -> None:
    """Wait for a job that was submitted before."""
    job = await world.done(world.krea.wait(await world.submitted(), deadline=DEADLINE))
    world.results.append(job)


async def run_all(world: World) -> None:
    """Run four jobs, two at a time."""
    world.asked += 4
    async for result in world.items(world.krea.run_all([REQUEST] * 4, at_once=2, deadline=DEADLINE)):
        world.results.append(result)
        if result.id:
            world.held.append(result.id)
        if result.failure:
            world.raised(result.failure)
    if len(world.results) != 4:
        raise AssertionError(f"{len(world.results)} of 4 requests came back")


async def save(world: World) -> None:
    """Save a result over a good older file."""
    job = await world.done(world.krea.wait(await world.submitted()))
    target = world.folder / "picture.png"
    target.write_bytes(b"the older picture")
    world.results += await world.done(world.krea.save(job, target, overwrite=True))


async def upload(world: World) -> None:
    """Upload a small picture."""
    world.results.append(await world.done(world.krea.assets.upload(PICTURE, name="small.png")))


async def list_jobs(world: World) -> None:
    """List three jobs."""
    for _ in range(3):
        await world.submitted()
    world.results += [job async for job in world.items(world.krea.jobs.list(limit=2))]


async def cancel(world: World) -> None:
    """Cancel a job that runs."""
    job = await world.submitted()
    await world.done(world.krea.jobs.cancel(job))
    world.results.append(job)


STORIES: dict[str, Story] = {
    "submit": submit,
    "run": run,
    "wait": wait,
    "run_all": run_all,
    "save": save,
    "upload": upload,
    "list": list_jobs,
    "cancel": cancel,
}


async def told(world: World, story: Story) -> None:
    """Live through a story; what it raises is written down, and anything but our own errors comes through."""
    try:
        await story(world)
    except KreaError as error:
        world.raised(error)


def played(mode: str, live: Callable[[World], Awaitable[Any]], runner: asyncio.Runner, **options: Any) -> Any:
    """Let somebody live in a world of that mode, which is closed and cleaned up afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(mode, Path(folder), **options)

        async def life() -> Any:
            try:
                return await live(world)
            finally:
                await world.closed()

        return runner.run(life())
