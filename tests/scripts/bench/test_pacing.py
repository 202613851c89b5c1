"""The arithmetic of looking at jobs, and what it must come to."""

import pytest

from bench.pacing import LENGTHS, fixed, ours, pacings, table


@pytest.mark.parametrize(("actual", "looks", "late"), [(3.0, 2, 1.0), (2.0, 1, 0.0), (12.5, 7, 1.5)])
def test_a_fixed_poll(actual: float, looks: int, late: float) -> None:
    assert fixed(actual) == (looks, late)


def test_a_job_of_the_usual_length_is_seen_right_after_its_end() -> None:
    for typical in LENGTHS:
        looks, late = ours(typical, typical)
        assert looks <= 12
        assert late <= max(1.0, typical * 0.03)


def test_ours_asks_less_and_is_not_much_later_than_a_share_of_the_job() -> None:
    for one in pacings():
        assert one.looks <= one.fixed_looks or one.typical < 4
        assert one.late <= max(1.0, 0.08 * one.typical)
    assert len(table()) == 2 + len(LENGTHS)
