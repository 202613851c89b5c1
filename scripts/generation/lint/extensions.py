"""Rules for the x-krea- extensions, which spec/EXTENSIONS.md describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from ..bundle import Document
from ..sources import Address
from ..table import entries, operations

Findings = Iterator[tuple[Address, str]]
DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
DAY_MONTH_OR_YEAR = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
NAME = {"type": "string", "minLength": 1}
MODEL = {"type": "string", "pattern": r"^[a-z0-9-]+(/[a-z0-9.-]+)+(/\*)?$"}


def _rows(required: dict[str, Any], optional: dict[str, Any]) -> dict[str, Any]:
    row = {"properties": {**required, **optional}, "required": list(required), "additionalProperties": False}
    return {"type": "array", "minItems": 1, "items": row}


SHAPES: dict[str, Any] = {
    "x-krea-captured": DAY,
    "x-krea-typical-seconds": {"type": "number", "exclusiveMinimum": 0},
    "x-krea-pricing": {
        "properties": {
            "currency": {"const": "USD"},
            "amount": {"type": "number"},
            "per": NAME,
            "read": DAY_MONTH_OR_YEAR,
        },
        "required": ["currency", "amount", "per", "read"],
        "additionalProperties": False,
    },
    "x-krea-deprecated-field-aliases": _rows({"from": NAME, "to": NAME, "sunset_date": DAY}, {}),
    "x-krea-retired-fields": _rows(
        {"name": NAME, "last_seen": DAY_MONTH_OR_YEAR, "gone_by": DAY_MONTH_OR_YEAR}, {"use": NAME}
    ),
    "x-krea-gone-models": _rows(
        {
            "model": MODEL,
            "sunset": {"anyOf": [DAY, {"type": "null"}]},
            "replacement": {"anyOf": [MODEL, {"type": "null"}]},
        },
        {},
    ),
    "x-krea-media": {"const": True},
}
_VALIDATORS = {name: Draft202012Validator(shape) for name, shape in SHAPES.items()}


def extensions_are_known_and_well_formed(document: Document) -> Findings:
    """An extension that nobody reads is a typing mistake."""
    for address, name, value in _extensions(document, ()):
        if name not in SHAPES:
            yield (*address, name), f"is not one of {', '.join(SHAPES)}"
        else:
            for error in _VALIDATORS[name].iter_errors(value):
                yield (*address, name, *error.absolute_path), error.message


def media_are_strings(document: Document) -> Findings:
    """x-krea-media stands on the string that takes the URL, not on the list of them."""
    for address, name, _ in _extensions(document, ()):
        if name == "x-krea-media":
            schema: Any = document
            for step in address:
                schema = schema[step]
            types = schema.get("type")
            if "string" not in (types if isinstance(types, list) else [types]):
                yield address, "x-krea-media belongs on a string"


def old_names_lead_somewhere(document: Document) -> Findings:
    """An alias or retired name is no field; an alias leads to a field, or to a retired name that tells more."""
    for address, entry in _with_addresses(document):
        fields = (entry["request_schema"] or {}).get("properties", {})
        retired = {row["name"] for row in entry["retired_fields"]}
        seen: set[str] = set()
        for key, rows, name_of in (
            ("x-krea-deprecated-field-aliases", entry["aliases"], "from"),
            ("x-krea-retired-fields", entry["retired_fields"], "name"),
        ):
            for index, row in enumerate(rows):
                name, place = row[name_of], (*address, key, index)
                if name in fields:
                    yield place, f"{name} is a field of the request; an old name is not"
                if name in seen:
                    yield place, f"{name} is listed twice"
                seen.add(name)
                if "to" in row and row["to"] not in {*fields, *retired}:
                    yield place, f"{row['to']} is neither a field of the request nor in x-krea-retired-fields"


def gone_models_are_gone(document: Document) -> Findings:
    """A model that has an operation is not gone."""
    alive = {entry["model"] for entry in entries(document) if entry["model"]}
    for index, row in enumerate(document.get("x-krea-gone-models", ())):
        if row["model"] in alive:
            yield ("x-krea-gone-models", index), f"{row['model']} has an operation"


def _with_addresses(document: Document) -> Iterator[tuple[Address, dict[str, Any]]]:
    for (path, method, _), entry in zip(operations(document), entries(document), strict=True):
        yield ("paths", path, method), entry


def _extensions(value: Any, address: Address) -> Iterator[tuple[Address, str, Any]]:
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if isinstance(key, str) and key.startswith("x-"):
            yield address, key, item
        else:
            yield from _extensions(item, (*address, key))


RULES = (
    extensions_are_known_and_well_formed,
    media_are_strings,
    old_names_lead_somewhere,
    gone_models_are_gone,
)
