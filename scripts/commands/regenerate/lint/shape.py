"""The shape that everything after it relies on, as one JSON Schema: what may stand where, extensions included.

Checked first and alone, so that every other rule may take a document of this shape for granted.
"""

from __future__ import annotations

from collections.abc import Iterator

from jsonschema import Draft202012Validator

from regenerate.bundle import Document
from regenerate.operation_files import METHODS
from regenerate.sources import Address

from .blocks import TEXT, JsonSchema, closed, listed, mapped, opened
from .extension_shapes import EXTENSIONS


def _reference_or(kind: str, shape: JsonSchema) -> JsonSchema:
    reference = {"properties": {"$ref": {"type": "string", "pattern": f"^#/components/{kind}/[^/]+$"}}}
    return {"type": "object", "if": {"required": ["$ref"]}, "then": reference, "else": shape}


_SCHEMA: JsonSchema = {"$ref": "#/$defs/schema"}
_SCHEMA_SHAPE = opened(
    {},
    **{"$ref": {"type": "string", "pattern": "^#/components/schemas/[^/]+$"}},
    type={"anyOf": [TEXT, listed(TEXT)]},
    description=TEXT,
    properties=mapped(_SCHEMA),
    required={"type": "array", "items": TEXT},
    enum={"type": "array", "minItems": 1},
    items=_SCHEMA,
    additionalProperties={"if": {"type": "boolean"}, "else": _SCHEMA},
    anyOf=listed(_SCHEMA),
    oneOf=listed(_SCHEMA),
    allOf=listed(_SCHEMA),
    **EXTENSIONS["schema"],
)
_CONTENT = mapped(opened({"schema": _SCHEMA}), 1)
_BODY = mapped(opened({"schema": _SCHEMA}, examples=mapped(opened({"value": {}}), 1)), 1)
_PARAMETER = _reference_or(
    "parameters", opened({"name": TEXT, "in": {"enum": ["path", "query", "header", "cookie"]}, "schema": _SCHEMA})
)
_ANSWER = _reference_or("responses", opened({"description": TEXT}, content=_CONTENT))
_OPERATION = opened(
    {"operationId": TEXT, "summary": TEXT, "tags": listed(TEXT), "responses": mapped(_ANSWER, 1)},
    description=TEXT,
    externalDocs=closed({"url": {"type": "string", "pattern": "^https://"}}),
    parameters=listed(_PARAMETER),
    deprecated={"type": "boolean"},
    requestBody=opened({"content": _BODY}),
    **EXTENSIONS["operation"],
)
_PATH = {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(METHODS, _OPERATION)}
SHAPE: JsonSchema = {
    **opened(
        {
            "info": opened({"title": TEXT, "version": TEXT}),
            "servers": listed(opened({"url": TEXT})),
            "security": listed(mapped({"type": "array"})),
            "tags": listed(opened({"name": TEXT, "description": TEXT})),
            "paths": mapped(_PATH),
            "components": opened({}, schemas=mapped(_SCHEMA), parameters=mapped(_PARAMETER), responses=mapped(_ANSWER)),
        },
        **EXTENSIONS["document"],
    ),
    "$defs": {"schema": _SCHEMA_SHAPE},
}
_VALIDATOR = Draft202012Validator(SHAPE)


def shaped_as_expected(document: Document) -> Iterator[tuple[Address, str]]:
    """Check that everything stands where the other rules, the table and the view look for it."""
    for error in _VALIDATOR.iter_errors(document):
        yield tuple(error.absolute_path), error.message if len(error.message) < 200 else f"{error.message[:200]} ..."


RULES = (shaped_as_expected,)
