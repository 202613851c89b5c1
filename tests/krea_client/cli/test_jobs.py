"""`krea-client jobs`: an id from before is enough to go on."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from krea_client.cli import clients, commands
from krea_client.cli.command_run import OutputOptions
from krea_client.cli.commands import jobs
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
    assert jobs.run_show(job_id, False, opened) == 0
    assert capsys.readouterr().out == "queued\n"
    box.clock.advance(60)
    assert jobs.run_show(job_id, False, opened) == 0
    assert capsys.readouterr().out.splitlines() == ["completed", *box.jobs[0]["result"]["urls"]]


def test_show_as_json_is_the_job(box: Sandbox, opened: Any, job_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert jobs.run_show(job_id, True, opened) == 0
    assert json.loads(capsys.readouterr().out) == {**box.jobs[0], "files": []}


def test_wait_saves_the_picture(opened: Any, job_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "fox.png"
    assert jobs.run_wait(job_id, OutputOptions(str(target)), "keep", opened) == 0
    assert capsys.readouterr().out == f"{target}\n"
    assert target.read_bytes().startswith(b"\x89PNG")


def test_cancel_cancels(box: Sandbox, opened: Any, job_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert jobs.run_cancel(job_id, False, opened) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{job_id} was cancelled" in err
    assert box.jobs[0]["status"] == "cancelled"


@pytest.fixture
def listed_jobs(box: Sandbox, maker: Any) -> list[dict[str, Any]]:
    with maker() as krea:
        for number in range(3):
            krea.submit("z-image/z-image", prompt=f"{number}", aspect_ratio="1:1", resolution="1K")
            box.clock.advance(3)
    return [*reversed(box.jobs)]


def test_list_prints_a_line_for_each_job_the_newest_first(
    listed_jobs: list[dict[str, Any]], opened: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jobs.run_list(jobs.JobSearch(), False, opened) == 0
    assert [re.split(r" {2,}", line) for line in capsys.readouterr().out.splitlines()] == [
        ["JOB", "STATUS", "CREATED", "TOOK"],
        [listed_jobs[0]["job_id"], "sampling", "2026-11-20 00:00:06 UTC", "-"],
        [listed_jobs[1]["job_id"], "completed", "2026-11-20 00:00:03 UTC", "5 s"],
        [listed_jobs[2]["job_id"], "completed", "2026-11-20 00:00:00 UTC", "5 s"],
    ]


@pytest.mark.parametrize(
    ("search", "positions"),
    [
        (jobs.JobSearch(most=2), [0, 1]),
        (jobs.JobSearch(most=None), [0, 1, 2]),
        (jobs.JobSearch(status="completed"), [1, 2]),
        (jobs.JobSearch(before=datetime(2026, 11, 20, 0, 0, 3, tzinfo=UTC)), [2]),
        (jobs.JobSearch(since=datetime(2026, 11, 20, 0, 0, 3, tzinfo=UTC)), [0, 1]),
        (jobs.JobSearch(since=datetime(2026, 11, 21, tzinfo=UTC)), []),
        (jobs.JobSearch(status="failed"), []),
    ],
)
def test_list_finds_what_is_asked_for(
    listed_jobs: list[dict[str, Any]],
    opened: Any,
    capsys: pytest.CaptureFixture[str],
    search: jobs.JobSearch,
    positions: list[int],
) -> None:
    assert jobs.run_list(search, True, opened) == 0
    assert json.loads(capsys.readouterr().out) == [listed_jobs[place] for place in positions]


def test_list_asks_for_no_more_than_is_wanted_or_given_at_once(
    box: Sandbox, opened: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    for limit, page in [(1, ["limit=1"]), (5000, ["limit=1000"]), (None, [])]:
        assert jobs.run_list(jobs.JobSearch(most=limit), False, opened) == 0
        query = box.requests[-1].query
        assert [part for part in query.split("&") if part] == page
    assert capsys.readouterr() == ("", "krea-client: no job fits\n" * 3)


def test_a_search_that_makes_no_sense_is_bad_input(
    box: Sandbox, opened: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jobs.run_list(jobs.JobSearch(status="done"), False, opened) == 2
    assert "the request was not sent" in capsys.readouterr().err
    assert not box.requests


@pytest.mark.parametrize("option", ["--before", "--since"])
def test_a_time_is_taken_as_it_is_printed_and_a_bad_one_is_told_by_its_option(
    box: Sandbox, opened: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.setattr(clients, "api_client", opened)
    good = "2026-11-20", "2026-11-20 00:00:06 UTC", "2026-11-20T00:00:06.235071Z", "2026-11-20T01:00:06+01:00"
    assert [commands.run(["jobs", "list", option, time]) for time in good] == [0, 0, 0, 0]
    assert len(box.requests) == 4
    assert commands.run(["jobs", "list", option, "yesterday"]) == 2
    assert f"Invalid value for '{option}': 'yesterday' is not a time" in capsys.readouterr().err


def test_a_deadline_ends_the_wait_and_tells_how_to_go_on(
    opened: Any, job_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jobs.run_wait(job_id, OutputOptions(deadline=2), "keep", opened) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "krea-client: the job is still processing at the deadline\n"
        f"  job {job_id} goes on at Krea; to wait for it:\n"
        f"  krea-client jobs wait {job_id}\n"
    )


def test_cancel_as_json(opened: Any, job_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert jobs.run_cancel(job_id, True, opened) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {"job_id": job_id, "cancelled": True}
    assert err == ""


def test_an_unknown_job_is_the_exit_code_1(opened: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert jobs.run_show("3c90c3cc-0d44-4b50-8888-8dd25736052a", False, opened) == 1
    assert "404" in capsys.readouterr().err
