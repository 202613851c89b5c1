"""Both entry points of submit and run: a typed request, or a model id with a mapping, keywords, or both."""

import json
import warnings
from typing import Any

import pytest

from krea_api.models import GptImage2Request, StyleReference, ZImageRequest
from krea_client import (
    AliasConflict,
    KreaDeprecationWarning,
    KreaSunsetWarning,
    ModelGone,
    ModelUnknown,
    RequestInvalid,
)
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Between
from .conftest import GOOD, Make


def body_of_post(between: Between) -> dict[str, Any]:
    [request] = [exchange for exchange in between.seen if exchange.method == "POST"]
    body = json.loads(request.content)
    assert isinstance(body, dict)
    return body


def test_a_typed_request_is_sent_with_what_it_holds_and_nothing_else(client: ClientAdapter, between: Between) -> None:
    job = client.submit(ZImageRequest(prompt="a gothic cathedral", aspect_ratio="16:9", resolution="1K"))
    assert body_of_post(between) == GOOD
    assert job.id
    assert not job.finished


def test_nested_typed_parts_are_written_as_json(client: ClientAdapter, between: Between) -> None:
    client.submit(ZImageRequest(**GOOD, styles=[StyleReference(id="s1", strength=1)]))
    assert body_of_post(between)["styles"] == [{"id": "s1", "strength": 1}]


def test_each_request_class_has_its_own_operation(client: ClientAdapter, box: Sandbox) -> None:
    client.submit(GptImage2Request(prompt="a monastery"))
    assert [row.path for row in box.ledger] == ["/generate/image/openai/gpt-image-2"]


@pytest.mark.parametrize(
    "model",
    [
        "z-image/z-image",
        "image/z-image/z-image",
        "/generate/image/z-image/z-image",
        "generate/image/z-image/z-image/",
        "https://api.krea.ai/generate/image/z-image/z-image",
    ],
)
def test_every_form_of_an_id_is_the_same_model(client: ClientAdapter, box: Sandbox, model: str) -> None:
    client.submit(model, GOOD)
    assert [row.path for row in box.ledger] == ["/generate/image/z-image/z-image"]


@pytest.mark.parametrize("split", range(4))
def test_mapping_and_keywords_meet_in_one_body(client: ClientAdapter, between: Between, split: int) -> None:
    items = list(GOOD.items())
    client.submit("z-image/z-image", dict(items[:split]), **dict(items[split:]))
    assert body_of_post(between) == GOOD


def test_a_name_given_twice_must_have_one_value(client: ClientAdapter, between: Between) -> None:
    with pytest.raises(RequestInvalid, match="prompt is given twice"):
        client.submit("z-image/z-image", GOOD, prompt="another")
    assert between.seen == []
    client.submit("z-image/z-image", GOOD, prompt=GOOD["prompt"])
    assert body_of_post(between) == GOOD


def test_a_callers_mapping_is_left_alone(client: ClientAdapter) -> None:
    body = {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K", "styles": [{"id": "s", "strength": 1}]}
    before = json.dumps(body)
    with pytest.warns(KreaSunsetWarning):
        client.submit("z-image/z-image", body)
    assert json.dumps(body) == before


def test_old_names_are_translated(client: ClientAdapter, between: Between) -> None:
    with pytest.warns(KreaSunsetWarning, match="'aspectRatio' is now 'aspect_ratio'") as recorded_warnings:
        client.run("z-image/z-image", {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"})
    assert body_of_post(between) == {"prompt": "x", "aspect_ratio": "1:1", "resolution": "1K"}
    [warning] = [warning.message for warning in recorded_warnings]
    assert isinstance(warning, KreaSunsetWarning)
    assert (warning.operation, warning.old, warning.new) == ("z-image/z-image", "aspectRatio", "aspect_ratio")
    assert str(warning.date) == "2026-06-19"


def test_old_and_new_name_that_disagree_are_refused(client: ClientAdapter, between: Between) -> None:
    with pytest.raises(AliasConflict) as excinfo:
        client.submit("z-image/z-image", GOOD, aspectRatio="1:1")
    assert set(excinfo.value.names) == {"aspect_ratio", "aspectRatio"}
    assert between.seen == []


@pytest.mark.parametrize(
    ("policy", "name", "warned"), [("silent", "aspect_ratio", False), ("passthrough", "aspectRatio", True)]
)
def test_other_policies(make: Make, between: Between, box: Sandbox, policy: str, name: str, warned: bool) -> None:
    box.date = "2026-06-01"
    uses: list[Any] = []
    krea = make(aliases=policy, on_alias=uses.append)
    with warnings.catch_warnings(record=True) as recorded_warnings:
        warnings.simplefilter("always")
        krea.submit("z-image/z-image", prompt="x", aspectRatio="1:1", resolution="1K")
    assert [type(warning.message) for warning in recorded_warnings] == [KreaDeprecationWarning] * warned
    assert name in body_of_post(between)
    assert [(use.old, use.new, use.operation) for use in uses] == [("aspectRatio", "aspect_ratio", "z-image/z-image")]


def test_the_policy_error_sends_nothing(make: Make, between: Between) -> None:
    with pytest.raises(RequestInvalid, match="use 'aspect_ratio'"):
        make(aliases="error").submit("z-image/z-image", prompt="x", aspectRatio="1:1", resolution="1K")
    assert between.seen == []


def test_all_problems_come_at_once_and_nothing_is_sent(client: ClientAdapter, between: Between) -> None:
    body = {"prompt": 3, "aspect_ratio": "5:4", "resolution": "1K", "styles": [{"id": "s", "strength": 3}], "sed": 1}
    with pytest.raises(RequestInvalid) as excinfo:
        client.run("z-image/z-image", body)
    problems = {problem.path: problem for problem in excinfo.value.problems}
    assert set(problems) == {"prompt", "aspect_ratio", "styles[0].strength", "sed"}
    assert "at most 2" in problems["styles[0].strength"].rule
    assert "seed" in str(problems["sed"])
    assert between.seen == []


def test_a_wrong_id_gets_the_nearest_ones(client: ClientAdapter, between: Between) -> None:
    with pytest.raises(ModelUnknown) as excinfo:
        client.submit("z-image/z-imgae", GOOD)
    assert "image/z-image/z-image" in excinfo.value.nearest or "z-image/z-image" in excinfo.value.nearest
    assert between.seen == []


def test_a_model_that_is_gone_names_its_replacement(client: ClientAdapter, between: Between) -> None:
    with pytest.raises(ModelGone) as excinfo:
        client.submit("bytedance/seedream-3", prompt="x")
    assert excinfo.value.replacement == "bytedance/seedream-5-lite"
    assert between.seen == []


@pytest.mark.parametrize("odd", [None, 3, {"prompt": "x"}, object()])
def test_anything_else_is_refused(client: ClientAdapter, between: Between, odd: object) -> None:
    with pytest.raises(RequestInvalid, match="neither a model id nor a request object"):
        client.submit(odd)
    assert between.seen == []


def test_a_typed_request_takes_no_fields_beside_it(client: ClientAdapter, between: Between) -> None:
    with pytest.raises(RequestInvalid, match="fields beside it"):
        client.submit(ZImageRequest(**GOOD), seed=1)
    assert between.seen == []
