"""Every place where a name of a body stands in the source, with the addresses that the body reaches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from krea_migrate import ir
from krea_migrate.findings import Edit
from krea_migrate.flow.call_contexts import each_context
from krea_migrate.flow.constant_uses import Keys
from krea_migrate.flow.dict_members import keys
from krea_migrate.flow.escape_analysis import given_away, on_pages
from krea_migrate.flow.known_functions import WITH_OPTIONS
from krea_migrate.flow.readers import scope_of
from krea_migrate.flow.records import Held, Record
from krea_migrate.flow.taint import Reach
from krea_migrate.flow.values import NONE, Frame, Inst, Obj, Origin, meet, path_condition
from krea_migrate.holes import HOLE
from krea_migrate.ir import tail
from krea_migrate.languages.json_text import members

Kind = Literal["dict key", "assignment", "keyword", "read", "variable", "field", "json text"]
_READERS = frozenset({"get", "pop", "has", "hasOwnProperty", "__contains__", "__getitem__"})


class Place(NamedTuple):
    """A name in a body.

    Attributes:
        kind: how it stands there.
        name: the name.
        file: the file.
        start, end: where it stands.
        edit: how it would be replaced by the text that "{}" stands for; None when its letters are not there as they are.
        records: the addresses that the body reaches.
        mixed: the expression may also be another value, which reaches none of them.
        beside: the other keys of the body.
        also: a call that is given the same dict and could not be followed.
        given: where the body came in, when somebody else made it.
        always: it is set whenever the lines around it run.
        limits: the limits of the analysis that were hit on the way to it.
    """

    kind: Kind
    name: str
    file: str
    start: int
    end: int
    edit: Edit | None
    records: tuple[Record, ...]
    mixed: bool = False
    beside: frozenset[str] = frozenset()
    also: str | None = None
    given: Origin = ()
    always: bool = False
    limits: frozenset[str] = frozenset()

    @classmethod
    def of_name(cls, kind: Kind, name: str, file: str, at: int, records: Iterable[Record] = ()) -> Place:
        """Return the place of a name that begins there, without quotes and as it is."""
        return cls(kind, name, file, at, at + len(name), Edit.of_name(at, name), tuple(records))


class AnyName(frozenset[str]):
    """Every name."""

    def __contains__(self, name: object) -> bool:
        return True


class Places:
    """All places of a project for the names that are looked for."""

    def __init__(self, reach: Reach, interesting: frozenset[str], old: frozenset[str], *, escapes: bool = True) -> None:
        self._escapes = escapes  # what else is given the dicts is looked for
        self.reach = reach
        self._sends = frozenset(request.node for request in reach.requests)
        self._shown = on_pages(reach.ask.project.modules.values())
        self.wanted = interesting
        self.old = old  # what is read matters only where it is renamed
        self._texts_of: dict[ir.Str, list[tuple[str, tuple[ir.Str, ...], list[Record]]]] = defaultdict(list)
        for row in reach.texts:
            self._texts_of[row[1][0]].append(row)

    @cached_property
    def _holders(self) -> dict[ir.Str, ir.Module]:
        """The modules of the constants that are looked for."""
        modules = self.reach.ask.project.modules.values()
        return {token: module for module in modules for token in module.texts if token.value in self.wanted}

    @cached_property
    def _literal_of(self) -> dict[ir.Node, ir.Dict]:
        """The literals, by their keys."""
        literals = [literal for module in self.reach.ask.project.modules.values() for literal, _, _ in module.dicts]
        return {entry.key: literal for literal in literals for entry in literal.entries if entry.key is not None}

    @cached_property
    def _given_away(self) -> tuple[dict[ir.Node, str], frozenset[str]]:
        """The dicts that something else is given too, and the limits that were hit while such calls were looked for."""
        bodies = frozenset(
            site
            for kind, site in self.reach.records
            if kind == "dict"
            and isinstance(site, ir.Dict)
            and any(_key(entry) in self.wanted for entry in site.entries)
        )
        ask = self.reach.ask
        ask.state.observe()
        escapes = given_away(ask, lambda: self.reach.flow_graph, self._sends, bodies)
        return escapes, ask.state.observe()

    @cached_property
    def _keys(self) -> Keys:
        return Keys(self.reach)

    def all(self, module: ir.Module) -> Iterator[Place]:
        """Yield the places of one module, each with the limits that were hit on the way to it."""
        ask = self.reach.ask
        for kind in (self._literals, self._stores, self._calls, self._reads, self._texts):
            ask.state.observe()
            for place in kind(module):
                limits = place.limits | ask.state.observe()
                yield place._replace(limits=limits) if limits else place

    def _around(self, of: ir.Node, scope: ir.Function) -> frozenset[str]:
        """Return the keys of a dict that reaches nothing."""
        ask = self.reach.ask
        values = (alt.value for alt in ask.value(of, Frame(scope)))
        return frozenset(key for value in values if isinstance(value, Obj) for key in keys(value))

    def _along(self, records: Iterable[Record], path: ir.Path) -> tuple[Record, ...]:
        here = path_condition(path)
        return tuple(record for record in records if meet((record.yes, record.no), (here, NONE)) is not None)

    def _literals(self, module: ir.Module) -> Iterator[Place]:
        for literal, scope, path in module.dicts:
            entries = [entry for entry in literal.entries if _key(entry) in self.wanted]
            if not entries:
                continue
            records = self._along(self.reach.records.get(("dict", literal), ()), path)
            beside = frozenset(keys(Obj(literal, Frame(scope))))
            also = self._shown.get(literal) if records else None
            also = also or (self._given_away[0].get(literal) if records and self._escapes else None)
            for entry in entries:
                key = entry.key
                if isinstance(key, ir.Str):
                    edit = _of_entry(entry, key)
                    place = Place("dict key", key.value, module.file, key.start, key.end, edit, records)
                    limits = self._given_away[1] if records and self._escapes else frozenset[str]()
                    yield place._replace(beside=beside, also=also, limits=limits)

    def _stores(self, module: ir.Module) -> Iterator[Place]:
        for store in module.stores:
            target = store.target
            if isinstance(target, ir.Attr):
                if target.name in self.wanted:
                    knowledge = self.reach.of_expression(target.of, store.scope)
                    yield self._member("assignment", module, target, self._held(knowledge, store.path))
            elif isinstance(target.key, ir.Str):
                if target.key.value in self.wanted:
                    knowledge = self._held(self.reach.of_expression(target.of, store.scope), store.path)
                    always = not store.path and not store.drops
                    beside = self._around(target.of, store.scope) if not knowledge.records else frozenset[str]()
                    yield _token("assignment", module, target.key, knowledge, always=always)._replace(beside=beside)
            else:
                yield from self._variable(module, target, store)

    def _variable(self, module: ir.Module, target: ir.Item, store: ir.Assignment) -> Iterator[Place]:
        """Yield body[key] = value, for the constants that the key may be."""

        def look(frame: Frame, weak: bool) -> list[tuple[ir.Str, Held]]:
            constants: list[tuple[ir.Str, Held]] = []
            for alt in self.reach.ask.value(target.key, frame):
                for token in (record for record in getattr(alt.value, "tokens", ()) if self._is_sought(record)):
                    knowledge = self.reach.of_expression(target.of, store.scope, frame)
                    along = [
                        record._replace(yes=conditions[0], no=conditions[1], weak=record.weak or weak)
                        for record in knowledge.records
                        if (conditions := meet((record.yes, record.no), (alt.yes, alt.no))) is not None
                    ]
                    constants.append((token, knowledge._replace(records=along)))
            return constants

        if not self.reach.of_expression(target.of, store.scope).records:
            return  # whoever calls, it is no body
        constants = list(each_context(self.reach.ask, store.scope, False, look))
        for token, knowledge in constants:
            yield self._constant(token, module, knowledge)

    def _is_sought(self, token: ir.Str) -> bool:
        """Return whether it is not a key of a literal that was followed for itself."""
        literal = self._literal_of.get(token)
        return token.value in self.wanted and (literal is None or ("dict", literal) not in self.reach.records)

    def _constant(self, token: ir.Str, module: ir.Module, knowledge: Held) -> Place:
        """Return a constant that comes to be the key of a body."""
        owner = self._holders.get(token, module)
        mixed = knowledge.mixed or not self._keys.only_keys(token, owner)
        return _token("variable", owner, token, knowledge._replace(mixed=mixed))

    def _calls(self, module: ir.Module) -> Iterator[Place]:
        for site in module.calls:
            call = site.call
            for word in [] if _has_options(call) else call.words:
                name = word.name
                if name is not None and name in self.wanted:
                    by_node = self.reach.records
                    records = self._along(
                        [*by_node.get(("word", word), ()), *by_node.get(("dict", call), ())], site.path
                    )
                    beside = frozenset(word.name or "" for word in call.words)
                    yield Place.of_name("keyword", name, module.file, word.at, records)._replace(beside=beside)
            first = call.args[0] if call.args else None
            if isinstance(first, ir.Str) and first.value in self.wanted and isinstance(call.of, ir.Attr):
                name = tail(call.of)
                if name in ("setdefault", "set") or (name in _READERS and first.value in self.old):
                    kind: Kind = "read" if name in _READERS else "assignment"
                    if kind == "read":
                        knowledge = self.reach.of_read(call.of.of, site.scope, first.value)
                    else:
                        knowledge = self.reach.of_expression(call.of.of, site.scope)
                    knowledge = self._held(knowledge, site.path)
                    yield _token(kind, module, first, knowledge, always=kind == "assignment" and not site.path)

    def _reads(self, module: ir.Module) -> Iterator[Place]:
        for read in module.reads:
            if isinstance(read, ir.Attr) and read.name in self.old:
                knowledge = self.reach.of_read(read.of, scope_of(read.of, module), read.name)
                yield self._member("read", module, read, knowledge)
        looks: list[ir.Item | ir.Test] = [read for read in module.reads if isinstance(read, ir.Item)]
        looks += module.tests
        for key, of in ((look.key, look.of) for look in looks):
            if isinstance(key, ir.Str) and key.value in self.old:
                yield _token("read", module, key, self.reach.of_read(of, scope_of(of, module), key.value))

    def _held(self, knowledge: Held, path: ir.Path) -> Held:
        return knowledge._replace(records=list(self._along(knowledge.records, path)))

    def _member(self, kind: Kind, module: ir.Module, node: ir.Attr, knowledge: Held) -> Place:
        records = tuple(knowledge.records)
        if not module.dialect.attributes_are_members:  # attributes of classes are looked at as fields
            values = self.reach.ask.value(node.of, Frame(scope_of(node.of, module)))
            kind = "field" if any(isinstance(alt.value, Inst) for alt in values) else kind
            records = records if kind == "field" else ()
        place = Place.of_name(kind, node.name, module.file, node.at, records)
        return place._replace(mixed=knowledge.mixed, given=knowledge.given, limits=knowledge.limits)

    def _texts(self, module: ir.Module) -> Iterator[Place]:
        """Yield constants that name a key of a comprehension, or that are JSON."""
        for token in module.texts:
            records = self.reach.records.get(("key", token), ()) if token.value in self.wanted else ()
            if records:
                yield self._constant(token, module, Held(list(records), mixed=False, given=()))
            for text, tokens, records_there in self._texts_of.get(token, ()):
                yield from self._json(module, text, tokens, tuple(records_there))

    def _json(
        self, module: ir.Module, text: str, tokens: tuple[ir.Str, ...], records: tuple[Record, ...]
    ) -> Iterator[Place]:
        json_members = members(text.replace(HOLE, "0"))
        beside = frozenset(member.name for member in json_members)
        spans = {(token.start, token.end) for token in tokens if token.end > token.start}
        for member in json_members:
            if member.name in self.wanted:
                # The letters may be escaped in the source, but the name between its quotes stands there only once.
                pattern = re.compile(rb'((?<!\\)\\*")%b\1\s*:' % member.name.encode())
                raw = [hit for start, end in sorted(spans) for hit in pattern.finditer(module.source, start, end)]
                at = raw[0].end(1) if raw else tokens[0].start
                stop = at + len(member.name)
                edit = Edit(at, stop, "{}") if len(raw) == 1 else None
                start, end = at - bool(raw), stop + (len(raw[0][1]) if raw else 0)
                place = Place("json text", member.name, module.file, start, end, edit, records)
                yield place._replace(beside=beside)


def _token(kind: Kind, module: ir.Module, token: ir.Str, knowledge: Held, *, always: bool = False) -> Place:
    new = "{}: " + token.value if token.shorthand else "{}"
    edit = Edit(token.inner, token.inner + len(token.value.encode()), new) if token.inner >= 0 else None
    place = Place(kind, token.value, module.file, token.start, token.end, edit, tuple(knowledge.records))
    return place._replace(mixed=knowledge.mixed, given=knowledge.given, always=always, limits=knowledge.limits)


def _key(entry: ir.Entry) -> str | None:
    return entry.key.value if isinstance(entry.key, ir.Str) else None


def _of_entry(entry: ir.Entry, key: ir.Str) -> Edit | None:
    if entry.shorthand:
        return Edit(key.start, key.end, "{}: " + (entry.given or key.value))
    if entry.bare:
        return Edit(key.start, key.end, "{}")
    return Edit(key.inner, key.inner + len(key.value.encode()), "{}") if key.inner >= 0 else None


def _has_options(call: ir.Call) -> bool:
    """Return whether a call's keywords say how to copy, and are no members of the copy."""
    name = tail(call.of)
    return name in WITH_OPTIONS or (name == "dict" and isinstance(call.of, ir.Attr))
