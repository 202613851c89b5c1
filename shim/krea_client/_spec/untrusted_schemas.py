"""Request schemas of a document from outside: copied keyword by keyword, with every reference opened, and within limits."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast

from krea_client import _json
from krea_client._spec.document_source import UnsupportedModel, UnusableDocument
from krea_client._spec.untrusted_patterns import is_fast, is_supported


class SchemaLimits(NamedTuple):
    """What a document may have.

    Attributes:
        schemas: in the whole document with its references opened; that of 2026-10 has some 2,500.
        depth: of nested schemas.
        choices: of one enumeration.
        value: characters of a default, an example or a choice.
        words: characters of a description; the rest is cut off.
    """

    schemas: int = 100_000
    depth: int = 32
    choices: int = 2_000
    value: int = 4_000
    words: int = 600


LIMITS = SchemaLimits()
_TYPES = frozenset({"string", "number", "integer", "boolean", "array", "object", "null"})
_NAME = re.compile(r"[\w.$@:-]{1,100}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_UNIONS = ("anyOf", "oneOf", "allOf")
_HOLDING = frozenset({"properties", "items", "additionalProperties", *_UNIONS})


def one_line(text: object, length: int = LIMITS.words) -> str:
    """Return words from outside as they may be shown: without control characters, shortened; "" for anything but text."""
    line = " ".join(_CONTROL.sub(" ", _json.text(text) or "").split())
    return line if len(line) <= length else f"{line[: length - 3]}..."


class SchemaReader:
    """Copies the schemas of one document.

    Args:
        document: the whole document, for references.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._count = 0

    def schema(self, value: Any, place: str) -> dict[str, Any]:
        """Return a schema without what this client does not know; what it knows is as JSON Schema says.

        Raises:
            UnsupportedModel: a reference leads in a circle, or there are too many choices, or other ones than plain values.
            UnusableDocument: a keyword has a value of a wrong type, a reference leads nowhere, or a limit is passed.
        """
        return self._copied(value, place, 0, ())

    def _copied(self, value: Any, place: str, depth: int, inside: tuple[str, ...]) -> dict[str, Any]:
        self._count += 1
        if self._count > LIMITS.schemas or depth > LIMITS.depth:
            raise UnusableDocument(f"{place}: its schemas are too many or too deeply nested")
        if isinstance(value, bool):
            return {}  # anything, or nothing: the API decides
        if not _json.is_object(value):
            raise UnusableDocument(f"{place}: a schema must be an object")
        members = _json.members(value)
        if "$ref" in members:
            return self._opened(members, place, depth, inside)
        copy: dict[str, Any] = {}
        for keyword, part in members.items():
            if keyword == "pattern" and isinstance(part, str) and not is_supported(part):
                continue  # as an unknown keyword
            if keyword in _READERS:
                copy[keyword] = _READERS[keyword](part, f"{place}: {keyword}")
            elif keyword in _HOLDING:
                copy[keyword] = self._inner(keyword, part, place, depth, inside)
        return _as_of_today(copy, place)

    def _inner(self, keyword: str, part: Any, place: str, depth: int, inside: tuple[str, ...]) -> Any:
        """Return the value of a keyword that holds schemas."""
        if keyword == "properties":
            return self._properties(part, place, depth, inside)
        if keyword in _UNIONS:
            branches = _nonempty(part, f"{place}: {keyword}")
            return [self._copied(branch, place, depth + 1, inside) for branch in branches]
        if keyword == "additionalProperties" and isinstance(part, bool):
            return part
        return self._copied(part, place, depth + 1, inside)

    def _opened(self, members: dict[str, Any], place: str, depth: int, inside: tuple[str, ...]) -> dict[str, Any]:
        reference = _json.text(members["$ref"]) or ""
        if reference in inside:
            raise UnsupportedModel(f"{place}: the reference {one_line(reference, 80)!r} leads in a circle")
        if not reference.startswith("#/"):
            raise UnusableDocument(f"{place}: the reference {one_line(reference, 80)!r} leads out of the document")
        target: Any = self._document
        for step in reference[2:].split("/"):
            target = _json.members(target).get(step.replace("~1", "/").replace("~0", "~"))
        opened = self._copied(target, place, depth + 1, (*inside, reference))
        beside = {key: part for key, part in members.items() if key != "$ref"}
        return {**opened, **self._copied(beside, place, depth + 1, inside)} if beside else opened

    def _properties(self, value: Any, place: str, depth: int, inside: tuple[str, ...]) -> dict[str, Any]:
        if not _json.is_object(value):
            raise UnusableDocument(f"{place}: properties must be an object")
        copies: dict[str, Any] = {}
        for name, part in _json.members(value).items():
            if not _NAME.fullmatch(name):
                raise UnusableDocument(f"{place}: {one_line(name, 40)!r} is no name of a field")
            copies[name] = self._copied(part, f"{place}.{name}", depth + 1, inside)
        return copies


def _as_of_today(schema: dict[str, Any], place: str) -> dict[str, Any]:
    """Return a schema of OpenAPI 3.0 in the words of 3.1: null as a type, exclusive bounds as numbers."""
    if schema.pop("nullable", False) and "type" in schema:
        types: Any = schema["type"]
        schema["type"] = [*([types] if isinstance(types, str) else types), "null"]
        if "enum" in schema and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
    for exclusive, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if schema.get(exclusive) is False:
            del schema[exclusive]
        elif schema.get(exclusive) is True:
            if plain not in schema:
                raise UnusableDocument(f"{place}: {exclusive} is true without a {plain}")
            schema[exclusive] = schema.pop(plain)
    return schema


def _wrong(place: str, expected: str) -> UnusableDocument:
    return UnusableDocument(f"{place} must be {expected}")


def _nonempty(value: Any, place: str) -> list[object]:
    items = _json.items(value)
    if not 0 < len(items) <= LIMITS.choices:
        raise _wrong(place, f"a list of 1 to {LIMITS.choices} items")
    return items


def _type(value: Any, place: str) -> Any:
    names = [value] if isinstance(value, str) else _nonempty(value, place)
    if not all(isinstance(name, str) and name in _TYPES for name in names):
        raise _wrong(place, "one or more of the types of JSON Schema")
    return value if isinstance(value, str) else list(dict.fromkeys(names))


def _enum(value: Any, place: str) -> list[Any]:
    if len(_json.items(value)) > LIMITS.choices:
        raise UnsupportedModel(f"{place} has more than {LIMITS.choices} choices")
    return [_choice(choice, place) for choice in _nonempty(value, place)]


def _choice(value: Any, place: str) -> Any:
    if isinstance(value, list) or _json.is_object(value):
        raise UnsupportedModel(f"{place} has choices that are lists or objects")
    return _scalar(value, place)


def _scalar(value: Any, place: str) -> Any:
    if isinstance(value, str):
        if len(value) > LIMITS.value or _CONTROL.search(value):
            raise _wrong(place, "of short values without control characters")
    elif not (value is None or isinstance(value, bool)):
        _number(value, place)
    return value


def _number(value: Any, place: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < math.inf:
        raise _wrong(place, "a finite number")
    if isinstance(value, int) and value.bit_length() > 63:  # what JSON readers hold exactly
        raise _wrong(place, "a number of 64 bits")
    return value


def _bound(value: Any, place: str) -> Any:
    return value if isinstance(value, bool) else _number(value, place)  # a boolean in OpenAPI 3.0


def _positive(value: Any, place: str) -> Any:
    if _number(value, place) <= 0:
        raise _wrong(place, "more than 0")
    return value


def _length(value: Any, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise _wrong(place, "a whole number of 0 or more")
    return value


def _boolean(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(place, "true or false")
    return value


def _names(value: Any, place: str) -> list[str]:
    names = [name for name in _json.items(value) if isinstance(name, str) and _NAME.fullmatch(name)]
    if not isinstance(value, list) or len(names) != len(cast("list[object]", value)):
        raise _wrong(place, "a list of names of fields")
    return list(dict.fromkeys(names))


def _format(value: Any, place: str) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise _wrong(place, "the name of a format")
    return value


def _pattern(value: Any, place: str) -> str:
    if not is_fast(value):
        raise _wrong(place, "a regular expression that is surely fast")
    return str(value)


def plain_value(value: Any, place: str) -> Any:
    """Return a default or an example as it is.

    Raises:
        UnusableDocument: it is too large, or not finite.
    """
    pending, size = [value], 0
    while pending:
        part = pending.pop()
        if _json.is_object(part):
            size += sum(map(len, _json.members(part)))
            pending += _json.members(part).values()
        elif isinstance(part, list):
            pending += cast("list[object]", part)
        else:
            size += len(_scalar(part, place)) if isinstance(part, str) else len(str(_scalar(part, place)))
        size += 1
        if size > LIMITS.value:
            raise _wrong(place, f"of at length {LIMITS.value} characters")
    return value


def _words(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise _wrong(place, "text")
    return one_line(value)


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "type": _type,
    "enum": _enum,
    "const": _choice,
    "default": plain_value,
    "format": _format,
    "pattern": _pattern,
    "multipleOf": _positive,
    "required": _names,
    "description": _words,
    "nullable": _boolean,
    "uniqueItems": _boolean,
    "deprecated": _boolean,
    "x-krea-media": _boolean,
    **dict.fromkeys(("minimum", "maximum"), _number),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), _bound),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _length),
}
