"""Shared by threads, used in the wrong loop, called many times: nothing leaks, and what cannot work says so."""

import asyncio
import gc
import os
import threading
from pathlib import Path

import pytest

from krea_client import AsyncKrea, Krea, KreaError
from krea_client.sandbox import Sandbox
from reliability.world import REQUEST, TOKEN

CALLS = int(os.environ.get("KREA_CALLS", "1000"))  # a file or task left by one call of a thousand shows


@pytest.fixture
def box() -> Sandbox:
    return Sandbox(date="2026-11-20", time_scale=0, balance=1e6, concurrent=1_000_000)


def open_files() -> int:
    folder = Path("/proc/self/fd")
    if not folder.exists():
        pytest.skip("this system does not list open files")
    return len(list(folder.iterdir()))


def test_thirty_two_threads_share_a_client(box: Sandbox) -> None:
    job_ids: list[str] = []
    failures: list[BaseException] = []

    def work(krea: Krea) -> None:
        try:
            for _ in range(8):
                job_ids.append(krea.submit(*REQUEST).id)
                krea.jobs.get(job_ids[-1])
        except BaseException as error:  # noqa: BLE001  # a thread has nobody else to tell
            failures.append(error)

    with Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
        threads = [threading.Thread(target=work, args=(krea,)) for _ in range(32)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    assert sorted(job_ids) == sorted(row.job_id for row in box.ledger)
    assert len(job_ids) == 32 * 8


def test_many_calls_leave_nothing_open(box: Sandbox) -> None:
    with Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
        krea.submit(*REQUEST)
        gc.collect()
        files, threads = open_files(), threading.active_count()
        for _ in range(CALLS):
            krea.submit(*REQUEST)
        gc.collect()
        assert (open_files(), threading.active_count()) == (files, threads)


def test_many_async_calls_leave_no_task_behind(box: Sandbox) -> None:
    async def main() -> None:
        async with AsyncKrea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
            files = open_files()
            for _ in range(CALLS // 50):
                await asyncio.gather(*(krea.submit(*REQUEST) for _ in range(50)))
            gc.collect()
            assert (open_files(), len(asyncio.all_tasks())) == (files, 1)

    asyncio.run(main())


def test_an_async_client_belongs_to_one_loop(box: Sandbox) -> None:
    krea = AsyncKrea(TOKEN, transport=box.transport(), clock=box.clock)

    async def submit() -> object:
        return await krea.submit(*REQUEST)

    asyncio.run(submit())
    with pytest.raises(KreaError, match=r"another event loop.*nothing was sent: make an AsyncKrea in each loop"):
        asyncio.run(submit())
    assert len(box.ledger) == 1
