"""The API's document as OpenAPI 3.0, for generators that do not read 3.1: the same operations, in the words that 3.0 has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from krea_client import _json

VERSION = "3.0.3"
_SCHEMAS = "schemas"
# Members of 3.1 that 3.0 does not have; each says something for people only.
_INFO_ONLY_31 = frozenset({"summary"})
_LICENSE_ONLY_31 = frozenset({"identifier"})


def as_openapi_30(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document in OpenAPI 3.0.3. Types with null become `nullable`, constants enums of one value."""
    converted = cast("dict[str, Any]", _converted(document, in_schema=False))
    info = {key: value for key, value in converted["info"].items() if key not in _INFO_ONLY_31}
    if "license" in info:
        info["license"] = {key: value for key, value in info["license"].items() if key not in _LICENSE_ONLY_31}
    return {**converted, "openapi": VERSION, "info": info}


def _converted(value: Any, *, in_schema: bool) -> Any:
    if (items := _json.sequence(value)) is not None:
        return [_converted(item, in_schema=in_schema) for item in items]
    if not _json.is_object(value):
        return value
    members = _json.members(value)
    if in_schema:
        return _schema(members)
    return {key: _member(key, item) for key, item in members.items()}


def _member(key: str, value: Any) -> Any:
    """Return a member of the document; examples stay as they are, and schemas begin at `schema` and `schemas`."""
    if key in ("example", "examples") or key.startswith("x-"):
        return value
    if key == "schema":
        return _converted(value, in_schema=True)
    if key == _SCHEMAS:
        return {name: _converted(schema, in_schema=True) for name, schema in _json.members(value).items()}
    return _converted(value, in_schema=False)


def _schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return _reference(schema)
    result = {key: _keyword(key, value) for key, value in schema.items()}
    if "const" in result:
        result["enum"] = [result.pop("const")]
    _take_out_null_type(result)
    _take_out_null_branch(result)
    for exclusive, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if exclusive in result:
            result[plain], result[exclusive] = result[exclusive], True
    return result


def _keyword(key: str, value: Any) -> Any:
    if key == "properties":
        return {name: _converted(part, in_schema=True) for name, part in _json.members(value).items()}
    if key in ("items", "additionalProperties", "not", "anyOf", "oneOf", "allOf"):
        return _converted(value, in_schema=True)
    return value


def _reference(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a reference with what stands beside it, which 3.0 ignores, around an `allOf`."""
    beside = {key: value for key, value in schema.items() if key != "$ref"}
    reference = {"$ref": schema["$ref"]}
    return {**beside, "allOf": [reference]} if beside else reference


def _take_out_null_type(schema: dict[str, Any]) -> None:
    types = _json.sequence(schema.get("type"))
    if types is None:
        return
    kinds = [kind for kind in types if kind != "null"]
    if len(kinds) < len(types):
        schema["nullable"] = True
    if len(kinds) == 1:
        schema["type"] = kinds[0]
    else:
        del schema["type"]
        schema["anyOf"] = [{"type": kind} for kind in kinds]


def _take_out_null_branch(schema: dict[str, Any]) -> None:
    for union in ("anyOf", "oneOf"):
        branches = _json.items(schema.get(union))
        real = [branch for branch in branches if branch != {"type": "null"}]
        if len(real) == len(branches):
            continue
        schema["nullable"] = True
        del schema[union]
        if len(real) == 1:
            schema["allOf"] = real
        else:
            schema[union] = real
