"""Whole OpenAPI documents, everything inlined as providers publish them."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from krea_client.cli.document_diff.operation_facts import Unreadable

DifferencesOf = Callable[..., list[tuple[str, str, str]]]
LANTERN, TORCH = "/generate/image/acme/lantern", "/generate/image/acme/torch"


def body(document: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = document["paths"][LANTERN]["post"]["requestBody"]["content"]["application/json"]["schema"]
    return schema


def test_a_document_that_says_the_same_differs_in_nothing(lamps: dict[str, Any], differences_of: DifferencesOf) -> None:
    assert differences_of(json.dumps(lamps)) == []


def test_an_operation_that_is_not_there_is_gone(lamps: dict[str, Any], differences_of: DifferencesOf) -> None:
    del lamps["paths"][TORCH]
    assert differences_of(json.dumps(lamps)) == [("operation_gone", "", "absent")]


def test_an_operation_that_we_have_not_is_new(lamps: dict[str, Any], differences_of: DifferencesOf) -> None:
    lamps["paths"]["/generate/image/acme/candle"] = lamps["paths"][TORCH]
    assert differences_of(json.dumps(lamps)) == [("operation_new", "", "present")]


def test_a_moved_operation_is_one_gone_and_one_new(lamps: dict[str, Any], differences_of: DifferencesOf) -> None:
    lamps["paths"]["/generate/image/acme/flare"] = lamps["paths"].pop(TORCH)
    assert sorted(differences_of(json.dumps(lamps))) == [
        ("operation_gone", "", "absent"),
        ("operation_new", "", "present"),
    ]


def test_the_form_of_writing_makes_no_difference(lamps: dict[str, Any], differences_of: DifferencesOf) -> None:
    lamps["openapi"] = "3.0.3"
    fields = body(lamps)["properties"]
    fields["photo_url"] = {"type": "string", "format": "uri", "nullable": True}
    fields["shades"] = {"type": "integer", "minimum": 0, "exclusiveMinimum": True}
    fields["glass"] = {"allOf": [{"$ref": "#/components/schemas/G"}], "description": "Which."}
    fields["steps"] = {"oneOf": [{"const": 8}, {"const": 4}], "type": "number", "default": 8.0}
    fields["seed"]["default"] = 99
    lamps["components"] = {"schemas": {"G": {"type": "string", "enum": ["16:9", "amber", "clear"], "title": "Glass"}}}
    assert differences_of(json.dumps(lamps)) == []


def test_old_names_and_prices_are_compared_where_a_document_tells_them(
    lamps: dict[str, Any], differences_of: DifferencesOf
) -> None:
    lantern = lamps["paths"][LANTERN]["post"]
    lantern["x-krea-deprecated-field-aliases"] = [{"from": "lampOil", "to": "lamp_oil", "sunset_date": "2030-06-02"}]
    lantern["x-krea-pricing"] = {"currency": "USD", "per": "request", "amount": 0.02, "read": "2031-01"}
    lamps["paths"][TORCH]["post"]["x-krea-pricing"] = {
        "per": "second",
        "table": [{"when": {"mode": "dim", "sound": False}, "amount": 0.1}],
    }
    assert sorted(differences_of(json.dumps(lamps))) == [
        ("alias_date", "alias lampOil", "until 2030-06-02"),
        ("alias_gone", "alias burner", "absent"),
        ("price", "price bright false", "absent"),
    ]


def test_objects_within_are_compared_to_the_bottom(lamps: dict[str, Any], differences_of: DifferencesOf) -> None:
    wick = body(lamps)["properties"]["wicks"]["items"]
    wick["properties"]["length"]["maximum"] = 5
    wick["properties"]["age"] = {"type": "integer"}
    wick["additionalProperties"] = False
    assert sorted(differences_of(json.dumps(lamps))) == [
        ("closed", "wicks[]", "closed"),
        ("field_new", "wicks[].age", "present"),
        ("maximum", "wicks[].length", "maximum 5"),
    ]


def test_what_is_gone_is_told_without_what_was_in_it(lamps: dict[str, Any], differences_of: DifferencesOf) -> None:
    del body(lamps)["properties"]["wicks"]
    assert differences_of(json.dumps(lamps)) == [("field_gone", "wicks", "absent")]


def test_a_renamed_list_of_objects_is_one_difference(lamps: dict[str, Any], differences_of: DifferencesOf) -> None:
    fields = body(lamps)["properties"]
    body(lamps)["properties"] = {"flames" if name == "wicks" else name: field for name, field in fields.items()}
    assert differences_of(json.dumps(lamps)) == [("field_renamed", "wicks", "called flames")]


def test_one_form_more_is_a_new_field(lamps: dict[str, Any], differences_of: DifferencesOf) -> None:
    forms = [{"type": "object", "properties": {"kind": {"const": kind}}} for kind in ("tall", "flat")]
    body(lamps)["properties"]["stand"] = {"anyOf": forms}
    assert {kind for kind, _, _ in differences_of(json.dumps(lamps))} >= {"field_new"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"openapi": "3.1.0"}', "no `paths`"),
        ('{"swagger": "2.0", "paths": {}}', "no OpenAPI 3.x document"),
        ('{"openapi": "3.1.0", "paths": ', "no good YAML"),
        ("Lamps are nice.\n", "neither a reference page"),
        ("", "neither a reference page"),
    ],
)
def test_what_is_no_document_is_an_error(text: str, complaint: str, differences_of: DifferencesOf) -> None:
    with pytest.raises(Unreadable, match=complaint):
        differences_of(text)


def test_the_line_of_what_is_not_understood_is_told(
    lamps: dict[str, Any], problem: Callable[[str], Unreadable]
) -> None:
    body(lamps)["properties"]["hue"]["if"] = {}
    text = json.dumps(lamps, indent=1)
    unreadable = problem(text)
    assert "the keyword if" in unreadable.message
    assert unreadable.line is not None
    assert '"if"' in text.split("\n")[unreadable.line - 1]


def parts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the address of everything in a document."""
    if path:
        yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from parts(inner, (*path, key))


def test_whatever_stands_in_the_place_of_a_part_is_compared_or_named(
    lamps: dict[str, Any], differences_of: DifferencesOf
) -> None:
    refusals = 0
    for path in parts(lamps):
        for replacement in (None, 1, "x", [], {}, [1], {"a": 1}):
            changed = json.loads(json.dumps(lamps))
            inside = changed
            for step in path[:-1]:
                inside = inside[step]
            inside[path[-1]] = replacement
            try:
                differences_of(json.dumps(changed))
            except Unreadable:
                refusals += 1
    assert refusals > 0
