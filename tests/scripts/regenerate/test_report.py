from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from regenerate.change_report import report

from ... import facts

Z_IMAGE = "/generate/image/z-image/z-image"
STRENGTH = facts.fields("z-image/z-image")["denoising_strength"]
PRICING = ", ".join(f"{name} {value}" for name, value in facts.operation("z-image/z-image")["x-krea-pricing"].items())
Change = Callable[[Any], object]


def test_nothing_is_said_when_nothing_changed(document: dict[str, Any]) -> None:
    assert report(document, deepcopy(document)) == []


CHANGES: list[tuple[Change, list[str]]] = [
    (
        lambda part: part.document["paths"].pop(Z_IMAGE),
        [f"generate_z_image: operation gone, was POST {Z_IMAGE}"],
    ),
    (
        lambda part: part.fields.update(size={"type": "string"}),
        ["generate_z_image: new field size"],
    ),
    (lambda part: part.fields.pop("seed"), ["generate_z_image: field seed is gone"]),
    (
        lambda part: part.fields["denoising_strength"].update(maximum=9, default=0.1),
        [
            f"generate_z_image: denoising_strength: default was {STRENGTH['default']}, is 0.1",
            f"generate_z_image: denoising_strength: maximum was {STRENGTH['maximum']}, is 9",
        ],
    ),
    (
        lambda part: part.document["components"]["schemas"]["ZImageRequest"]["required"].append("seed"),
        ["generate_z_image: seed: required was False, is True"],
    ),
    (
        lambda part: part.document["components"]["schemas"]["ZImageResolution"]["enum"].append("2K"),
        ["generate_z_image: resolution: enum was 1K, is 1K, 2K"],
    ),
    (
        lambda part: part.document["components"]["schemas"]["StyleReference"]["properties"]["strength"].pop("minimum"),
        ["generate_z_image: styles[].strength: minimum was -2, is not given"],
    ),
    (
        lambda part: part.operation["x-krea-deprecated-field-aliases"].pop(0),
        ["generate_z_image: alias presetStyles is gone"],
    ),
    (
        lambda part: part.operation["x-krea-deprecated-field-aliases"][0].update(sunset_date="2027-01-01"),
        [
            "generate_z_image: alias presetStyles was to styles, sunset_date 2026-06-19, is to styles, sunset_date 2027-01-01"
        ],
    ),
    (
        lambda part: part.operation.update({"x-krea-pricing": {"amount": 1}}),
        [f"generate_z_image: pricing was {{{PRICING}}}, is {{amount 1}}"],
    ),
    (lambda part: part.operation.update(deprecated=True), ["generate_z_image: deprecated was False, is True"]),
    (
        lambda part: part.operation["responses"].pop("410"),
        ["generate_z_image: answers status 410 is gone"],
    ),
    (
        lambda part: part.document["paths"]["/jobs"]["get"]["parameters"][1]["schema"].update(maximum=500),
        ["list_jobs: limit: maximum was 1000, is 500"],
    ),
    (
        lambda part: part.document["components"]["schemas"]["Job"]["properties"].update(cost={"type": "number"}),
        ["Job: new field cost"],
    ),
    (
        lambda part: part.document["components"]["schemas"]["JobResult"]["properties"]["urls"]["anyOf"][0]["items"][
            "anyOf"
        ][1].pop("format"),
        ["JobResult: urls<1>[]<2>: format was uri, is not given"],
    ),
    (
        lambda part: part.document["components"]["schemas"]["ZImageRequest"].update(additionalProperties=True),
        ["generate_z_image: (as a whole): additionalProperties was False, is True"],
    ),
    (lambda part: part.document["info"].update(summary="New."), ["only wording or order changed"]),
    (
        lambda part: part.document["x-krea-gone-models"].append(
            {"model": "video/a", "sunset": None, "replacement": None}
        ),
        ["new gone model video/a"],
    ),
]


@pytest.mark.parametrize(
    ("change", "lines"), CHANGES, ids=[lines[0].partition(": ")[2] or lines[0] for _, lines in CHANGES]
)
def test_each_change_is_said_once_in_words(part: Any, change: Change, lines: list[str]) -> None:
    old = deepcopy(part.document)
    change(part)
    assert report(old, part.document) == lines


def test_the_other_way_round_a_lost_operation_is_a_new_one(document: dict[str, Any]) -> None:
    old = deepcopy(document)
    del old["paths"][Z_IMAGE]
    assert report(old, document) == [f"generate_z_image: new operation, POST {Z_IMAGE}"]
