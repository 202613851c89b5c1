"""A request body out of -p, -i and --json-body, typed by the operation's schema, with the place that each field came from."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from krea_client import jsontext
from krea_client.operations import Operation

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_FIELD = re.compile(r"(?P<name>[^=:]+)(?P<mark>:?=)(?P<text>.*)", re.DOTALL)


class BadInput(ValueError):
    """Something that was typed cannot be used; the message says where, what and what to do instead."""


class Place(NamedTuple):
    """Where a field was given: a file and a line, or an option of the command."""

    source: str
    line: int | None = None

    def __str__(self) -> str:
        return self.source if self.line is None else f"{self.source}:{self.line}"


class Typed(NamedTuple):
    """A request body and, by field, the place that it came from."""

    body: dict[str, Any]
    places: Mapping[str, Place]


def gather(operation: Operation, prompt: str | None, fields: Sequence[str], json_body: str | None) -> Typed:
    """Puts the request together; -p and -i win over --json-body.

    Raises:
        BadInput: a file cannot be read, or a value is not of the type that the schema asks for.
    """
    body: dict[str, Any] = {}
    places: dict[str, Place] = {}
    if json_body is not None:
        body, places = _from_file(json_body)
    options: dict[str, Any] = {}
    if prompt is not None:
        options["prompt"] = prompt
    for field in fields:
        name, value = one_field(operation, field)
        if name in options:
            raise BadInput(f"-i {name}: this field is given twice on the command line")
        options[name] = value
    for name in options:
        places[name] = Place("-p" if name == "prompt" and prompt is not None else f"-i {name}")
    return Typed({**body, **options}, places)


def one_field(operation: Operation, field: str) -> tuple[str, Any]:
    """Reads `name=value`, typed by the schema, or `name:=JSON`, which is taken as it is.

    Raises:
        BadInput: it has neither form, or the value does not fit the field's type.
    """
    parts = _FIELD.fullmatch(field)
    if parts is None:
        raise BadInput(f"-i {field}: write field=value, such as -i aspect_ratio=16:9 (or field:=JSON)")
    name, text = parts["name"].strip(), parts["text"]
    if parts["mark"] == ":=":
        return name, _json(name, text)
    return name, _typed(name, text, types_of(operation, name))


def types_of(operation: Operation, name: str) -> set[str]:
    """The JSON types that a field may have, under its old or its new name; empty where the schema does not know it."""
    alias = operation.aliases.get(name)
    schema = operation.schema or {}
    field = schema.get("properties", {}).get(alias.new if alias else name)
    return set(_types(field, schema)) if field is not None else set()


def _types(part: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    if "$ref" in part:
        yield from _types(schema["$defs"][part["$ref"].rsplit("/", 1)[1]], schema)
    named = part.get("type", ())
    yield from (named,) if isinstance(named, str) else named
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


def _typed(name: str, text: str, types: set[str]) -> Any:
    numeric = types & {"number", "integer"}
    if numeric and _NUMBER.fullmatch(text):
        return json.loads(text)
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    if "string" in types or not types:
        return text  # also where the schema does not know the field: the check names it, with its nearest names
    if types & {"array", "object"}:
        return _json(name, text)
    if "null" in types and text == "null":
        return None
    wanted = "true or false" if "boolean" in types else "a number"
    raise BadInput(f"-i {name}: {_short(text)} is not {wanted}")


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInput(f"-i {name}: the value must be JSON; at column {error.colno}: {error.msg}") from None


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")


def read_text(name: str) -> tuple[str, str]:
    """The name of a file as messages give it, and its text; "-" is standard input.

    Raises:
        BadInput: it cannot be read, or is not UTF-8.
    """
    source = "<stdin>" if name == "-" else name
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return source, data.decode("utf-8-sig")
    except OSError as error:
        raise BadInput(f"{name}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"{source}: is not UTF-8 text (byte {error.start})") from None


def _from_file(name: str) -> tuple[dict[str, Any], dict[str, Place]]:
    source, text = read_text(name)
    try:
        document = jsontext.parse(text)
    except jsontext.Unreadable as error:
        raise BadInput(f"{source}:{error}") from None
    return document.body, {key: Place(source, line) for key, line in document.lines.items()}
