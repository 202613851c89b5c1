"""From what a caller gives to the body that is sent: both entry points, every policy, nothing changed and nothing in silence."""

import copy
import json
import warnings
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from krea_api.models import GptImage2Request, ZImageRequest
from krea_client import errors
from krea_client._request.alias_translation import Policy
from krea_client._request.build import AliasUse, PreparedRequest, SubmitOptions, TranslationRules, build_request
from krea_client._request.call_site import Site
from krea_client._request.deprecation_warnings import KreaDeprecationWarning, KreaSunsetWarning
from krea_client._spec.catalogue import catalogue

NOW = datetime(2026, 11, 20, tzinfo=UTC)
NEW = {"prompt": "x", "aspect_ratio": "1:1", "resolution": "1K"}
OLD = {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"}
MODEL = "z-image/z-image"


def site() -> Site:
    return Site("/srv/app.py", 9, "app", {})


def request_for(target: object, body: Any = None, /, policy: Policy = "silent", **changes: Any) -> PreparedRequest:
    rules = TranslationRules(lambda: NOW, catalogue(), policy, changes.pop("on_alias", None))
    fields = changes.pop("fields", {})
    place = changes.pop("site", None) or site()
    return build_request(target, body, fields, SubmitOptions(**changes), rules, place)


def body_of(target: object, body: Any = None, /, **changes: Any) -> dict[str, Any]:
    document = json.loads(request_for(target, body, **changes).body)
    assert isinstance(document, dict)
    return document


def test_all_ways_to_give_a_request_send_the_same() -> None:
    typed = ZImageRequest.from_dict(NEW)
    assert (
        body_of(typed)
        == body_of(MODEL, NEW)
        == body_of(MODEL, fields=NEW)
        == body_of(MODEL, {"prompt": "x"}, fields={"aspect_ratio": "1:1", "resolution": "1K"})
        == body_of(MODEL, OLD)
        == body_of(MODEL, fields=OLD)
        == NEW
    )


def test_nothing_is_sent_that_the_caller_did_not_give() -> None:
    assert body_of("openai/gpt-image-2", {"prompt": "x"}) == {"prompt": "x"}
    assert body_of(GptImage2Request(prompt="x")) == {"prompt": "x"}
    assert "image_url" not in body_of(MODEL, NEW)
    assert body_of(MODEL, {**NEW, "image_url": None})["image_url"] is None


def test_a_name_given_twice_must_have_one_value() -> None:
    assert body_of(MODEL, NEW, fields={"prompt": "x"}) == NEW
    with pytest.raises(errors.RequestInvalid, match="prompt is given twice, in the mapping and as a keyword"):
        request_for(MODEL, NEW, fields={"prompt": "y"})
    with pytest.raises(errors.AliasConflict):
        request_for(MODEL, OLD, fields={"aspect_ratio": "4:3"})


@pytest.mark.parametrize(
    ("target", "body", "fields", "messages"),
    [
        (MODEL, [1], {}, "the body is a list, must be a mapping of field names to values: give a dict"),
        (MODEL, "x", {}, "the body is a str, must be a mapping"),
        ({}, None, {}, "a dict is neither a model id nor a request object"),
        (None, None, {}, "a NoneType is neither a model id"),
        (ZImageRequest, None, {}, "a type is neither a model id"),
        (ZImageRequest.from_dict(NEW), {}, {}, "a request object came with fields beside it"),
        (ZImageRequest.from_dict(NEW), None, {"seed": 1}, "a request object came with fields beside it"),
    ],
)
def test_what_is_no_request_says_what_it_is(target: object, body: Any, fields: dict[str, Any], messages: str) -> None:
    with pytest.raises(errors.RequestInvalid) as excinfo:
        request_for(target, body, fields=fields)
    assert messages in str(excinfo.value)


def test_the_callers_values_are_never_changed() -> None:
    body = {**OLD, "presetStyles": [{"id": "s", "strength": 1}]}
    extra = {"new": [1]}
    before = copy.deepcopy((body, extra))
    request_for(MODEL, body, extra_body=extra)
    assert (body, extra) == before


def test_extra_fields_are_sent_as_they_are_and_replace_nothing() -> None:
    extra = {"new_one": {"aspectRatio": 1}, "seed2": 1}
    assert body_of(MODEL, NEW, extra_body=extra) == NEW | extra
    assert body_of(ZImageRequest.from_dict(NEW), extra_body=extra) == NEW | extra
    for target, body in ((MODEL, NEW), (MODEL, OLD), (ZImageRequest.from_dict(NEW), None)):
        with pytest.raises(errors.RequestInvalid, match="aspect_ratio is given twice, in the body and in extra_body"):
            request_for(target, body, extra_body={"aspect_ratio": "4:3"})
    with pytest.raises(errors.RequestInvalid, match="extra_body is a list, must be a mapping"):
        request_for(MODEL, NEW, extra_body=[1])
    with pytest.raises(errors.RequestInvalid, match="new_one is nan"):
        request_for(MODEL, NEW, extra_body={"new_one": float("nan")})


def test_a_check_can_be_left_out_but_json_stays_json() -> None:
    with pytest.raises(errors.RequestInvalid, match="aspect_ratio is '7:1'"):
        request_for(MODEL, {**NEW, "aspect_ratio": "7:1"})
    assert body_of(MODEL, {**NEW, "aspect_ratio": "7:1", "new": 1}, check=False)["new"] == 1
    with pytest.raises(errors.RequestInvalid, match="seed is nan"):
        request_for(MODEL, {**NEW, "seed": float("nan")}, check=False)


def test_a_problem_is_told_under_the_name_that_was_given() -> None:
    with pytest.raises(
        errors.RequestInvalid, match=r"aspect_ratio \(given as 'aspectRatio'\) is '7:1', must be one of"
    ):
        request_for(MODEL, {**OLD, "aspectRatio": "7:1"})


@pytest.mark.parametrize("url", ["example.com/hook", "ftp://a.b", "https://a.b/ü", "https://a.b/\n", "https://a b", ""])
def test_a_webhook_that_no_header_can_carry_is_refused(url: str) -> None:
    with pytest.raises(errors.RequestInvalid, match="webhook_url is not an address"):
        request_for(MODEL, NEW, webhook_url=url)


def test_a_webhook_goes_along() -> None:
    assert request_for(MODEL, NEW, webhook_url="https://a.b/hook").webhook_url == "https://a.b/hook"


def warned(
    policy: Policy, body: dict[str, Any], **changes: Any
) -> tuple[dict[str, Any], list[warnings.WarningMessage]]:
    with warnings.catch_warnings(record=True) as recorded_warnings:
        warnings.simplefilter("always")
        document = body_of(MODEL, body, policy=policy, **changes)
    return document, recorded_warnings


def test_translate_sends_the_new_name_and_warns_at_the_users_line() -> None:
    document, (messages,) = warned("translate", OLD)
    assert document == NEW
    assert (messages.filename, messages.lineno, messages.category) == ("/srv/app.py", 9, KreaSunsetWarning)
    assert "'aspectRatio' is now 'aspect_ratio'" in str(messages.message)
    assert "1:1" not in str(messages.message)


def test_silent_translates_without_a_word() -> None:
    assert warned("silent", OLD) == (NEW, [])


def test_passthrough_sends_the_old_name_and_warns() -> None:
    document, (messages,) = warned("passthrough", OLD)
    assert document == OLD
    assert str(messages.message).endswith("so it was sent as given.")
    pair = {**NEW, "aspectRatio": "4:3"}
    assert warned("passthrough", pair)[0] == pair


def test_passthrough_checks_the_values_all_the_same() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(errors.RequestInvalid, match="given as 'aspectRatio'"):
            request_for(MODEL, {**OLD, "aspectRatio": "7:1"}, policy="passthrough")


def test_error_refuses_every_old_name_at_once() -> None:
    with pytest.raises(errors.RequestInvalid) as excinfo:
        request_for(MODEL, {**OLD, "imageUrl": None}, policy="error")
    assert [problem.path for problem in excinfo.value.problems] == ["aspectRatio", "imageUrl"]


@pytest.mark.parametrize("policy", ["translate", "silent", "error", "passthrough"])
def test_new_names_are_no_news_under_any_policy(policy: Policy) -> None:
    assert warned(policy, NEW) == (NEW, [])
    assert body_of(ZImageRequest.from_dict(NEW), policy=policy) == NEW


@pytest.mark.parametrize("category", [KreaDeprecationWarning, KreaSunsetWarning, FutureWarning])
def test_a_filter_may_make_the_warning_an_error(category: type[Warning]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", category)
        with pytest.raises(KreaSunsetWarning):
            request_for(MODEL, OLD, policy="translate")


@pytest.mark.parametrize("policy", ["translate", "silent", "passthrough", "error"])
def test_the_hook_counts_every_use_under_every_policy(policy: Policy) -> None:
    uses: list[AliasUse] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            request_for(MODEL, {**OLD, "imageUrl": None}, policy=policy, on_alias=uses.append)
        except errors.RequestInvalid:
            assert policy == "error"
    assert [use.old for use in uses] == ["aspectRatio", "imageUrl"]
    assert uses[0] == AliasUse(MODEL, "aspectRatio", "aspect_ratio", date(2026, 6, 19), "/srv/app.py", 9, NOW)


def test_a_hook_that_fails_costs_nobody_a_picture(caplog: pytest.LogCaptureFixture) -> None:
    def fail(use: AliasUse) -> None:
        raise OSError("the counter is down")

    assert body_of(MODEL, OLD, on_alias=fail) == NEW
    assert "the on_alias hook failed; the request goes on" in caplog.text


def test_a_line_is_warned_about_once_however_often_it_runs() -> None:
    place = site()
    with warnings.catch_warnings(record=True) as recorded_warnings:
        warnings.simplefilter("default")
        for _ in range(1000):
            request_for(MODEL, {**OLD, "imageUrl": None}, policy="translate", site=place)
    assert len(recorded_warnings) == 2
    assert len(place.registry) <= 3  # one for each name, and the version of the filters


def test_a_name_that_leads_nowhere_is_refused_before_it_is_warned_about() -> None:
    with warnings.catch_warnings(record=True) as recorded_warnings:
        warnings.simplefilter("always")
        with pytest.raises(errors.ModelGone):
            request_for("bytedance/seedream-3", OLD)
    assert recorded_warnings == []


@pytest.mark.parametrize("value", [Path("in.png"), float("nan"), {"nested": object()}, [b"x"]])
@pytest.mark.parametrize("name", ["image", "imageurl", "colour"])
def test_a_field_that_the_model_has_not_is_told_as_such_whatever_it_holds(name: str, value: object) -> None:
    with pytest.raises(errors.RequestInvalid) as of_text:
        request_for(MODEL, {**NEW, name: "text"})
    with pytest.raises(errors.RequestInvalid) as caught:
        request_for(MODEL, {**NEW, name: value, "seed": float("nan")})
    assert of_text.value.problems[0] in caught.value.problems
    assert [problem.path for problem in caught.value.problems] == [name, "seed"]


def test_a_value_beyond_json_in_an_undocumented_field_is_told_where_the_field_is_allowed() -> None:
    for options in ({"extra_body": {"colour": object()}}, {"check": False, "fields": {"colour": object()}}):
        with pytest.raises(errors.RequestInvalid, match="colour is a object, which JSON cannot carry"):
            request_for(MODEL, NEW, **options)


def test_a_prompt_in_the_wrong_place_is_told_where_it_belongs() -> None:
    with pytest.raises(errors.RequestInvalid, match=r"the body is a str.*prompt='A fox'"):
        request_for(MODEL, "A fox")
    with pytest.raises(errors.RequestInvalid, match=r"the body is a SimpleNamespace.*model_dump"):
        request_for(MODEL, SimpleNamespace(model_dump=dict))
    with pytest.raises(errors.ModelUnknown, match=r"the model comes first.*prompt='A fox'"):
        request_for("A fox")
