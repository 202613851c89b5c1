"""The budget of further tries: what it costs, what comes back, and what an outage adds to the load."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krea_client._core.retry_budget import RetryBudget, RetryTokens


@pytest.mark.parametrize(
    ("available", "busy", "remaining"),
    [
        (500, False, 486),
        (500, True, 495),
        (14, False, 0),
        (13, False, None),
        (5, True, 0),
        (4, True, None),
        (0, False, None),
    ],
)
def test_a_retry_costs_tokens(available: int, busy: bool, remaining: int | None) -> None:
    after = RetryTokens(available).after_retry(busy=busy)
    assert (after and after.available) == remaining


@pytest.mark.parametrize(("available", "remaining"), [(0, 1), (499, 500), (500, 500)])
def test_a_success_gives_one_back_up_to_the_whole(available: int, remaining: int) -> None:
    assert RetryTokens(available).after_success().available == remaining


def test_an_outage_gets_few_retries_and_a_recovery_gives_them_back() -> None:
    budget = RetryBudget()
    assert sum(budget.take(busy=False) for _ in range(1000)) == 500 // 14
    for _ in range(14):
        budget.give()
    assert [budget.take(busy=False) for _ in range(2)] == [True, False]


@given(st.lists(st.sampled_from(["fault", "busy", "success"]), max_size=300))
def test_it_is_never_overdrawn(steps: list[str]) -> None:
    tokens = RetryTokens()
    for step in steps:
        tokens = tokens.after_success() if step == "success" else tokens.after_retry(busy=step == "busy") or tokens
        assert 0 <= tokens.available <= tokens.capacity


def test_threads_share_it() -> None:
    budget, grants = RetryBudget(), []

    def take() -> None:
        grants.extend(budget.take(busy=True) for _ in range(50))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(grants) == 100
    assert repr(budget) == "RetryBudget(RetryTokens(available=0, capacity=500, fault_cost=14, busy_cost=5))"
