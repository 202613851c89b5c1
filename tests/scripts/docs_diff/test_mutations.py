"""Changes of the provider's document, each told exactly and nothing beside it, through the reading that both commands share."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from krea_client.cli.document_diff.comparison import verdicts
from krea_client.cli.document_diff.grouping import grouped
from krea_client.cli.document_diff.openapi_reader import statements
from prove_adoption.provider_shape import provider_shape

from .changed_documents import (
    ALIASES,
    JOB,
    KLING,
    MODEL,
    OWN_DOCUMENT,
    ROOT,
    TEXT,
    TOPAZ,
    Z_IMAGE,
    Difference,
    Document,
    answer,
    body,
    differences,
    field,
    operation,
)


def put(name: str, path: str = Z_IMAGE, **facts: Any) -> Callable[[Document], object]:
    return lambda document: field(document, name, path).update(facts)


def drop(name: str, fact: str) -> Callable[[Document], object]:
    return lambda document: field(document, name).pop(fact)


GUIDES = {"type": "array", "items": {"type": "object", "properties": {"weight": {"type": "number"}}}}
STATES = OWN_DOCUMENT["components"]["schemas"]["JobStatus"]["enum"]
# What changes in the provider's document, where that is told, and as what.
MUTATIONS: dict[str, tuple[Callable[[Document], object], str, list[Difference]]] = {
    "minimum": (put("denoising_strength", minimum=0.1), MODEL, [("minimum", "denoising_strength", "minimum 0.1")]),
    "maximum": (put("denoising_strength", maximum=0.9), MODEL, [("maximum", "denoising_strength", "maximum 0.9")]),
    "no minimum": (drop("denoising_strength", "minimum"), MODEL, [("minimum", "denoising_strength", "no minimum")]),
    "exclusive": (put("seed", exclusiveMinimum=0), MODEL, [("exclusiveMinimum", "seed", "exclusiveMinimum 0")]),
    "multiple": (put("seed", multipleOf=2), MODEL, [("multipleOf", "seed", "multipleOf 2")]),
    "length": (put("prompt", maxLength=1800), MODEL, [("maxLength", "prompt", "maxLength 1800")]),
    "least length": (put("prompt", minLength=1), MODEL, [("minLength", "prompt", "minLength 1")]),
    "pattern": (put("prompt", pattern="^a"), MODEL, [("pattern", "prompt", "pattern ^a")]),
    "items": (put("style_images", maxItems=4), MODEL, [("maxItems", "style_images", "maxItems 4")]),
    "least items": (put("styles", minItems=1), MODEL, [("minItems", "styles", "minItems 1")]),
    "unique items": (put("styles", uniqueItems=True), MODEL, [("uniqueItems", "styles", "uniqueItems true")]),
    "default": (put("denoising_strength", default=0.5), MODEL, [("default", "denoising_strength", "default 0.5")]),
    "no default": (
        drop("skip_prompt_expansion", "default"),
        MODEL,
        [("default", "skip_prompt_expansion", "no default")],
    ),
    "default of a seed": (put("seed", default=4), MODEL, []),
    "format": (put("prompt", format="uri"), MODEL, [("format", "prompt", "format uri")]),
    "type": (put("seed", type="integer"), MODEL, [("type", "seed", "type integer")]),
    "null": (put("seed", type=["number", "null"]), MODEL, [("type", "seed", "type null, number")]),
    "new value": (
        lambda document: field(document, "resolution")["enum"].append("2K"),
        MODEL,
        [("enum", "resolution", "values 1K, 2K")],
    ),
    "value left": (
        lambda document: field(document, "mode", KLING)["enum"].remove("std"),
        "video/kling/kling-1",
        [("enum", "mode", "values pro")],
    ),
    "new number": (
        lambda document: field(document, "duration", KLING)["anyOf"].append({"type": "number", "const": 15}),
        "video/kling/kling-1",
        [("enum", "duration", "values 5, 10, 15")],
    ),
    "new field": (
        lambda document: body(document)["properties"].update(mood={"type": "string"}),
        MODEL,
        [("field_new", "mood", "present")],
    ),
    "new nested field": (
        lambda document: body(document)["properties"].update(guides=GUIDES),
        MODEL,
        [("field_new", "guides", "present")],
    ),
    "field left": (
        lambda document: body(document)["properties"].pop("seed"),
        MODEL,
        [("field_gone", "seed", "absent")],
    ),
    "inner field left": (
        lambda document: field(document, "styles")["items"]["properties"].pop("strength"),
        MODEL,
        [("field_gone", "styles[].strength", "absent")],
    ),
    "required": (lambda document: body(document)["required"].append("seed"), MODEL, [("required", "seed", "required")]),
    "optional": (
        lambda document: body(document)["required"].remove("prompt"),
        MODEL,
        [("required", "prompt", "optional")],
    ),
    "open body": (
        lambda document: body(document).pop("additionalProperties"),
        MODEL,
        [("closed", "(body)", "not closed")],
    ),
    "deprecated field": (put("seed", deprecated=True), MODEL, [("deprecated", "seed", "deprecated")]),
    "deprecated": (
        lambda document: operation(document).update(deprecated=True),
        MODEL,
        [("deprecation", "deprecated", "deprecated")],
    ),
    "sunset in prose": (
        lambda document: operation(document).update(description="Warning: sunset on 2027-03-01. Use another."),
        MODEL,
        [("sunset", "sunset", "2027-03-01")],
    ),
    "new alias": (
        lambda document: operation(document)[ALIASES].append(
            {"from": "noise", "to": "denoising_strength", "sunset_date": "2027-01-01"}
        ),
        MODEL,
        [("alias_new", "alias noise", "present")],
    ),
    "alias left": (
        lambda document: operation(document)[ALIASES].pop(),
        MODEL,
        [("alias_gone", "alias styleImages", "absent")],
    ),
    "end of an alias": (
        lambda document: operation(document)[ALIASES][0].update(sunset_date="2027-01-01"),
        MODEL,
        [("alias_date", "alias presetStyles", "until 2027-01-01")],
    ),
    "condition": (
        put("grain_size", TOPAZ, **{"x-krea-visible-when": {"grain": False}}),
        "enhance/topaz/video-upscale",
        [("x-krea-applies-when", "grain_size", 'x-krea-applies-when {"grain": false}')],
    ),
    "unknown keyword": (
        lambda document: body(document).update({"not": {"required": ["seed"]}}),
        MODEL,
        [
            (
                "not_understood",
                "requestBody/content/application/json/schema/not",
                "the keyword not is not understood",
            )
        ],
    ),
    "one of several fields": (
        lambda document: body(document).update(anyOf=[{"required": ["image_url"]}, {"required": ["seed"]}]),
        MODEL,
        [("needs any of", "(body)", "needs any of image_url, seed")],
    ),
    "server": (
        lambda document: document["servers"][0].update(url="https://api2.example.com"),
        "(document)",
        [("extension", "servers", "https://api2.example.com")],
    ),
    "webhooks": (
        lambda document: document.update(webhooks={"jobDone": {"post": {}}}),
        "(document)",
        [("extension", "webhook jobDone", "true")],
    ),
    "extension at the top": (
        lambda document: document.update({"x-rate-limit": 60}),
        "(document)",
        [("extension", "x-rate-limit", "60")],
    ),
    "extension": (
        lambda document: operation(document).update({"x-beta": True}),
        MODEL,
        [("extension", "x-beta", "true")],
    ),
    "status left": (
        lambda document: operation(document)["responses"].pop("402"),
        MODEL,
        [("status_gone", "status 402", "absent")],
    ),
    "new status": (
        lambda document: operation(document)["responses"].update({"503": {"description": "-"}}),
        MODEL,
        [("status_new", "status 503", "present")],
    ),
    "header of the answer": (
        lambda document: operation(document)["responses"]["200"].update(headers={"Retry-After": {}}),
        MODEL,
        [("header_new", "header of the answer Retry-After", "present")],
    ),
    "new field of the answer": (
        lambda document: answer(document)["properties"].update(cost={"type": "number"}),
        MODEL,
        [("answer_field_new", "answer cost", "present")],
    ),
    "field of the answer left": (
        lambda document: answer(document, JOB, "get")["properties"].pop("completed_at"),
        "GET /jobs/{id}",
        [("answer_field_gone", "answer completed_at", "absent")],
    ),
    "new state": (
        lambda document: answer(document)["properties"]["status"]["enum"].append("paused"),
        MODEL,
        [("answer_enum", "answer status", f"values {', '.join([*STATES, 'paused'])}")],
    ),
    "new parameter": (
        lambda document: operation(document)["parameters"].append(
            {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}
        ),
        MODEL,
        [("parameter_new", "header X-Trace", "present")],
    ),
    "parameter left": (
        lambda document: operation(document)["parameters"].clear(),
        MODEL,
        [("parameter_gone", "header X-Webhook-URL", "absent")],
    ),
    "operation left": (lambda document: document["paths"].pop(Z_IMAGE), MODEL, [("operation_gone", "", "absent")]),
    "new operation": (
        lambda document: document["paths"].update({"/generate/image/a/b": copy.deepcopy(document["paths"][Z_IMAGE])}),
        "image/a/b",
        [("operation_new", "", "present")],
    ),
    "broken operation": (
        lambda document: operation(document).update(parameters=[{"in": "header"}]),
        MODEL,
        [("not_understood", "parameters/0", "a parameter without 'name'")],
    ),
    "wording": (lambda document: operation(document).update(summary="Better", description="Nicer"), MODEL, []),
    "title": (put("seed", title="Seed"), MODEL, []),
}


def test_the_document_without_a_change_differs_in_nothing() -> None:
    assert differences(json.loads(TEXT)) == []


@pytest.mark.parametrize(("change", "where", "expected"), MUTATIONS.values(), ids=MUTATIONS)
def test_a_change_is_told_exactly(change: Callable[[Document], object], where: str, expected: list[Difference]) -> None:
    document = json.loads(TEXT)
    change(document)
    assert differences(document) == [(where, difference) for difference in expected]


def test_one_thing_that_is_not_understood_hides_nothing_else() -> None:
    document = json.loads(TEXT)
    body(document)["not"] = {}
    operation(document, KLING)["parameters"] = [{"in": "header"}]
    field(document, "denoising_strength")["maximum"] = 0.9
    reported = differences(document)
    assert (MODEL, ("maximum", "denoising_strength", "maximum 0.9")) in reported
    assert [kind for _, (kind, _, _) in reported].count("not_understood") == 2


def test_equal_differences_of_many_operations_are_one_line() -> None:
    document = json.loads(TEXT)
    provider_document = provider_shape(json.loads((ROOT / "generated" / "openapi.json").read_text("utf-8")))
    document["paths"] = {
        path: item for path, item in provider_document["paths"].items() if path.startswith("/generate/3d/")
    }
    own_statements = {
        **OWN_DOCUMENT,
        "paths": {
            path: json.loads((ROOT / "generated" / "openapi.json").read_text("utf-8"))["paths"][path]
            for path in document["paths"]
        },
    }
    for path in document["paths"]:
        answer(document, path)["properties"]["cost"] = {"type": "number"}
    groups, single = grouped(verdicts(statements(document), statements(own_statements), whole=True))
    assert [(group.difference.about, len(group.verdicts)) for group in groups] == [
        ("answer cost", len(own_statements["paths"]))
    ]
    assert not any(verdict.differences for verdict in single)
    assert str(groups[0]).startswith(f"{len(own_statements['paths'])} operations: new field in the answer: cost")
