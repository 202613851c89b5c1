"""JSON text, with comments and final commas too, and the places of its keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from krea_migrate import time_limit
from krea_migrate.limits import READING, LimitReached

_TOKEN = re.compile(
    r'(?P<space>[ \t\r\n\ufeff]+|//[^\n]*|/\*.*?\*/)|(?P<string>"(?:[^"\\\x00-\x1f]|\\.)*")|(?P<mark>[{}\[\],:])'
    r"|(?P<word>[^\s{}\[\],:\"]+)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_SIMPLE = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\", "\\/": "/", "\\r": "\r"}
_LOOSE = re.compile(_TOKEN.pattern + r"|(?P<rest>.)", re.DOTALL)
# What n8n, Postman, Jinja or a workflow fills in; no JSON has two braces.
_FILLED = re.compile(r"\{\{.{0,1000}?\}\}", re.DOTALL)
_LITERAL = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null|\$\{\w+\}|\$\w+|<\w+>|\.\.\.|\{\{.*?\}\}")

_NEXT = re.compile(
    r"(?:[ \t\r\n\ufeff]+|//[^\n]*|/\*.*?\*/)*"
    r'(?:("[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*")([ \t\r\n]*:)?|([{}\[\],:])|([^\s{}\[\],:"]+)|\Z)',
    re.DOTALL,
)
_STRING, _COLON_BEHIND, _MARK, _WORD = 1, 2, 3, 4  # its groups
_VALUE, _KEY, _COLON, _COMMA = range(4)  # what comes next


class NotJson(ValueError):
    """The text is no JSON; `at` is where it stops being some."""

    def __init__(self, at: int) -> None:
        self.at = at
        super().__init__(f"no JSON at character {at}")


@dataclass(slots=True, eq=False)
class Value:
    """A JSON value, from `start` to `stop` of the text; `text` is that of a string.

    `is_code` is an object that a program inside the document writes.
    """

    start: int
    stop: int = 0
    text: str | None = None
    members: list[Member] = field(default_factory=list["Member"])
    items: list[Value] = field(default_factory=list["Value"])
    is_object: bool = False
    is_code: bool = False

    @property
    def is_leaf(self) -> bool:
        """It has nothing inside of it."""
        return not self.members and not self.items

    def get(self, name: str) -> Value:
        """Return the value of the first member of this name; MISSING, in which there is nothing, without one."""
        return next((member.value for member in self.members if member.name == name), MISSING)


@dataclass(slots=True, eq=False)
class Member:
    """A key with its quotes, and its value."""

    name: str
    start: int
    stop: int
    value: Value


# Of everything that is no object or no list: millions of values share them, and nobody changes them.
_NO_MEMBERS: list[Member] = []
_NO_ITEMS: list[Value] = []
MISSING = Value(0, 0, None, _NO_MEMBERS, _NO_ITEMS)


def members(text: str) -> list[Member]:
    """Return the members of a JSON object, which may be a template; none when the text is something else."""
    plain = _FILLED.sub(lambda result: "0" * len(result[0]), text)
    try:
        result = parse(plain)
    except NotJson:
        return list(_of_template(plain))
    return result[0].members if len(result) == 1 else []


def _of_template(text: str) -> Iterator[Member]:
    """Yield the keys at the top of a text that is only JSON once something is filled in: strings before a colon."""
    if not text.lstrip().startswith("{"):
        return
    depth, last = 0, ("", 0, 0)
    for token in _LOOSE.finditer(text):
        if token.lastgroup == "space":
            continue
        mark = token[0] if token.lastgroup == "mark" else ""
        if mark == ":" and depth == 1 and last[0] == "string":
            name = unescaped(text[last[1] + 1 : last[2] - 1])
            yield Member(name, last[1], last[2], Value(token.end(), token.end()))
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(mark, 0)
        if depth <= 0:
            return
        last = (str(token.lastgroup), token.start(), token.end())


def parse(text: str) -> list[Value]:
    """Return one JSON value, or several that follow each other.

    Raises:
        NotJson: it is none.
    """
    reader = _JsonReader()
    at = 0
    while True:
        token = _NEXT.match(text, at)
        if token is None:
            raise NotJson(at)
        at = token.end()
        if token.lastindex == _STRING:
            reader.string(token[_STRING], at)
        elif token.lastindex == _COLON_BEHIND:
            reader.name(token[_STRING], token.end(_STRING))
        elif token.lastindex == _MARK:
            reader.mark(text[at - 1], at - 1)
        elif token.lastindex == _WORD:
            reader.word(token[_WORD], token.start(_WORD), at)
        else:
            return reader.ended(at)


class _JsonReader:
    """The values that are open while a text is read from its beginning, and what may come next."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}  # those of all members, by how they are written
        self.values: list[Value] = []
        self.open: list[Value] = []
        self.expects = _VALUE
        self.key = ("", 0, 0)

    def name(self, quoted: str, end: int) -> None:
        """Take a string with a colon behind it."""
        start = end - len(quoted)
        if self.expects != _KEY:
            raise NotJson(start)
        if quoted not in self.names:
            self.names[quoted] = unescaped(quoted[1:-1])
        self.key, self.expects = (self.names[quoted], start, end), _VALUE

    def string(self, quoted: str, end: int) -> None:
        start = end - len(quoted)
        if self.expects == _KEY:
            self.name(quoted, end)
            self.expects = _COLON
        elif self.expects == _VALUE:
            self._add(Value(start, end, unescaped(quoted[1:-1]), _NO_MEMBERS, _NO_ITEMS))
        else:
            raise NotJson(start)

    def word(self, word: str, start: int, end: int) -> None:
        if word == "..." and self.expects == _COMMA and self.open:
            self.expects = _KEY if self.open[-1].is_object else _VALUE
        if word == "..." and self.expects == _KEY:
            self.expects = _COMMA
        elif self.expects == _VALUE and _LITERAL.fullmatch(word):
            self._add(Value(start, end, None, _NO_MEMBERS, _NO_ITEMS))
        else:
            raise NotJson(start)

    def mark(self, mark: str, at: int) -> None:
        if mark in "{[":
            self._opened(mark, at)
        elif mark in "}]":
            self._closed(mark, at)
        elif mark == ":" and self.expects == _COLON:
            self.expects = _VALUE
        elif mark == "," and self.expects == _COMMA and self.open:
            self.expects = _KEY if self.open[-1].is_object else _VALUE
        else:
            raise NotJson(at)

    def _opened(self, mark: str, at: int) -> None:
        if self.expects != _VALUE:
            raise NotJson(at)
        if len(self.open) >= READING.nesting.value:
            raise LimitReached(READING.nesting)
        value = Value(at, 0, None, [], _NO_ITEMS, True) if mark == "{" else Value(at, 0, None, _NO_MEMBERS, [])
        self._add(value)
        self.open.append(value)
        self.expects = _KEY if value.is_object else _VALUE

    def _closed(self, mark: str, at: int) -> None:
        is_object = mark == "}"
        expected = (_KEY, _COMMA) if is_object else (_VALUE, _COMMA)
        if not self.open or self.open[-1].is_object != is_object or self.expects not in expected:
            raise NotJson(at)
        self.open.pop().stop = at + 1
        self.expects = _COMMA if self.open else _VALUE

    def _add(self, value: Value) -> None:
        if not self.open:
            self.values.append(value)
            return
        if self.open[-1].is_object:
            self.open[-1].members.append(Member(*self.key, value))
        else:
            self.open[-1].items.append(value)
        self.expects = _COMMA

    def ended(self, at: int) -> list[Value]:
        """Return the values, when none is left open."""
        time_limit.check()
        if self.open:
            raise NotJson(at)
        return self.values


def unescaped(text: str) -> str:
    """Return the letters that stand between the quotes of a JSON string."""
    if "\\" not in text:
        return text
    import json

    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text


def decoded(raw: str, start: int) -> tuple[str, list[int]]:
    """Return the letters of a JSON string with its quotes, which begins at a place, and where each of them stands; the end too."""
    letters: list[str] = []
    places: list[int] = []
    at, end = 1, len(raw) - 1
    while at < end:
        escape = raw.find("\\", at, end)
        stop = escape if escape >= 0 else end
        letters.append(raw[at:stop])
        places += range(start + at, start + stop)
        at = stop
        if escape >= 0:
            match = _ESCAPE.match(raw, at, end)
            piece = match[0] if match else raw[at]
            letters.append(_SIMPLE.get(piece) or unescaped(piece))
            places += [start + at] * len(letters[-1])
            at += len(piece)
    places.append(start + end)
    return "".join(letters), places
