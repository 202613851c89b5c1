"""The quota of further tries: what it costs, what comes back, and what an outage adds to the load."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krea_client._core.retry_budget import RetryBudget, Tokens


@pytest.mark.parametrize(
    ("left", "busy", "rest"),
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
def test_a_further_try_costs_tokens(left: int, busy: bool, rest: int | None) -> None:
    after = Tokens(left).tried_again(busy=busy)
    assert (after and after.left) == rest


@pytest.mark.parametrize(("left", "rest"), [(0, 1), (499, 500), (500, 500)])
def test_a_success_gives_one_back_up_to_the_whole(left: int, rest: int) -> None:
    assert Tokens(left).succeeded().left == rest


def test_an_outage_gets_few_further_tries_and_a_recovery_gives_them_back() -> None:
    quota = RetryBudget()
    assert sum(quota.take(busy=False) for _ in range(1000)) == 500 // 14
    for _ in range(14):
        quota.give()
    assert [quota.take(busy=False) for _ in range(2)] == [True, False]


@given(st.lists(st.sampled_from(["fault", "busy", "success"]), max_size=300))
def test_it_is_never_overdrawn(steps: list[str]) -> None:
    tokens = Tokens()
    for step in steps:
        tokens = tokens.succeeded() if step == "success" else tokens.tried_again(busy=step == "busy") or tokens
        assert 0 <= tokens.left <= tokens.most


def test_threads_share_it() -> None:
    quota, taken = RetryBudget(), []

    def take() -> None:
        taken.extend(quota.take(busy=True) for _ in range(50))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 100
    assert repr(quota) == "RetryBudget(Tokens(left=0, most=500, fault=14, busy=5))"
