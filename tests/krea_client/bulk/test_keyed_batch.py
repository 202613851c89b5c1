"""`run_all` with a journal in a process that is killed."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from krea_client import Krea, Pace
from krea_client.sandbox import Sandbox, running

MODEL = "z-image/z-image"
QUICK = Pace(head_start=0.01)


def requests(mark: str) -> list[tuple[str, dict[str, str]]]:
    body = {"aspect_ratio": "16:9", "resolution": "1K"}
    return [(MODEL, {**body, "prompt": f"{mark} {number} [sandbox:seconds=0]"}) for number in range(4)]


def prompt_of(value: Any) -> str:
    return str(value[1]["prompt"])


@pytest.fixture(params=["sqlite", "postgres"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path)
    pytest.importorskip("psycopg", reason="needs the extra `postgres`")
    service: Callable[[str], str] = request.getfixturevalue("service")
    return service("postgres")


def run_until_killed(url: str, journal: str, mark: str) -> None:
    def leave(_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with Krea(token="t", base_url=url, pace=QUICK) as krea:
        list(krea.run_all(requests(mark), at_once=2, journal=journal, key=prompt_of, on_submit=leave))


def test_a_batch_that_is_killed_pays_once(journal: str) -> None:
    box = Sandbox(concurrent=20)
    mark = str(uuid4())
    with running(box) as url:
        worker = multiprocessing.get_context("spawn").Process(target=run_until_killed, args=(url, journal, mark))
        worker.start()
        worker.join()
        assert worker.exitcode == -signal.SIGKILL
        paid = len(box.ledger)
        with Krea(token="t", base_url=url, pace=QUICK) as krea:
            results = list(krea.run_all(requests(mark), at_once=2, journal=journal, key=prompt_of))
    assert paid >= 1
    assert all(result.succeeded for result in results)
    assert len(box.ledger) == 4
