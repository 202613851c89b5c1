"""Concurrent submissions whose responses are lost in random orders: each lost job must be offered, and no known one."""

from __future__ import annotations

import asyncio
import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from krea_client import AsyncKrea, Job, OutcomeUnknown, Retry

from .raw_cases import FIELDS, MODEL, TOKEN


class ScheduledApi(httpx.AsyncBaseTransport):
    """An API in memory that takes, answers and loses requests in an order drawn by lot."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.began = datetime.now(UTC)
        self.seconds = 0.0
        self.ledger: list[dict[str, Any]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, or lose the response."""
        await self._turns()
        if request.method == "GET":
            items = [*reversed(self.ledger)] if b"cursor" not in request.url.query else []
            return httpx.Response(200, json={"items": items, "next_cursor": None})
        created = (self.began + timedelta(seconds=self.seconds)).isoformat().replace("+00:00", "Z")
        job = {
            "job_id": str(UUID(int=self.chance.getrandbits(128))),
            "status": "queued",
            "created_at": created,
            "result": None,
        }
        self.ledger.append(job)
        await self._turns()
        draw = self.chance.random()
        if draw < 0.4:
            raise httpx.ReadError("lost", request=request)
        if draw < 0.5:
            return httpx.Response(502, text="<p>bad gateway</p>")
        return httpx.Response(200, content=json.dumps(job))

    async def _turns(self) -> None:
        for _ in range(self.chance.randrange(6)):
            self.seconds += self.chance.random()
            await asyncio.sleep(0)

    def now(self) -> datetime:
        """Return the date and time of the client: the API's own."""
        return self.began + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Pass the pause."""
        self.seconds += seconds

    async def sleep_async(self, seconds: float) -> None:
        """Pass the pause, and let others run."""
        self.seconds += seconds
        await asyncio.sleep(0)


def bad_schedules(count: int, *, first: int = 0) -> list[str]:
    """Play schedules and return what went wrong in any of them."""
    with asyncio.Runner() as runner:
        return [
            f"schedule {seed}: {wrong}" for seed in range(first, first + count) if (wrong := runner.run(_play(seed)))
        ]


async def _play(seed: int) -> str:
    chance = random.Random(seed)
    api = ScheduledApi(chance)
    calls = chance.randrange(2, 6)
    async with AsyncKrea(TOKEN, transport=api, clock=api, retry=Retry(base=0.001, cap=0.001)) as krea:
        results = await asyncio.gather(*(krea.submit(MODEL, FIELDS) for _ in range(calls)), return_exceptions=True)
        known_ids = {result.id for result in results if isinstance(result, Job)}
        errors = [result for result in results if isinstance(result, OutcomeUnknown)]
        candidates = [{job.id for job in await krea.jobs.candidates(error)} for error in errors]
    lost_ids = {str(job["job_id"]) for job in api.ledger} - known_ids
    if len(known_ids) + len(errors) != calls or len(api.ledger) != calls:
        return f"{len(api.ledger)} jobs for {calls} calls: {results}"
    if lost_ids - set().union(*candidates):
        return "a lost job is offered to nobody"
    if known_ids & set().union(*candidates):
        return "a known job is offered"
    return ""
