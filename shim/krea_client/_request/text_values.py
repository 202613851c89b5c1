"""Values written as text, typed by an operation's schema: what a command line or a cell of a table says of a field."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from krea_client import _json
from krea_client._spec.catalogue import Operation

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")


def value_of(operation: Operation, name: str, text: str) -> Any:
    """Return the value that a text stands for in a field; a list may be given by its one item.

    Raises:
        ValueError: it does not fit the field's type.
    """
    field = _field(operation, name)
    types = set(_types(field, operation.schema or {}))
    if "array" in types and "string" not in types and not text.lstrip().startswith("["):
        return [_typed(text, set(_types(field.get("items", {}), operation.schema or {})))]
    return _typed(text, types)


def with_files(operation: Operation, name: str, value: Any, find: Callable[[str], Any]) -> Any:
    """Return the value of a field with `find(text)` in place of each text that stands where the operation takes media."""
    alias = operation.aliases.get(name)
    new = alias.new if alias else name
    for path in operation.details.get("media", ()):
        top, *inner = path.replace("[]", ".[]").split(".")
        if top == new:
            value = _with_files(value, inner, find)
    return value


def _with_files(value: Any, path: Sequence[str], find: Callable[[str], Any]) -> Any:
    if path and path[0] == "[]" and (parts := _json.items(value)):
        return [_with_files(part, path[1:], find) for part in parts]
    if path and path[0] in (members := _json.members(value)):
        return {**members, path[0]: _with_files(members[path[0]], path[1:], find)}
    return value if path or not isinstance(value, str) else find(value)


def types_of(operation: Operation, name: str) -> set[str]:
    """Return the JSON types that a field may have, under its deprecated or its present name; empty for an unknown field."""
    return set(_types(_field(operation, name), operation.schema or {}))


def _field(operation: Operation, name: str) -> Mapping[str, Any]:
    alias = operation.aliases.get(name)
    field: Mapping[str, Any] = properties_of(operation.schema or {}, operation.schema or {}).get(
        alias.new if alias else name, {}
    )
    return _opened(field, operation.schema or {})


def properties_of(part: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a part of a request schema, those of all its alternatives together."""
    properties: dict[str, Any] = {}
    for choice in (*part.get("anyOf", ()), *part.get("oneOf", ())):
        properties.update(properties_of(_opened(choice, schema), schema))
    return {**properties, **part.get("properties", {})}


def _opened(part: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    return schema["$defs"][part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part


def _types(part: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    part = _opened(part, schema)
    types = part.get("type", ())
    yield from (types,) if isinstance(types, str) else types
    for choice in (*part.get("anyOf", ()), *part.get("oneOf", ()), *part.get("allOf", ())):
        yield from _types(choice, schema)
    if "type" not in part:
        values = [*part.get("enum", ()), *([part["const"]] if "const" in part else ())]
        yield from (_type_name(value) for value in values)


def _type_name(value: object) -> str:
    names = {
        "bool": "boolean",
        "int": "number",
        "float": "number",
        "str": "string",
        "NoneType": "null",
        "list": "array",
    }
    return names.get(type(value).__name__, "object")


def _typed(text: str, types: set[str]) -> Any:
    numeric = types & {"number", "integer"}
    if numeric and _NUMBER.fullmatch(text):
        return json.loads(text)
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    if "string" in types or not types:
        return text  # also where the schema does not know the field: the check names it, with its nearest names
    if types & {"array", "object"}:
        return parsed(text)
    if "null" in types and text == "null":
        return None
    expected = "true or false" if "boolean" in types else "a number"
    raise ValueError(f"{_short(text)} is not {expected}")


def parsed(text: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        ValueError: it is none; the message says where.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"the value must be JSON; at column {error.colno}: {error.msg}") from None


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")
