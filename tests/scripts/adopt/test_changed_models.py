"""Changes of models that spec/ has: what a document or a page says otherwise is written, so that the two agree, and nothing else is."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adopt.__main__ import DONE, QUESTIONS, UNREADABLE, main
from krea_client.cli.document_diff.comparison import compared
from krea_client.cli.document_diff.openapi_reader import statements
from regenerate.bundle import Document, bundle
from regenerate.sources import read_folder

from ..regenerate.conftest import file_of
from .adoption import (
    DAY,
    ENHANCE,
    HAILUO,
    KLING,
    KREA_2,
    Z_IMAGE,
    adopt,
    body,
    field,
    findings,
    operation,
    read,
    rules,
)

Change = Callable[[Any], object]


def set_fact(name: str, path: str = Z_IMAGE, **facts: Any) -> Change:
    return lambda document: field(document, name, path).update(facts)


def add_field(name: str, schema: Any, path: str = Z_IMAGE, *, required: bool = False) -> Change:
    def change(document: Any) -> None:
        body(document, path)["properties"][name] = schema
        if required:
            body(document, path)["required"].append(name)

    return change


ALIASES = "x-krea-deprecated-field-aliases"
NEW_ALIAS = {"from": "denoise", "to": "denoising_strength", "sunset_date": "2027-01-01"}
GUIDES = {
    "type": "array",
    "maxItems": 14,
    "items": {
        "type": "object",
        "required": ["weight"],
        "properties": {
            "weight": {"type": "number", "minimum": -2, "maximum": 2},
            "picture": {"type": "string", "format": "uri", "maxLength": 1024},
            "area": {"type": "object", "properties": {"fit": {"type": "string", "enum": ["cover", "contain"]}}},
        },
    },
}
STYLES = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "strength"],
        "properties": {"id": {"type": "string"}, "strength": {"type": "number", "minimum": -2, "maximum": 2}},
    },
}


def add_alias(row: dict[str, str]) -> Change:
    return lambda document: operation(document)[ALIASES].append(row)


def add_value(name: str, value: Any, path: str = Z_IMAGE) -> Change:
    def change(document: Any) -> None:
        schema = field(document, name, path)
        schema.get("enum", schema.get("anyOf")).append(value)

    return change


def change_strength_of_styles(document: Any) -> None:
    field(document, "styles")["items"]["properties"]["strength"]["maximum"] = 3


# Name, the operation that it is about, and what it changes there.
CHANGES: list[tuple[str, str, Change]] = [
    ("another bound", Z_IMAGE, set_fact("denoising_strength", maximum=0.9)),
    ("a new bound", Z_IMAGE, set_fact("prompt", maxLength=1800)),
    ("a bound that left", Z_IMAGE, lambda document: field(document, "denoising_strength").pop("minimum")),
    ("another default", Z_IMAGE, set_fact("denoising_strength", default=0.5)),
    ("a default that left", Z_IMAGE, lambda document: field(document, "skip_prompt_expansion").pop("default")),
    ("a new value", Z_IMAGE, lambda document: field(document, "aspect_ratio")["enum"].append("3:4")),
    ("a value that left", Z_IMAGE, lambda document: field(document, "aspect_ratio")["enum"].remove("4:3")),
    ("another type", Z_IMAGE, set_fact("seed", type="integer")),
    ("null is allowed", Z_IMAGE, set_fact("seed", type=["number", "null"])),
    ("a new field", Z_IMAGE, add_field("sharpness", {"type": "number", "minimum": 0, "maximum": 1, "default": 0.2})),
    ("a new required field", Z_IMAGE, add_field("mood", {"type": "string", "enum": ["calm", "wild"]}, required=True)),
    ("a new field with parts", Z_IMAGE, add_field("guides", GUIDES)),
    ("a new field of a shared type", ENHANCE, add_field("styles", STYLES, ENHANCE)),
    ("a field that left", Z_IMAGE, lambda document: body(document)["properties"].pop("style_images")),
    ("a field that is required now", Z_IMAGE, lambda document: body(document)["required"].append("seed")),
    ("a field that is optional now", Z_IMAGE, lambda document: body(document)["required"].remove("resolution")),
    ("a bound inside a list", Z_IMAGE, change_strength_of_styles),
    ("a new alias", Z_IMAGE, add_alias(NEW_ALIAS)),
    ("another end of an alias", Z_IMAGE, lambda document: operation(document)[ALIASES][0].update(sunset_date="2027-01-01")),
    ("deprecated", Z_IMAGE, lambda document: operation(document).update(deprecated=True)),
    ("deprecated no more", KLING, lambda document: operation(document, KLING).pop("deprecated")),
    ("a number that can be chosen", KLING, add_value("duration", {"type": "number", "const": 15}, KLING)),
    ("a bound of a field that three models share", KREA_2, set_fact("strength", KREA_2, maximum=0.9, default=0.5)),
    ("a value of an enum that three models share", KREA_2, add_value("creativity", "wild", KREA_2)),
    ("a new field of one of three", KREA_2, add_field("detail", {"type": "integer"}, KREA_2)),
    ("a condition", Z_IMAGE, set_fact("denoising_strength", **{"x-krea-visible-when": {"skip_prompt_expansion": True}})),
]  # fmt: skip  # one change in one line


@pytest.mark.parametrize(("path", "change"), [change[1:] for change in CHANGES], ids=[change[0] for change in CHANGES])
def test_a_change_is_written_and_nothing_else(
    root: Path, document: Document, found_before: set[str], path: str, change: Change
) -> None:
    before = read(root)
    changed = json.loads(json.dumps(document))
    change(changed)
    assert adopt(root, changed) == DONE
    after = read(root)
    provider_statements = {statement.path: statement for statement in statements(changed)}
    assert list(compared(provider_statements[path], after[path])) == []
    for unchanged_path in before.keys() - {path}:
        assert {name: node.facts for name, node in (after[unchanged_path].body or {}).items()} == {
            name: node.facts for name, node in (before[unchanged_path].body or {}).items()
        }
        assert after[unchanged_path].aliases == before[unchanged_path].aliases
    assert rules(findings(root) - found_before) <= {"words_are_written", "examples_are_valid"}
    file = next(name for name in (root / "spec").rglob("*.yaml") if path in name.read_text("utf-8"))
    assert f'x-krea-captured: "{DAY}"' in file.read_text("utf-8")


def test_the_words_that_a_field_has_are_kept(root: Path, document: Document) -> None:
    changed = json.loads(json.dumps(document))
    field(changed, "seed")["type"] = "integer"
    words = bundle(read_folder(root / "spec")).document["components"]["schemas"]["ZImageRequest"]["properties"]["seed"]
    assert adopt(root, changed) == DONE
    schema = bundle(read_folder(root / "spec")).document["components"]["schemas"]["ZImageRequest"]["properties"]["seed"]
    assert (schema["type"], schema["description"]) == ("integer", words["description"])


def test_only_the_lines_of_the_change_differ(root: Path, document: Document) -> None:
    file = file_of(Z_IMAGE, root / "spec")
    before = file.read_text("utf-8").splitlines()
    changed = json.loads(json.dumps(document))
    field(changed, "denoising_strength")["maximum"] = 0.9
    assert adopt(root, changed) == DONE
    after = file.read_text("utf-8").splitlines()
    assert [line.strip() for line in after if line not in before] == [f'x-krea-captured: "{DAY}"', "maximum: 0.9"]
    assert len(after) == len(before)


def test_a_renamed_field_keeps_its_words_and_the_old_name_its_alias(root: Path, document: Document) -> None:
    changed = json.loads(json.dumps(document))
    properties = body(changed)["properties"]
    body(changed)["properties"] = {
        "noise" if name == "denoising_strength" else name: schema for name, schema in properties.items()
    }
    operation(changed)["x-krea-deprecated-field-aliases"].append(
        {"from": "denoising_strength", "to": "noise", "sunset_date": "2027-01-01"}
    )
    assert adopt(root, changed) == DONE
    after = bundle(read_folder(root / "spec")).document
    schema = after["components"]["schemas"]["ZImageRequest"]["properties"]
    assert "denoising_strength" not in schema
    assert "TODO" not in schema["noise"]["description"]
    assert {row["from"] for row in after["paths"][Z_IMAGE]["post"]["x-krea-deprecated-field-aliases"]} >= {
        "denoising_strength"
    }


def test_what_the_file_says_already_is_not_touched(
    root: Path, document: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in (root / "spec").rglob("*.yaml")}
    assert adopt(root, document) == DONE
    assert {path: path.read_bytes() for path in (root / "spec").rglob("*.yaml")} == before
    assert "spec/ says all of this already" in capsys.readouterr().out


def test_only_the_models_that_are_named_are_adopted(root: Path, document: Document) -> None:
    changed = json.loads(json.dumps(document))
    field(changed, "denoising_strength")["maximum"] = 0.9
    field(changed, "strength", KREA_2)["maximum"] = 0.9
    assert adopt(root, changed, "image/z-image/z-image") == DONE
    assert 'captured: "2026-12-24"' not in file_of(KREA_2, root / "spec").read_text("utf-8")
    assert file_of(Z_IMAGE, root / "spec").read_text("utf-8").count(DAY) == 1
    assert adopt(root, changed, "image/no/such") == UNREADABLE


def test_what_cannot_be_written_is_asked(root: Path, document: Document, capsys: pytest.CaptureFixture[str]) -> None:
    changed = json.loads(json.dumps(document))
    operation(changed)["parameters"].append({"name": "X-Trace", "in": "header", "schema": {"type": "string"}})
    assert adopt(root, changed) == QUESTIONS
    assert f"to decide: POST {Z_IMAGE}: new parameter: header X-Trace" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(root: Path, document: Document, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in (root / "spec").rglob("*.yaml")}
    changed = json.loads(json.dumps(document))
    field(changed, "denoising_strength")["maximum"] = 0.9
    source = root / "document.json"
    source.write_text(json.dumps(changed), "utf-8")
    assert main([str(source), "--dry-run"], root) == DONE
    assert {path: path.read_bytes() for path in (root / "spec").rglob("*.yaml")} == before
    assert f"would write {file_of(Z_IMAGE, root / 'spec').relative_to(root)}" in capsys.readouterr().out


PAGE = """Skip to main content
POST
/
generate
/
video
/
minimax
/
hailuo-9
Hailuo 9

Pricing

ResolutionDurationPrice
512p6s$0.10
512p7s$0.33
768p6s$0.28
768p7s$0.35

DeprecatedUse insteadAccepted until
startImagestart_image2026-06-19

Authorizations

Authorization
string
header
required

A token.

Headers

X-Webhook-URL
string<uri>

An address.

Body

application/json
prompt
string
required
Maximum string length: 1800
start_image
string<uri>
resolution
enum<string>
default:512p
Available options:
512p,
768p
duration
integer
default:6
Required range: 6 <= x <= 7

Response

job_id
string
"""


def test_a_new_model_comes_from_a_page_with_its_aliases_and_its_price_table(root: Path, found_before: set[str]) -> None:
    source = root / "page.txt"
    source.write_text(PAGE, "utf-8")
    assert main([str(source), "--captured", DAY], root) == DONE
    assert file_of("/generate/video/minimax/hailuo-9", root / "spec") == file_of(HAILUO, root / "spec")
    after = bundle(read_folder(root / "spec")).document["paths"]["/generate/video/minimax/hailuo-9"]["post"]
    assert after["x-krea-deprecated-field-aliases"] == [
        {"from": "startImage", "to": "start_image", "sunset_date": "2026-06-19"}
    ]
    assert after["x-krea-pricing"]["table"] == [
        {"when": {"resolution": resolution, "duration": duration}, "amount": amount}
        for resolution, duration, amount in (("512p", 6, 0.1), ("512p", 7, 0.33), ("768p", 6, 0.28), ("768p", 7, 0.35))
    ]
    assert rules(findings(root) - found_before) == {"words_are_written"}
