"""`krea-client jobs`: an id from before is enough to go on."""

import json
from pathlib import Path
from typing import Any

import pytest

from krea_client.cli import jobs
from krea_client.cli.errand import Delivery
from krea_client.sandbox import Sandbox


@pytest.fixture
def job_id(maker: Any) -> str:
    with maker() as krea:
        submitted: str = krea.submit("z-image/z-image", prompt="a fox", aspect_ratio="1:1", resolution="1K").id
    return submitted


@pytest.fixture
def opened(maker: Any) -> Any:
    return lambda on_interrupt="keep": maker(None, on_interrupt)


def test_show_prints_the_state(box: Sandbox, opened: Any, job_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert jobs.show(job_id, False, opened) == 0
    assert capsys.readouterr().out == "queued\n"
    box.clock.advance(60)
    assert jobs.show(job_id, False, opened) == 0
    assert capsys.readouterr().out.splitlines() == ["completed", *box.jobs[0]["result"]["urls"]]


def test_show_as_json_is_the_job(box: Sandbox, opened: Any, job_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert jobs.show(job_id, True, opened) == 0
    assert json.loads(capsys.readouterr().out) == {**box.jobs[0], "files": []}


def test_wait_saves_the_picture(opened: Any, job_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "fox.png"
    assert jobs.wait(job_id, Delivery(str(target)), open_client=opened) == 0
    assert capsys.readouterr().out == f"{target}\n"
    assert target.read_bytes().startswith(b"\x89PNG")


def test_cancel_cancels(box: Sandbox, opened: Any, job_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert jobs.cancel(job_id, open_client=opened) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{job_id} was cancelled" in err
    assert box.jobs[0]["status"] == "cancelled"


def test_an_unknown_job_is_the_exit_code_1(opened: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert jobs.show("3c90c3cc-0d44-4b50-8888-8dd25736052a", False, opened) == 1
    assert "404" in capsys.readouterr().err
