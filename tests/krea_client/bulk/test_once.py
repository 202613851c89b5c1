"""One paid POST for a key: whatever fails, whoever calls again, and from how many processes."""

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from krea_client import AsyncKrea, Krea
from krea_client.bulk.journal import JournalError
from krea_client.bulk.once import RefusedOnce
from krea_client.errors import ConnectionFailed, OutcomeUnknown, OverBudget, Rejected
from krea_client.sandbox import Sandbox, running

MODEL = "z-image/z-image"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f0001040100"
    "5f6a2f4b0000000049454e44ae426082"
)
BODY = {"prompt": "a lighthouse", "aspect_ratio": "16:9", "resolution": "1K"}


def test_a_second_call_takes_the_job_of_the_first(box: Sandbox, krea: Krea, tmp_path: Path) -> None:
    first = krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    box.advance(60)
    second = krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    second_result = krea.bulk.once(tmp_path, "row 2", MODEL, BODY)
    assert (second.id, second.status) == (first.id, "completed")
    assert [row.job_id for row in box.ledger] == [first.id, second_result.id]


def test_a_call_keeps_the_budget_of_its_client(box: Sandbox, tmp_path: Path) -> None:
    krea = Krea(token="t", transport=box.transport(), clock=box.clock, budget=0.004)
    krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    with pytest.raises(OverBudget):
        krea.bulk.once(tmp_path, "row 2", MODEL, BODY)
    assert (len(box.ledger), krea.spent) == (1, 0.003)


def test_an_async_call_takes_it_too(box: Sandbox, krea: Krea, tmp_path: Path) -> None:
    first = krea.bulk.once(tmp_path, "row 1", MODEL, BODY)

    async def again() -> str:
        async with AsyncKrea(token="t", transport=box.transport(), clock=box.clock) as client:
            return (await client.bulk.once(tmp_path, "row 1", MODEL, BODY)).id

    assert asyncio.run(again()) == first.id
    assert len(box.ledger) == 1


def test_a_job_whose_answer_was_lost_is_adopted(box: Sandbox, krea: Krea, tmp_path: Path) -> None:
    krea.bulk.once(tmp_path, "before", MODEL, BODY)
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": True})
    with pytest.raises(OutcomeUnknown):
        krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    adopted = krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    assert adopted.id == box.ledger[1].job_id
    assert len(box.ledger) == 2


def test_a_lost_post_that_made_no_job_is_told_and_sent_again_on_request(
    box: Sandbox, krea: Krea, tmp_path: Path
) -> None:
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": False})
    with pytest.raises(OutcomeUnknown):
        krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    with pytest.raises(OutcomeUnknown, match="no job of it is in the account's list"):
        krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    assert box.ledger == []
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": False})
    with pytest.raises(OutcomeUnknown):
        krea.bulk.once(tmp_path, "row 2", MODEL, BODY)
    job = krea.bulk.once(tmp_path, "row 2", MODEL, BODY, resend_absent=True)
    assert [row.job_id for row in box.ledger] == [job.id]


def test_the_next_call_with_another_key_settles_what_was_lost(box: Sandbox, krea: Krea, tmp_path: Path) -> None:
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": True})
    with pytest.raises(OutcomeUnknown):
        krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    krea.bulk.once(tmp_path, "row 2", MODEL, BODY)
    assert krea.bulk.once(tmp_path, "row 1", MODEL, BODY).id == box.ledger[0].job_id
    assert len(box.ledger) == 2


def test_a_job_of_another_program_is_not_adopted(box: Sandbox, krea: Krea, tmp_path: Path) -> None:
    box.add_foreign_job(seconds=1)
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": False})
    with pytest.raises(OutcomeUnknown):
        krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    foreign = box.add_foreign_job(seconds=1)
    with pytest.raises(OutcomeUnknown, match=f"candidates: {foreign}"):
        krea.bulk.once(tmp_path, "row 1", MODEL, BODY, resend_absent=True)
    krea.bulk.release("once", "row 1", journal=str(tmp_path))
    own = krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    assert [row.job_id for row in box.ledger if not row.foreign] == [own.id]


def test_a_request_that_never_left_is_sent_by_the_next_call(box: Sandbox, krea: Krea, tmp_path: Path) -> None:
    box.faults.add({"kind": "refuse", "on": "submit"})
    with pytest.raises(ConnectionFailed):
        krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    began = box.clock.monotonic()
    krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    assert (len(box.ledger), box.clock.monotonic() - began) == (1, 0.0)


def test_a_refused_request_is_not_sent_again(box: Sandbox, krea: Krea, tmp_path: Path) -> None:
    box.faults.add({"kind": "status", "on": "submit", "value": 400, "accepted": False})
    with pytest.raises(Rejected):
        krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    with pytest.raises(RefusedOnce, match=r"row 1: .*400"):
        krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    assert box.ledger == []


def test_a_refused_request_that_is_released_is_sent(box: Sandbox, krea: Krea, tmp_path: Path) -> None:
    box.faults.add({"kind": "status", "on": "submit", "value": 400, "accepted": False})
    with pytest.raises(Rejected):
        krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    krea.bulk.release("once", "row 1", journal=str(tmp_path))
    job = krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    assert [row.job_id for row in box.ledger] == [job.id]


@pytest.mark.parametrize("prompt", ["a lighthouse", "[sandbox:fail]"])
def test_the_budget_of_a_lost_answer_is_settled_with_its_job(box: Sandbox, tmp_path: Path, prompt: str) -> None:
    krea = Krea(token="t", transport=box.transport(), clock=box.clock, budget=1.0)
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": True})
    with pytest.raises(OutcomeUnknown):
        krea.bulk.once(tmp_path, "row 1", MODEL, {**BODY, "prompt": prompt})
    assert krea.spent == 0.003
    krea.bulk.once(tmp_path, "row 1", MODEL, {**BODY, "prompt": prompt})
    assert krea.spent == (0.003 if prompt == BODY["prompt"] else 0.0)


def test_a_request_that_is_sent_again_counts_once_in_the_budget(box: Sandbox, tmp_path: Path) -> None:
    krea = Krea(token="t", transport=box.transport(), clock=box.clock, budget=0.004)
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": False})
    with pytest.raises(OutcomeUnknown):
        krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    krea.bulk.once(tmp_path, "row 1", MODEL, BODY, resend_absent=True)
    assert (krea.spent, len(box.ledger)) == (0.003, 1)


def test_a_file_that_was_deleted_since_its_upload_is_uploaded_again(box: Sandbox, krea: Krea, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    request = {"prompt": "x", "image_urls": [tmp_path / "a.png"]}
    krea.bulk.once(tmp_path, "row 1", "openai/gpt-image-2", request)
    [asset] = krea.assets.list()
    krea.assets.delete(asset)
    krea.bulk.once(tmp_path, "row 2", "openai/gpt-image-2", request)
    assert len(box.ledger) == 2


def test_the_journal_of_a_run_is_not_used(box: Sandbox, krea: Krea, tmp_path: Path) -> None:
    krea.bulk.run([(MODEL, BODY)], tmp_path, settle_seconds=0.0)
    with pytest.raises(JournalError, match="belongs to a run"):
        krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    assert len(box.ledger) == 1


def test_a_key_names_one_request(krea: Krea, tmp_path: Path) -> None:
    krea.bulk.once(tmp_path, "row 1", MODEL, BODY)
    with pytest.raises(JournalError, match=r"'row 1' is that of a request to z-image/z-image"):
        krea.bulk.once(tmp_path, "row 1", "openai/gpt-image-2", {"prompt": "x"})
    with pytest.raises(JournalError, match=r"'row 1' is that of another request to z-image/z-image"):
        krea.bulk.once(tmp_path, "row 1", MODEL, {**BODY, "prompt": "another"})
    again = dict(reversed(BODY.items()))
    assert krea.bulk.once(tmp_path, "row 1", MODEL, again).id == krea.bulk.once(tmp_path, "row 1", MODEL, BODY).id


@pytest.fixture(params=["sqlite", "postgres"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path)
    pytest.importorskip("psycopg", reason="needs the extra `postgres`")
    service: Callable[[str], str] = request.getfixturevalue("service")
    return service("postgres")


def test_many_callers_of_one_key_get_one_job(journal: str) -> None:
    box = Sandbox(concurrent=20, post_delay=0.02)
    key = str(uuid4())
    with running(box) as url, Krea(token="t", base_url=url) as krea, ThreadPoolExecutor(6) as pool:
        jobs = list(pool.map(lambda _: krea.bulk.once(journal, key, MODEL, BODY, run=key), range(6)))
    assert {job.id for job in jobs} == {row.job_id for row in box.ledger}
    assert len(box.ledger) == 1


def call_once(url: str, journal: str, key: str) -> None:
    with Krea(token="t", base_url=url) as krea:
        krea.bulk.once(journal, key, MODEL, BODY, run=key)


def test_a_worker_that_is_killed_during_its_post_has_paid_once(journal: str) -> None:
    box = Sandbox(concurrent=20, post_delay=0.3)
    key = str(uuid4())
    with running(box) as url:
        worker = multiprocessing.get_context("spawn").Process(target=call_once, args=(url, journal, key))
        worker.start()
        end = time.monotonic() + 30
        while not box.ledger and time.monotonic() < end:
            time.sleep(0.005)
        assert worker.pid
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()
        with Krea(token="t", base_url=url) as krea:
            job = krea.bulk.once(journal, key, MODEL, BODY, run=key, settle_seconds=0.5)
    assert [row.job_id for row in box.ledger] == [job.id]
