"""What shapes are put together from: small JSON Schemas of the specification's own parts."""

from __future__ import annotations

from typing import Any

JsonSchema = dict[str, Any]
TEXT: JsonSchema = {"type": "string", "minLength": 1}
DAY: JsonSchema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
DAY_MONTH_OR_YEAR: JsonSchema = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
MODEL: JsonSchema = {"type": "string", "pattern": r"^[a-z0-9-]+(/[a-z0-9.-]+)+(/\*)?$"}
POSITIVE: JsonSchema = {"type": "number", "exclusiveMinimum": 0}


def or_null(shape: JsonSchema) -> JsonSchema:
    """Return the shape, or null."""
    return {"if": {"not": {"type": "null"}}, "then": shape}


def listed(shape: JsonSchema, least: int = 1) -> JsonSchema:
    """Return a list of at least so many."""
    return {"type": "array", "minItems": least, "items": shape}


def mapped(shape: JsonSchema, least: int = 0) -> JsonSchema:
    """Return a mapping with names of its own choice, at least so many."""
    return {"type": "object", "minProperties": least, "additionalProperties": shape}


def closed(required: JsonSchema, /, **optional: JsonSchema) -> JsonSchema:
    """Return a mapping with these members and no others."""
    return {**opened(required, **optional), "additionalProperties": False}


def opened(required: JsonSchema, /, **optional: JsonSchema) -> JsonSchema:
    """Return a mapping with these members, and perhaps others."""
    return {"type": "object", "properties": {**required, **optional}, "required": list(required)}
