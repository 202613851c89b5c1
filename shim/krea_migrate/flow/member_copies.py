"""Objects that a loop copies into a body, member by member: for (const [key, value] of Object.entries(given)) body[key] = value."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from krea_migrate import ir
from krea_migrate.flow.call_contexts import each_context
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.records import Record
from krea_migrate.flow.values import Ext, Frame, GuardedValue, Kw, Obj, Unknown
from krea_migrate.ir import tail

_SAME_ITEMS = frozenset({"filter", "sort", "reverse", "slice", "toSorted", "sorted", "list"})


def stores(modules: list[ir.Module]) -> list[ir.Assignment]:
    """Return members that are set by a variable key, in a loop over the keys of something."""
    return [
        store
        for module in modules
        for store in module.stores
        if isinstance(store.target, ir.Item) and not store.drops and any(True for _ in _sources(store.target.key))
    ]


def copied(
    ask: Evaluator, store: ir.Assignment, of_value: Callable[[GuardedValue], list[Record]]
) -> Iterator[tuple[Record, GuardedValue]]:
    """Yield the objects that are copied into a body, with the addresses that it reaches."""
    target = store.target
    if not isinstance(target, ir.Item):
        return
    into, key = target.of, target.key

    def look(frame: Frame, weak: bool) -> list[tuple[Record, GuardedValue]]:
        records = dict.fromkeys(record for alt in ask.value(into, frame) for record in of_value(alt))
        objects = list(looped(ask, key, frame, (Obj, Kw, Unknown, Ext))) if records else []
        return [(record._replace(weak=record.weak or weak), alt) for record in records for alt in objects]

    yield from each_context(ask, store.scope, False, look)


def looped(
    ask: Evaluator, key: ir.Node, frame: Frame | None, kinds: tuple[type, ...] = (Obj, Kw)
) -> Iterator[GuardedValue]:
    """Yield the objects whose keys a variable goes through, one by one."""
    for node in _sources(key):
        for alt in ask.value(node, frame):
            if isinstance(alt.value, kinds):
                yield alt


def _sources(key: ir.Node) -> Iterator[ir.Node]:
    """Yield what is looped over: given, of for (key in given), Object.keys(given).forEach((key) => ...), given.items()."""
    if isinstance(key, ir.Call) and tail(key.of) in ("str", "String") and len(key.args) == 1:
        key = key.args[0]
    if isinstance(key, ir.Attr) and key.name == "value":  # of an enum
        key = key.of
    if not isinstance(key, ir.Name):
        return
    for value in _bound(key.id, key.scope):
        pair = isinstance(value, ir.Item) and isinstance(value.key, ir.Str) and value.key.value == "0"
        for node in _values(value.of) if isinstance(value, ir.Item) and pair else [value]:
            if isinstance(node, ir.Element):
                yield from _object(node.of, pair=pair)


def _values(node: ir.Node) -> list[ir.Node]:
    return _bound(node.id, node.scope) if isinstance(node, ir.Name) else [node]


def _bound(name: str, scope: ir.Function) -> list[ir.Node]:
    """Return what a variable is bound to, or a parameter of a function that is handed to a loop."""
    nodes = [definition.value for definition in scope.defs.get(name, ()) if isinstance(definition.value, ir.Node)]
    places = [number for number, param in enumerate(scope.params) if param.name == name]
    return nodes or [site.call.args[place] for place in places for site in scope.called if place < len(site.call.args)]


def _object(items: ir.Node, *, pair: bool) -> Iterator[ir.Node]:
    """Yield the object itself, of its items or keys."""
    while isinstance(items, ir.Call) and tail(items.of) in _SAME_ITEMS:
        items = items.of.of if isinstance(items.of, ir.Attr) else items.args[0] if items.args else items.of
    if isinstance(items, ir.Call) and tail(items.of) in (("entries", "items") if pair else ("keys",)):
        own = items.args[0] if items.args else items.of.of if isinstance(items.of, ir.Attr) else None
        if own is not None:
            yield own
    elif not pair and isinstance(items, (ir.Name, ir.Attr)):
        yield items
