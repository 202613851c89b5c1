"""The shape that everything after it relies on, as one JSON Schema: what may stand where, extensions included.

Checked first and alone, so that every other rule may take a document of this shape for granted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from generation.bundle import Document
from generation.sources import Address
from generation.table import METHODS

JsonSchema = dict[str, Any]
TEXT: JsonSchema = {"type": "string", "minLength": 1}
DAY: JsonSchema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
DAY_MONTH_OR_YEAR: JsonSchema = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
MODEL: JsonSchema = {"type": "string", "pattern": r"^[a-z0-9-]+(/[a-z0-9.-]+)+(/\*)?$"}


def _or_null(shape: JsonSchema) -> JsonSchema:
    return {"if": {"not": {"type": "null"}}, "then": shape}


def _list(shape: JsonSchema) -> JsonSchema:
    return {"type": "array", "minItems": 1, "items": shape}


def _map(shape: JsonSchema) -> JsonSchema:
    return {"type": "object", "additionalProperties": shape}


def _closed(required: JsonSchema, /, **optional: JsonSchema) -> JsonSchema:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def _open(required: JsonSchema, /, **optional: JsonSchema) -> JsonSchema:
    return {"type": "object", "properties": {**required, **optional}, "required": list(required)}


def _reference_or(kind: str, shape: JsonSchema) -> JsonSchema:
    reference = {"properties": {"$ref": {"type": "string", "pattern": f"^#/components/{kind}/[^/]+$"}}}
    return {"type": "object", "if": {"required": ["$ref"]}, "then": reference, "else": shape}


EXTENSIONS: dict[str, dict[str, JsonSchema]] = {
    "document": {
        "x-krea-gone-models": _list(_closed({"model": MODEL, "sunset": _or_null(DAY), "replacement": _or_null(MODEL)}))
    },
    "operation": {
        "x-krea-captured": DAY,
        "x-krea-typical-seconds": {"type": "number", "exclusiveMinimum": 0},
        "x-krea-pricing": _closed(
            {"currency": {"const": "USD"}, "amount": {"type": "number"}, "per": TEXT, "read": DAY_MONTH_OR_YEAR}
        ),
        "x-krea-deprecated-field-aliases": _list(_closed({"from": TEXT, "to": TEXT, "sunset_date": DAY})),
        "x-krea-retired-fields": _list(
            _closed({"name": TEXT, "last_seen": DAY_MONTH_OR_YEAR, "gone_by": DAY_MONTH_OR_YEAR}, use=TEXT)
        ),
    },
    "schema": {"x-krea-media": {"const": True}},
}

_SCHEMA: JsonSchema = {"$ref": "#/$defs/schema"}
_SCHEMA_SHAPE = _open(
    {},
    **{"$ref": {"type": "string", "pattern": "^#/components/schemas/[^/]+$"}},
    type={"anyOf": [TEXT, _list(TEXT)]},
    description=TEXT,
    properties=_map(_SCHEMA),
    required={"type": "array", "items": TEXT},
    enum={"type": "array", "minItems": 1},
    items=_SCHEMA,
    additionalProperties={"if": {"type": "boolean"}, "else": _SCHEMA},
    anyOf=_list(_SCHEMA),
    oneOf=_list(_SCHEMA),
    allOf=_list(_SCHEMA),
    **EXTENSIONS["schema"],
)
_CONTENT = {**_map(_open({"schema": _SCHEMA})), "minProperties": 1}
_PARAMETER = _reference_or(
    "parameters", _open({"name": TEXT, "in": {"enum": ["path", "query", "header", "cookie"]}, "schema": _SCHEMA})
)
_ANSWER = _reference_or("responses", _open({"description": TEXT}, content=_CONTENT))
_OPERATION = _open(
    {"operationId": TEXT, "summary": TEXT, "tags": _list(TEXT), "responses": {**_map(_ANSWER), "minProperties": 1}},
    description=TEXT,
    externalDocs=_closed({"url": {"type": "string", "pattern": "^https://"}}),
    parameters=_list(_PARAMETER),
    requestBody=_open({"content": _CONTENT}),
    **EXTENSIONS["operation"],
)
_PATH = {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(METHODS, _OPERATION)}
SHAPE: JsonSchema = {
    **_open(
        {
            "info": _open({"title": TEXT, "version": TEXT}),
            "servers": _list(_open({"url": TEXT})),
            "security": _list(_map({"type": "array"})),
            "tags": _list(_open({"name": TEXT, "description": TEXT})),
            "paths": _map(_PATH),
            "components": _open({}, schemas=_map(_SCHEMA), parameters=_map(_PARAMETER), responses=_map(_ANSWER)),
        },
        **EXTENSIONS["document"],
    ),
    "$defs": {"schema": _SCHEMA_SHAPE},
}
_VALIDATOR = Draft202012Validator(SHAPE)


def shaped_as_expected(document: Document) -> Iterator[tuple[Address, str]]:
    """Everything stands where the other rules, the table and the view look for it."""
    for error in _VALIDATOR.iter_errors(document):
        yield tuple(error.absolute_path), error.message if len(error.message) < 200 else f"{error.message[:200]} ..."


RULES = (shaped_as_expected,)
