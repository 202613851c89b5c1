"""The public API as type checkers see it. Never run: mypy --strict and pyright read it, against the installed wheel."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Coroutine, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, assert_type

import httpx

import krea_api
import krea_client
from krea_api.models import GptImage2Request, ZImageRequest
from krea_client import (
    AliasUse,
    AsyncKrea,
    Job,
    JobError,
    Krea,
    Pace,
    Problem,
    Retry,
    RunResult,
    aliases,
    webhooks,
)
from krea_client.sandbox import Sandbox


def clients(box: Sandbox, uses: list[AliasUse]) -> None:
    krea = Krea(
        token="toy",
        base_url="https://api.krea.ai",
        timeout=httpx.Timeout(10.0),
        transport=box.transport(),
        aliases="silent",
        on_alias=uses.append,
        clock=lambda: datetime.now(UTC),
        retry=Retry(attempts=2),
        pace=Pace(deadline=60.0),
        on_interrupt="cancel",
    )
    assert_type(krea.raw, krea_api.AuthenticatedClient)
    Krea(aliases="sometimes")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # none of the four policies
    Krea(clock=box.clock, timeout=5)
    AsyncKrea(transport=box.transport(), on_interrupt="keep")


def misspelt() -> None:
    krea_client.Kera()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]  # a checker must see it


def requests(krea: Krea) -> None:
    typed = ZImageRequest(prompt="a", aspect_ratio="16:9", resolution="1K")
    assert_type(krea.submit(typed), Job)
    assert_type(krea.submit("z-image/z-image", {"prompt": "a"}, webhook_url="https://example.com"), Job)
    assert_type(krea.run("z-image/z-image", prompt="a", deadline=60, on_update=lambda job: job.status), Job)
    assert_type(krea.run(GptImage2Request(prompt="a"), extra_body={"new": 1}, check=False, timeout=5.0), Job)
    ZImageRequest(prompt="a", aspect_ratio="16x9", resolution="1K")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # no such shape
    ZImageRequest(prompt="a", aspectRatio="1:1", resolution="1K")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # a deprecated name


def jobs(krea: Krea, error: krea_client.OutcomeUnknown) -> None:
    job = krea.jobs.get("id")
    assert_type(job, Job)
    assert_type(krea.wait(job.id, deadline=1.0), Job)
    assert_type(krea.jobs.list(status="completed", limit=10, cursor=datetime.now(UTC)), Iterator[Job])
    candidates: list[Job] = krea.jobs.candidates(error)
    assert_type(krea.jobs.candidates(error).conclusive, bool)
    assert_type(candidates[0], Job)
    assert_type(krea.save(job, Path("a.png"), overwrite=True), list[Path])
    assert_type(krea.run_all([("z-image/z-image", {"prompt": "a"})], at_once=2), Iterator[RunResult])
    job.status = "completed"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # a Job never changes


def values(job: Job, result: RunResult) -> None:
    assert_type(job.id, str)
    assert_type(job.status, str)
    assert_type(job.created_at, datetime | None)
    assert_type(job.completed_at, datetime | None)
    assert_type(job.urls, list[str])
    assert_type(job.error, JobError | None)
    assert_type(job.finished, bool)
    assert_type(job.succeeded, bool)
    assert_type(result.failure, Exception | None)


async def on_asyncio(krea: AsyncKrea, target: os.PathLike[str]) -> None:
    pending = assert_type(krea.submit("z-image/z-image", prompt="a"), Coroutine[Any, Any, Job])
    job = await pending
    assert_type(job, Job)
    assert_type(await krea.run(GptImage2Request(prompt="a")), Job)
    assert_type(await krea.wait(job), Job)
    assert_type(await krea.save(job, target), list[Path])
    assert_type(krea.run_all([]), AsyncIterator[RunResult])
    assert_type(krea.jobs.list(), AsyncIterator[Job])
    assert_type((await krea.jobs.candidates(since="2026-11-20")).clock_offset, timedelta | None)
    await krea.jobs.cancel(job)


def old_names(use: AliasUse, warning: krea_client.KreaSunsetWarning) -> None:
    body, renames = aliases.translate("z-image/z-image", {"aspectRatio": "1:1"})
    assert_type(body, dict[str, Any])
    assert_type(renames, tuple[aliases.Rename, ...])
    assert_type(renames[0].date, date)
    assert_type(use.line, int)
    assert_type(warning.date, date | None)
    assert_type(warning.new, str | None)
    assert_type(webhooks.parse(b"{}"), Job)


def errors(krea: Krea) -> None:
    try:
        krea.run("z-image/z-image", prompt="a")
    except krea_client.RequestInvalid as invalid:
        assert_type(invalid.problems, tuple[Problem, ...])
    except krea_client.ModelGone as model_gone:
        assert_type(model_gone.replacement, str | None)
        assert_type(model_gone.sunset, date | None)
    except krea_client.Busy as busy:
        assert_type(busy.retry_after, float | None)
    except krea_client.OutcomeUnknown as unknown:
        assert_type(unknown.sent_at, datetime | None)
        assert_type(unknown.body, bytes | None)
    except (krea_client.JobFailed, krea_client.JobCancelled, krea_client.JobEmpty, krea_client.WaitTimeout) as ended:
        assert_type(ended.job, Job)
    except krea_client.KreaError as error:
        assert_type(error.job_id, str | None)
