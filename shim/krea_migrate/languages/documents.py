"""JSON and YAML files as modules: each body beside an address is a request that the file spells out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from krea_migrate import ir, names, profile
from krea_migrate.languages import document_bodies, json_text, needs
from krea_migrate.languages.dialects import DOCUMENT
from krea_migrate.languages.json_text import Member, Value
from krea_migrate.limits import PRECISION

_SHARED = frozenset({"defaults", "default", "common", "shared"})
_VARIED = frozenset({"matrix"})  # variables of a workflow, whatever they are called
_STEP = 1024  # characters
_MERGE = "<<"  # of YAML: the members of what an anchor names
_ELSEWHERE = "https://another part of the document/"  # as messages say it; nothing is asked there
_NO_TEXT = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")  # in YAML, without quotes
_FILLED = re.compile(r"[{$<%]|^=")  # by what the run puts there


class Unread(ValueError):
    """The file is not what its ending says, or what reads it is not installed."""


def parse(text: str, *, yaml: bool) -> list[Value]:
    """Return the values of a text.

    Raises:
        Unread: they could not be read.
    """
    if yaml:
        try:
            from krea_migrate.languages import yaml_text
        except ModuleNotFoundError as missing:
            raise Unread(needs(missing)) from None
        try:
            return yaml_text.parse(text)
        except yaml_text.NotYaml as error:
            raise Unread(f"is no YAML: {error}") from None
    try:
        return json_text.parse(text)
    except json_text.NotJson as error:
        raise Unread(f"is no JSON: line {text.count(chr(10), 0, error.at) + 1}") from None


class DocumentText:
    """One file, or one block of a Markdown file that begins `shift` bytes into it.

    Args:
        path: of the file.
        source: the bytes of the file.
        text: the text of the file or block.
        values: what stands in it.
        shift: of a block, in bytes.
    """

    def __init__(self, path: str, source: bytes, text: str, values: list[Value], shift: int = 0) -> None:
        self.path = path
        self.source = source
        self.text = text
        self.values = values
        self.shift = shift

    def place(self, at: int) -> int:
        """Return a place of the file, in bytes."""
        if self._is_ascii:
            return self.shift + at
        start = at - at % _STEP
        return self.shift + self._places[at // _STEP] + len(self.text[start:at].encode("utf-8", "surrogateescape"))

    @cached_property
    def _is_ascii(self) -> bool:
        return self.text.isascii()

    @cached_property
    def _places(self) -> list[int]:
        """The places of every `_STEP`th character, in bytes."""
        steps = range(0, len(self.text), _STEP)
        widths = (len(self.text[start : start + _STEP].encode("utf-8", "surrogateescape")) for start in steps)
        return [0, *accumulate(widths)]

    @cached_property
    def names_models(self) -> bool:
        """Some object in it names a model in full."""
        return any(map(_names_model, self.values))

    def parts(self, values: list[Value]) -> Iterator[tuple[int, Document]]:
        """Yield values in groups, each with its characters: values that are not inside one another share nothing."""
        part, size = Document(self, []), 0
        for value in values:
            if size > PRECISION.together:
                yield size, part
                part, size = Document(self, []), 0
            part.values.append(value)
            size += value.stop - value.start
        yield size, part


def _names_model(value: Value) -> bool:
    if value.is_object and document_bodies.address(value)[0] is not None:
        return True
    return any(map(_names_model, [*value.items, *(member.value for member in value.members)]))


class Document:
    """Some values of a file or block, and their requests.

    Args:
        document_text: the file or block.
        values: what is looked at of it.
    """

    def __init__(self, document_text: DocumentText, values: list[Value]) -> None:
        self.whole = document_text
        self.path = document_text.path
        self.text = document_text.text
        self.place = document_text.place
        self.values = values
        self.module = ir.Module(
            document_text.path, f"{document_text.path}#{document_text.shift}", DOCUMENT, document_text.source
        )
        self._literals: dict[Value, ir.Dict] = {}
        self._addresses: dict[str, ir.Node] = {}
        self._visited: set[Value] = set()
        self.loaded: set[Value] = set()  # bodies that programs load and send

    def name(self, value: Value | Member, name: str) -> ir.Str:
        """Return a name that stands there, with or without quotes."""
        letters = self.text[value.start : value.stop]
        quoted = letters[:1] in ("'", '"')
        start, inner = self.place(value.start), self.place(value.start + quoted)
        is_verbatim = letters[quoted : len(letters) - quoted] == name
        return ir.Str(start, inner + len(name.encode()) + quoted, name, inner if is_verbatim else -1)

    def literals(self, value: Value) -> Iterator[ir.Dict]:
        """Yield a body, or each in a list, and add it to the module."""
        for item in value.items:
            yield from self.literals(item)
        if value.is_object:
            yield self._literal(value)

    def _literal(self, value: Value) -> ir.Dict:
        if value not in self._literals:
            literal = self._literals[value] = ir.Dict(self.place(value.start), self.place(value.stop), [])
            for member in value.members:
                if member.name == _MERGE:
                    entries = [ir.Entry(None, merged) for merged in self.literals(member.value)]
                else:
                    entries = [ir.Entry(self.name(member, member.name), self._member(member.value))]
                literal.entries += entries
            self.module.dicts.append((literal, self.module.top, ()))
        return self._literals[value]

    def _member(self, value: Value) -> ir.Node:
        """Return a text, or what is not followed."""
        start, end = self.place(value.start), self.place(value.stop)
        is_plain = value.text is not None and self.text[value.start : value.start + 1] not in ("'", '"')
        if value.text is None or _FILLED.search(value.text) or (is_plain and _NO_TEXT.fullmatch(value.text)):
            return ir.Opaque(start, end)
        return ir.Str(start, end, value.text)

    def request(self, address: str, body: Value, *, weak: bool = False) -> None:
        """Note that a body goes to an address; `weak`: as far as what stands beside it tells."""
        for literal in self.literals(body):
            if address not in self._addresses:
                self._addresses[address] = self._address(address)
            node = ir.RequestNode(literal.start, literal.end, self._addresses[address], [literal])
            self.module.requests.append(ir.RequestSite(node, self.module.top, (), weak))

    def _address(self, text: str) -> ir.Node:
        parts: list[ir.Node] = []
        for piece, hole in document_bodies.pieces(text):
            parts += [ir.Str(0, 0, piece), *([ir.Name(0, 0, hole, self.module.top, 0, ())] if hole is not None else [])]
        return ir.Text(0, 0, parts)

    def follow(self) -> None:
        """Note the requests of every object that names the address of a body."""
        for value in self.values:
            self._follow(value)

    def _follow(self, value: Value) -> None:
        for item in value.items:
            self._note_text(item)
            self._follow(item)
        if not value.is_object:
            return
        if value in self._visited:  # an anchor's name stands for it
            self.request(_ELSEWHERE, value)
        self._visited.add(value)
        for member in value.members:
            self._note_text(member.value)
        self._shared(value)
        bodies = self._requests(value)
        for member in value.members:
            if member.name in _VARIED or member.value.is_leaf or member.value in bodies:
                continue
            if member.name == _MERGE:
                if value not in bodies and value not in self.loaded:
                    self.request(_ELSEWHERE, member.value)
            elif member.value.is_object and profile.active().prefix in member.name and _is_operation(member.name):
                self.request(member.name, member.value, weak=True)
            else:
                self._follow(member.value)

    def _requests(self, value: Value) -> list[Value]:
        """Note the requests of one object, and return their bodies."""
        address, is_body = document_bodies.address(value)
        if address is None:
            return []
        bodies = document_bodies.bodies(value, self.text) or ([value] if is_body else [])
        for body in bodies:
            self.request(address, body, weak=body is value or body.is_code)
        return bodies

    def _note_text(self, value: Value) -> None:
        """Note a text that may be an address of the API."""
        text = value.text or ""
        if profile.active().segment in text and " " not in text.strip():
            self.module.texts.append(ir.Str(self.place(value.start), self.place(value.stop), text))

    def _shared(self, value: Value) -> None:
        """Note members for all items of a list, where each of the items names its operation."""
        shared = [member.value for member in value.members if member.name.lower() in _SHARED and member.value.is_object]
        listed = [item for member in value.members for item in member.value.items if item.is_object] if shared else []
        addresses = {document_bodies.address(item)[0] for item in listed}
        for address in addresses if None not in addresses else ():
            for body in shared:
                self.request(address or "", body, weak=True)


def _is_operation(address: str) -> bool:
    return names.target(address).kind == "operation"


def taken(values: Iterable[Value], steps: tuple[str, ...], wildcard: str) -> Iterator[Value]:
    """Yield the parts of values that steps lead to; the step `wildcard` leads to each part."""
    for value in values:
        if not steps:
            yield value
            continue
        is_open = steps[0] == wildcard
        parts = [member.value for member in value.members if is_open or member.name == steps[0]]
        yield from taken([*parts, *value.items] if is_open else parts, steps[1:], wildcard)
