"""The server of a measured batch, and the arithmetic of the ideal."""

import io
import json
from itertools import count

import pytest

from bench.job_server import TimedJobs, ideal_seconds, lengths, picture
from bench.saved_batches import BatchRun, table
from krea_client._request.file_checks import find_defect


def body_of(response: bytes) -> bytes:
    return response.partition(b"\r\n\r\n")[2]


def test_the_ideal_has_no_idle_slot() -> None:
    assert ideal_seconds([3.0, 1.0, 1.0, 1.0], 2, 0.5) == 3.5
    assert lengths(50, 2.0, 0.5) == lengths(50, 2.0, 0.5)


def test_a_result_is_a_whole_picture() -> None:
    assert find_defect(io.BytesIO(picture(5000))) is None


def test_jobs_end_in_time_and_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = map(float, count(100))
    monkeypatch.setattr("bench.job_server.time.monotonic", lambda: next(clock))
    jobs = TimedJobs([6.0, 90.0], 10, 0.0)
    assert json.loads(body_of(jobs.answer("POST", "/generate/x", "h")))["status"] == "queued"
    jobs.answer("POST", "/generate/x", "h")
    statuses = [json.loads(body_of(jobs.answer("GET", "/jobs?limit=5", "h")))["items"] for _ in range(4)]
    assert [row["status"] for row in statuses[0]] == ["processing", "processing"]
    assert [row["status"] for row in statuses[3]] == ["processing", "completed"]
    assert json.loads(body_of(jobs.answer("GET", f"/jobs/{statuses[0][1]['job_id']}", "h")))["status"] == "completed"
    stats = json.loads(body_of(jobs.answer("GET", "/stats", "h")))
    assert stats["counts"] == {"POST": 2, "look": 1, "page": 4, "file": 0}
    assert len(stats["late"]) == 1


def test_the_table_has_a_line_for_each_client() -> None:
    assert len(table([BatchRun("ours", 1.07, 1.05, 0.1, 2.5)])) == 3
