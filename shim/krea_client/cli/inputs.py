"""A request body from -p, -i and --json-body, typed by the operation's schema, with the location that each field came from.

Lists may be given one item at a time. Where the operation takes media, -i takes local files too; a JSON file never does: it
may be somebody else's, and would choose what of this machine is uploaded.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from krea_client import _json
from krea_client._request import json_edits
from krea_client._spec.catalogue import Operation

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_FIELD = re.compile(r"(?P<name>[^=:]+)(?P<mark>:?=)(?P<text>.*)", re.DOTALL)


class BadInput(ValueError):
    """What was typed cannot be used; the message says where, what is wrong and what to do."""


class InputLocation(NamedTuple):
    """Where a field was given: a file and line, or an option of the command."""

    source: str
    line: int | None = None

    def __str__(self) -> str:
        return self.source if self.line is None else f"{self.source}:{self.line}"


class RequestInput(NamedTuple):
    """A request body and, by field, the location that it came from."""

    body: dict[str, Any]
    locations: Mapping[str, InputLocation]


def gather(operation: Operation, prompt: str | None, fields: Sequence[str], json_body: str | None) -> RequestInput:
    """Assemble the request; -p and -i win over --json-body.

    Raises:
        BadInput: a file cannot be read, or a value is not of the type that the schema asks for.
    """
    body: dict[str, Any] = {}
    locations: dict[str, InputLocation] = {}
    if json_body is not None:
        body, locations = _from_file(json_body)
    options: dict[str, Any] = {}
    if prompt is not None:
        options["prompt"] = prompt
    for field in fields:
        name, value = one_field(operation, field)
        if name not in options:
            options[name] = value
        elif isinstance(options[name], list) and isinstance(value, list):
            options[name] += value
        else:
            raise BadInput(f"-i {name}: this field is given twice on the command line")
    for name in options:
        locations[name] = InputLocation("-p" if name == "prompt" and prompt is not None else f"-i {name}")
    return RequestInput({**body, **options}, locations)


def one_field(operation: Operation, field: str) -> tuple[str, Any]:
    """Read `name=value`, typed by the schema, or `name:=JSON`, which is taken as it is; local files become paths.

    Raises:
        BadInput: it has neither form, the value does not fit the field's type, or there is no such file.
    """
    parts = _FIELD.fullmatch(field)
    if parts is None:
        raise BadInput(f"-i {field}: write field=value, such as -i aspect_ratio=16:9 (or field:=JSON)")
    name, text = parts["name"].strip(), parts["text"]
    value = _parsed(name, text) if parts["mark"] == ":=" else _read(operation, name, text)
    alias = operation.aliases.get(name)
    new = alias.new if alias else name
    for path in operation.details.get("media", ()):
        top, *inner = path.replace("[]", ".[]").split(".")
        if top == new:
            value = _with_files(name, value, inner)
    return name, value


def _read(operation: Operation, name: str, text: str) -> Any:
    field = _field(operation, name)
    types = set(_types(field, operation.schema or {}))
    if "array" in types and "string" not in types and not text.lstrip().startswith("["):
        return [_typed(name, text, set(_types(field.get("items", {}), operation.schema or {})))]
    return _typed(name, text, types)


def _with_files(name: str, value: Any, path: Sequence[str]) -> Any:
    """Return the value with paths in place of the local files that it names, `path` below it."""
    if path and path[0] == "[]" and (parts := _json.items(value)):
        return [_with_files(name, part, path[1:]) for part in parts]
    if path and path[0] in (members := _json.members(value)):
        return {**members, path[0]: _with_files(name, members[path[0]], path[1:])}
    return value if path or not isinstance(value, str) else local_file(name, value)


def local_file(name: str, text: str) -> str | Path:
    """Return the file that `@PATH`, or the path of an existing file, stands for; return any other text unchanged.

    Raises:
        BadInput: nothing is at the path after @.
    """
    path = text.removeprefix("@")
    if os.path.isfile(path):  # noqa: PTH113  # Path.is_file() raises for a text that is too long to be a name
        return Path(path)
    if path != text:
        raise BadInput(f"-i {name}: there is no file {path}")
    return text


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


def _typed(name: str, text: str, types: set[str]) -> Any:
    numeric = types & {"number", "integer"}
    if numeric and _NUMBER.fullmatch(text):
        return json.loads(text)
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    if "string" in types or not types:
        return text  # also where the schema does not know the field: the check names it, with its nearest names
    if types & {"array", "object"}:
        return _parsed(name, text)
    if "null" in types and text == "null":
        return None
    expected = "true or false" if "boolean" in types else "a number"
    raise BadInput(f"-i {name}: {_short(text)} is not {expected}")


def _parsed(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInput(f"-i {name}: the value must be JSON; at column {error.colno}: {error.msg}") from None


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")


def read_text(name: str) -> tuple[str, str]:
    """Return the name of a file as messages give it, and its text; "-" is standard input.

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


def _from_file(name: str) -> tuple[dict[str, Any], dict[str, InputLocation]]:
    source, text = read_text(name)
    try:
        document = json_edits.parse(text)
    except json_edits.JsonTextError as error:
        raise BadInput(f"{source}:{error}") from None
    return document.body, {key: InputLocation(source, line) for key, line in document.lines.items()}
