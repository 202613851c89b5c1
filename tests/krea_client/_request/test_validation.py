"""Every documented rule is checked before anything is paid for: the right address, the rule and what to do."""

from typing import Any

import pytest

from krea_client._request.validation import problems
from krea_client._spec.catalogue import Operation, catalogue

from ... import facts
from .conftest import GOOD, GPT, Z_IMAGE, made_up

STRONGEST = facts.bound("z-image/z-image", "denoising_strength", "maximum")
MOST_IMAGES = facts.bound("openai/gpt-image-2", "image_urls", "maxItems")
LONG = "https://example.com/" + "a" * 1010
DATA = "data:image/png;base64," + "A" * 5000
STYLE = {"id": "s", "strength": 1}


def only(operation: Operation, body: dict[str, Any]) -> str:
    (problem,) = problems(operation, body)
    return str(problem)


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        ({"prompt": 7}, "prompt is 7, must be text"),
        ({"prompt": None}, "prompt is null, must be text"),
        ({"prompt": ["x"]}, "prompt is a list of 1, must be text"),
        ({"aspect_ratio": "3:2"}, "aspect_ratio is '3:2', must be one of '1:1', '4:3', '2:3', '16:9', '9:16'"),
        ({"aspect_ratio": 1}, "aspect_ratio is 1, must be one of '1:1'"),
        ({"resolution": "1k"}, "resolution is '1k', must be one of '1K': did you mean '1K'?"),
        ({"resolution": "4K"}, "resolution is '4K', must be one of '1K'"),
        ({"seed": "42"}, "seed is '42', must be a number: give 42 without quotes"),
        ({"seed": True}, "seed is true, must be a number"),
        ({"denoising_strength": -0.1}, "denoising_strength is -0.1, must be at least 0"),
        (
            {"denoising_strength": STRONGEST + 0.01},
            f"denoising_strength is {STRONGEST + 0.01}, must be at most {STRONGEST}",
        ),
        ({"styles": STYLE}, "styles is an object, must be a list"),
        ({"styles": "s"}, "styles is 's', must be a list: put it in a list"),
        ({"styles": [STYLE, "s"]}, "styles[1] is 's', must be an object"),
        ({"styles": [{"strength": 1}]}, "styles[0].id is missing"),
        ({"styles": [STYLE, {"id": "s"}]}, "styles[1].strength is missing"),
        ({"styles": [{"id": "s", "strength": 2.5}]}, "styles[0].strength is 2.5, must be at most 2"),
        ({"styles": [{"id": "s", "strength": -3}]}, "styles[0].strength is -3, must be at least -2"),
        ({"skip_prompt_expansion": "true"}, "must be true or false: give true without quotes"),
        ({"skip_prompt_expansion": 1}, "skip_prompt_expansion is 1, must be true or false"),
        ({"image_url": "cat.png"}, "image_url is 'cat.png', must be an address: give a whole one, such as https://"),
        ({"image_url": 7}, "image_url is 7, must be null or text"),
        ({"style_images": [{"strength": 1}] * 2}, "style_images has 2 items, must have at most 1"),
        (
            {"style_images": [{"url": LONG, "strength": 1}]},
            "style_images[0].url has 1030 characters, must have at most",
        ),
        ({"style_images": [{"url": "cat.png", "strength": 1}]}, "style_images[0].url is 'cat.png', must be an address"),
        ({"style_images": [{"url": "https://a.b/1.png"}]}, "style_images[0].strength is missing"),
    ],
)
def test_every_rule_of_z_image(change: dict[str, Any], messages: str) -> None:
    assert messages in only(Z_IMAGE, {**GOOD, **change})


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        ({"prompt": ""}, "prompt has 0 characters, must have at least 1"),
        ({"quality": "best"}, "quality is 'best', must be one of 'low', 'medium', 'high', 'auto'"),
        ({"quality": None}, "quality is null, must be one of 'low'"),
        ({"image_urls": ["https://a.b/1.png"] * (MOST_IMAGES + 1)}, f"items, must have at most {MOST_IMAGES}"),
        ({"image_urls": "https://a.b/1.png"}, "must be a list: put it in a list"),
        (
            {"image_urls": ["https://a.b/1.png", "x"]},
            "image_urls[1] is 'x', must be an address: give a whole one, such as",
        ),
        ({"image_urls": ["x"]}, "https://example.com/in.png, or a local file (in Python a Path)"),
        ({"image_urls": [LONG]}, "image_urls[0] has 1030 characters, must have at most 1024"),
        ({"width": "1024"}, "width is '1024', must be a number: give 1024 without quotes"),
        ({"height": None}, "height is null, must be a number"),
        ({"aspect_ratio": "21:9"}, "aspect_ratio is '21:9', must be one of '16:9', '2:1'"),
        ({"resolution": "8K"}, "resolution is '8K', must be one of '1K', '2K', '4K'"),
        ({"style_images": [{"strength": 0}] * 11}, "style_images has 11 items, must have at most 10"),
        ({"style_images": [{"strength": 5}]}, "style_images[0].strength is 5, must be at most 2"),
        ({"style_images": ["x"]}, "style_images[0] is 'x', must be an object"),
    ],
)
def test_every_rule_of_gpt_image_2(change: dict[str, Any], messages: str) -> None:
    assert messages in only(GPT, {"prompt": "x", **change})


def test_what_is_missing_is_named_with_what_fits() -> None:
    assert [str(problem) for problem in problems(Z_IMAGE, {})] == [
        "prompt is missing: give text",
        "aspect_ratio is missing: give one of '1:1', '4:3', '2:3', '16:9', '9:16'",
        "resolution is missing: give one of '1K'",
    ]
    assert only(GPT, {}) == "prompt is missing: give text"


def test_all_problems_come_at_once_in_the_order_of_the_body() -> None:
    body = {"wat": 1, "styles": [{"id": 1, "strength": 9}], "seed": "x", "a.b[0]": 1, "prompt": "x"}
    results = [problem.path for problem in problems(Z_IMAGE, body)]
    assert results[0] == "wat"
    assert set(results[1:3]) == {"styles[0].id", "styles[0].strength"}
    assert results[3:] == ["seed", "'a.b[0]'", "aspect_ratio", "resolution"]


@pytest.mark.parametrize(
    "body",
    [
        GOOD,
        *({**GOOD, "aspect_ratio": ratio} for ratio in ("1:1", "4:3", "2:3", "16:9", "9:16")),
        *({**GOOD, "denoising_strength": value} for value in (0, STRONGEST, 0.0, float(STRONGEST), STRONGEST / 2)),
        *({**GOOD, "styles": [{"id": "s", "strength": value}]} for value in (-2, 2, 0.5)),
        *({**GOOD, "seed": value} for value in (0, -1, 1.5, 2**63, 10**400)),
        *({**GOOD, "image_url": url} for url in (None, "https://a.b/1.png?x=1&y=%20", DATA)),
        {**GOOD, "styles": (STYLE,)},
        {**GOOD, "styles": [{**STYLE, "not_yet_documented": 1}]},
        {**GOOD, "style_images": [{"strength": 1}]},
        {**GOOD, "style_images": [{"url": DATA, "strength": 1}]},
        {**GOOD, "style_images": [{"url": LONG[:1024], "strength": 1}]},
        {**GOOD, "prompt": ""},
        {**GOOD, "prompt": "\U0001f9ff" * 9},
    ],
    ids=lambda body: str(list(body.values())[-1])[:40],
)
def test_what_the_pages_allow_passes(body: dict[str, Any]) -> None:
    assert problems(Z_IMAGE, body) == []


def test_a_data_uri_may_be_longer_than_an_address() -> None:
    assert problems(GPT, {"prompt": "x", "image_urls": [DATA]}) == []
    assert only(GPT, {"prompt": "x", "image_urls": [DATA, LONG]}).startswith("image_urls[1] has 1030 characters")


@pytest.mark.parametrize("operation", [Z_IMAGE, GPT], ids=lambda operation: str(operation.id))
def test_every_example_of_the_spec_passes(operation: Operation) -> None:
    for example in operation.details.get("examples", ()):
        assert problems(operation, example) == []


@pytest.mark.parametrize(
    ("name", "messages"),
    [
        ("aspectratio", "did you mean 'aspect_ratio'?"),
        ("denoisingStrength", "did you mean 'denoising_strength'?"),
        ("promt", "did you mean 'prompt'?"),
        ("image", "is a deprecated name that no model takes (gone by 2026-05-25): use image_url or image_urls"),
        ("images", "did you mean 'image_url' or 'style_images'?"),
        ("zzz", "the fields are prompt, aspect_ratio, resolution, seed"),
        ("zzz", "an undocumented one goes into extra_body="),
        ("", "'' is not a field of this model"),
        ("a\nb", r"'a\nb' is not a field of this model"),
    ],
)
def test_an_unknown_name_gets_the_nearest_ones(name: str, messages: str) -> None:
    assert messages in only(Z_IMAGE, {**GOOD, name: 1})


@pytest.mark.parametrize("name", ["width", "height", "batchSize"])
def test_a_name_that_went_says_when_and_what_to_use(name: str) -> None:
    use = "one submission for each result" if name == "batchSize" else "aspect_ratio and resolution"
    messages = f"{name} is no longer a field of this model (seen 2025, gone by 2026-05-25): use {use}"
    assert only(Z_IMAGE, {**GOOD, name: 1}) == messages


def test_a_name_that_went_on_an_unknown_day_says_that_it_went() -> None:
    operation = made_up(retired_fields=[{"name": "pose"}])
    assert only(operation, {"pose": 1}) == "pose is no longer a field of this model: leave it out"


def test_a_long_value_is_shown_short() -> None:
    messages = only(Z_IMAGE, {**GOOD, "aspect_ratio": "x" * 5000})
    assert len(messages) < 200
    assert "is 'xxxx" in messages


def test_what_the_library_cannot_follow_is_a_problem_and_no_crash() -> None:
    deep: list[Any] = []
    for _ in range(400):
        deep = [deep]
    assert only(Z_IMAGE, {**GOOD, "styles": deep}).startswith("the body cannot be checked: ")
    assert only(Z_IMAGE, {**GOOD, "styles": [{1: 2}]}).startswith("the body cannot be checked: ")


def test_the_query_of_a_listing_is_checked_like_a_body() -> None:
    from krea_client._spec.catalogue import catalogue

    query = catalogue().operation("list_jobs").query
    assert problems(query, {"limit": 1000, "status": "completed"}) == []
    assert only(query, {"limit": 0}) == "limit is 0, must be at least 1"
    assert only(query, {"limit": 1001}) == "limit is 1001, must be at most 1000"
    assert only(query, {"limits": 1}) == "limits is not a field of this model: did you mean 'limit'?"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"model": "flux_dev", "urls": []}, "name"),
        ({"model": "qwen", "urls": [], "name": 1}, "name"),
        ({"model": "wan", "urls": [], "name": "x", "learning_rate": "much"}, "learning_rate"),
    ],
)
def test_of_two_alternatives_the_one_that_was_meant_is_told(body: dict[str, Any], path: str) -> None:
    assert [problem.path for problem in problems(catalogue().operation("train_style"), body)] == [path]


def test_missing_media_may_be_a_file() -> None:
    astra = catalogue().operation("generate_topaz_astra")
    assert "video_url is missing: give an address or a local file" in [str(entry) for entry in problems(astra, {})]
