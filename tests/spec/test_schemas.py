"""What the specification accepts and refuses, read by a JSON Schema library as anybody would."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from regenerate.bundle import bundle
from regenerate.references import subschemas
from regenerate.sources import read_folder
from regenerate.table import entries

from .. import facts

DOCUMENT = bundle(read_folder(Path(__file__).resolve().parents[2] / "spec")).document
SCHEMAS = {entry["model"]: entry["request_schema"] for entry in entries(DOCUMENT) if entry["model"]}
STRONGEST = facts.bound("z-image/z-image", "denoising_strength", "maximum")
Z_IMAGE = {"prompt": "a", "aspect_ratio": "1:1", "resolution": "1K"}


def complaints(schema: dict[str, Any], value: Any) -> set[tuple[str, str]]:
    """Return keyword and address of each complaint."""
    return {(error.validator, error.json_path) for error in jsonschema.Draft202012Validator(schema).iter_errors(value)}


def answer(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ({}, set()),
        ({"image_url": None, "seed": 1.5, "styles": [{"id": "s", "strength": 2, "new": True}] * 9}, set()),
        ({"image_url": "data:image/png;base64," + "A" * 4000}, set()),
        ({"aspect_ratio": "3:4"}, {("enum", "$.aspect_ratio")}),
        ({"aspectRatio": "1:1"}, {("additionalProperties", "$")}),
        ({"denoising_strength": STRONGEST + 0.1}, {("maximum", "$.denoising_strength")}),
        ({"styles": [{"id": "s", "strength": 3}]}, {("maximum", "$.styles[0].strength")}),
        ({"styles": [{"id": "s"}]}, {("required", "$.styles[0]")}),
        ({"style_images": [{"strength": 1}, {"strength": 1}]}, {("maxItems", "$.style_images")}),
        ({"seed": "7", "prompt": None}, {("type", "$.seed"), ("type", "$.prompt")}),
    ],
)
def test_z_image_requests(more: dict[str, Any], complaint: set[tuple[str, str]]) -> None:
    assert complaints(SCHEMAS["image/z-image/z-image"], {**Z_IMAGE, **more}) == complaint


def test_a_request_needs_its_required_fields() -> None:
    assert complaints(SCHEMAS["image/z-image/z-image"], {}) == {("required", "$")}
    assert complaints(SCHEMAS["image/openai/gpt-image-2"], {"prompt": ""}) == {("minLength", "$.prompt")}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"completed_at": None, "result": None, "error": {"code": "nsfw", "message": "no"}, "type": "image"},
        {"result": {"urls": ["https://example.com/a.png"]}},
        {"result": {"urls": [{"type": "model", "url": "https://example.com/a.glb"}]}},
        {"result": {"urls": {"a": "https://example.com/a", "b": ["https://example.com/b"]}}},
        {"result": {"style_id": "s", "error": "no", "more": 1}, "more": 1},
    ],
)
def test_every_documented_shape_of_a_job_is_one_schema(more: dict[str, Any]) -> None:
    job = {"job_id": "j", "status": "queued", "created_at": "2026-10-09T12:00:00Z", **more}
    assert complaints(answer("Job"), job) == set()
    assert complaints(answer("JobPage"), {"items": [job], "next_cursor": None}) == set()


def test_the_states_of_a_job_are_closed_in_the_document() -> None:
    job = {"job_id": "j", "status": "reticulating", "created_at": "2026-10-09T12:00:00Z"}
    assert complaints(answer("Job"), job) == {("enum", "$.status")}


def test_every_address_in_a_request_takes_media() -> None:
    """Local files are looked for only where the specification says so."""
    for entry in entries(DOCUMENT):
        schema = entry["request_schema"] or {}
        for name, part in {"": schema, **schema.get("$defs", {})}.items():
            for where, field in subschemas(part, name):
                assert field.get("format") != "uri" or field.get("x-krea-media"), (entry["operation_id"], where)


def test_a_training_is_of_one_form_or_the_other() -> None:
    (schema,) = [entry["request_schema"] for entry in entries(DOCUMENT) if entry["operation_id"] == "train_style"]
    training = {"name": "a", "urls": ["https://example.com/a.png"]}
    assert complaints(schema, training) == set()
    assert complaints(schema, {**training, "model": "k2-large", "type": "Object"}) == set()
    assert complaints(schema, {**training, "model": "wan", "type": "Default", "batch_size": 1}) == set()
    assert complaints(schema, {**training, "model": "qwen", "batch_size": 1}) == {("anyOf", "$")}
    assert complaints(schema, {**training, "model": "qwen", "type": "Default"}) == {("anyOf", "$")}
