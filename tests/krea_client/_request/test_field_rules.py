"""Rules between fields: choices, needs and fields that do nothing alone, as the client and the sandbox read them."""

import warnings
from typing import Any

import pytest

from krea_client import Krea, KreaFieldIgnoredWarning
from krea_client._request.field_rules import broken_rules, fields_without_effect
from krea_client._request.validation import problems
from krea_client._spec.catalogue import Operation, catalogue
from krea_client._spec.field_conditions import in_words
from krea_client.sandbox import Sandbox
from krea_client.sandbox.api_document import read
from krea_client.sandbox.schema_validation import BodyValidator

from .conftest import made_up

THREE = made_up(rules=[{"excludes": ["sketch", "start_image", "end_image"]}])
URL = "https://example.com/in.png"


@pytest.mark.parametrize("body", [{}, {"prompt": "x"}, {"sketch": URL}, {"end_image": URL, "sketch": None}])
def test_one_of_them_may_be_given(body: dict[str, Any]) -> None:
    assert list(broken_rules(THREE, body)) == []


def test_each_one_beyond_the_first_is_a_problem() -> None:
    results = broken_rules(THREE, {"end_image": URL, "start_image": URL, "sketch": URL})
    assert list(map(str, results)) == [
        "start_image cannot be given together with 'sketch': give one of the two",
        "end_image cannot be given together with 'sketch': give one of the two",
    ]


def test_the_documented_rule_is_checked_beside_the_schema() -> None:
    seedance = catalogue().operation("generate_seedance_2")
    body: dict[str, Any] = {"prompt": "x", "end_image": URL, "reference_images": [URL], "duration": 99}
    assert [problem.path for problem in problems(seedance, body)] == ["reference_images", "duration"]
    assert problems(seedance, {"prompt": "x", "end_image": URL, "reference_images": []}) == []


def test_what_is_no_list_of_rules_breaks_nothing() -> None:
    assert list(broken_rules(made_up(rules=[{"something": 1}, None]), {"prompt": "x"})) == []


ANY_RULE = [{"any_of": ["sketch", "start_image"]}]
ONE_RULE = [{"one_of": ["sketch", "start_image"]}]
NEEDS = [{"when": {"sketch": {"given": True}}, "needs": {"end_image": {"given": True}, "mode": "pro"}}]
APPLIES = [{"applies": ["grain"], "when": {"mode": "pro", "sketch": {"given": False}}}]
PROPERTIES = {
    "sketch": {"type": ["string", "null"]},
    "start_image": {"type": "string"},
    "end_image": {"type": "string"},
    "mode": {"type": "string", "default": "std"},
    "grain": {"type": ["number", "null"]},
}
# Rules, body, and the fields that are blamed.
VIOLATIONS: list[tuple[list[dict[str, Any]], dict[str, Any], list[str]]] = [
    (ANY_RULE, {}, ["sketch"]),
    (ANY_RULE, {"sketch": ""}, ["sketch"]),
    (ANY_RULE, {"start_image": URL}, []),
    (ANY_RULE, {"sketch": URL, "start_image": URL}, []),
    (ONE_RULE, {}, ["sketch"]),
    (ONE_RULE, {"sketch": URL}, []),
    (ONE_RULE, {"sketch": URL, "start_image": URL}, ["start_image"]),
    (NEEDS, {}, []),
    (NEEDS, {"sketch": URL}, ["end_image", "mode"]),
    (NEEDS, {"sketch": URL, "end_image": URL, "mode": "std"}, ["mode"]),
    (NEEDS, {"sketch": URL, "end_image": URL, "mode": "pro"}, []),
    (APPLIES, {"grain": 1}, []),
]


def in_a_document(rules: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an OpenAPI document of one model with these rules."""
    body = {"type": "object", "properties": PROPERTIES, "additionalProperties": False}
    operation = {
        "operationId": "generate_made_up",
        "x-krea-rules": rules,
        "requestBody": {"content": {"application/json": {"schema": body}}},
    }
    return {"servers": [{"url": "https://api.krea.ai"}], "paths": {"/generate/image/made/up": {"post": operation}}}


def with_rules(rules: list[dict[str, Any]]) -> Operation:
    schema = {"type": "object", "properties": PROPERTIES, "additionalProperties": False}
    return made_up(rules=rules, request_schema=schema)


@pytest.mark.parametrize(("rules", "body", "blamed"), VIOLATIONS)
def test_client_and_sandbox_blame_the_same_fields(
    rules: list[dict[str, Any]], body: dict[str, Any], blamed: list[str]
) -> None:
    assert [problem.path for problem in broken_rules(with_rules(rules), body)] == blamed
    document = read(in_a_document(rules))
    operation = document.fixed["/generate/image/made/up"]["POST"]
    assert [problem.field for problem in BodyValidator(document).problems(operation, body)] == blamed


def test_a_need_is_told_with_its_reason_and_its_remedy() -> None:
    (_, mode) = broken_rules(with_rules(NEEDS), {"sketch": URL})
    assert str(mode) == "mode must be otherwise where 'sketch' is given: make sure that 'mode' is 'pro'"


@pytest.mark.parametrize(
    ("body", "warned"),
    [
        ({"grain": 1}, True),
        ({"grain": 1, "mode": "pro"}, False),
        ({"grain": 0, "mode": "pro", "sketch": URL}, True),
        ({"grain": None}, False),
        ({}, False),
    ],
)
def test_a_field_that_does_nothing_is_warned_about(body: dict[str, Any], warned: bool) -> None:
    results = list(fields_without_effect(with_rules(APPLIES), body))
    assert [(warning.field, warning.condition) for warning in results] == (
        [("grain", "'mode' is 'pro' and 'sketch' is not given")] if warned else []
    )


def conditional_fields() -> list[Any]:
    """Return every field of the specification that matters only beside others, with the conditions that it waits for."""
    return [
        pytest.param(operation, name, rule["when"], id=f"{operation.model} {name}")
        for operation in map(catalogue().operation, sorted(catalogue().models.values()))
        for rule in operation.details["rules"]
        for name in rule.get("applies", ())
    ]


def value_of(operation: Operation, name: str) -> Any:
    return operation.defaults[name] if name in operation.defaults else value_other_than(operation, name, None)


def value_other_than(operation: Operation, name: str, value: Any) -> Any:
    field = (operation.schema or {})["properties"][name]
    options = (
        (operation.schema or {})["$defs"][field["$ref"].rpartition("/")[2]]["enum"] if "$ref" in field else [False]
    )
    return next(option for option in options if option != value)


@pytest.mark.parametrize(("operation", "name", "when"), conditional_fields())
def test_the_client_warns_at_the_line_and_the_sandbox_accepts(
    operation: Operation, name: str, when: dict[str, Any]
) -> None:
    box = Sandbox(time_scale=0)
    krea = Krea("token", transport=box.transport(), clock=box.clock)
    body = {**operation.details["examples"][0], name: value_of(operation, name), **when}
    krea.submit(operation.model, body)  # warnings are errors here, so this is the proof that there is none
    switch = next(iter(when))
    body[switch] = value_other_than(operation, switch, when[switch])
    with pytest.warns(KreaFieldIgnoredWarning) as recorded_warnings:
        krea.submit(operation.model, body)
    (warning,) = [entry for entry in recorded_warnings if getattr(entry.message, "field", None) == name]
    assert f"'{name}' does nothing unless '{switch}' is" in str(warning.message)
    assert warning.filename == __file__
    assert len(box.requests) == 2


def test_the_warning_can_be_made_an_error_before_anything_is_paid() -> None:
    box = Sandbox(time_scale=0)
    krea = Krea("token", transport=box.transport(), clock=box.clock)
    body = {"video_url": URL, "grain": False, "grain_size": 1}
    with warnings.catch_warnings():
        warnings.simplefilter("error", KreaFieldIgnoredWarning)
        with pytest.raises(KreaFieldIgnoredWarning) as excinfo:
            krea.submit("topaz/video-upscale", body)
    assert (excinfo.value.operation, excinfo.value.field) == ("topaz/video-upscale", "grain_size")
    assert not box.requests


def test_a_condition_is_said_in_words() -> None:
    assert in_words({"a": True, "b": {"given": False}, "c": 5}) == "'a' is true and 'b' is not given and 'c' is 5"
