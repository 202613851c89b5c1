"""Reads a section of a reference page: the fields one below the other, each with its facts and a description."""

from __future__ import annotations

import re

from krea_client.cli.document_diff.operation_facts import Facts, FieldFacts, Unreadable

from . import attributes
from .lines import Cursor, Line

_NAME = re.compile(r"[A-Za-z_$][\w$-]*(?:(?:\[\])?\.[A-Za-z_$][\w$-]*)*")
_ReadFields = tuple[dict[str, FieldFacts], dict[str, int]]


def read(lines: list[Line], unclear: list[Unreadable], *, places: bool = False) -> _ReadFields:
    """Return the fields of a section by address, and the line of each; with `places` as "header Authorization".

    What is not understood is added to `unclear`: a fact, without which its field goes, or a field, of which nothing is compared.
    """
    reader = _FieldReader(Cursor(lines), places=places)
    while not reader.cursor.done:
        name = reader.cursor.peek()
        try:
            reader.take()
        except Unreadable as problem:
            unclear.append(problem)
            if _NAME.fullmatch(name) and not attributes.is_attribute(name):
                reader.leave_out(name, problem.line or 0)
    return reader.nodes, reader.where


class _FieldReader:
    """Reads field by field; facts belong to the field above them."""

    def __init__(self, cursor: Cursor, *, places: bool) -> None:
        self.cursor, self._places = cursor, places
        self.nodes: dict[str, FieldFacts] = {}
        self.where: dict[str, int] = {}
        self._facts, self._items = Facts(), Facts()

    def take(self) -> None:
        """Read one field, fact or description."""
        cursor = self.cursor
        if _begins(cursor):
            self._begin(cursor.take())
        elif attributes.is_attribute(cursor.peek()):
            line = cursor.take()
            if not self.nodes:
                raise Unreadable(f"a fact before the first field: {line.text}", line.number)
            attributes.read(cursor, line, self._facts, self._items)
        else:
            _prose(cursor, inside=bool(self.nodes))

    def leave_out(self, name: str, line: int) -> None:
        """Note a field that is not understood, unless it was read before; the facts below it belong to no other."""
        self._facts, self._items = Facts(), Facts()
        word, below = self.cursor.peek(), self.cursor.peek(1)
        if re.fullmatch(r"[a-z]+", word) and not self.cursor.after_blank and not attributes.TYPE.fullmatch(below):
            self.cursor.take()  # an unknown type
        if name not in self.nodes:
            self.nodes[name], self.where[name] = FieldFacts.of_unread(()), line

    def _begin(self, line: Line) -> None:
        cursor, facts, items = self.cursor, Facts(), Facts()
        if attributes.TYPE.fullmatch(cursor.peek()):
            facts, items = attributes.typed(cursor.take().text)
        path = f"{cursor.peek()} {line.text}" if self._places else _address(line, self.nodes)
        if path in self.nodes:
            raise Unreadable(f"the field {path} is listed twice, first on line {self.where[path]}", line.number)
        self._facts, self._items = facts, items
        self.nodes[path], self.where[path] = FieldFacts(facts), line.number
        if items:
            self.nodes[f"{path}[]"] = FieldFacts(items)


def _begins(cursor: Cursor) -> bool:
    """Return whether a field begins here: a name, and below it a type or a fact."""
    name, below = cursor.peek(), cursor.peek(1)
    if not _NAME.fullmatch(name) or not below or cursor.breaks(1) or attributes.is_attribute(name):
        return False
    return bool(attributes.TYPE.fullmatch(below)) or below.startswith(("default:", "Available options:"))


def _address(line: Line, nodes: dict[str, FieldFacts]) -> str:
    """Return the name of ours for one of a page: its `styles.strength` is `styles[].strength` where styles is a list."""
    steps = line.text.replace("[]", "").split(".")
    path = steps[0]
    for step in steps[1:]:
        if path not in nodes:
            raise Unreadable(f"{line.text} is inside {path}, which is not listed above it", line.number)
        path = f"{path}[].{step}" if f"{path}[]" in nodes else f"{path}.{step}"
    return path


def _prose(cursor: Cursor, *, inside: bool) -> None:
    """Read a description, up to the next empty line or field."""
    fresh = cursor.after_blank
    line = cursor.take()
    alone = cursor.done or cursor.after_blank
    if re.fullmatch(r"[\w$.\[\]-]+", line.text) and not (alone and line.text[0].isupper()):
        complaint = "a type or a fact was expected below it"
        raise Unreadable(
            f"{line.text!r} is not understood: {complaint}{'' if alone else f', not {cursor.peek()!r}'}", line.number
        )
    if not fresh and inside and (" " not in line.text or line.text[-1] not in ".!?)\"'"):
        raise Unreadable(f"this is neither a fact nor a sentence: {line.text}", line.number)
    while not (cursor.done or cursor.after_blank or _begins(cursor) or attributes.is_attribute(cursor.peek())):
        cursor.take()
