"""The arithmetic of looking at jobs, and what it must come to."""

import pytest

from bench.pacing import LENGTHS, lengths, our_looks, pacings, table

LIMITS = {3.0: (0.3, 0.6), 12.0: (0.5, 1.0), 60.0: (1.0, 2.0), 300.0: (1.0, 2.0)}


def test_lengths_lie_round_the_usual_one() -> None:
    jobs = lengths(60.0)
    assert jobs == sorted(jobs)
    assert jobs[len(jobs) // 2] == pytest.approx(60.0, rel=0.01)


def test_the_last_look_comes_after_the_end() -> None:
    looks = our_looks(12.0, 20.0)
    assert looks[-2] < 20.0 <= looks[-1]


def test_ends_are_seen_soon_and_with_few_looks() -> None:
    for pacing in pacings():
        mean, late = LIMITS[pacing.typical]
        assert pacing.late <= mean
        assert pacing.late_95 <= late
        assert pacing.looks < pacing.fixed_looks * (1 if pacing.typical > 4 else 2)
        assert pacing.typical != 60.0 or pacing.looks <= 15.05
    assert len(table()) == 2 + len(LENGTHS)
