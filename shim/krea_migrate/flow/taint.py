"""Which dicts reach which address: from each request back to everything that its body is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from krea_migrate import ir
from krea_migrate.flow.awareness import is_aware
from krea_migrate.flow.call_contexts import each_context
from krea_migrate.flow.coverage import Cut
from krea_migrate.flow.data_classes import by_alias
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.filekeys import in_files
from krea_migrate.flow.files import is_file
from krea_migrate.flow.forward_flow import FlowGraph
from krea_migrate.flow.member_copies import copied, looped, stores
from krea_migrate.flow.record_table import RecordTable
from krea_migrate.flow.records import Held, Record, given_by
from krea_migrate.flow.requests import Finder, SentRequest
from krea_migrate.flow.values import (
    NONE,
    RECURSION,
    WEAK,
    Ext,
    Frame,
    GuardedValue,
    Inst,
    Kw,
    Many,
    Obj,
    Origin,
    Txt,
    Unknown,
    identity,
    meet,
    path_condition,
)
from krea_migrate.ir import tail
from krea_migrate.names import Target, table


class Reach:
    """The records of every dict of a project."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ask = evaluator
        self._table = RecordTable(evaluator.classes, evaluator.project.size)
        self.records = self._table.records
        self._merged_sites: dict[Record, set[ir.Node]] = defaultdict(set)
        self.requests: list[SentRequest] = []
        self.cuts: list[Cut] = []  # calls of which not everything was seen
        self.files: dict[str, list[Record]] = {}
        self.named: dict[str, list[Record]] = {}  # texts of files that name keys of bodies
        self.open: list[tuple[SentRequest, Unknown]] = []
        self.blended: dict[tuple[object, ...], str] = {}  # bodies that take in members of which no key is known
        self.instances: set[ir.Class] = set()
        self._texts: dict[tuple[ir.Str, ...], str] = {}  # bodies as JSON, by the constants that they are made of
        self._find()

    @cached_property
    def flow_graph(self) -> FlowGraph:
        """How values pass forward through the project, with the deprecated names among them."""
        return FlowGraph(self.ask, frozenset(table().old))

    def _find(self) -> None:
        finder = Finder(self.ask)
        self.cuts = finder.cuts
        for request in finder.all():
            self.requests.append(request)
            record = Record(
                request.target,
                request.yes,
                request.no,
                request.weak or request.yes >= WEAK,
                is_aware(request),
                request.scope.module.file,
                limits=request.limits,
            )
            if isinstance(request.body.value, Unknown):
                self.open.append((request, request.body.value))
            body = request.body.value
            root = body.site if isinstance(body, (Obj, Kw, Many)) else identity(body)
            self.ask.state.observe()
            group = 0 if request.merged else hash((root, request.frame.chain))
            self._spread(request.body, record._replace(group=group), 0)
            self._cut(request.scope, request.node, (request.target,))
        looping = stores(list(self.ask.project.modules.values()))
        while True:
            before = self._table.size
            for site in self.ask.project.updates:
                self._update(site)
                self._cut(site.scope, site.call, ())
            for store in looping:
                for record, alt in list(copied(self.ask, store, self.of_value)):
                    self._spread(alt, record, 1)
                self._cut(store.scope, store.target, ())
            if self._table.size == before:
                break
        for key, records in in_files(self.ask, self.of_value_of) if self.records else ():
            self.name(key, records)

    def _cut(self, scope: ir.Function, node: ir.Node, targets: tuple[Target, ...]) -> None:
        """Note a call of which not everything was seen."""
        limits = self.ask.state.observe()
        if limits:
            self.cuts.append(Cut(scope, node, limits, targets))

    def name(self, key: Ext, records: list[Record]) -> None:
        """Note that a text of a file names a key of a body."""
        known_records = self.named.setdefault(key.dotted[5:], [])
        known_records += [record for record in records if record not in known_records]

    def _spread(self, alt: GuardedValue, record: Record, depth: int) -> None:
        """Note that a value reaches an address, and so do all dicts that it takes its members from."""
        pending = [(alt, record, depth)]
        while pending:
            self._table.steps += 1
            pending += self._spread_once(*pending.pop())

    def _spread_once(self, alt: GuardedValue, record: Record, depth: int) -> list[tuple[GuardedValue, Record, int]]:
        """Note one value, and return what it takes its members from."""
        conditions = meet((alt.yes, alt.no), (record.yes, record.no))
        if conditions is None:
            return []
        record = record._replace(yes=conditions[0], no=conditions[1], weak=record.weak or conditions[0] >= WEAK)
        match alt.value:
            case Obj(site=site, frame=frame):
                return self._spread_dict(site, frame, record, depth)
            case Kw(site=call, function=function, frame=frame):
                record = self._table.merged(("kw", call), record.made_in(frame))
                if self._table.note(("kw", call), record):
                    self._words(call, {param.name for param in function.params}, frame, record, depth)
            case Many(site=listed, frame=frame):
                for pair in (item for item in listed.items if isinstance(item, ir.Seq) and len(item.items) == 2):
                    self._keys(pair.items[0], frame, record)
            case _:
                if depth and _may_hold_any_key(alt.value):
                    self.blended.setdefault(record.body, _told(alt.value))
                self._loaded(alt.value, record, depth)
        return []

    def _spread_dict(
        self, site: ir.Node, frame: Frame | None, record: Record, depth: int
    ) -> list[tuple[GuardedValue, Record, int]]:
        """Note a dict, and return what it takes its members from, without what surely has the same record."""
        key = "dict", site
        record = self._table.merged(key, record.made_in(frame))
        if not self._table.note(key, record):
            return []
        if isinstance(site, ir.Dict) and site.without:
            record = record._replace(without=record.without | site.without)
        parts = self._sources(site, frame, record)
        if record.is_merged:
            noted = self._merged_sites[record]
            noted.add(site)
            parts = (
                part
                for part in parts
                if not (type(part.value) is Obj and part.value.site in noted and not part.yes and not part.no)
            )
        return [(part, record, depth + 1) for part in parts]

    def _words(self, call: ir.Call, parameters: set[str], frame: Frame | None, record: Record, depth: int) -> None:
        for word in call.words:
            if word.name is None:
                self._all(word.value, frame, record, depth)
            elif word.name not in parameters:
                self._table.note(("word", word), record)

    def _class(self, cls: ir.Class, record: Record, way: str) -> None:
        for ancestor in self.ask.classes.line(cls):
            self.instances.add(ancestor)
            self._table.note((way, ancestor), record)

    def _loaded(self, value: object, record: Record, depth: int) -> None:
        """Note that an instance, a text, a file or the items of a dict reach an address."""
        if isinstance(value, Inst):
            values = self.ask.instances.written(value)
            for alt in values:
                self._spread(alt, record, depth + 1)
            if not values:
                self._class(value.cls, record, "alias")
        elif origin := given_by(value):
            self._given(origin, record.made_in(None))
        elif isinstance(value, Txt):
            if value.tokens and value.text.lstrip().startswith("{"):
                self._table.note(("text", value.tokens), record)
                self._texts[value.tokens] = value.text
        elif isinstance(value, Ext) and value.dotted.startswith("file:"):
            records = self.files.setdefault(value.dotted[5:], [])
            if record not in records:
                records.append(record)
        elif isinstance(value, Ext) and value.made is not None and tail(value.made.of) in ("items", "entries"):
            self._all(_own(value.made), value.frame, record, depth)

    def _given(self, origin: Origin, record: Record) -> None:
        origins = [origin]
        while origins:
            origin = origins.pop()
            head = origin[0]
            if self._table.note(("given", origin), record) and isinstance(head, ir.Node):
                inside = self.ask.state.inside.get(head, ())
                origins += [(inner, *origin[1:]) for inner in inside if isinstance(inner, ir.Node)]

    def _all(self, node: ir.Node | None, frame: Frame | None, record: Record, depth: int) -> None:
        if node is not None:
            for alt in self.ask.value(node, frame):
                self._spread(alt, record, depth + 1)

    def _sources(self, site: ir.Node, frame: Frame | None, record: Record) -> Iterator[GuardedValue]:
        if isinstance(site, ir.Dict):
            for entry in site.entries:
                yield from self._inside(entry, frame, record)
                if entry.key is None:
                    yield from self.ask.value(entry.value, frame)
                elif not isinstance(entry.key, ir.Str):
                    self._keys(entry.key, frame, record)
        elif isinstance(site, ir.Call):
            own = [site.of.of] if isinstance(site.of, ir.Attr) else []
            for node in [*own, *site.args, *(word.value for word in site.words if word.name is None)]:
                for alt in self.ask.value(self._one_of(node), frame):
                    if isinstance(alt.value, Inst) and frame is not None:
                        source = frame.function.module.source
                        aliased = any(
                            by_alias(site, ancestor, source) for ancestor in self.ask.classes.line(alt.value.cls)
                        )
                        self._class(alt.value.cls, record, "alias" if aliased else "class")
                    else:
                        yield alt
        elif isinstance(site, ir.Comprehension):
            self._keys(site.key, frame, record)
            yield from looped(self.ask, site.key, frame)

    def _inside(self, entry: ir.Entry, frame: Frame | None, record: Record) -> Iterator[GuardedValue]:
        """Yield the dicts within what another service is sent: their names are part of its message, as a member or in a text."""
        if record.target.kind != "other" or entry.key is None:
            return
        for part in entry.value.parts if isinstance(entry.value, ir.Text) else [entry.value]:
            if not isinstance(part, ir.Str):
                yield from (alt for alt in self.ask.value(part, frame) if isinstance(alt.value, (Obj, Kw)))

    def _keys(self, key: ir.Node, frame: Frame | None, record: Record) -> None:
        """Note the constants that keys come from which are named by variables."""
        for alt in self.ask.value(key, frame):
            conditions = meet((record.yes, record.no), (alt.yes, alt.no))
            if isinstance(alt.value, Ext) and is_file(alt.value):
                self.name(alt.value, [record])
            if conditions is not None and isinstance(alt.value, Txt) and len(alt.value.tokens) == 1:
                token = alt.value.tokens[0]
                self._table.note(("key", token), record._replace(yes=conditions[0], no=conditions[1]))

    def _update(self, site: ir.CallSite) -> None:
        """Follow body.update(more) and Object.assign(body, more)."""
        call, name = site.call, tail(site.call.of)
        own = call.of.of if name == "update" and isinstance(call.of, ir.Attr) else None
        args = call.args
        if name == "assign":
            own, args = (args[0], args[1:]) if args else (None, [])
        if own is None:
            return
        body, given = own, [self._one_of(node) for node in args]

        def look(frame: Frame, _: bool) -> list[tuple[Record, Frame]]:
            records = dict.fromkeys(record for of in self.ask.value(body, frame) for record in self.of_value(of))
            return [(record, frame) for record in records]

        for record, frame in list(each_context(self.ask, site.scope, site.weak, look)):
            conditions = meet((record.yes, record.no), (path_condition(site.path), NONE))
            if conditions is not None:
                more = record._replace(yes=conditions[0], no=conditions[1])
                self._words(call, set(), frame, more, 0)
                for node in given:
                    self._all(node, frame, more, 0)

    def _one_of(self, node: ir.Node) -> ir.Node:
        """Return each of the values that are spread into a call."""
        if not isinstance(node, ir.Spread):
            return node
        return self.ask.project.once(node, ir.Element(node.start, node.end, node.value))

    @property
    def texts(self) -> Iterator[tuple[str, tuple[ir.Str, ...], list[Record]]]:
        """Bodies that stand as JSON text: the text with holes, the constants it is made of, the addresses it reaches."""
        for tokens, text in self._texts.items():
            yield text, tokens, self.records["text", tokens]

    def of_value(self, alt: GuardedValue, *, any_call: bool = False) -> list[Record]:
        """Return the records of a value; `any_call`: of every dict that was made at the same place."""
        match alt.value:
            case Obj(site=site, frame=frame):
                return self._table.agreeing(("dict", site), frame, any_call=any_call)
            case Kw(site=call, frame=frame):
                return self._table.agreeing(("kw", call), frame, any_call=any_call)
            case Inst(cls=cls):
                return [record for way in ("class", "alias") for record in self.records.get((way, cls), ())]
            case Ext(dotted=dotted) if dotted.startswith("file:"):
                return list(self.files.get(dotted[5:], ()))
            case _:
                origin = given_by(alt.value)
                return list(self.records.get(("given", origin), ())) if origin else []

    def of_value_of(self, node: ir.Node, scope: ir.Function) -> list[Record]:
        """Return the records of an expression."""
        return [record for alt in self.ask.value(node, Frame(scope)) for record in self.of_value(alt)]

    def of_read(self, node: ir.Node, scope: ir.Function, name: str) -> Held:
        """Return the same for a member that is read: who made the dict gave it the name, unless it is set here."""
        set_here = any(store.scope is scope for store in self.ask.project.sets.get(name, ()))
        return self.of_expression(node, scope, any_call=not set_here)

    def of_expression(
        self, node: ir.Node, scope: ir.Function, frame: Frame | None = None, *, any_call: bool = False
    ) -> Held:
        """Return the records of what an expression stands for, and whether it may also be something that reaches nothing."""
        records: list[Record] = []
        mixed, outside = False, True
        origin: Origin = ()
        self.ask.state.observe()
        for alt in self.ask.value(node, frame or Frame(scope)):
            value_records = self.of_value(alt, any_call=any_call)
            mixed |= not value_records and not (isinstance(alt.value, Unknown) and not alt.value.hint)
            outside &= not value_records or bool(given_by(alt.value))
            origin = given_by(alt.value) if value_records else origin
            records += [record for record in value_records if record not in records]
        return Held(records, mixed, origin if outside else (), self.ask.state.observe())


def _told(value: object) -> str:
    """Return how a message names what a body takes in."""
    return value.hint if isinstance(value, Unknown) else value.dotted if isinstance(value, Ext) else ""


def _may_hold_any_key(value: object) -> bool:
    """Return whether a dict of which nothing is known is spread into a body."""
    if isinstance(value, Unknown):
        return value != RECURSION and not value.limit
    return (
        isinstance(value, Ext) and value.made is not None and not value.dotted.startswith(("file:", "items", "entries"))
    )


def _own(call: ir.Call) -> ir.Node | None:
    if call.args:
        return call.args[0]
    return call.of.of if isinstance(call.of, ir.Attr) else None
