"""JSON text with the positions of its top-level keys, so that messages name lines and keys can be renamed in place."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple, cast

_SPACE = re.compile(r"[ \t\n\r]*")


class JsonTextError(ValueError):
    """The text is not a JSON object; the message begins with the line."""


class JsonMember(NamedTuple):
    """One top-level key: its line (from 1), the offsets of its start and stop, and the end of its value."""

    name: str
    line: int
    start: int
    stop: int
    end: int


class TextEdit(NamedTuple):
    """A range of the text and its replacement."""

    start: int
    end: int
    new: str


class JsonObjectText(NamedTuple):
    """A JSON object and its members, in the order of the text."""

    body: dict[str, Any]
    members: tuple[JsonMember, ...]

    @property
    def lines(self) -> Mapping[str, int]:
        """Return the line of each key."""
        return {member.name: member.line for member in self.members}

    def renaming(self, names: Mapping[str, str], dropped: Collection[str] = ()) -> list[TextEdit]:
        """Return the edits that rename keys and remove those in `dropped`; of keys that come to share a name, the first stays."""
        edits: list[TextEdit] = []
        used: set[str] = set()
        previous_end = 0
        for member, following in zip_longest(self.members, self.members[1:]):
            new = names.get(member.name, member.name)
            if new not in used and member.name not in dropped:
                if new != member.name:
                    edits.append(TextEdit(member.start, member.stop, json.dumps(new)))
                used.add(new)
            elif used:
                edits.append(TextEdit(previous_end, member.end, ""))  # with the comma before it
            else:  # the first member goes with the comma after it
                edits.append(TextEdit(member.start, following.start if following else member.end, ""))
            previous_end = member.end
        return edits


def parse(text: str) -> JsonObjectText:
    """Parse one JSON object.

    Raises:
        JsonTextError: broken JSON, another value than an object, or a key that is given twice.
    """
    try:
        body: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise _not_json(error) from None
    except RecursionError:
        raise JsonTextError("1: this is nested too deeply") from None
    return _document(text, body, _after_space(text, 0), 1)


def parse_all(text: str) -> list[JsonObjectText]:
    """Parse consecutive JSON objects, such as JSON lines; offsets count from the beginning of the text.

    Raises:
        JsonTextError: as `parse` does, or there is no object at all.
    """
    decoder, documents, line, counted = json.JSONDecoder(), list[JsonObjectText](), 1, 0
    at = _after_space(text, 0)
    while at < len(text) or not documents:
        line, counted = line + text.count("\n", counted, at), at
        try:
            body, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise _not_json(error) from None
        except RecursionError:
            raise JsonTextError(f"{line}: this is nested too deeply") from None
        documents.append(_document(text, body, at, line))
        at = _after_space(text, end)
    return documents


def _not_json(error: json.JSONDecodeError) -> JsonTextError:
    return JsonTextError(f"{error.lineno}:{error.colno}: this is not JSON: {error.msg}")


def _document(text: str, body: object, start: int, line: int) -> JsonObjectText:
    if not isinstance(body, dict):
        raise JsonTextError(f"{line}: the request must be a JSON object {{...}}, this is {_kind(body)}")
    lines: dict[str, int] = {}
    members = tuple(_members(text, start, line))
    for member in members:
        if member.name in lines:
            raise JsonTextError(f"{member.line}: {member.name!r} is given twice, first in line {lines[member.name]}")
        lines[member.name] = member.line
    return JsonObjectText(cast("dict[str, Any]", body), members)


def _members(text: str, start: int, line: int) -> Iterator[JsonMember]:
    # The text is known to be a valid object, so only the keys and the ends of the values are looked for.
    decoder, counted = json.JSONDecoder(), start
    at = _after_space(text, start + 1)
    while text[at] != "}":
        line, counted = line + text.count("\n", counted, at), at
        key, stop = decoder.raw_decode(text, at)
        colon = _after_space(text, stop)
        _, end = decoder.raw_decode(text, _after_space(text, colon + 1))
        yield JsonMember(key, line, at, stop, end)
        at = _after_space(text, end)
        if text[at] == ",":
            at = _after_space(text, at + 1)


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _kind(value: object) -> str:
    names = {"list": "an array", "str": "a string", "bool": "true or false", "NoneType": "null"}
    return names.get(type(value).__name__, "a number")
