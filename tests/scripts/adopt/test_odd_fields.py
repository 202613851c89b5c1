"""Fields of forms that no model has yet: what spec/ can say is written, in a form that lint takes; the rest is asked and not written."""

import copy
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adopt.__main__ import DONE, QUESTIONS
from krea_client.cli.document_diff.comparison import compared
from krea_client.cli.document_diff.openapi_reader import statements
from regenerate.bundle import Document, bundle
from regenerate.sources import read_folder

from .adoption import Z_IMAGE, adopt, body, field, findings, operation, read, rules

Schema = dict[str, Any]
NEW = "/generate/image/vendor/new-model"


def add_model(document: Document, **fields: Any) -> Document:
    """Return the document with a model that has these fields beside a prompt."""
    changed = copy.deepcopy(document)
    changed["paths"][NEW] = copy.deepcopy(changed["paths"][Z_IMAGE])
    operation(changed, NEW).pop("x-krea-deprecated-field-aliases")
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["prompt"],
        "properties": {"prompt": {"type": "string"}, **fields},
    }
    operation(changed, NEW)["requestBody"]["content"]["application/json"]["schema"] = schema
    return changed


def add_fields(document: Document, **fields: Any) -> Document:
    """Return the document with more fields of a model that is there."""
    changed = copy.deepcopy(document)
    body(changed)["properties"].update(copy.deepcopy(fields))
    return changed


def obj(**fields: Any) -> Schema:
    return {"type": "object", "properties": fields}


def choice(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def assert_same_as(root: Path, document: Document, path: str) -> None:
    theirs = next(statement for statement in statements(document) if statement.path == path)
    assert list(compared(theirs, read(root)[path])) == []


FORMS: dict[str, Schema] = {
    "an_object_of_any_fields": {"type": "object"},
    "a_closed_object_of_no_fields": {"type": "object", "additionalProperties": False},
    "fields_of_any_name": {"type": "object", "additionalProperties": {"type": "number", "maximum": 2}},
    "fields_of_any_name_that_are_objects": {"type": "object", "additionalProperties": obj(weight={"type": "number"})},
    "some_fields_and_others": {**obj(id={"type": "string"}), "additionalProperties": {"type": "string"}},
    "a_list_of_objects_of_any_fields": {"type": "array", "items": {"type": "object"}},
    "a_list_of_lists": {"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
    "a_list_of_lists_of_choices": {"type": "array", "items": {"type": "array", "items": choice("a", "b")}},
    "an_object_or_null": {"anyOf": [obj(weight={"type": "number"}), {"type": "null"}]},
    "an_object_in_an_object_in_an_object": obj(a=obj(b=obj(c=choice("x", "y")))),
    "a_text_or_a_number": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
    "a_choice_of_numbers": {"anyOf": [{"type": "number", "const": 5}, {"type": "number", "const": 10}], "default": 5},
    "a_constant": {"type": "string", "const": "only"},
    "a_choice_with_null": {"type": ["string", "null"], "enum": ["a", "b", None]},
    "values_that_yaml_reads_otherwise": choice("no", "1:30", "2026-01-01", "null", "1e3", "a: b", "#x"),
    "one_of_two_objects": {
        "anyOf": [
            {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "const": kind}}}
            for kind in ("tall", "flat")
        ]
    },
}


def assert_arrives(root: Path, document: Document, path: str, found_before: set[str]) -> None:
    assert adopt(root, document) == DONE
    assert rules(findings(root) - found_before) == {"words_are_written"}
    assert_same_as(root, document, path)


def test_a_new_model_has_fields_of_these_forms(root: Path, document: Document, found_before: set[str]) -> None:
    assert_arrives(root, add_model(document, **FORMS), NEW, found_before)


def test_a_model_that_is_there_gets_fields_of_these_forms(
    root: Path, document: Document, found_before: set[str]
) -> None:
    assert_arrives(root, add_fields(document, **FORMS), Z_IMAGE, found_before)


def test_an_enum_inside_a_new_field_does_not_take_the_name_of_another_field(root: Path, document: Document) -> None:
    changed = add_fields(document, frame=obj(aspect_ratio=choice("tall", "flat"), resolution=choice("low", "high")))
    assert adopt(root, changed) == DONE
    assert_same_as(root, changed, Z_IMAGE)


def test_two_new_fields_of_one_run_have_components_of_their_own(root: Path, document: Document) -> None:
    changed = add_fields(document, start=obj(kind=choice("a", "b")), finish=obj(kind=choice("c", "d")))
    assert adopt(root, changed) == DONE
    assert_same_as(root, changed, Z_IMAGE)


def test_a_changed_choice_keeps_the_name_of_its_component(root: Path, document: Document) -> None:
    changed = copy.deepcopy(document)
    field(changed, "aspect_ratio")["enum"].append("5:1")
    before = set(bundle(read_folder(root / "spec")).document["components"]["schemas"])
    assert adopt(root, changed) == DONE
    assert set(bundle(read_folder(root / "spec")).document["components"]["schemas"]) == before


# What spec/ cannot say as it stands, and the question about it.
ASKED: dict[str, tuple[Schema, str]] = {
    "unknown_extension": ({"type": "number", "x-krea-cost": 2}, "unknown_extension: x-krea-cost 2"),
    "unknown_condition": (
        {"type": "number", "x-krea-visible-when": {"prompt": {"$exists": True}}},
        "unknown_condition: x-krea-applies-when",
    ),
    "one_of_several": (
        {**obj(a={"type": "string"}, b={"type": "string"}), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        "one_of_several: needs any of a, b",
    ),
    "unknown_keyword": ({"type": "string", "contains": {}}, "unknown_keyword/contains"),
    "leads_nowhere": ({"$ref": "#/components/schemas/None"}, "the reference #/components/schemas/None leads nowhere"),
    "object_or_text": ({"type": ["object", "string"]}, "object_or_text: is an object or something else"),
    "no_type": ({"minimum": 1}, "no_type: the source names no type"),
    "sound_url": ({"type": "string"}, "sound_url: is an address by its name"),
    "inside": (obj(isLoud={"type": "boolean"}), "inside.isLoud: isLoud is no name in snake_case"),
}


@pytest.mark.parametrize("add", [add_model, add_fields])
def test_what_cannot_be_said_is_asked_and_not_written(
    root: Path, document: Document, capsys: pytest.CaptureFixture[str], add: Callable[..., Document]
) -> None:
    fields = {name: schema for name, (schema, _) in ASKED.items()}
    assert adopt(root, add(document, **fields, calm={"type": "boolean"})) == QUESTIONS
    asked = [line for line in capsys.readouterr().out.splitlines() if line.startswith("to decide: ")]
    assert [question for _, question in ASKED.values() if not any(question in line for line in asked)] == []
    assert len(asked) == len(ASKED)
    text = "".join(file.read_text("utf-8") for file in (root / "spec").rglob("*.yaml"))
    assert "calm:" in text
    assert not any(word in text for word in ("x-krea-cost", "$exists", "needs any of", "not understood", "not told"))


def test_a_request_of_a_new_model_that_takes_any_field_is_asked(
    root: Path, document: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = add_model(document)
    body(changed, NEW).pop("additionalProperties")
    assert adopt(root, changed) == QUESTIONS
    assert f"to decide: POST {NEW}: the source takes unknown fields" in capsys.readouterr().out


def test_an_operation_that_is_not_understood_is_asked_with_the_reason(
    root: Path, document: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = copy.deepcopy(document)
    changed["paths"][NEW] = {"post": ["soon"]}
    assert adopt(root, changed) == QUESTIONS
    assert f"to decide: POST {NEW}: an operation must hold a mapping" in capsys.readouterr().out


def some_fields(chance: random.Random, depth: int = 0) -> Iterator[tuple[str, Schema]]:
    """Yield fields of random forms, with names that fields of the model have as well."""
    for name in chance.sample(["aspect_ratio", "resolution", "kind", "mode", "weight", "frames"], 3):
        form = chance.randrange(6 if depth < 3 else 3)
        inner = dict(some_fields(chance, depth + 1)) if form > 2 else {}
        yield (
            name,
            [
                {"type": "number", "maximum": chance.randrange(9)},
                choice(*chance.sample("abcdef", 3)),
                {"type": "array", "items": choice(*chance.sample("abcdef", 2))},
                obj(**inner),
                {"type": "array", "items": obj(**inner)},
                {"anyOf": [obj(**inner), {"type": "null"}]},
            ][form],
        )


@pytest.mark.parametrize("seed", range(4))
def test_fields_of_random_forms_arrive_whole_and_a_second_run_changes_nothing(
    root: Path, document: Document, found_before: set[str], seed: int
) -> None:
    chance = random.Random(seed)  # forms to try, no secret
    changed = add_model(add_fields(document, frame=obj(**dict(some_fields(chance)))), **dict(some_fields(chance)))
    assert adopt(root, changed) == DONE
    assert rules(findings(root) - found_before) <= {"words_are_written"}
    assert_same_as(root, changed, Z_IMAGE)
    assert_same_as(root, changed, NEW)
    before = {file: file.read_bytes() for file in (root / "spec").rglob("*.yaml")}
    assert adopt(root, changed) == DONE
    assert {file: file.read_bytes() for file in (root / "spec").rglob("*.yaml")} == before
