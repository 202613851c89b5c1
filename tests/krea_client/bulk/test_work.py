"""Workers download what has ended in a run that another process leads, with the work that comes after it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from krea_client import AsyncKrea, Krea
from krea_client.bulk.journal import BulkItem, JournalError
from krea_client.bulk.states import ItemState
from krea_client.bulk.work import CannotKeep
from krea_client.bulk_engines.item_downloads import DownloadPlace, download_item, ended_items
from krea_client.cli import commands
from krea_client.errors import SaveFailed
from krea_client.sandbox import KreaSandbox, Sandbox

pytest.importorskip("psycopg", reason="needs the extra `postgres`")
pytestmark = pytest.mark.services
ITEM = ("z-image/z-image", {"prompt": "a lighthouse [sandbox:seconds=0]", "aspect_ratio": "1:1", "resolution": "1K"})


@pytest.fixture(autouse=True)
def journal(service: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Lead every run and worker of a test to PostgreSQL; a run is named by its folder."""
    monkeypatch.setenv("KREA_BULK_JOURNAL", service("postgres"))


def begin(krea: Krea, folder: Path, count: int = 3) -> None:
    report = krea.bulk.run([ITEM] * count, folder, downloads=0)
    assert report.counts.of(ItemState.ENDED) == count


def test_a_worker_saves_what_has_ended(krea: Krea, tmp_path: Path) -> None:
    begin(krea, tmp_path)
    finished_items: list[BulkItem] = []
    with krea.bulk.worker(tmp_path, after=finished_items.append) as worker:
        assert worker.work(at_once=2) == 3
    assert krea.bulk.status(tmp_path).counts.of(ItemState.SAVED) == 3
    assert {file.name for item in finished_items for file in item.files} == {
        f"000/{number}.png" for number in (1, 2, 3)
    }
    assert all((tmp_path / file.name).stat().st_size == file.size for item in finished_items for file in item.files)


def test_an_async_worker_saves_it_too(box: Sandbox, krea: Krea, tmp_path: Path) -> None:
    begin(krea, tmp_path)

    async def work() -> int:
        async with (
            AsyncKrea(token="t", transport=box.transport(), clock=box.clock) as client,
            await client.bulk.worker(tmp_path) as worker,
        ):
            return await worker.work()

    assert asyncio.run(work()) == 3


@pytest.mark.parametrize("is_async", [False, True])
def test_a_long_download_does_not_hold_up_the_others(
    box: Sandbox, krea: Krea, tmp_path: Path, *, is_async: bool
) -> None:
    begin(krea, tmp_path, 5)
    others_are_saved = Event()
    saved: list[int] = []

    def take_long(item: BulkItem) -> None:
        if item.ordinal == 0:
            assert others_are_saved.wait(20.0)
            return
        saved.append(item.ordinal)
        if len(saved) == 4:
            others_are_saved.set()

    async def work() -> int:
        async with (
            AsyncKrea(token="t", transport=box.transport(), clock=box.clock) as client,
            await client.bulk.worker(tmp_path, after=take_long) as worker,
        ):
            return await worker.work(at_once=2)

    with krea.bulk.worker(tmp_path, after=take_long) as worker:
        assert (asyncio.run(work()) if is_async else worker.work(at_once=2)) == 5


def test_what_a_worker_holds_is_free_when_it_is_gone(krea: Krea, tmp_path: Path) -> None:
    begin(krea, tmp_path, 2)

    def fail(item: BulkItem) -> None:
        raise TypeError(f"a fault of the program at {item.key}")

    with krea.bulk.worker(tmp_path, after=fail) as worker, pytest.raises(TypeError, match="a fault of the program"):
        worker.work(at_once=2)
    with krea.bulk.worker(tmp_path, name="another") as worker:
        assert len(worker.take()) == 2


def test_an_item_whose_work_after_it_fails_is_tried_again(krea: Krea, tmp_path: Path) -> None:
    begin(krea, tmp_path, 1)
    calls: list[int] = []

    def fail_once(item: BulkItem) -> None:
        calls.append(item.ordinal)
        if len(calls) == 1:
            raise SaveFailed("the index is away")

    with krea.bulk.worker(tmp_path, after=fail_once, lease=0.0) as worker:
        assert worker.work() == 1
    assert calls == [0, 0]


@pytest.mark.parametrize("is_async", [False, True])
def test_a_worker_that_cannot_keep_results_stops(box: Sandbox, krea: Krea, tmp_path: Path, *, is_async: bool) -> None:
    begin(krea, tmp_path)
    (tmp_path / "000").rename(tmp_path / "elsewhere")
    (tmp_path / "000").write_text("a file where the folder of results should be")

    async def work() -> None:
        async with (
            AsyncKrea(token="t", transport=box.transport(), clock=box.clock) as client,
            await client.bulk.worker(tmp_path, lease=0.0) as worker,
        ):
            await worker.work()

    with (
        krea.bulk.worker(tmp_path, lease=0.0) as worker,
        pytest.raises(CannotKeep, match="this worker stops, since it cannot keep results"),
    ):
        _ = asyncio.run(work()) if is_async else worker.work()
    (tmp_path / "000").unlink()
    (tmp_path / "elsewhere").rename(tmp_path / "000")
    with krea.bulk.worker(tmp_path) as worker:
        assert worker.work() == 3


def test_saving_an_item_a_second_time_changes_nothing(krea: Krea, tmp_path: Path) -> None:
    begin(krea, tmp_path, 1)
    with krea.bulk.worker(tmp_path) as worker:
        [item] = worker.take()
        assert worker.save(item) == worker.save(item)
    assert krea.bulk.status(tmp_path).counts.of(ItemState.SAVED) == 1


def test_what_engines_run_carries_items_as_json(krea_environment: KreaSandbox, tmp_path: Path) -> None:
    with Krea() as krea:
        begin(krea, tmp_path, 2)
    place = DownloadPlace(str(tmp_path))
    documents = list(ended_items(place))
    saved = [download_item(place, document) for document in documents]
    again = download_item(place, documents[0])
    assert [document["state"] for document in saved] == [ItemState.SAVED] * 2
    assert again == saved[0]
    assert list(ended_items(place)) == []


def test_the_command_downloads_what_has_ended(
    tmp_path: Path, krea_environment: KreaSandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    with Krea() as client:
        begin(client, tmp_path, 2)
    assert commands.run(["batch", "work", str(tmp_path)]) == 0
    assert sorted(capsys.readouterr().out.split()) == ["000/1.png", "000/2.png"]
    assert krea_environment.totals.accepted == 2


def test_webhooks_are_for_the_machine_that_leads(
    krea: Krea, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(krea, tmp_path, 1)
    assert commands.run(["batch", "work", str(tmp_path), "--webhook", "https://example.com/krea"]) == 2
    assert "give --webhook to `krea-client batch run`" in capsys.readouterr().err
    assert krea.bulk.status(tmp_path).counts.of(ItemState.ENDED) == 1


def test_whoever_leads_next_takes_the_webhooks_of_the_leader_before(krea: Krea, box: Sandbox, tmp_path: Path) -> None:
    calls: list[list[str]] = []
    for _ in range(2):
        run = krea.bulk.begin([ITEM], tmp_path, downloads=0, webhook="https://example.com/krea")
        assert run.addresses is not None
        calls.append([run.addresses.of(0), run.addresses.of(1)])
        run.begun.close()
    assert calls[0] == calls[1]
    with Krea(token="t", transport=box.transport(), clock=box.clock) as another:
        other_run = another.bulk.begin([ITEM], tmp_path / "other", downloads=0, webhook="https://example.com/krea")
        assert other_run.addresses is not None
        assert other_run.addresses.of(0) not in calls[0]
        other_run.begun.close()


def test_a_journal_of_one_process_is_refused(krea: Krea, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KREA_BULK_JOURNAL")
    with pytest.raises(JournalError, match=r"give the run and each worker --journal postgresql://"):
        krea.bulk.worker(tmp_path)
