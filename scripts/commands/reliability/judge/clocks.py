"""Lost responses of an API whose clock differs from ours: does `jobs.candidates` find the job?"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator
from typing import Any

from krea_client import OutcomeUnknown

from .raw_api import PlannedFault, RawApi
from .raw_cases import FIELDS, MODEL, TOKEN
from .transports import DEFAULT, MODES, Connect, NamedTransport, reached

OFFSETS = tuple(sign * seconds for seconds in (4, 6, 30, 90, 3_600, 43_200, 86_000) for sign in (-1, 1))  # seconds


def misses(transport: NamedTransport = DEFAULT) -> list[str]:
    """Return the cases in which the job of a lost response is not among the candidates."""
    return [
        f"{mode}, {offset} s"
        for mode, offset in clock_cases()
        if mode in transport.modes and not found(mode, offset, transport)
    ]


def clock_cases() -> Iterator[tuple[str, int]]:
    """Yield each offset, sync and async."""
    return ((mode, offset) for mode in MODES for offset in OFFSETS)


def found(mode: str, offset: float, transport: NamedTransport = DEFAULT) -> bool:
    """Return whether exactly the job of the lost response is offered."""
    with RawApi(clock_offset=offset) as api, reached(api, transport) as connect, asyncio.Runner() as runner:
        return runner.run(_found(mode, api, connect))


async def _found(mode: str, api: RawApi, connect: Connect) -> bool:
    async def call(result: Any) -> Any:
        return await result if inspect.isawaitable(result) else result

    krea: Any = connect(mode, TOKEN, timeout=2)
    await call(krea.submit(MODEL, FIELDS))
    api.faults["submit"].append(PlannedFault(lambda _: False))
    try:
        await call(krea.submit(MODEL, FIELDS))
    except OutcomeUnknown as error:
        candidates = [job.id for job in await call(krea.jobs.candidates(error))]
    else:
        candidates = []
    await call(krea.close() if mode == "sync" else krea.aclose())
    return candidates == [api.ledger[-1]["job_id"]]
