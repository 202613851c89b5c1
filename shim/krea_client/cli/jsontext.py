"""JSON text with the lines of its top-level keys, so that a message can name the place in the user's file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

_SPACE = re.compile(r"[ \t\n\r]*")


class Unreadable(ValueError):
    """The text is not a JSON object; the message begins with the line."""


class Document(NamedTuple):
    """A JSON object, and the line (from 1) on which each of its keys stands."""

    body: dict[str, Any]
    lines: Mapping[str, int]


def parse(text: str) -> Document:
    """Reads one JSON object.

    Raises:
        Unreadable: broken JSON, another value than an object, or a key that stands there twice.
    """
    try:
        body: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"{error.lineno}:{error.colno}: this is not JSON: {error.msg}") from None
    except RecursionError:
        raise Unreadable("1: this is nested too deeply") from None
    if not isinstance(body, dict):
        raise Unreadable(f"1: the request must be a JSON object {{...}}, this is {_kind(body)}")
    return Document(cast("dict[str, Any]", body), _key_lines(text))


def _key_lines(text: str) -> dict[str, int]:
    # The text is known to be a valid object, so only the keys and the ends of the values are looked for.
    decoder, line, counted = json.JSONDecoder(), 1, 0
    lines: dict[str, int] = {}
    at = _after_space(text, text.index("{") + 1)
    while text[at] != "}":
        line, counted = line + text.count("\n", counted, at), at
        key, at = decoder.raw_decode(text, at)
        if key in lines:
            raise Unreadable(f"{line}: {key!r} is given twice, first in line {lines[key]}")
        lines[key] = line
        at = _after_space(text, at)
        _, at = decoder.raw_decode(text, _after_space(text, at + 1))
        at = _after_space(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)
    return lines


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _kind(value: object) -> str:
    names = {"list": "an array", "str": "a string", "bool": "true or false", "NoneType": "null"}
    return names.get(type(value).__name__, "a number")
