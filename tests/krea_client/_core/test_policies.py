"""How often and how long: the frozen values by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krea_client._core.job_times import Duration
from krea_client._core.policies import RETRYABLE_READS, Pace, Retry, may_resend


@pytest.mark.parametrize(
    ("attempt", "elapsed", "draw", "pause"),
    [
        (1, 0, 1.0, 0.5),
        (2, 1, 1.0, 1.0),
        (1, 0, 0.5, 0.25),
        (1, 0, 0.0, 0.0),
        (3, 2, 1.0, None),
        (4, 2, 1.0, None),
        (1, 89.5, 1.0, 0.5),
        (1, 89.6, 1.0, None),
    ],
)
def test_a_fault_is_tried_again_after_a_doubling_pause_with_full_jitter(
    attempt: int, elapsed: float, draw: float, pause: float | None
) -> None:
    assert Retry().pause(attempt, elapsed, draw) == pause


@pytest.mark.parametrize(
    ("attempt", "draw", "pause"), [(1, 1.0, 5.0), (1, 0.0, 2.5), (2, 1.0, 15.0), (2, 0.0, 7.5), (3, 1.0, None)]
)
def test_a_429_is_tried_again_after_a_longer_pause_with_half_the_jitter(
    attempt: int, draw: float, pause: float | None
) -> None:
    assert Retry().pause(attempt, 0, draw, busy=True) == pause


def test_own_pauses_stop_growing_at_their_cap() -> None:
    generous = Retry(attempts=10_000, busy_attempts=10_000, budget=1e9)
    assert generous.pause(9_999, 0, 1.0) == generous.cap
    assert generous.pause(9_999, 0, 1.0, busy=True) == generous.ceiling


@pytest.mark.parametrize(
    ("retry_after", "pause"), [(0.0, 0.5), (0.2, 0.5), (7.5, 7.5), (60.0, 60.0), (60.1, None), (1e300, None)]
)
@pytest.mark.parametrize("busy", [True, False])
def test_retry_after_is_honoured_between_the_least_pause_and_the_ceiling(
    retry_after: float, pause: float | None, busy: bool
) -> None:
    assert Retry().pause(1, 0, 0.0, busy=busy, retry_after=retry_after) == pause


def test_retry_after_does_not_reach_beyond_the_budget() -> None:
    assert Retry().pause(1, 40, 0.0, retry_after=50) == 50
    assert Retry().pause(1, 40.5, 0.0, retry_after=50) is None


@given(
    st.integers(1, 10**6),
    st.floats(0, 1e6),
    st.floats(0, 1),
    st.booleans(),
    st.one_of(st.none(), st.floats(0, allow_infinity=False)),
)
def test_no_pause_is_longer_than_the_ceiling_or_outlasts_the_budget(
    attempt: int, elapsed: float, draw: float, busy: bool, retry_after: float | None
) -> None:
    retry = Retry(attempts=10**7, busy_attempts=10**7)
    pause = retry.pause(attempt, elapsed, draw, busy=busy, retry_after=retry_after)
    if pause is not None:
        assert 0 <= pause <= retry.ceiling
        assert elapsed + pause <= retry.budget


def test_a_delivered_paid_request_goes_again_after_a_429_only() -> None:
    assert [status for status in (None, *range(100, 600)) if may_resend(True, status, delivered=True)] == [429]


@pytest.mark.parametrize("is_paid", [True, False])
def test_what_was_never_delivered_goes_again(is_paid: bool) -> None:
    assert may_resend(is_paid, None, delivered=False)


def test_a_read_goes_again_after_the_answers_of_a_bad_moment() -> None:
    again = {status for status in range(100, 600) if may_resend(False, status, delivered=True)}
    assert again == set(RETRYABLE_READS)
    assert may_resend(False, None, delivered=True)
    assert not again & {400, 401, 402, 403, 404, 409, 410, 422, 501}


@pytest.mark.parametrize(
    ("pace", "duration", "age", "pause"),
    [
        (Pace(), None, 0, 2.0),
        (Pace(), None, 5, 0.0),
        (Pace(), Duration(0.1, 0.25), 0, 0.2),
        (Pace(head_start=0.75), Duration(55, 0.25), 0, 41.25),
        (Pace(head_start=0.75), Duration(55, 0.25), 40, 1.25),
        (Pace(head_start=0.75), Duration(55, 0.25), 100, 0.0),
        (Pace(least=3.0), Duration(4, 0.25), 0, 3.0),
    ],
)
def test_the_first_look_keeps_the_bounds_of_the_pace(
    pace: Pace, duration: Duration | None, age: float, pause: float
) -> None:
    assert pace.before_first(duration, age) == pause


def test_later_looks_at_a_job_of_an_unknown_model_come_at_growing_distances_up_to_a_cap() -> None:
    pauses = [Pace().before_next(None, waited, waited) for waited in range(0, 7200, 5)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (0.2, 10.0)


@given(
    st.none() | st.builds(Duration, st.floats(0.01, 1e4), st.floats(0.12, 0.8)),
    st.floats(0, 1e5),
    st.floats(0, 1e4),
    st.integers(1, 1000),
)
def test_no_pause_between_looks_is_below_the_least_or_beyond_the_cap(
    duration: Duration | None, age: float, waited: float, shared_by: int
) -> None:
    least = 0.2 if shared_by == 1 else 0.1
    assert least <= Pace().before_next(duration, age, waited, shared_by=shared_by) <= Pace().most


@given(st.floats(0, 1e6))
def test_the_margin_of_a_wait_is_small(remaining: float) -> None:
    assert 0.05 <= Pace().margin(remaining) <= 1.0
