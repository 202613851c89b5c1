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

    A fact that is not understood is added to `unclear`, and the field goes without it.

    Raises:
        Unreadable: a line is neither a field nor a fact nor a description.
    """
    cursor, nodes, where = Cursor(lines), dict[str, FieldFacts](), dict[str, int]()
    facts, items = Facts(), Facts()
    while not cursor.done:
        if _begins(cursor):
            line = cursor.take()
            facts, items = Facts(), Facts()
            if attributes.TYPE.fullmatch(cursor.peek()):
                facts, items = attributes.typed(cursor.take().text)
            path = f"{cursor.peek()} {line.text}" if places else _address(line, nodes)
            if path in nodes:
                raise Unreadable(f"the field {path} is listed twice, first on line {where[path]}", line.number)
            nodes[path], where[path] = FieldFacts(facts), line.number
            if items:
                nodes[f"{path}[]"] = FieldFacts(items)
        elif attributes.is_attribute(cursor.peek()):
            if not nodes:
                raise Unreadable(f"a fact before the first field: {cursor.peek()}", cursor.take().number)
            try:
                attributes.read(cursor, cursor.take(), facts, items)
            except Unreadable as problem:
                unclear.append(problem)
        else:
            _prose(cursor, inside=bool(nodes))
    return nodes, where


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
