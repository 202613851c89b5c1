"""Processes of a bulk run that are killed at writes of their journal: a small sample of what the script measures."""

from pathlib import Path

from krea_client.bulk.run_folder import RunPlace
from reliability.bulk_kills import double, judge, kill_points, killed_at


def test_kills_at_writes_of_the_journal_leave_nothing_doubled_lost_or_unknown(tmp_path: Path) -> None:
    with double() as home:
        sums = kill_points(home, tmp_path, 2, lane=1, journal=None)
    assert sums["points"] >= 2
    assert {name: sums[name] for name in ("doubled", "lost", "wrong", "unknown")} == dict.fromkeys(
        ("doubled", "lost", "wrong", "unknown"), 0
    )
    assert sums["saved"] == sums["items"]


def test_the_judge_sees_a_job_that_the_journal_does_not_know(tmp_path: Path) -> None:
    place = RunPlace(str(tmp_path / "run"))
    with double() as home:
        assert not killed_at(home, place, 7, 1, 10_000, before=True)
        assert judge(home, place, 7)["lost"] == 0
        (tmp_path / "run" / "journal.sqlite").rename(tmp_path / "elsewhere.sqlite")
        assert judge(home, place, 7)["lost"] == 10
