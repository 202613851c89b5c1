"""The server whose job takes its time: it counts the questions, and every client is told in its own words."""

from collections.abc import Iterator
from threading import Thread

import pytest

from bench.waiting import STORIES, Life
from krea_client import Krea
from krea_client.sandbox import VirtualClock


@pytest.fixture(params=sorted(STORIES))
def endless(request: pytest.FixtureRequest) -> Iterator[Life]:
    with Life(request.param, 3600.0) as life:
        yield life


def test_a_running_job_is_told_and_every_question_counted(endless: Life) -> None:
    endless.accept()
    running, ended = STORIES[endless.client]
    assert endless.look()["status"] == endless.look()["status"] == running["status"] != ended["status"]
    assert endless.looks == 2


def test_our_client_finds_the_end() -> None:
    with Life("krea", 0.0) as life:
        Thread(target=life.serve_forever, args=(0.01,), daemon=True).start()
        with Krea("toy", f"http://127.0.0.1:{life.port}", clock=VirtualClock()) as krea:
            job = krea.run("z-image/z-image", prompt="a", aspect_ratio="1:1", resolution="1K")
        life.shutdown()
    assert (job.succeeded, life.looks) == (True, 1)
