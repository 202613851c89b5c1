"""What a request costs is told for what was given, and for nothing else; a budget is an amount of money."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from krea_client import Krea, ModelGone, OverBudget, RequestInvalid
from krea_client.sandbox import Sandbox

from ... import facts
from .adapter import ClientAdapter
from .conftest import GOOD


@pytest.mark.parametrize(
    ("model", "fields", "amount"),
    [
        ("z-image/z-image", {}, facts.price("z-image/z-image")),
        ("kling/kling-3.0", {"duration": 5}, facts.price("kling/kling-3.0", duration=5)),
        (
            "kling/kling-3.0",
            {"duration": 5, "generateAudio": True},
            facts.price("kling/kling-3.0", duration=5, generate_audio=True),
        ),
        (
            "google/veo-3.1-fast",
            {"resolution": "4K", "duration": 8},
            facts.price("google/veo-3.1-fast", resolution="4K", duration=8),
        ),
        (
            "krea/krea-2/medium",
            {"moodboards": [{"id": "6b1c0e5a-0000-4000-8000-000000000000"}]},
            facts.price("krea/krea-2/medium", moodboards=[{}]),
        ),
        (
            "bytedance/seedance-2-5",
            {"resolution": "480p", "duration": 5},
            facts.price("bytedance/seedance-2-5", resolution="480p", duration=5),
        ),
        ("minimax/h3-max", {"resolution": "480p", "start_image": Path(__file__)}, None),
        ("openai/gpt-image-2", {"prompt": "a fox"}, None),
    ],
)
def test_the_price_of_what_is_given(
    client: ClientAdapter, model: str, fields: dict[str, Any], amount: float | None
) -> None:
    assert client.wrapped.price(model, fields).amount == (pytest.approx(amount) if amount is not None else None)


@pytest.mark.parametrize(
    ("model", "fields", "place"),
    [
        ("kling/kling-3.0", {"generate_adio": True}, "generate_adio"),
        ("kling/kling-3.0", {"duration": 500}, "duration"),
        ("z-image/z-image", {"width": 1024}, "width"),
        ("z-image/z-image", {"styles": [{"strength": 1}]}, "styles[0].id"),
    ],
)
def test_no_price_is_told_of_a_request_that_cannot_be(
    client: ClientAdapter, model: str, fields: dict[str, Any], place: str
) -> None:
    with pytest.raises(RequestInvalid) as refused:
        client.wrapped.price(model, fields)
    assert [problem.path for problem in refused.value.problems] == [place]


def test_a_model_that_is_gone_has_no_price(client: ClientAdapter) -> None:
    with pytest.raises(ModelGone):
        client.wrapped.price("openai/sora-2")


@pytest.mark.parametrize("budget", ["5", True, [1]])
def test_a_budget_is_an_amount_of_money(budget: Any) -> None:
    with pytest.raises(TypeError, match="give an amount of money"):
        Krea("toy", budget=budget)


def test_a_budget_counts_the_upper_end_of_a_price_range(box: Sandbox) -> None:
    thrifty = Krea("toy", transport=box.transport(), clock=box.clock, budget=0.1)
    why = r"the request costs up to 0\.1155 USD; 0 USD of the budget of 0\.1 USD are spent"
    with thrifty as krea, pytest.raises(OverBudget, match=why):
        krea.submit("xai/grok-imagine-2", prompt="a fox", aspect_ratio="1:1", resolution="1K")
    assert box.requests == []


def test_a_budget_may_be_a_decimal(box: Sandbox) -> None:
    limit: Any = Decimal(str(facts.price("z-image/z-image")))
    with Krea("toy", transport=box.transport(), clock=box.clock, budget=limit) as krea:
        krea.submit("z-image/z-image", GOOD)
        with pytest.raises(OverBudget):
            krea.submit("z-image/z-image", GOOD)


@pytest.mark.parametrize(
    "duration", [-600, 10**400, float("inf"), float("nan")], ids=["negative", "huge", "infinite", "no number"]
)
def test_a_budget_refuses_a_time_that_nobody_can_price(box: Sandbox, duration: float) -> None:
    with Krea("toy", transport=box.transport(), clock=box.clock, budget=5.0) as krea:
        with pytest.raises((OverBudget, RequestInvalid)):
            krea.submit("kling/kling-3.0", prompt="a fox", duration=duration, check=False)
        assert krea.spent == 0
    assert box.requests == []
