"""A request schema for people: a line for each field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from krea_client import _json

DEPTH = 4  # levels of nested objects that are shown
_WORDS = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "array": "list",
    "object": "object",
    "null": "null",
}
_COUNTABLE = ("number", "object", "URL")  # what has a plural
# Keywords in the order in which their bounds are written.
_BOUNDS = (
    ("exclusiveMinimum", "more than {}"),
    ("exclusiveMaximum", "less than {}"),
    ("multipleOf", "a multiple of {}"),
    ("pattern", "like {}"),
)


class FieldDescription(NamedTuple):
    """One field of a request.

    Attributes:
        path: such as "styles[].strength".
        required: it must be given where the object that holds it is.
        kind: its type and bounds in words, such as "number -2 to 2".
        default: what the API takes where it is left out, or None where that is not documented or is null.
        about: what it is for.
        limits: what else holds for it, a sentence each.
        choices: the values of an enumeration, else ().
    """

    path: str
    required: bool
    kind: str
    default: Any
    about: str
    limits: tuple[str, ...] = ()
    choices: tuple[Any, ...] = ()


def fields(schema: Mapping[str, Any]) -> list[FieldDescription]:
    """Return all fields of a request schema, each nested one behind the one that holds it."""
    return list(_fields(schema, schema, "", 0))


def _fields(part: Mapping[str, Any], root: Mapping[str, Any], above: str, depth: int) -> Iterator[FieldDescription]:
    required = part.get("required", ())
    for name, raw in _json.members(part.get("properties")).items():
        field = opened(raw, root)
        path = f"{above}{name}"
        about, limits = field.get("description", ""), tuple(_limits(field))
        choices = tuple(value for branch in _branches(field, root) for value in branch.get("enum", ()))
        yield FieldDescription(path, name in required, kind(field, root), field.get("default"), about, limits, choices)
        if depth < DEPTH:
            inner, mark = _inside(field, root)
            yield from _fields(inner, root, f"{path}{mark}.", depth + 1)


def _limits(field: Mapping[str, Any]) -> Iterator[str]:
    for field_name, value in _json.members(field.get("x-krea-applies-when")).items():
        yield f"Does nothing unless {field_name} is {_plain(value)}."
    by = _json.members(field.get("x-krea-options-by"))
    for value, options in _json.members(by.get("options")).items():
        yield f"With {by['field']} {value}: {', '.join(map(_plain, options))}."


def _inside(field: Mapping[str, Any], root: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """Return the part of a field that has fields of its own, and how its path is written."""
    for branch in _branches(field, root):
        if branch.get("properties"):
            return branch, ""
        if "items" in branch:
            inner, mark = _inside(opened(branch["items"], root), root)
            if inner:
                return inner, f"[]{mark}"
    return {}, ""


def opened(part: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a part with its references resolved; siblings of a reference win."""
    while "$ref" in part:
        target = root["$defs"][part["$ref"].rpartition("/")[2]]
        part = {**target, **{key: value for key, value in part.items() if key != "$ref"}}
    return part


def _branches(field: Mapping[str, Any], root: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    choices = [opened(choice, root) for choice in (*field.get("anyOf", ()), *field.get("oneOf", ()))]
    parts = [opened(choice, root) for choice in field.get("allOf", ())]
    own = {key: value for key, value in field.items() if key not in ("anyOf", "oneOf", "allOf")}
    for part in parts:
        own = {**part, **own}
    return [{**own, **choice} for choice in choices] or [own]


def kind(field: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    """Return a field's type and bounds in words, such as "number 0 to 1"."""
    words = [_one_kind(branch, root) for branch in _branches(field, root)]
    return " or ".join(dict.fromkeys(words))


def _one_kind(part: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    if "const" in part:
        return f"{part['const']}"
    if "enum" in part:
        choices = ", ".join(map(_plain, part["enum"]))
        return choices if len(part["enum"]) == 1 else f"one of {choices}"
    types = part.get("type", "any value")
    type_names = [types] if isinstance(types, str) else list(types)
    words = " or ".join(_WORDS.get(name, name) for name in type_names)
    if part.get("x-krea-media"):
        words = words.replace("text", "media URL")
    elif part.get("format"):
        words = words.replace("text", "URL" if part["format"] == "uri" else f"text ({part['format']})")
    bounds = [
        _span(part, "minimum", "maximum", "{}"),
        _span(part, "minItems", "maxItems", "{} items"),
        _span(part, "minLength", "maxLength", "{} characters"),
        *(text.format(part[name]) for name, text in _BOUNDS if name in part),
    ]
    words_and_bounds = [words, *filter(None, bounds)]
    if "array" in type_names and "items" in part:
        items = kind(opened(part["items"], root), root)
        if items.endswith(_COUNTABLE):
            words_and_bounds[0] = words.replace("list", f"list of {items}s")
        else:
            return f"{', '.join(words_and_bounds)}: {items}"
    return ", ".join(words_and_bounds)


def _span(part: Mapping[str, Any], lower: str, upper: str, unit: str) -> str:
    minimum, maximum = part.get(lower), part.get(upper)
    if minimum is None and maximum is None:
        return ""
    range_text = f"up to {maximum}" if minimum is None else f"{minimum} to {maximum}"
    span = f"at least {minimum}" if maximum is None else range_text
    text = unit.format(span)
    return text.removesuffix("s") if span.endswith(" 1") else text


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
