"""Calls of both clients, sync and async, replayed from cassettes: what is sent is what was recorded, and what comes back is understood."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from inspect import isawaitable
from pathlib import Path
from typing import Any

import pytest

from krea_api.models import ZImageRequest
from krea_client import (
    AsyncKrea,
    Job,
    JobCancelled,
    Krea,
    KreaSunsetWarning,
    NotFound,
    Rejected,
)
from record.tape import PIXEL

pytestmark = [pytest.mark.vcr, pytest.mark.block_network]

MODEL = "z-image/z-image"
REQUEST = ZImageRequest(prompt="a gothic cathedral", aspect_ratio="16:9", resolution="1K")
OLD = {"prompt": "a gothic cathedral", "aspectRatio": "16:9", "resolution": "1K"}

Play = Callable[[Callable[[Any], Coroutine[Any, Any, None]]], None]


@pytest.fixture(params=[Krea, AsyncKrea], ids=["sync", "async"])
def play(request: pytest.FixtureRequest, stage: dict[str, Any]) -> Play:
    """Run a scene with a client, sync or async; `result_of` makes their answers alike."""

    def run(scene: Callable[[Any], Coroutine[Any, Any, None]]) -> None:
        async def main() -> None:
            client = request.param(**stage)
            if isinstance(client, Krea):
                with client:
                    await scene(client)
            else:
                async with client:
                    await scene(client)

        asyncio.run(main())

    return run


async def result_of(answer: Any) -> Any:
    return await answer if isawaitable(answer) else answer


async def first(jobs: Iterator[Job] | AsyncIterator[Job]) -> Job:
    if isinstance(jobs, Iterator):
        return next(itertools.islice(jobs, 1))
    return await anext(jobs)


def test_a_picture_from_submission_to_disk(play: Play, tmp_path: Path, recording: bool) -> None:
    statuses: list[str] = []

    async def scene(krea: Any) -> None:
        job = await result_of(krea.submit(REQUEST))
        assert not job.finished
        finished = await result_of(krea.wait(job, on_update=lambda now: statuses.append(now.status)))
        assert finished.id == job.id
        assert finished.succeeded
        [path] = await result_of(krea.save(finished, tmp_path / "cathedral.png"))
        assert recording or path.read_bytes() == PIXEL

    play(scene)
    assert statuses[-1] == "completed"


def test_last_years_names_are_sent_as_todays(play: Play) -> None:
    async def scene(krea: Any) -> None:
        with pytest.warns(KreaSunsetWarning, match="'aspectRatio' is now 'aspect_ratio'"):
            job = await result_of(krea.submit(MODEL, OLD))
        assert not job.finished

    play(scene)


def test_jobs_are_looked_at_listed_and_cancelled(play: Play) -> None:
    async def scene(krea: Any) -> None:
        job = await result_of(krea.submit(REQUEST))
        assert (await result_of(krea.jobs.get(job.id))).id == job.id
        assert (await first(krea.jobs.list(limit=1))).id == job.id
        await result_of(krea.jobs.cancel(job))
        with pytest.raises(JobCancelled) as ended:
            await result_of(krea.wait(job))
        assert ended.value.job_id == job.id

    play(scene)


def test_refusals_keep_the_apis_words(play: Play) -> None:
    async def scene(krea: Any) -> None:
        with pytest.raises(Rejected) as refused:
            await result_of(krea.submit(MODEL, {**OLD, "aspectRatio": "7:7"}, check=False))
        assert refused.value.status in (400, 422)
        assert "aspect_ratio" in str(refused.value)
        with pytest.raises(NotFound):
            await result_of(krea.jobs.get("00000000-0000-4000-8000-000000000000"))

    with pytest.warns(KreaSunsetWarning):
        play(scene)
