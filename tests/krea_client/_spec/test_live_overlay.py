"""What a document of the API adds to the catalogue, and which documents add nothing."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from krea_client._spec.catalogue import Catalogue, Operation, catalogue
from krea_client._spec.document_source import UnusableDocument
from krea_client._spec.live_overlay import Overlay, overlay, parsed
from krea_client._spec.overlay_files import catalogue_of, read, written
from krea_client._transport.live_catalogue import decided
from prove_adoption.provider_shape import provider_shape

from .published import MODEL, NEW, Document, body, bundled_document, inlined_document, operation, with_new_model

DAY = date(2026, 11, 29)


def taken(document: Document) -> Overlay:
    return overlay(document, catalogue(), DAY, decided())


def models(document: Document) -> Catalogue:
    return catalogue_of(taken(document))


def schema(of: Operation, field: str) -> dict[str, Any]:
    properties: dict[str, Any] = (of.schema or {})["properties"]
    part: dict[str, Any] = properties[field]
    return part


@pytest.mark.parametrize("document", [inlined_document(), bundled_document(), provider_shape(bundled_document())])
def test_a_document_that_says_what_this_version_says_adds_nothing(document: Document) -> None:
    overlay = taken(document)
    assert overlay.index["live"] == {"day": "2026-11-29", "new": [], "changed": [], "gone": [], "left_out": []}
    assert overlay.entries == {}


def test_a_new_model_is_known_with_fields_aliases_and_places_for_files() -> None:
    new = models(with_new_model()).of_model("krea/krea-9")
    assert new.path == f"/generate/{NEW}"
    assert new.fields == ("prompt", "size", "image_urls", "strength", "layers")
    assert new.aliases["imageUrls"].new == "image_urls"
    assert new.media == (("image_urls", "[]"),)
    assert new.details["pricing"] is None
    assert new.details["examples"] == [{"prompt": "...", "size": "1k"}]


CHANGES: list[tuple[str, Callable[[Document], object], str, Any]] = [
    ("a bound", lambda field: field.update(maximum=0.5), "maximum", 0.5),
    ("a bound less", lambda field: field.pop("minimum"), "minimum", None),
    ("a default", lambda field: field.update(default=0.25), "default", 0.25),
    ("a type", lambda field: field.update(type=["number", "null"]), "type", ["number", "null"]),
    ("a choice", lambda field: field.update(enum=[0, 0.5, 1]), "enum", [0, 0.5, 1]),
    ("a multiple", lambda field: field.update(multipleOf=0.1), "multipleOf", 0.1),
]


@pytest.mark.parametrize(("change", "keyword", "value"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_changed_fact_holds(change: Callable[[Document], object], keyword: str, value: Any) -> None:
    document = inlined_document()
    change(body(document)["properties"]["denoising_strength"])
    overlay = taken(document)
    assert overlay.index["live"]["changed"] == [MODEL]
    changed = catalogue_of(overlay).of_model(MODEL)
    assert schema(changed, "denoising_strength").get(keyword) == value
    assert changed.details["pricing"] == catalogue().of_model(MODEL).details["pricing"]
    assert schema(changed, "prompt")["description"]


def test_new_left_and_required_fields_hold() -> None:
    document = inlined_document()
    request = body(document)
    request["properties"]["mask_url"] = {"type": "string", "format": "uri"}
    request["required"].append("mask_url")
    del request["properties"]["skip_prompt_expansion"]
    changed = models(document).of_model(MODEL)
    assert ("mask_url",) in changed.media
    assert "mask_url" in (changed.schema or {})["required"]
    assert changed.retired["skip_prompt_expansion"].gone_by == "2026-11-29"


def test_new_alias_rows_join_the_known_ones() -> None:
    document = inlined_document()
    operation(document)["x-krea-deprecated-field-aliases"] = [
        {"from": "denoise", "to": "denoising_strength", "sunset_date": "2027-03-01"}
    ]
    aliases = models(document).of_model(MODEL).aliases
    assert aliases.keys() == catalogue().of_model(MODEL).aliases.keys() | {"denoise"}
    assert aliases["denoise"].sunset == date(2027, 3, 1)


def test_deprecated_and_missing_models_are_marked() -> None:
    document = inlined_document()
    operation(document)["deprecated"] = True
    del document["paths"]["/generate/image/krea/krea-2/large"]
    overlay = taken(document)
    assert overlay.index["live"]["gone"] == ["image/krea/krea-2/large"]
    with_it = catalogue_of(overlay)
    assert "calls the model deprecated" in with_it.of_model(MODEL).details["live_notice"]
    assert "does not list the model" in with_it.of_model("krea/krea-2/large").details["live_notice"]


def test_a_part_of_the_document_says_nothing_of_other_models() -> None:
    document = with_new_model()
    document["paths"] = {f"/generate/{NEW}": document["paths"][f"/generate/{NEW}"]}
    expected = {"day": "2026-11-29", "new": [NEW], "changed": [], "gone": [], "left_out": []}
    assert taken(document).index["live"] == expected


def test_the_random_default_of_a_seed_is_no_default() -> None:
    document = with_new_model()
    body(document, NEW)["properties"]["seed"] = {"type": "integer", "default": 823423}
    assert schema(models(document).of_model(NEW), "seed") == {"type": "integer"}


def test_unknown_keywords_are_left_out() -> None:
    document = with_new_model()
    body(document, NEW)["properties"]["prompt"] |= {"x-new": 1, "if": {"const": "x"}, "novel": [1]}
    assert schema(models(document).of_model(NEW), "prompt") == {"type": "string", "minLength": 1}


def test_the_words_of_a_document_cannot_steer_a_terminal() -> None:
    document = with_new_model()
    operation(document, NEW)["summary"] = "Good\x1b[2J\nnews"
    assert models(document).of_model(NEW).details["summary"] == "Good [2J news"


def nested(depth: int) -> Document:
    return {"type": "array", "items": nested(depth - 1)} if depth else {"type": "string"}


def circle(document: Document) -> None:
    document["components"]["schemas"] = {"A": {"properties": {"a": {"$ref": "#/components/schemas/A"}}}}
    body(document, NEW)["properties"]["prompt"] = {"$ref": "#/components/schemas/A"}


def laughs(document: Document) -> None:
    schemas = {"L0": {"type": "string"}}
    for level in range(1, 20):
        one = {"$ref": f"#/components/schemas/L{level - 1}"}
        schemas[f"L{level}"] = {"type": "object", "properties": dict.fromkeys("abcdefgh", one)}  # type: ignore[dict-item]  # any schema
    document["components"]["schemas"] = schemas
    body(document, NEW)["properties"]["prompt"] = {"$ref": "#/components/schemas/L19"}


def prompt(**facts: Any) -> Callable[[Document], None]:
    return lambda document: body(document, NEW)["properties"]["prompt"].update(facts)


def alias(**row: Any) -> Callable[[Document], None]:
    return lambda document: operation(document, NEW).update({"x-krea-deprecated-field-aliases": [row]})


def path(name: str) -> Callable[[Document], None]:
    return lambda document: document["paths"].update({name: document["paths"][f"/generate/{NEW}"]})


def renamed_back(document: Document) -> None:
    properties = body(document)["properties"]
    properties["aspectRatio"] = properties.pop("aspect_ratio")
    operation(document).pop("x-krea-deprecated-field-aliases", None)
    body(document)["required"] = ["prompt", "aspectRatio", "resolution"]


UNUSABLE: dict[str, tuple[Callable[[Document], object], str]] = {
    "no OpenAPI": (lambda document: document.pop("openapi"), "no OpenAPI 3"),
    "no paths": (lambda document: document.pop("paths"), "paths"),
    "a deeply nested schema": (prompt(anyOf=[nested(50)]), "too deeply nested"),
    "a reference to nowhere": (prompt(**{"$ref": "#/components/schemas/No"}), "must be an object"),
    "a reference to another host": (prompt(**{"$ref": "https://evil.example/a"}), "out of the document"),
    "references that multiply": (laughs, "too many"),
    "a bound of a wrong type": (prompt(minimum="5"), "finite number"),
    "a bound that is not finite": (prompt(maximum=float("inf")), "finite number"),
    "a length below 0": (prompt(maxLength=-1), "whole number"),
    "an unknown type": (prompt(type="text"), "types of JSON Schema"),
    "a slow pattern": (prompt(pattern="^(a+)+$"), "surely fast"),
    "a schema that is text": (
        lambda document: body(document, NEW)["properties"].update(prompt="x"),
        "must be an object",
    ),
    "a name of a field with escapes": (
        lambda document: body(document, NEW)["properties"].update({"\x1b[2J": {}}),
        "no name",
    ),
    "a required field that there is not": (
        lambda document: body(document, NEW)["required"].append("no"),
        "is required",
    ),
    "another server": (lambda document: document.update(servers=[{"url": "https://evil.example"}]), "another server"),
    "a path that climbs": (path("/generate/image/../jobs"), "no path of a model"),
    "a path with escapes": (path("/generate/image/\x1b[2J"), "no path of a model"),
    "an alias without a date": (alias(**{"from": "a", "to": "b"}), "from, to and sunset_date"),
    "an older version": (lambda document: document["info"].update(version="2026-05-25"), "older than this version"),
    "deprecated names as fields": (renamed_back, "older than this version"),
}


def without_prompt(document: Document) -> None:
    body(document, NEW)["properties"].pop("prompt")
    body(document, NEW)["required"].remove("prompt")


def in_parts(document: Document) -> None:
    prompt_part = {
        "type": "object",
        "required": ["prompt"],
        "properties": {"prompt": {"type": "string", "minLength": 1}},
    }
    without_prompt(document)
    request = operation(document, NEW)["requestBody"]["content"]["application/json"]
    request["schema"] = {"allOf": [prompt_part, request["schema"]]}


def by_reference(document: Document) -> None:
    item = document["paths"][f"/generate/{NEW}"]
    document["components"] |= {"requestBodies": {"New": item["post"]["requestBody"]}, "pathItems": {"New": item}}
    item["post"]["requestBody"] = {"$ref": "#/components/requestBodies/New"}
    document["paths"][f"/generate/{NEW}"] = {"$ref": "#/components/pathItems/New"}


def with_charset(document: Document) -> None:
    content = operation(document, NEW)["requestBody"]["content"]
    content["application/json; charset=utf-8"] = content.pop("application/json")


# Honest ways of writing a document: the new model is known with all its fields whatever they are.
HONEST: dict[str, Callable[[Document], object]] = {
    "a request in parts": in_parts,
    "path and request by reference": by_reference,
    "a media type with a parameter": with_charset,
    "a path of a status": lambda document: document["paths"].update({"/generate/status": {"get": {}}}),
    "a path of all models": path("/generate/{kind}/{model}"),
    "a path of a batch": lambda document: document["paths"].update(
        {
            "/generate/batch": {
                "post": {"requestBody": {"content": {"application/json": {"schema": {"type": "array", "items": {}}}}}}
            }
        }
    ),
    "a second server": lambda document: document["servers"].append({"url": "https://eu.example"}),
    "a server with a variable": lambda document: document.update(
        servers=[{"url": "https://{place}.krea.ai", "variables": {"place": {"default": "api"}}}]
    ),
    "a pattern with a lookahead": prompt(pattern="^(?!http)"),
    "a pattern of another language": prompt(pattern=r"^\p{L}+$"),
    "fields that must not be given": lambda document: body(document, NEW)["properties"]["layers"]["items"][
        "properties"
    ].update(old=False),
    "an end with a time": alias(**{"from": "imageUrls", "to": "image_urls", "sunset_date": "2027-01-31T00:00:00Z"}),
    "a deprecated name that is still a field": lambda document: operation(document, NEW)[
        "x-krea-deprecated-field-aliases"
    ].append({"from": "size", "to": "resolution", "sunset_date": "2027-01-31"}),
}


@pytest.mark.parametrize("change", HONEST.values(), ids=HONEST)
def test_honest_ways_of_writing_a_document_are_understood(change: Callable[[Document], object]) -> None:
    document = with_new_model()
    change(document)
    overlay = taken(document)
    new = catalogue_of(overlay).of_model("krea/krea-9")
    assert set(new.fields) == {"prompt", "size", "image_urls", "strength", "layers"}
    assert (new.schema or {})["required"] == ["prompt", "size"]
    assert new.aliases["imageUrls"].sunset == date(2027, 1, 31)
    assert overlay.index["live"]["changed"] == overlay.index["live"]["gone"] == []


def other_media_type(model: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        content = operation(document, model)["requestBody"]["content"]
        content["multipart/form-data"] = content.pop("application/json")

    return change


def variants(document: Document) -> None:
    request = operation(document, NEW)["requestBody"]["content"]["application/json"]
    request["schema"] = {"oneOf": [request["schema"], {"type": "object", "properties": {"url": {"type": "string"}}}]}


def without_fields(document: Document) -> None:
    operation(document, NEW)["requestBody"]["content"]["application/json"]["schema"] = {"type": "object"}


UNSUPPORTED: dict[str, tuple[Callable[[Document], object], str]] = {
    "another media type": (other_media_type(NEW), "its body is no JSON"),
    "variants": (variants, "no object with fields"),
    "no fields": (without_fields, "no object with fields"),
    "a circle": (circle, "leads in a circle"),
    "an enormous enumeration": (prompt(enum=[str(number) for number in range(9_999)]), "more than 2000 choices"),
    "choices that are objects": (prompt(enum=[{"width": 1}, {"width": 2}]), "choices that are lists or objects"),
    "a choice that is a list": (prompt(enum=[[1, 2]]), "choices that are lists or objects"),
    "one choice that is an object": (prompt(const={"width": 1}), "choices that are lists or objects"),
}


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_a_model_in_a_form_that_is_not_supported_is_left_out_alone(name: str) -> None:
    change, words = UNSUPPORTED[name]
    document = with_new_model()
    body(document)["properties"]["denoising_strength"]["maximum"] = 0.5
    change(document)
    overlay = taken(document)
    live = overlay.index["live"]
    assert (live["new"], live["changed"], live["left_out"]) == ([], [MODEL], [NEW])
    assert words in overlay.left_out[NEW]
    assert overlay.left_out[NEW].isprintable()


def test_a_known_model_in_such_a_form_stays_as_it_is() -> None:
    document = inlined_document()
    other_media_type(MODEL)(document)
    overlay = taken(document)
    assert (overlay.index["live"]["left_out"], overlay.index["live"]["gone"]) == ([MODEL], [])
    assert catalogue_of(overlay).of_model(MODEL).details == catalogue().of_model(MODEL).details


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_no_honest_document_holds_is_refused_in_one_line(name: str) -> None:
    change, words = UNUSABLE[name]
    document = with_new_model()
    change(document)
    with pytest.raises(UnusableDocument) as refusal:
        taken(document)
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"<html>", "not JSON"),
        (b'{"openapi": NaN}', "NaN"),
        (b"[" * 100_000, "nested too deeply"),
        (b"\xff\xfe", "not JSON"),
        (b" " * (16 * 2**20 + 1), "16 MB"),
    ],
    ids=["HTML", "NaN", "deep", "bytes", "huge"],
)
def test_a_text_that_is_no_document_is_refused(text: bytes, words: str) -> None:
    with pytest.raises(UnusableDocument, match=words):
        parsed(text)


def test_the_compact_form_says_the_same_and_shows_damage() -> None:
    content = written(taken(with_new_model()), "digest")
    file = read(content)
    assert file is not None
    assert file.document == "digest"
    assert file.catalogue.of_model(NEW).fields == models(with_new_model()).of_model(NEW).fields
    assert file.catalogue.of_model(MODEL).details == catalogue().of_model(MODEL).details
    assert read(content[:-9]) is None
    assert read(content.replace(b'"maximum":1', b'"maximum":9')) is None
    assert read(b"") is None
    assert len(content) < 0.2 * len(json.dumps(inlined_document()))
