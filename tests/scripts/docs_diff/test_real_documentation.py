"""The saved pages and the tables of facts against the specification. Skipped where they are not at hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from docs_diff import origins
from docs_diff.__main__ import main
from docs_diff.ours import Ours
from krea_client.cli.document_diff.comparison import verdicts
from krea_client.cli.document_diff.decided_differences import short

ROOT = Path(__file__).resolve().parents[3]
PAGES, FACTS = ROOT.parent / "shared" / "docs", ROOT.parent / "shared" / "facts"
Edit = tuple[str, str]
DifferencesOf = Callable[..., list[tuple[str, str, str]]]

with_pages = pytest.mark.skipif(not PAGES.is_dir(), reason="the saved documentation pages are not beside the project")
with_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the tables of facts are not beside the project")


@pytest.fixture(scope="module")
def spec() -> Ours:
    return Ours(ROOT / "spec")


@with_pages
def test_both_pages_are_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(PAGES / "gpt-image-2.txt"), str(PAGES / "z-image.txt")]) == 0
    assert [line.rpartition(": ")[2] for line in capsys.readouterr().out.splitlines()] == ["same (1 operation)"] * 2


Z, G = "z-image.txt", "gpt-image-2.txt"
CHANGES: dict[str, tuple[str, Edit, tuple[str, str, str]]] = {
    "maximum": (Z, ("0 <= x <= 1", "0 <= x <= 2"), ("maximum", "denoising_strength", "maximum 2")),
    "default": (Z, ("default:0.6", "default:0.5"), ("default", "denoising_strength", "default 0.5")),
    "enum": (
        Z,
        ("16:9,\n9:16\n", "16:9,\n9:16,\n21:9\n"),
        ("enum", "aspect_ratio", "values 1:1, 4:3, 2:3, 16:9, 9:16, 21:9"),
    ),
    "gone": (Z, ("seed\nnumber\n", ""), ("field_gone", "seed", "absent")),
    "integer": (Z, ("seed\nnumber\n", "seed\ninteger\n"), ("type", "seed", "type integer")),
    "renamed": (
        Z,
        ("denoising_strength\nnumber", "strength\nnumber"),
        ("field_renamed", "denoising_strength", "called strength"),
    ),
    "length": (Z, ("Maximum array length: 1", "Maximum array length: 4"), ("maxItems", "style_images", "maxItems 4")),
    "decided for documents only": (
        Z,
        ("styles\nobject[]\n", "styles\nobject[]\nMaximum array length: 3\n"),
        ("maxItems", "styles", "maxItems 3"),
    ),
    "null": (Z, ("string<uri> | null", "string<uri>"), ("type", "image_url", "type string")),
    "price": (Z, ("$0.003 per request", "$0.004 per request"), ("price", "price", "$0.004 per request")),
    "date": (
        Z,
        ("imageUrlimage_url2026-06-19", "imageUrlimage_url2027-01-01"),
        ("alias_date", "alias imageUrl", "until 2027-01-01"),
    ),
    "deprecated name": (Z, ("aspectRatioaspect_ratio2026-06-19\n", ""), ("alias_gone", "alias aspectRatio", "absent")),
    "new deprecated name": (
        G,
        ("imageUrlsimage_urls2026-06-19", "imageUrlsimage_urls2026-06-19\nmegaPixelsresolution2027-01-01"),
        ("alias_new", "alias megaPixels", "present"),
    ),
    "published price": (
        G,
        ("These aliases", "Pricing\n\nPrice: $0.05 per request\nThese aliases"),
        ("price", "price", "$0.05 per request"),
    ),
    "required": (G, ("width\nnumber\n", "width\nnumber\nrequired\n"), ("required", "width", "required")),
    "optional": (G, ("prompt\nstring\nrequired\n", "prompt\nstring\n"), ("required", "prompt", "optional")),
    "text": (
        G,
        ("Minimum string length: 1", "Required string length: 1 - 32000"),
        ("maxLength", "prompt", "maxLength 32000"),
    ),
    "value gone": (G, ("1K,\n2K,\n4K\n", "1K,\n2K\n"), ("enum", "resolution", "values 1K, 2K")),
    "new": (
        G,
        (
            "height\nnumber\n",
            "background\nenum<string>\ndefault:auto\nAvailable options:\nauto,\nopaque\nheight\nnumber\n",
        ),
        ("field_new", "background", "present"),
    ),
    "state": (
        G,
        ("failed,\ncancelled\n", "failed,\ncancelled,\nexpired\n"),
        (
            "answer_enum",
            "answer status",
            "values backlogged, queued, scheduled, processing, sampling, intermediate-complete, completed, failed, cancelled, expired",
        ),
    ),
}


@with_pages
@pytest.mark.parametrize(("name", "edit", "expected"), CHANGES.values(), ids=CHANGES)
def test_each_change_of_a_page_is_told_and_nothing_else(
    name: str, edit: Edit, expected: tuple[str, str, str], spec: Ours, differences_of: DifferencesOf
) -> None:
    text = (PAGES / name).read_text("utf-8")
    assert text.count(edit[0]) == 1
    assert differences_of(text.replace(*edit), spec) == [expected]


KINDS = ("image", "video", "enhance", "3d", "audio")
ERROR = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}
JOB = {
    "type": "object",
    "required": ["job_id", "status", "created_at", "completed_at", "result"],
    "properties": {
        "job_id": {"type": "string", "format": "uuid"},
        "status": {
            "type": "string",
            "enum": [
                "backlogged", "queued", "scheduled", "processing", "sampling", "intermediate-complete", "completed", "failed", "cancelled",
            ],
        },
        "created_at": {"type": "string", "format": "date-time"},
        "completed_at": {"type": "null"},
        "result": {"type": "null"},
        "error": {"type": "object", "properties": {"code": {"type": "string"}, "message": {"type": "string"}}},
    },
}  # fmt: skip  # a state on each line would be a page
WEBHOOK = {"name": "X-Webhook-URL", "in": "header", "schema": {"type": "string", "format": "uri"}}


def document(facts: Path) -> dict[str, Any]:
    """Return what facts/*.yaml say, but for the operations that are listed no more."""
    paths: dict[str, Any] = {}
    for kind in KINDS:
        for entry in yaml.safe_load((facts / f"generate-{kind}.yaml").read_text("utf-8")):
            if "listed_no_more" not in entry:
                paths[entry["path"]] = {"post": _generation(entry)}
    for entry in yaml.safe_load((facts / "platform.yaml").read_text("utf-8")):
        paths.setdefault(entry["path"], {})[entry["method"].lower()] = _platform(entry)
    return {"openapi": "3.1.0", "info": {"title": "Krea API", "version": "v1"}, "paths": paths}


def _generation(entry: dict[str, Any]) -> dict[str, Any]:
    body = {
        "type": "object",
        "additionalProperties": False,
        "required": entry["required"],
        "properties": {name: _schema(field) for name, field in entry["fields"].items()},
    }
    return {
        "parameters": [WEBHOOK],
        "requestBody": {"content": {"application/json": {"schema": body}}},
        "responses": {"200": _json(JOB), **{str(status): _json(ERROR) for status in (400, 401, 402, 429)}},
        "x-krea-deprecated-field-aliases": [
            {"from": old, "to": new, "sunset_date": "2026-06-19"} for old, new in entry.get("aliases", {}).items()
        ],
    }


def _platform(entry: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {"parameters": [], "responses": {}}
    for parameter in entry.get("parameters", []):
        schema = {key: value for key, value in parameter.items() if key not in ("in", "name", "required")}
        operation["parameters"].append(
            {"in": parameter["in"], "name": parameter["name"], "required": parameter["required"], "schema": schema}
        )
    if body := entry.get("body"):
        schema = {key: value for key, value in body.items() if key not in ("content_type", "required_body")}
        operation["requestBody"] = {"content": {body["content_type"]: {"schema": _schema(schema)}}}
    for status, answer in entry.get("responses", {}).items():
        schema = ERROR if answer == "Error" else answer
        operation["responses"][status] = (
            _json(_schema(schema)) if isinstance(schema, dict) else {"description": str(answer)}
        )
    return operation


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "-", "content": {"application/json": {"schema": schema}}}


def _schema(value: Any) -> Any:
    """Return a schema without the words that only the tables have."""
    if isinstance(value, list):
        return [_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    own = ("applies_when", "depends_on", "options_by_value", "note", "notes")
    schemas = {key: _schema(item) for key, item in value.items() if key not in own}
    if "fields" in schemas:
        schemas["properties"] = schemas.pop("fields")
    return schemas


@with_facts
def test_what_the_facts_say_otherwise_is_decided_and_every_decision_is_of_use(spec: Ours) -> None:
    origin = origins.understood("facts", json.dumps(document(FACTS)), spec.aliases)
    differences = [
        (short(verdict.name), difference)
        for verdict in verdicts(origin.statements, spec.statements, whole=True)
        for difference in verdict.differences
    ]
    untold = [
        (name, difference.text)
        for name, difference in differences
        if not any(row.covers("document", name, difference) for row in spec.known)
    ]
    idle = [
        row
        for row in spec.known
        if row.source == "document"
        and not any(row.covers("document", name, difference) for name, difference in differences)
    ]
    assert (untold, idle) == ([], [])
