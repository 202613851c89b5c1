"""Many jobs through run_all against a concurrent limit, in virtual time."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Iterator
from typing import Any, NamedTuple

from krea_client import AsyncKrea, Krea
from krea_client.sandbox import Sandbox

REQUEST = ("z-image/z-image", {"prompt": "a", "aspect_ratio": "1:1", "resolution": "1K"})
SECONDS = 5.0  # what a job of this model takes in the sandbox


class Batch(NamedTuple):
    """How a batch went: virtual seconds beside the ideal ones, jobs by kind of trouble, and how far its input was read ahead.

    Attributes:
        ratio: virtual seconds as a multiple of the ideal.
        lost, doubled: jobs that never came back, and that were made twice.
        ahead: how many requests were taken at most beyond the results given.
        memory: bytes that Python held more at the end than after the first tenth; 0 where nobody measured.
    """

    jobs: int
    ratio: float
    lost: int
    doubled: int
    ahead: int
    memory: int = 0


def batch(mode: str, jobs: int, at_once: int, limit: int, *, measured: bool = False) -> Batch:
    """Run so many jobs, so many at once, where the API lets `limit` run."""
    box = Sandbox(date="2026-11-20", time_scale=0, balance=1e6, concurrent=limit, keep=1000)
    read_count, returned_count, ahead, base = 0, 0, 0, 0
    ids: set[str] = set()

    def requests() -> Iterator[Any]:
        nonlocal read_count, ahead
        for _ in range(jobs):
            read_count += 1
            ahead = max(ahead, read_count - returned_count)
            yield REQUEST

    def note(result: Any) -> None:
        nonlocal returned_count, base
        returned_count += 1
        if result.failure is None:
            ids.add(result.id)
        if measured and returned_count == jobs // 10:
            tracemalloc.start()
            base = tracemalloc.get_traced_memory()[0]

    began = box.clock.monotonic()
    if mode == "sync":
        with Krea("toy", transport=box.transport(), clock=box.clock) as krea:
            for result in krea.run_all(requests(), at_once=at_once):
                note(result)
    else:
        asyncio.run(_async(box, requests(), at_once, note))
    took = box.clock.monotonic() - began
    memory = tracemalloc.get_traced_memory()[0] - base if measured else 0
    if measured:
        tracemalloc.stop()
    accepted = box.totals.accepted
    ideal = -(-jobs // min(at_once, limit)) * SECONDS
    return Batch(jobs, took / ideal, jobs - len(ids), accepted - len(ids), ahead, memory)


async def _async(box: Sandbox, requests: Iterator[Any], at_once: int, note: Any) -> None:
    async with AsyncKrea("toy", transport=box.transport(), clock=box.clock) as krea:
        async for result in krea.run_all(requests, at_once=at_once):
            note(result)
