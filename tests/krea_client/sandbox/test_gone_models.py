"""Models past their day are 410, with the replacement; models that have one ahead say so in their headers."""

import pytest

from krea_client.sandbox import Sandbox

from .conftest import GOOD, Caller, read


def test_a_gone_model_is_410_from_its_day_on(box: Sandbox, caller: Caller) -> None:
    path = "/generate/image/bytedance/seedream-3"
    box.date = "2026-05-12T23:59:59"
    assert caller.post(GOOD, path).status == 404
    box.date = "2026-05-13"
    refused = caller.post(GOOD, path)
    assert refused.status == 410
    document = read(refused)
    assert {name: document[name] for name in ("error", "reason", "sunset_date", "replacement")} == {
        "error": "model_unavailable",
        "reason": "deprecated",
        "sunset_date": "2026-05-13",
        "replacement": "image/bytedance/seedream-5-lite",
    }


def test_a_gone_model_without_replacement_names_none(caller: Caller) -> None:
    document = read(caller.post(GOOD, "/generate/video/openai/sora-2"))
    assert "replacement" not in document
    assert document["sunset_date"] == "2026-04-27"


@pytest.mark.parametrize("model", ["image/runway/gen-4", "upscale/image/topaz/standard"])
def test_models_that_went_on_an_unknown_day_are_410_too(caller: Caller, model: str) -> None:
    refused = caller.post(GOOD, f"/generate/{model}")
    assert (refused.status, read(refused)["sunset_date"]) == (410, None)


def test_a_sunset_of_ones_own_is_announced_and_then_kept() -> None:
    box = Sandbox(date="2027-01-01", time_scale=0, sunsets={"image/z-image/z-image": "2027-02-01"})
    caller = Caller(box)
    headers = caller.post(GOOD).headers
    assert (headers["deprecation"], headers["sunset"]) == ("true", "Mon, 01 Feb 2027 00:00:00 GMT")
    assert headers["link"].endswith('; rel="deprecation"')
    box.date = "2027-02-01"
    assert caller.post(GOOD).status == 410


def test_others_announce_nothing(caller: Caller) -> None:
    assert "deprecation" not in caller.post(GOOD).headers
