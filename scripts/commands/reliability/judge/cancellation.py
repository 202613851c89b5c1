"""Cancellation at every point at which a call of AsyncKrea gives way to the event loop."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Generator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from krea_client import AsyncKrea

from .raw_api import PICTURE, RawApi
from .raw_cases import FIELDS, MODEL, TOKEN, HurriedClock
from .told import ids_in, ids_in_error, log_texts
from .transports import DEFAULT, Connect, NamedTransport, reached

MOST_POINTS = 400


class CancelledAt:
    """Awaits something, and cancels the task when it waits for the n-th time."""

    def __init__(self, inner: Awaitable[Any], point: int) -> None:
        self._inner, self._point = inner, point
        self.reached = False

    def __await__(self) -> Generator[Any, Any, Any]:
        """Pass on what the inner one waits for."""
        steps = self._inner.__await__()
        waits = 0
        resume: Callable[[], Any] = partial(steps.send, None)
        while True:
            try:
                waiting = resume()
            except StopIteration as ended:
                return ended.value
            waits += 1
            if waits == self._point and (task := asyncio.current_task()):
                self.reached = True
                task.cancel()
            try:
                resume = partial(steps.send, (yield waiting))
            except BaseException as error:  # noqa: BLE001  # the inner one is to see a cancellation, of ours or of its own
                resume = partial(steps.throw, error)


class CancelledCall(NamedTuple):
    """What a call left behind that was cancelled at one point: jobs billed, and those that the caller cannot find."""

    operation: str
    point: int
    billed: int
    lost_count: int
    problem: str


async def _submit(krea: AsyncKrea, _: Path, __: set[str]) -> None:
    await krea.submit(MODEL, FIELDS)


async def _run(krea: AsyncKrea, _: Path, __: set[str]) -> None:
    await krea.run(MODEL, FIELDS)


async def _run_all(krea: AsyncKrea, _: Path, held_ids: set[str]) -> None:
    async for result in krea.run_all([(MODEL, FIELDS)] * 4, at_once=2):
        held_ids.add(result.id)


async def _save(krea: AsyncKrea, folder: Path, held_ids: set[str]) -> None:
    job = await krea.run(MODEL, FIELDS)
    held_ids.add(job.id)
    await krea.save(job, folder / "picture.png")


async def _upload(krea: AsyncKrea, _: Path, __: set[str]) -> None:
    await krea.assets.upload(PICTURE, name="picture.png")


CALLS: dict[str, Callable[[AsyncKrea, Path, set[str]], Awaitable[None]]] = {
    "submit": _submit,
    "run": _run,
    "run_all": _run_all,
    "save": _save,
    "upload": _upload,
}


def cancelled_calls(operation: str, transport: NamedTransport = DEFAULT) -> list[CancelledCall]:
    """Cancel a call at its first point, its second, and so on until it is over before the point comes."""
    calls: list[CancelledCall] = []
    for point in range(1, MOST_POINTS):
        with (
            tempfile.TemporaryDirectory() as folder,
            RawApi() as api,
            reached(api, transport) as connect,
            log_texts() as logged,
        ):
            call = asyncio.run(_cancelled(operation, point, api, connect, Path(folder), logged))
        if call is None:
            return calls
        calls.append(call)
    raise AssertionError(f"{operation} waits more than {MOST_POINTS} times")


async def _cancelled(
    operation: str, point: int, api: RawApi, connect: Connect, folder: Path, logged: list[str]
) -> CancelledCall | None:
    since, error, problem = datetime.now(UTC) - timedelta(seconds=1), None, ""
    async with connect("async", TOKEN, timeout=2, clock=HurriedClock()) as krea:
        held_ids: set[str] = set()  # what the caller had in hand
        call = CancelledAt(CALLS[operation](krea, folder, held_ids), point)

        async def awaited() -> None:
            await call

        task = asyncio.create_task(awaited())
        try:
            await task  # through nothing else: the notes of the error are to arrive
        except asyncio.CancelledError as raised:
            error = raised
        except Exception as raised:  # noqa: BLE001  # anything but the cancellation is a finding
            problem = f"{operation} at {point}: {type(raised).__name__}"
        if not call.reached:
            return None
        known_ids = held_ids | ids_in_error(error) | ids_in(logged)
        billed, offered_ids = await _billed_and_offered(krea, api, since)
    if incomplete := incomplete_files(folder):
        problem = f"{operation} at {point}: {incomplete} was left behind"
    return CancelledCall(operation, point, len(billed), len(billed - known_ids - offered_ids), problem)


async def _billed_and_offered(krea: AsyncKrea, api: RawApi, since: datetime) -> tuple[set[str], set[str]]:
    """Return the ids of all jobs that are billed, and those that the client offers afterwards.

    On a busy computer the server may read the request of a cancelled call, and bill it, only while the client is being asked.
    """
    while True:
        await asyncio.to_thread(api.wait_until_idle)
        billed = {str(job["job_id"]) for job in api.ledger}
        offered_ids = {job.id for job in await krea.jobs.candidates(since=since)}
        if len(billed) == len(api.ledger):
            return billed, offered_ids


def incomplete_files(folder: Path) -> list[str]:
    """Return the names of files that are not the whole picture."""
    return [path.name for path in folder.iterdir() if path.read_bytes() != PICTURE]
