"""`krea.bulk` of both clients against a sandbox: results are saved, and a second call has nothing left to do."""

import asyncio
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from krea_client import AsyncKrea, Krea
from krea_client.bulk import sqlite_journal
from krea_client.bulk.journal import JournalLost, Write
from krea_client.bulk.progress_figures import BulkProgress, RunControl
from krea_client.bulk.run_options import runner_options
from krea_client.bulk.sqlite_journal import SqliteJournal
from krea_client.sandbox import Sandbox

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f0001040100"
    "5f6a2f4b0000000049454e44ae426082"
)
REQUESTS = [
    {
        "custom_id": f"cat-{number}",
        "model": "z-image/z-image",
        "prompt": "a cat",
        "aspect_ratio": "1:1",
        "resolution": "1K",
    }
    for number in range(2)
]


def test_a_run_of_an_async_client(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)

    async def runs() -> None:
        async with AsyncKrea("token", transport=box.transport(), clock=box.clock) as krea:
            first = await krea.bulk.run(REQUESTS, tmp_path / "out")
            assert (first.saved, first.exit_code, first.unknown) == (2, 0, 0)
            assert [item.key async for item in krea.bulk.iterate(REQUESTS, tmp_path / "out")] == []
            assert (await krea.bulk.status(tmp_path / "out")).total == 2

    asyncio.run(runs())
    assert sorted(file.name for file in (tmp_path / "out" / "000").iterdir()) == [
        "cat-0.png",
        "cat-1.png",
        "manifest.jsonl",
    ]
    assert box.totals.accepted == 2


def test_a_run_of_a_sync_client_that_is_left_goes_on(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)
    with Krea("token", transport=box.transport(), clock=box.clock) as krea:
        for _ in krea.bulk.iterate(REQUESTS, tmp_path / "out", at_once=1):
            break
        report = krea.bulk.run(REQUESTS, tmp_path / "out")
    assert (report.saved, report.exit_code) == (2, 0)
    assert box.totals.accepted == 2


def test_a_run_keeps_the_budget_of_its_client(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)
    with Krea("token", transport=box.transport(), clock=box.clock, budget=0.004) as krea:
        report = krea.bulk.run(REQUESTS, tmp_path / "out")
        assert (report.saved, report.exit_code, krea.spent) == (1, 4, 0.003)
    assert "0.003 USD of the budget of 0.004 USD are spent" in report.stopped
    with Krea("token", transport=box.transport(), clock=box.clock, budget=0.004) as krea:
        assert krea.bulk.run(REQUESTS, tmp_path / "out").exit_code == 0
    assert box.totals.accepted == 2


def test_a_failed_job_takes_nothing_from_the_budget_of_the_client(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)
    requests = [{**REQUESTS[0], "prompt": "[sandbox:fail]"}, REQUESTS[1]]
    with Krea("token", transport=box.transport(), clock=box.clock, budget=0.004) as krea:
        report = krea.bulk.run(requests, tmp_path / "out", at_once=1)
        assert (report.saved, report.failed, krea.spent) == (1, 1, 0.003)


class _FullDisk(SqliteJournal):
    """A journal whose writes fail once a job was accepted."""

    def write(self, write: Write) -> None:
        if any(item.job_id is not None for item in write.items):
            raise JournalLost("the disk is full")
        super().write(write)


@pytest.mark.parametrize("is_async", [False, True])
def test_a_loop_whose_journal_fails_names_the_jobs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_async: bool
) -> None:
    box = Sandbox(time_scale=0)
    monkeypatch.setattr(sqlite_journal, "SqliteJournal", _FullDisk)

    async def iterate() -> None:
        async with AsyncKrea("token", transport=box.transport(), clock=box.clock) as krea:
            async for _ in krea.bulk.iterate(REQUESTS, tmp_path / "out"):
                pass

    with (
        Krea("token", transport=box.transport(), clock=box.clock) as krea,
        pytest.raises(JournalLost) as caught,
    ):
        _ = asyncio.run(iterate()) if is_async else list(krea.bulk.iterate(REQUESTS, tmp_path / "out"))
    assert box.ledger[0].job_id in "".join(caught.value.__notes__)


def test_a_run_whose_progress_function_fails_ends_in_order(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)

    def fail(_: object) -> None:
        raise OSError("the window is closed")

    with Krea("token", transport=box.transport(), clock=box.clock) as krea:
        with pytest.raises(OSError, match="the window is closed"):
            krea.bulk.run(REQUESTS, tmp_path / "out", on_progress=fail)
        assert krea.bulk.run(REQUESTS, tmp_path / "out").exit_code == 0
    assert box.totals.accepted == 2


def test_an_async_run_that_is_cancelled_can_be_resumed_at_once(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)

    async def runs() -> None:
        async with AsyncKrea("token", transport=box.transport(), clock=box.clock) as krea:
            started = asyncio.Event()
            task = asyncio.create_task(krea.bulk.run(REQUESTS, tmp_path / "out", on_progress=lambda _: started.set()))
            await started.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as stop:  # its traceback keeps the run's variables
                await task
            assert (await krea.bulk.run(REQUESTS, tmp_path / "out")).exit_code == 0
            assert stop.value.__traceback__ is not None

    asyncio.run(runs())


def test_an_async_progress_function_of_a_run_is_awaited(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)
    saved: list[int] = []

    async def note(progress: BulkProgress) -> None:
        await asyncio.sleep(0)
        saved.append(progress.done)

    async def runs() -> None:
        async with AsyncKrea("token", transport=box.transport(), clock=box.clock) as krea:
            assert (await krea.bulk.run(REQUESTS, tmp_path / "out", on_progress=note)).exit_code == 0

    asyncio.run(runs())
    assert saved


class _CapitalIds(httpx.BaseTransport):
    """The sandbox, but a job that is asked for has its id in capital letters, which is the same id."""

    def __init__(self, box: Sandbox) -> None:
        self._inner = box.transport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        job_id = request.url.path.rpartition("/jobs/")[2].encode()
        body = response.read().replace(b'"job_id": "' + job_id, b'"job_id": "' + job_id.upper())
        return httpx.Response(response.status_code, headers=response.headers, content=body)


def test_an_id_in_another_way_of_writing_ends_a_job_too(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)
    control = RunControl()
    calls = count()

    def stop_late(_: object) -> None:
        if next(calls) > 25:  # 5 s
            control.stopping.set()

    with Krea("token", transport=_CapitalIds(box), clock=box.clock) as krea:
        assert krea.bulk.run(REQUESTS[:1], tmp_path / "out", control=control, on_progress=stop_late).saved == 1


@pytest.mark.parametrize("budget", [float("nan"), float("inf"), -1])
def test_a_budget_that_is_no_amount_is_refused(tmp_path: Path, budget: float) -> None:
    with Krea("token", transport=Sandbox(time_scale=0).transport()) as krea:
        with pytest.raises(ValueError, match="give an amount of money"):
            krea.bulk.run(REQUESTS, tmp_path / "out", budget=budget)
        with pytest.raises(ValueError, match="give an amount of money"):
            Krea("token", budget=budget)


def test_what_an_empty_job_cost_counts_when_its_item_is_sent_again(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)
    requests = [{**REQUESTS[0], "prompt": "[sandbox:empty]"}]
    stopped = ""
    with Krea("token", transport=box.transport(), clock=box.clock) as krea:
        for attempt in range(1, 4):
            report = krea.bulk.run(requests, tmp_path / "out", budget=0.007)
            assert krea.bulk.retry(tmp_path / "out", empty=True) == (attempt < 3)
            spent = krea.bulk.status(tmp_path / "out").counts.spent
            stopped = report.stopped
            assert (report.spent, spent) == (min(attempt, 2) * 0.003, min(attempt, 2) * 3_000)
        assert "would pass the budget" in stopped
    assert box.totals.accepted == 2


def test_an_option_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)
    options: Any = {"budgt": 0.001}
    with (
        Krea("token", transport=box.transport(), clock=box.clock) as krea,
        pytest.raises(TypeError, match=r"'budgt' is no option of a bulk run; .*budget"),
    ):
        krea.bulk.run(REQUESTS, tmp_path / "out", **options)
    assert box.totals.accepted == 0


@pytest.mark.parametrize(
    ("options", "error", "text"),
    [
        ({"at_once": "8"}, TypeError, "at_once='8': give 1 or more"),
        ({"at_once": True}, TypeError, "at_once=True: give 1 or more"),
        ({"at_once": None}, TypeError, "at_once=None: give 1 or more"),
        ({"lane": 0}, ValueError, "lane=0: give 1 or more"),
        ({"downloads": -1}, ValueError, "downloads=-1: give 0 or more"),
        ({"set": [1]}, TypeError, "give a mapping of fields"),
        ({"media": 3}, TypeError, "give the path of a folder"),
        ({"journal": 3}, TypeError, "give a folder, or an address"),
        ({"budget": "5"}, TypeError, "give an amount of money"),
        ({"resend_absent": "yes"}, TypeError, "give True or False"),
        ({"webhook": 3}, TypeError, "give an address, or a function"),
        ({"webhook": "example.com"}, ValueError, "give an address without a query"),
        ({"key": "custom_id"}, TypeError, "give a function"),
        ({"control": 3}, TypeError, "give a RunControl"),
    ],
)
def test_a_value_that_an_option_cannot_have_is_refused(
    tmp_path: Path, options: dict[str, Any], error: type[Exception], text: str
) -> None:
    box = Sandbox(time_scale=0)
    with Krea("token", transport=box.transport(), clock=box.clock) as krea, pytest.raises(error, match=text):
        krea.bulk.run(REQUESTS, tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_a_file_that_was_deleted_since_its_upload_is_uploaded_again(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)
    (tmp_path / "a.png").write_bytes(PNG)
    item = {"model": "openai/gpt-image-2", "prompt": "x", "image_urls": ["@a.png"]}
    with Krea("token", transport=box.transport(), clock=box.clock) as krea:
        krea.bulk.run([item], tmp_path / "first", media=tmp_path)
        [asset] = krea.assets.list()
        krea.assets.delete(asset)
        report = krea.bulk.run([item], tmp_path / "second", media=tmp_path)
    assert (report.saved, report.failed) == (1, 0)


def test_the_budget_of_a_lost_answer_is_settled_with_its_job(tmp_path: Path) -> None:
    box = Sandbox(date="2026-11-20", time_scale=0)
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": True})
    with Krea("token", transport=box.transport(), clock=box.clock, budget=1.0) as krea:
        report = krea.bulk.run([{**REQUESTS[0], "prompt": "[sandbox:fail]"}], tmp_path / "out", shared=False)
        assert (report.failed, krea.spent) == (1, 0.0)


@pytest.mark.parametrize(("at_once", "downloads"), [(1, 8), (128, 8), (320, 20), (1_000, 24)])
def test_many_jobs_at_once_have_more_downloads_at_once(at_once: int, downloads: int) -> None:
    assert runner_options({"at_once": at_once}).downloads == downloads
    assert runner_options({"at_once": at_once, "downloads": 0}).downloads == 0


def test_a_time_to_settle_is_not_negative(tmp_path: Path) -> None:
    krea = Krea("token", transport=Sandbox(time_scale=0).transport())
    with pytest.raises(ValueError, match="settle_seconds=-1: give 0 or more"):
        krea.bulk.run(REQUESTS, tmp_path / "out", settle_seconds=-1)


def test_a_loop_that_never_began_leads_nothing(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)
    with Krea("token", transport=box.transport(), clock=box.clock) as krea:
        items = krea.bulk.iterate(REQUESTS, tmp_path / "out")
        assert krea.bulk.run(REQUESTS, tmp_path / "out").saved == 2
        assert list(items) == []
