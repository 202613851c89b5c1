"""Ratios: round against round, the baseline taken off both sides, targets from above and from below."""

import pytest

from bench.figures import compare


def test_the_ratio_is_the_median_of_the_rounds_ratios() -> None:
    figure = compare("ours", "theirs", [2.0, 30.0, 12.0], [1.0, 10.0, 10.0])
    assert figure.ratio == pytest.approx(2.0)
    assert [figure.low, figure.high] == pytest.approx([1.6, 2.5])
    assert (figure.measured, figure.reference) == (12.0, 10.0)


def test_the_baseline_is_taken_off_both_sides_of_its_own_round() -> None:
    figure = compare("ours", "theirs", [12.0, 24.0], [11.0, 22.0], baseline=[10.0, 20.0])
    assert figure.ratio == pytest.approx(2.0)
    assert (figure.measured, figure.reference) == (3.0, 1.5)


def test_inverse_compares_speeds() -> None:
    assert compare("ours", "theirs", [4.0, 4.0], [2.0, 2.0], inverse=True).ratio == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("maximum", "least", "is_met"),
    [(2.0, None, True), (1.99, None, False), (None, 2.0, True), (None, 2.01, False), (None, None, None)],
)
def test_a_target_is_met_at_its_limit(maximum: float | None, least: float | None, is_met: bool | None) -> None:
    assert compare("ours", "theirs", [2.0, 2.0], [1.0, 1.0], most=maximum, least=least).met is is_met


def test_series_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        compare("ours", "theirs", [1.0, 2.0], [1.0])
