"""A request body from -p, -i and --json-body, typed by the operation's schema, with the location that each field came from.

Lists may be given one item at a time. Where the operation takes media, -i takes local files too; a JSON file never does: it
may be somebody else's, and would choose what of this machine is uploaded.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from krea_client._request import json_edits, text_values
from krea_client._spec.catalogue import Operation

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
    try:
        value = text_values.parsed(text) if parts["mark"] == ":=" else text_values.value_of(operation, name, text)
    except ValueError as error:
        raise BadInput(f"-i {name}: {error}") from None
    value = text_values.with_files(operation, name, value, lambda text: local_file(name, text))
    return name, value


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
