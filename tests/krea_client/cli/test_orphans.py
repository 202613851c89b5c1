"""`krea-client jobs orphans`: what nobody accounts for."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from krea_client import OutcomeUnknown
from krea_client.cli.commands import jobs
from krea_client.sandbox import Sandbox

BODY = {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}


@pytest.fixture
def opened(maker: Any) -> Any:
    return lambda on_interrupt="keep": maker(None, on_interrupt)


@pytest.fixture
def job_ids(box: Sandbox, maker: Any) -> list[str]:
    """Return an old job, one whose answer was lost, and one that is held; the ids of the two that somebody holds."""
    with maker() as krea:
        old = krea.submit("z-image/z-image", BODY)
        box.clock.advance(3600)
        box.faults.add({"kind": "reset", "on": "submit", "accepted": True})
        with pytest.raises(OutcomeUnknown):
            krea.submit("z-image/z-image", BODY)
        return [old.id, krea.submit("z-image/z-image", BODY).id]


def test_what_is_not_known_since_then_is_listed(
    box: Sandbox, opened: Any, job_ids: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "app.log"
    log.write_bytes(f"12:00 job {job_ids[1]}: completed\n".encode() + b"\xff not text\n")
    assert jobs.run_orphans(box.date - timedelta(minutes=5), str(log), True, opened) == 0
    assert [job["job_id"] for job in json.loads(capsys.readouterr().out)] == [box.ledger[1].job_id]
    assert jobs.run_orphans(box.date - timedelta(minutes=5), None, False, opened) == 0
    out = capsys.readouterr().out
    assert [row.job_id in out for row in box.ledger] == [False, True, True]


def test_nothing_left_is_said(
    box: Sandbox, opened: Any, job_ids: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert jobs.run_orphans(box.date + timedelta(minutes=5), None, False, opened) == 0
    out, err = capsys.readouterr()
    assert (out, "accounted for" in err) == ("", True)
