"""JSON text, with comments and final commas too, and the places of its keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r'(?P<space>[ \t\r\n\ufeff]+|//[^\n]*|/\*.*?\*/)|(?P<string>"(?:[^"\\\x00-\x1f]|\\.)*")|(?P<mark>[{}\[\],:])'
    r"|(?P<word>[^\s{}\[\],:\"]+)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_PLAIN = re.compile(r"[^\\]+")
_LOOSE = re.compile(_TOKEN.pattern + r"|(?P<rest>.)", re.DOTALL)
_FILLED = re.compile(
    r"\{\{.*?\}\}", re.DOTALL
)  # what n8n, Postman, Jinja or a workflow fills in; no JSON has two braces
_LITERAL = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null|\$\{\w+\}|\$\w+|<\w+>|\.\.\.|\{\{.*?\}\}")


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


@dataclass(slots=True, eq=False)
class Member:
    """A key with its quotes, and its value."""

    name: str
    start: int
    stop: int
    value: Value


def members(text: str) -> list[Member]:
    """The members of a JSON object, which may be a template; none when the text is something else."""
    plain = _FILLED.sub(lambda found: "0" * len(found[0]), text)
    try:
        found = parse(plain)
    except NotJson:
        return list(_of_template(plain))
    return found[0].members if len(found) == 1 else []


def _of_template(text: str) -> Iterator[Member]:
    """The keys at the top of a text that is only JSON once something is filled in: strings before a colon."""
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
    """One JSON value, or several that follow each other.

    Raises:
        NotJson: it is none.
    """
    reader = _Reader(text)
    found: list[Value] = []
    while reader.kind:
        found.append(reader.value(0))
    return found


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._tokens()
        self.kind, self.start, self.stop = "", 0, 0
        self.next()

    def _tokens(self) -> Iterator[tuple[str, int, int]]:
        at = 0
        while at < len(self.text):
            found = _TOKEN.match(self.text, at)
            if found is None or found.end() == at:
                raise NotJson(at)
            if found.lastgroup != "space":
                yield str(found.lastgroup), found.start(), found.end()
            at = found.end()

    def next(self) -> None:
        self.kind, self.start, self.stop = next(self.tokens, ("", len(self.text), len(self.text)))

    @property
    def mark(self) -> str:
        return self.text[self.start] if self.kind == "mark" else ""

    def at_mark(self, mark: str) -> bool:
        return self.mark == mark

    def value(self, depth: int) -> Value:
        found = Value(self.start)
        if depth > 200:
            raise NotJson(self.start)
        if self.mark == "{":
            self._object(found, depth)
        elif self.mark == "[":
            self.next()
            while not self.at_mark("]"):
                found.items.append(self.value(depth + 1))
                self._comma("]")
            found.stop = self.stop
            self.next()
        elif self.kind == "string":
            found.text, found.stop = unescaped(self.text[self.start + 1 : self.stop - 1]), self.stop
            self.next()
        elif self.kind == "word" and _LITERAL.fullmatch(self.text[self.start : self.stop]):
            found.stop = self.stop
            self.next()
        else:
            raise NotJson(self.start)
        return found

    def _object(self, found: Value, depth: int) -> None:
        found.is_object = True
        self.next()
        while self.mark != "}":
            if self.kind == "word" and self.text[self.start : self.stop] == "...":
                self.next()
                self._comma("}")
                continue
            if self.kind != "string":
                raise NotJson(self.start)
            name, start, stop = unescaped(self.text[self.start + 1 : self.stop - 1]), self.start, self.stop
            self.next()
            if self.mark != ":":
                raise NotJson(self.start)
            self.next()
            found.members.append(Member(name, start, stop, self.value(depth + 1)))
            self._comma("}")
        found.stop = self.stop
        self.next()

    def _comma(self, closing: str) -> None:
        if self.mark == ",":
            self.next()
        elif self.mark != closing and not (self.kind == "word" and self.text[self.start : self.stop] == "..."):
            raise NotJson(self.start)


def unescaped(text: str) -> str:
    """The letters that stand between the quotes of a JSON string."""
    if "\\" not in text:
        return text
    import json

    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text


def decoded(raw: str, start: int) -> tuple[str, list[int]]:
    """The letters of a JSON string with its quotes, which begins at a place, and where each of them stands; the end too."""
    letters: list[str] = []
    places: list[int] = []
    at, end = 1, len(raw) - 1
    while at < end:
        found = _PLAIN.match(raw, at, end) or _ESCAPE.match(raw, at, end)
        piece = found[0] if found else raw[at]
        if piece[0] == "\\":
            letters.append(unescaped(piece))
            places += [start + at] * len(letters[-1])
        else:
            letters.append(piece)
            places += range(start + at, start + at + len(piece))
        at += len(piece)
    return "".join(letters), [*places, start + end]
