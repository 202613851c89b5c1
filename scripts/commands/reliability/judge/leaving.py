"""Every way to leave a call whose jobs run on: which of the billed jobs is the caller told of, or can find?"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from krea_client import AsyncKrea, Krea

from .raw_api import RawApi
from .raw_cases import FIELDS, MODEL, TOKEN
from .told import ids_in, ids_in_error, log_texts
from .transports import DEFAULT, Connect, NamedTransport, reached

REQUESTS = [(MODEL, FIELDS)] * 8
AT_ONCE = 4
FINISHING = 1  # the first job ends, the others run on


class Left(NamedTuple):
    """What became of the jobs of a call that was left.

    Attributes:
        billed: how many jobs were made.
        told_count: how many of them the caller was given, or told of by the error or the log.
        offered_count: how many of the others `jobs.candidates(since=)` has.
    """

    way: str
    billed: int
    told_count: int
    offered_count: int

    @property
    def lost(self) -> int:
        """Return how many jobs can be found in no way but by listing all of the account's jobs."""
        return self.billed - self.told_count - self.offered_count


class AcceleratedClock:
    """A clock that runs many times as fast as the real one, so that the first look at a job comes soon."""

    FACTOR = 20.0

    def __init__(self) -> None:
        self._start = time.monotonic()

    def now(self) -> datetime:
        """Return the real date and time, by which the API dates its jobs."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return (time.monotonic() - self._start) * self.FACTOR

    def sleep(self, seconds: float) -> None:
        """Wait for a part of so many seconds."""
        time.sleep(seconds / self.FACTOR)

    async def sleep_async(self, seconds: float) -> None:
        """Wait for a part of so many seconds."""
        await asyncio.sleep(seconds / self.FACTOR)


class LeaveError(Exception):
    """What the caller's own code raises."""


def _fail(*_: object) -> None:
    raise LeaveError


def _break(krea: Krea, results: list[Any]) -> None:
    for result in krea.run_all(REQUESTS, at_once=AT_ONCE):
        results.append(result)
        break
    gc.collect()


def _raise(krea: Krea, results: list[Any]) -> None:
    for result in krea.run_all(REQUESTS, at_once=AT_ONCE):
        results.append(result)
        _fail()


def _exit(krea: Krea, results: list[Any]) -> None:
    for result in krea.run_all(REQUESTS, at_once=AT_ONCE):
        results.append(result)
        sys.exit(3)


def _close(krea: Krea, results: list[Any]) -> None:
    batch: Any = krea.run_all(REQUESTS, at_once=AT_ONCE)
    results.append(next(batch))
    batch.close()


def _callback(krea: Krea, _: list[Any]) -> None:
    krea.run(MODEL, FIELDS, on_update=_fail)


async def _async_break(krea: AsyncKrea, results: list[Any]) -> None:
    async for result in krea.run_all(REQUESTS, at_once=AT_ONCE):
        results.append(result)
        break
    gc.collect()
    await asyncio.sleep(0.05)


async def _async_raise(krea: AsyncKrea, results: list[Any]) -> None:
    async for result in krea.run_all(REQUESTS, at_once=AT_ONCE):
        results.append(result)
        _fail()


async def _all_wait(krea: AsyncKrea, count: int) -> None:
    """Wait until so many jobs are waited for."""
    while len(krea.open_jobs) < count:  # noqa: ASYNC110  # the client sets no event
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)  # as long as two seconds of the client's clock


async def _sibling(krea: AsyncKrea, count: int) -> None:
    await _all_wait(krea, count)
    raise LeaveError


async def _gather(krea: AsyncKrea, _: list[Any]) -> None:
    await asyncio.gather(krea.run(MODEL, FIELDS), krea.run(MODEL, FIELDS), _sibling(krea, 2))


async def _task_group(krea: AsyncKrea, _: list[Any]) -> None:
    async def run() -> None:
        await krea.run(MODEL, FIELDS)

    async with asyncio.TaskGroup() as group:
        for _number in range(3):
            group.create_task(run())
        group.create_task(_sibling(krea, 3))


async def _time_out(krea: AsyncKrea, _: list[Any]) -> None:
    async def run_out() -> None:
        await _all_wait(krea, 3)
        limit.reschedule(0)

    async with asyncio.timeout(None) as limit:
        await asyncio.gather(*(krea.run(MODEL, FIELDS) for _number in range(3)), run_out())


async def _cancelled(krea: AsyncKrea, _: list[Any]) -> None:
    task = asyncio.ensure_future(krea.run(MODEL, FIELDS))
    await _all_wait(krea, 1)
    task.cancel()
    await task


async def _async_callback(krea: AsyncKrea, _: list[Any]) -> None:
    await krea.run(MODEL, FIELDS, on_update=_fail)


SYNC_WAYS: dict[str, Callable[[Krea, list[Any]], None]] = {
    "break": _break,
    "exception in the body": _raise,
    "sys.exit": _exit,
    "closed generator": _close,
    "callback that raises": _callback,
}
ASYNC_WAYS: dict[str, Callable[[AsyncKrea, list[Any]], Awaitable[None]]] = {
    "async break": _async_break,
    "async exception in the body": _async_raise,
    "gather, a sibling fails": _gather,
    "task group, a sibling fails": _task_group,
    "asyncio.timeout": _time_out,
    "cancelled task": _cancelled,
    "async callback that raises": _async_callback,
}


def leave_sync(way: str, transport: NamedTransport = DEFAULT) -> Left:
    """Leave a call of Krea."""
    results: list[Any] = []
    with (
        RawApi(finishing=FINISHING if "callback" not in way else 0) as api,
        reached(api, transport) as connect,
        log_texts() as logged,
    ):
        since = datetime.now(UTC) - timedelta(seconds=1)
        shown_ids: set[str] = set()
        with connect("sync", TOKEN, timeout=2, clock=AcceleratedClock()) as krea:
            try:
                SYNC_WAYS[way](krea, results)
            except (LeaveError, SystemExit) as error:
                shown_ids = ids_in_error(error)
            gc.collect()  # the error and the call that it held are gone
            api.wait_until_idle()
            offered_ids = {job.id for job in krea.jobs.candidates(since=since)}
        return _judged(way, api, shown_ids | ids_in(logged) | {result.id for result in results}, offered_ids)


def leave_async(way: str, transport: NamedTransport = DEFAULT) -> Left:
    """Leave a call of AsyncKrea."""
    with (
        RawApi(finishing=FINISHING if "body" in way or "break" in way else 0) as api,
        reached(api, transport) as connect,
        log_texts() as logged,
    ):
        return asyncio.run(_leave_async(way, api, connect, logged))


async def _leave_async(way: str, api: RawApi, connect: Connect, logged: list[str]) -> Left:
    results: list[Any] = []
    since = datetime.now(UTC) - timedelta(seconds=1)
    shown_ids: set[str] = set()
    async with connect("async", TOKEN, timeout=2, clock=AcceleratedClock()) as krea:
        try:
            await ASYNC_WAYS[way](krea, results)
        except (LeaveError, ExceptionGroup, TimeoutError, asyncio.CancelledError) as error:
            shown_ids = ids_in_error(error)
        gc.collect()  # the error and the call that it held are gone
        await asyncio.to_thread(api.wait_until_idle)
        running = asyncio.all_tasks() - {asyncio.current_task()}  # gather leaves its siblings running
        if running:
            await asyncio.wait(running, timeout=1)
        for task in running:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        offered_ids = {job.id for job in await krea.jobs.candidates(since=since)}
    return _judged(way, api, shown_ids | ids_in(logged) | {result.id for result in results}, offered_ids)


def _judged(way: str, api: RawApi, shown_ids: set[str], offered_ids: set[str]) -> Left:
    billed = {str(job["job_id"]) for job in api.ledger}
    told_ids = billed & shown_ids
    return Left(way, len(billed), len(told_ids), len(billed & offered_ids - told_ids))


def all_ways(transport: NamedTransport = DEFAULT) -> list[Left]:
    """Leave in every way."""
    sync_ways = [leave_sync(way, transport) for way in SYNC_WAYS] if "sync" in transport.modes else []
    return [*sync_ways, *(leave_async(way, transport) for way in ASYNC_WAYS)]
