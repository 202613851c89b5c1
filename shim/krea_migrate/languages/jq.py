"""Programs of jq: the object that one builds or changes, as the common tree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.languages.scopes import Scopes
from krea_migrate.limits import READING, LimitReached

_TOKEN = re.compile(
    r"(?P<space>(?:\s+|#[^\n]*)+)|(?P<string>\"(?:[^\"\\]|\\.)*\")|(?P<variable>\$?\$\w+)"
    r"|(?P<path>\.[A-Za-z_]\w*)|(?P<number>\d[\d.eE]*)|(?P<word>@?[A-Za-z_]\w*(?:::\w+)*)"
    r"|(?P<mark>\?//=?|//=|\|=|[-+*/%]=|[=!<>]=|//|\.\.|[][(){}|,.:;?=<>+*/%-])",
    re.DOTALL,
)
_SETS = frozenset({"=", "|=", "+=", "//=", "*="})
# How closely the marks between two values bind, beginning with the loosest.
_BINDS = {
    "|": 0,
    ",": 1,
    "//": 2,
    "or": 4,
    "and": 5,
    "+": 7,
    "-": 7,
    "*": 8,
    "/": 8,
    "%": 8,
    **dict.fromkeys(_SETS, 3),
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 6),
}
_SAME = frozenset({"tojson", "tostring", "fromjson", "select", "map_values", "debug", "@json"})


class _Token(NamedTuple):
    """A word or a mark, and where it begins; the last one is empty."""

    kind: str
    text: str
    at: int


class _NotJq(ValueError):
    """The program is not understood."""


def _split(text: str) -> list[_Token]:
    """Return all of a program.

    Raises:
        _NotJq: it has something else in it.
    """
    result: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _NotJq(text[at])
        if match.lastgroup != "space":
            result.append(_Token(str(match.lastgroup), match[0], at))
        at = match.end()
    return [*result, _Token("", "", len(text))]


class Reader:
    """Reads one program.

    Args:
        scopes: where the program stands.
        text: the program.
        places: where each of its letters stands in the file, and the end.
        variables: what its variables stand for.
    """

    def __init__(self, scopes: Scopes, text: str, places: Sequence[int], variables: Mapping[str, ir.Node]) -> None:
        self._scopes = scopes
        self.module = scopes.module
        self.text = text
        self.places = places
        self.named = dict(variables)
        self.tokens: list[_Token] = []
        self.number = self.depth = 0

    def run(self, input_node: ir.Node) -> ir.Node:
        """Return what the program gives for its input; nothing is known of that when the program is not understood."""
        dicts, stores, reads = len(self.module.dicts), len(self.module.stores), len(self.module.reads)
        try:
            self.tokens = _split(self.text)
            piped = self._piped(input_node)
            if self._next.kind:
                raise _NotJq(self._next.text)
        except _NotJq:
            del self.module.dicts[dicts:], self.module.stores[stores:], self.module.reads[reads:]
            return ir.Opaque(self.places[0], self.places[-1])
        return piped

    @property
    def _next(self) -> _Token:
        return self.tokens[self.number]

    def _is(self, *texts: str) -> bool:
        return self._next.kind in ("mark", "word") and self._next.text in texts

    def _take(self) -> _Token:
        token = self._next
        if not token.kind:
            raise _NotJq("end")
        self.number += 1
        return token

    def _skipped(self, text: str) -> bool:
        """Go on behind a word or mark, if it comes next; return whether it does."""
        is_next = self._is(text)
        self.number += is_next
        return is_next

    def _passed(self, text: str) -> None:
        if self._take().text != text:
            raise _NotJq(text)

    def _opaque(self) -> ir.Node:
        at = self.places[self._next.at]
        return ir.Opaque(at, at)

    def _piped(self, input_node: ir.Node) -> ir.Node:
        """Return the whole of a program, or of a pair of brackets."""
        self.depth += 1
        if self.depth > READING.nesting.value:
            raise LimitReached(READING.nesting)
        result = self._joined(input_node, 1)
        while self._is("|", "as"):
            if self._take().text == "as":
                variable = self._take()
                if variable.kind != "variable":
                    raise _NotJq("a pattern")
                self.named[variable.text.lstrip("$")] = result
                result = input_node
                self._passed("|")
            result = self._joined(result, 1)
        self.depth -= 1
        return result

    def _joined(self, input_node: ir.Node, loosest: int) -> ir.Node:
        lefthand = self._value(input_node)
        while self._next.text in _BINDS and self._next.kind in ("mark", "word"):
            mark = self._next.text
            binds = _BINDS[mark]
            if binds < loosest:
                break
            self._take()
            setting = mark in _SETS
            right = self._joined(lefthand if mark == "|=" else input_node, binds + (not setting))
            lefthand = self._set(input_node, lefthand, right) if setting else self._both(mark, lefthand, right)
        return lefthand

    def _both(self, mark: str, first: ir.Node, right: ir.Node) -> ir.Node:
        if mark in ("+", "*"):
            return self._dict([ir.Entry(None, first), ir.Entry(None, right)], first)
        if mark in ("//", ","):
            return ir.Phi(first.start, right.end, [first, right])
        return first if mark == "-" else ir.Opaque(first.start, right.end)

    def _dict(self, entries: list[ir.Entry], near: ir.Node) -> ir.Dict:
        return self._scopes.literal((near.start, self.places[self._next.at]), entries)

    def _set(self, input_node: ir.Node, target: ir.Node, value: ir.Node) -> ir.Node:
        if isinstance(target, ir.Item) and target.of is input_node and isinstance(target.key, ir.Str):
            self.module.reads[:] = [read for read in self.module.reads if read is not target]
            entry = ir.Entry(target.key, value, bare=target.key.inner < 0)
            return self._dict([ir.Entry(None, input_node), entry], target)
        return input_node

    def _value(self, input_node: ir.Node) -> ir.Node:
        result = self._first(input_node)
        while True:
            if self._next.kind == "path":
                result = self._member(result)
            elif self._is(".") and self.tokens[self.number + 1].kind == "string":
                self._take()
                result = self._keyed(result, self._take())
            elif self._is("["):
                result = self._indexed(result, input_node)
            elif not self._skipped("?"):
                return result

    def _first(self, input_node: ir.Node) -> ir.Node:
        if self._next.kind == "path":
            return self._member(input_node)
        take = self._take()
        if take.text == ".":
            return self._keyed(input_node, self._take()) if self._next.kind == "string" else input_node
        if take.kind == "variable":
            return self.named.get(take.text.lstrip("$"), self._opaque())
        if take.text == "{":
            return self._object(input_node)
        if take.text in ("[", "("):
            empty = take.text == "[" and self._is("]")
            opaque = self._opaque() if empty else self._piped(input_node)
            self._passed("]" if take.text == "[" else ")")
            return opaque if take.text == "(" else ir.Seq(opaque.start, opaque.end, [opaque])
        if take.kind in ("number", "string") or take.text == "..":
            return self._opaque()
        if take.text == "-":
            return self._value(input_node)
        if take.kind == "word":
            return self._called(take.text, input_node)
        raise _NotJq(take.text)

    def _member(self, of: ir.Node) -> ir.Node:
        take = self._take()
        return self._read(of, self._key(take.at + 1, take.text[1:], bare=True))

    def _keyed(self, of: ir.Node, entry: _Token) -> ir.Node:
        return self._read(of, self._key(entry.at + 1, entry.text[1:-1], bare=False))

    def _read(self, of: ir.Node, key: ir.Str) -> ir.Node:
        item = ir.Item(of.start, key.end, of, key)
        self.module.reads.append(item)
        return item

    def _indexed(self, of: ir.Node, input_node: ir.Node) -> ir.Node:
        self._take()
        string = self._next
        if string.kind == "string" and self.tokens[self.number + 1].text == "]":
            self.number += 2
            return self._keyed(of, string)
        depth, inside = 1, list[str]()
        while depth:
            inside.append(self._take().text)
            depth += {"[": 1, "]": -1}.get(inside[-1], 0)
        if ":" in inside or len(inside) == 1:
            return of if len(inside) > 1 else ir.Element(of.start, input_node.end, of)
        at = self.places[self._next.at]
        key = ir.Str(at, at, inside[0]) if inside[0].isdigit() else ir.Opaque(at, at)
        return ir.Item(of.start, at, of, key)

    def _key(self, at: int, name: str, *, bare: bool) -> ir.Str:
        start, end = self.places[at], self.places[at + len(name)]
        is_contiguous = all(self.places[at + n] == start + n for n in range(len(name))) and name.isascii()
        token = ir.Str(start, start + len(name) if is_contiguous else end, name, start if is_contiguous else -1)
        if bare and not is_contiguous:
            raise _NotJq("a name in pieces")
        return token

    def _object(self, input_node: ir.Node) -> ir.Dict:
        start, entries = self._opaque(), list[ir.Entry]()
        while not self._is("}"):
            entries.append(self._entry(input_node))
            if not self._is("}"):
                self._passed(",")
        self._take()
        return self._dict(entries, start)

    def _entry(self, input_node: ir.Node) -> ir.Entry:
        take = self._take()
        if take.text == "(":
            computed = self._piped(input_node)
            self._passed(")")
            self._passed(":")
            return ir.Entry(ir.Opaque(computed.start, computed.end), self._inner(input_node))
        if take.kind not in ("word", "string", "variable"):
            raise _NotJq(take.text)
        name = take.text if take.kind == "word" else take.text[1:-1] if take.kind == "string" else take.text.lstrip("$")
        before = len(take.text) - len(name) - (take.kind == "string")  # the signs of a variable, a quote
        key = self._key(take.at + before, name, bare=take.kind != "string")
        if self._is(":") and take.kind != "variable":
            self._take()
            return ir.Entry(key, self._inner(input_node))
        if take.kind == "variable":  # {$name}
            key = ir.Str(key.start - before, key.end, name, key.inner)
            return ir.Entry(key, self.named.get(name, self._opaque()), shorthand=True, given=take.text)
        if take.kind == "string":
            return ir.Entry(key, self._read(input_node, key))
        return ir.Entry(key, self._read(input_node, key), shorthand=True, given=f".{name}")

    def _inner(self, input_node: ir.Node) -> ir.Node:
        """Return the value of an entry: without commas, and with pipes between its parts."""
        joined = self._joined(input_node, 2)
        while self._skipped("|"):
            joined = self._joined(joined, 2)
        return joined

    def _called(self, name: str, input_node: ir.Node) -> ir.Node:
        if name == "if":
            return self._condition(input_node)
        if name in ("def", "reduce", "foreach", "label", "try", "import", "include"):
            raise _NotJq(name)
        around = len(self.module.reads)
        if self._skipped("("):
            inner = input_node if name in ("del", "select", "pick") else self._opaque()
            if name == "has" and self._next.kind == "string":
                _next = self._next
                self.module.tests.append(ir.Test(self._key(_next.at + 1, _next.text[1:-1], bare=False), input_node))
            self._piped(inner)
            while self._skipped(";"):
                self._piped(inner)
            self._passed(")")
        if name == "del":
            self._deleted(self.module.reads[around:], input_node)
            return input_node
        if name == "with_entries":
            return input_node if not any(token.text == ".key" for token in self.tokens) else self._opaque()
        return input_node if name in _SAME else self._opaque()

    def _deleted(self, result: Sequence[ir.Item | ir.Attr], input_node: ir.Node) -> None:
        for entry in result:
            if isinstance(entry, ir.Item) and entry.of is input_node:
                self.module.reads.remove(entry)
                self._scopes.assign(entry, None)

    def _condition(self, input_node: ir.Node) -> ir.Node:
        self._piped(input_node)
        self._passed("then")
        options = [self._piped(input_node)]
        if self._skipped("elif"):
            options.append(self._condition(input_node))
        else:
            options.append(self._piped(input_node) if self._skipped("else") else input_node)
            self._passed("end")
        return ir.Phi(options[0].start, options[-1].end, options)
