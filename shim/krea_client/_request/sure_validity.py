"""Bodies that are valid beyond doubt: most requests need neither the JSON Schema library, which takes 8 MB, nor its start.

It knows plain values and the plain keywords of JSON Schema. Whatever else it meets, in a body or in a schema, is no doubt of the body but
of its own: the library decides then.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

_ANNOTATIONS = frozenset(
    {"$schema", "$defs", "title", "description", "default", "example", "examples", "deprecated", "$comment"}
)
_MOST_BITS = 53  # of whole numbers that every library reads alike
_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}
_TYPE_OF_NONE = "null"
_MOST_LEVELS = 60
_NUMBERS, _TEXTS, _LISTS = ("integer", "number"), ("string",), ("array",)
# Keyword: the types it is about, and whether a value keeps its limit.
_LIMITS: dict[str, tuple[tuple[str, ...], Callable[[Any, Any], bool]]] = {
    "minimum": (_NUMBERS, operator.ge),
    "maximum": (_NUMBERS, operator.le),
    "exclusiveMinimum": (_NUMBERS, operator.gt),
    "exclusiveMaximum": (_NUMBERS, operator.lt),
    "minLength": (_TEXTS, lambda value, limit: len(value) >= limit),
    "maxLength": (_TEXTS, lambda value, limit: len(value) <= limit),
    "minItems": (_LISTS, lambda value, limit: len(value) >= limit),
    "maxItems": (_LISTS, lambda value, limit: len(value) <= limit),
}
# Keyword: the type whose content it is about.
_CONTENT = {"properties": "object", "required": "object", "additionalProperties": "object", "items": "array"}


class _Doubt(Exception):
    """The schema or the value has something that this module does not know."""


def is_surely_valid(schema: Mapping[str, Any], value: Any) -> bool:
    """Return True when a value keeps a schema beyond doubt; False says nothing."""
    try:
        return _Judge(schema.get("$defs", {})).keeps(schema, value, 0)
    except _Doubt:
        return False


class _Judge:
    """Judges values by the parts of one schema.

    Args:
        definitions: its named parts.
    """

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions

    def keeps(self, schema: Any, value: Any, depth: int) -> bool:
        """Return whether a value keeps a part of the schema."""
        if type(schema) is bool:
            return schema
        value_type: type[Any] = type(value)  # pyright: ignore[reportUnknownVariableType]  # a cast would cost a call
        kind = _TYPES.get(value_type) if value is not None else _TYPE_OF_NONE
        if type(schema) is not dict or kind is None or depth > _MOST_LEVELS or not _is_plain(value):
            raise _Doubt
        rules: dict[str, Any] = schema  # pyright: ignore[reportUnknownVariableType]  # see above
        return all(self._keeps_rule(rules, keyword, value, kind, depth + 1) for keyword in rules)

    def _keeps_rule(self, schema: Mapping[str, Any], keyword: str, value: Any, kind: str, depth: int) -> bool:
        rule = schema[keyword]
        if keyword in _ANNOTATIONS or keyword.startswith("x-"):
            return True
        if keyword in _LIMITS:
            kinds, keeps = _LIMITS[keyword]
            return kind not in kinds or keeps(value, rule)
        if keyword in _CONTENT:
            return kind != _CONTENT[keyword] or self._keeps_content(schema, keyword, value, depth)
        if keyword == "type":
            allowed: list[object] = rule if type(rule) is list else [rule]  # pyright: ignore[reportUnknownVariableType]  # see above
            return kind in allowed or (kind == "integer" and "number" in allowed)
        if keyword == "enum" and kind == "string":
            return value in rule
        if keyword == "$ref":
            return self.keeps(self._definitions.get(rule.removeprefix("#/$defs/")), value, depth)
        if keyword == "anyOf":
            return any(self.keeps(part, value, depth) for part in rule)
        raise _Doubt

    def _keeps_content(self, schema: Mapping[str, Any], keyword: str, value: Any, depth: int) -> bool:
        rule = schema[keyword]
        if keyword == "required":
            return all(name in value for name in rule)
        if keyword == "items":
            return all(self.keeps(rule, part, depth) for part in value)
        if keyword == "properties":
            return all(self.keeps(rule[name], part, depth) for name, part in value.items() if name in rule)
        named = schema.get("properties", {})
        return all(self.keeps(rule, part, depth) for name, part in value.items() if name not in named)


def _is_plain(value: Any) -> bool:
    if type(value) is int:
        return value.bit_length() <= _MOST_BITS
    if type(value) is float:
        return math.isfinite(value)
    if type(value) is dict:
        keys: list[object] = [*value]
        return all(type(key) is str for key in keys)
    return type(value) is not str or value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)
