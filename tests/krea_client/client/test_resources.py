"""Nothing is left open: sockets, threads, tasks and files, after many calls and after interrupts."""

import asyncio
import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from krea_client import AsyncKrea
from krea_client.sandbox import Sandbox, running

from .adapter import ClientAdapter
from .between import Between, stopped
from .conftest import GOOD, TOKEN, Make
from .faulty_server import faulty, hung_up, reset
from .test_interrupts import InterruptingClock, notes


def descriptors() -> int:
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture(autouse=True)
def check_no_leaks(make: Make) -> Iterator[None]:
    """Hold every test of this file to it; the fixture `make` has its event loop open before and after."""
    if not Path("/proc/self/fd").exists():
        pytest.skip("this system does not list open files")
    before = descriptors()
    threads_before = {thread.name for thread in threading.enumerate()}
    yield
    for thread in threading.enumerate():
        if thread.name.startswith("krea-client"):
            thread.join(5)
    assert descriptors() <= before  # fewer where something of an earlier test was closed meanwhile
    threads = {thread.name for thread in threading.enumerate()} - threads_before
    assert [name for name in threads if name.startswith(("krea", "Thread"))] == []


def test_after_many_calls_over_sockets(make: Make) -> None:
    box = Sandbox(date="2026-11-20", time_scale=0, concurrent=1000, balance=100)
    with running(box) as url, make(base_url=url, transport=None, clock=box.clock) as krea:
        for _ in range(70):
            krea.jobs.cancel(krea.submit("z-image/z-image", GOOD))
            next(krea.jobs.list())


def test_after_many_clients(make: Make, box: Sandbox) -> None:
    with running(box) as url:
        for _ in range(10):
            with make(base_url=url, transport=None) as krea:
                list(krea.jobs.list())
                _ = krea.raw


def test_after_faults(make: Make, box: Sandbox) -> None:
    with faulty(box) as server, make(base_url=server.url, transport=None) as krea:
        for fault in (reset, hung_up) * 5:
            server.on("POST", fault)
            with pytest.raises(Exception, match="no complete response came back"):
                krea.submit("z-image/z-image", GOOD)


def test_after_a_batch(make: Make, box: Sandbox) -> None:
    with running(box) as url, make(base_url=url, transport=None) as krea:
        assert len(list(krea.run_all([("z-image/z-image", GOOD)] * 12, at_once=6))) == 12


def test_after_leaving_a_batch_early(make: Make, box: Sandbox) -> None:
    with running(box) as url, make(base_url=url, transport=None) as krea:
        for _ in krea.run_all([("z-image/z-image", GOOD)] * 12, at_once=6):
            break


@pytest.mark.parametrize("policy", ["keep", "cancel"])
def test_after_interrupts(make: Make, box: Sandbox, policy: str) -> None:
    clock = InterruptingClock(box.clock, 3, KeyboardInterrupt)
    with running(box) as url, make(base_url=url, transport=None, clock=clock, on_interrupt=policy) as krea:
        with pytest.raises(KeyboardInterrupt):
            list(krea.run_all([("z-image/z-image", {**GOOD, "prompt": "[sandbox:seconds=900]"})] * 6, at_once=6))
        clock._left = 2
        with pytest.raises(KeyboardInterrupt):
            krea.run("z-image/z-image", {**GOOD, "prompt": "[sandbox:seconds=900]"})


def test_after_an_interrupted_download(client: ClientAdapter, between: Between, tmp_path: Path) -> None:
    job = client.run("z-image/z-image", GOOD)
    between.on("GET", stopped(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        client.save(job, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_no_task_stays_behind(box: Sandbox, between: Between) -> None:
    async def main() -> None:
        tasks_before = asyncio.all_tasks()
        async with AsyncKrea(TOKEN, transport=between, clock=box.clock) as krea:
            async for _ in krea.run_all([("z-image/z-image", GOOD)] * 9, at_once=4):
                break
            results = krea.run_all([("z-image/z-image", GOOD)] * 9, at_once=4)
            await anext(results)
            await results.aclose()  # type: ignore[attr-defined]  # it is a generator
            gc.collect()
            await asyncio.sleep(0)
            task = asyncio.create_task(krea.run("z-image/z-image", {**GOOD, "prompt": "[sandbox:seconds=900]"}))
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
        for _ in range(50):
            await asyncio.sleep(0)
        assert asyncio.all_tasks() == tasks_before

    asyncio.run(main())


class Hanging(Between):
    """The second submission never ends."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.count("POST") == 1 and request.method == "POST":
            self.seen.append(request)
            await asyncio.Event().wait()
        return await super().handle_async_request(request)


def test_no_call_stays_in_flight_when_a_batch_is_cancelled_twice(box: Sandbox) -> None:
    transport = Hanging(box.transport())

    async def main() -> str:
        tasks_before = asyncio.all_tasks()
        async with AsyncKrea(TOKEN, transport=transport, clock=box.clock) as krea:

            async def collect() -> None:
                async for _ in krea.run_all([("z-image/z-image", GOOD)] * 2, at_once=2):
                    pass

            task = asyncio.create_task(collect())
            for _ in range(2):
                for _ in range(50):
                    await asyncio.sleep(0)
                task.cancel()
            with pytest.raises(asyncio.CancelledError) as excinfo:
                await task
            assert asyncio.all_tasks() == tasks_before
        return notes(excinfo.value)

    notes_text = asyncio.run(main())
    assert box.ledger[0].job_id in notes_text
    assert "krea.jobs.candidates(since=" in notes_text


def test_memory_of_jobs_is_bounded(client: ClientAdapter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("krea_client._core.job_memory.CAPACITY", 5)
    for _ in range(8):
        client.jobs.cancel(client.submit("z-image/z-image", GOOD))
    assert len(client.wrapped._session.options.memory) == 5


def test_a_file_is_closed_when_its_disk_is_full(client: ClientAdapter, between: Between, tmp_path: Path) -> None:
    job = client.run("z-image/z-image", GOOD)
    (tmp_path / "file").touch()
    with pytest.raises(Exception, match="could not be written"):
        client.save(job, tmp_path / "file" / "x.png")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
