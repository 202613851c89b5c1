"""Constants that name keys of bodies: variables, members of enums and of tables; and whether they name anything else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from krea_client.migrate.flow.project import tail
from krea_client.migrate.flow.values import Frame, Txt
from krea_client.migrate.languages import tree as t

if TYPE_CHECKING:
    from krea_client.migrate.flow.reach import Reach
    from krea_client.migrate.flow.records import Record

_TAKES_KEY = frozenset({"set", "get", "has", "pop", "setdefault", "hasOwnProperty"})


class Spot(NamedTuple):
    """A place where a key stands, by the object that it is a key of."""

    of: t.Node
    scope: t.Function


class Bound(NamedTuple):
    """How a constant is bound: its own name, and the name of the enum or table that holds it, or ""."""

    name: str
    holder: str


class Naming(NamedTuple):
    """What a constant names: keys of bodies that reach these addresses, and `more`, something else too."""

    records: tuple[Record, ...]
    more: bool


class Keys:
    """Knows where each constant of a project is used."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self._spots: dict[int, Spot] = {}
        self._bound: dict[int, Bound] = {}
        self._named: dict[str, list[tuple[t.Node, t.Function]]] = defaultdict(list)
        self._aliases: dict[str, set[str]] = defaultdict(set)
        self._passed: set[int] = set()  # names that only give what they name another name
        self._around: dict[int, t.Node] = {}  # F -> F.Ratio, F.Ratio -> F.Ratio.value
        self._known: dict[int, Naming] = {}
        self._asked: set[int] = set()
        for module in list(reach.ask.project.modules.values()):
            self._index(module)

    def _index(self, module: t.Module) -> None:
        for scope in (module.top, *module.functions):
            for bound, defs in scope.defs.items():
                for one in defs:
                    self._binds(bound, one.value)
        for store in module.stores:
            if isinstance(store.target, t.Item):
                self._spots[id(store.target.key)] = Spot(store.target.of, store.scope)
        for placed in module.calls:
            of, args = placed.call.of, placed.call.args
            if isinstance(of, t.Attr) and of.name in _TAKES_KEY and args:
                self._spots[id(args[0])] = Spot(of.of, placed.scope)
        for name in module.names:
            self._named[name.id].append((name, name.scope))
        self._asked |= module.asked
        self._index_reads(module)

    def _index_reads(self, module: t.Module) -> None:
        for found, scope, _ in module.dicts:
            for entry in found.entries:
                if entry.key is not None and not isinstance(entry.key, t.Str):
                    self._spots[id(entry.key)] = Spot(found, scope)
        for test in module.tests:
            self._spots[id(test.key)] = Spot(test.of, scope_of(test.of, module))
        for read in module.reads:
            self._index_read(read, scope_of(read.of, module))

    def _index_read(self, read: t.Item | t.Attr, scope: t.Function) -> None:
        if isinstance(read, t.Item):
            self._spots.setdefault(id(read.key), Spot(read.of, scope))
        name = member_of(read)
        if name:
            self._named[name].append((read, scope))
        if isinstance(read.of, t.Name) or name == "value":
            self._around[id(read.of)] = read

    def _binds(self, name: str, value: object) -> None:
        if isinstance(value, t.Name):
            self._aliases[value.id].add(name)
            self._passed.add(id(value))
        elif isinstance(value, t.Import) and value.name is not None:
            self._aliases[value.name].add(name)
        elif isinstance(value, t.Str):
            self._bound[id(value)] = Bound(name, "")
        elif isinstance(value, t.Call) and tail(value.of) == "freeze":
            for one in value.args[:1]:
                self._binds(name, one)
        elif isinstance(value, (t.Dict, t.Class)):
            for key, held in _constants(value):
                self._bound[id(held)] = Bound(key, name)

    def naming(self, token: t.Str) -> Naming | None:
        """What a constant names; None when it is bound to no name."""
        bound = self._bound.get(id(token))
        if bound is None:
            return None
        if id(token) not in self._known:
            whole = bool(bound.holder) and any(self._is_whole(node) for node, _ in self._uses(bound.holder))
            records: list[Record] = []
            for node, scope in self._uses(bound.name):
                if id(node) not in self._asked and self._gives(node, scope, token):
                    held = self._names(node)
                    records += held
                    whole |= not held
            self._known[id(token)] = Naming(tuple(dict.fromkeys(records)), whole)
        return self._known[id(token)]

    def _uses(self, name: str) -> Iterator[tuple[t.Node, t.Function]]:
        names, seen = [name], {name}
        while names:
            one = names.pop()
            yield from (use for use in self._named.get(one, ()) if id(use[0]) not in self._passed)
            names += self._aliases.get(one, set()) - seen
            seen |= self._aliases.get(one, set())

    def _is_whole(self, node: t.Node) -> bool:
        """All members at once, or one that only the run knows."""
        return isinstance(node, t.Name) and not member_of(self._around.get(id(node)))

    def _gives(self, node: t.Node, scope: t.Function, token: t.Str) -> bool:
        values = self.reach.ask.value(node, Frame(scope))
        return any(isinstance(alt.value, Txt) and token in alt.value.tokens for alt in values)

    def _names(self, node: t.Node) -> list[Record]:
        """The addresses of the body whose key a use of a constant names; nothing for any other use."""
        spot = self._spots.get(id(node)) or self._spots.get(id(self._around.get(id(node))))
        if spot is None:
            return []
        if isinstance(spot.of, t.Dict):
            return list(self.reach.records.get(("dict", id(spot.of)), ()))
        held = self.reach.of_expression(spot.of, spot.scope)
        return [] if held.mixed else held.records


def _constants(held: t.Dict | t.Class) -> Iterator[tuple[str, t.Str]]:
    """The constants of a table or an enum, by their names."""
    if isinstance(held, t.Class):
        for one in held.fields.values():
            if isinstance(one.value, t.Str):
                yield one.name, one.value
        return
    for entry in held.entries:
        if isinstance(entry.key, t.Str) and isinstance(entry.value, t.Str):
            yield entry.key.value, entry.value


def member_of(node: t.Node | None) -> str:
    """The name of the member that is read, where the source says it."""
    if isinstance(node, t.Attr):
        return node.name
    return node.key.value if isinstance(node, t.Item) and isinstance(node.key, t.Str) else ""


def scope_of(node: t.Node, module: t.Module) -> t.Function:
    """The function that an expression stands in."""
    while isinstance(node, (t.Attr, t.Item, t.Call)):
        node = node.of
    return node.scope if isinstance(node, t.Name) else module.top


def is_member(key: t.Node) -> bool:
    """A key that a member of an enum or a table names: F.Ratio, KEYS["ratio"], Key.RATIO.value."""
    if not isinstance(key, (t.Attr, t.Item)):
        return False
    while isinstance(key, (t.Attr, t.Item)):
        if not member_of(key):
            return False
        key = key.of
    return isinstance(key, t.Name)
