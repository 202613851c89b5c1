"""Objects that a loop copies into a body, member by member: for (const [key, value] of Object.entries(given)) body[key] = value."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.project import tail
from krea_migrate.flow.records import Record
from krea_migrate.flow.values import Alt, Frame, Kw, Obj
from krea_migrate.flow.ways import each_way
from krea_migrate.languages import tree as t

_SAME_ITEMS = frozenset({"filter", "sort", "reverse", "slice", "toSorted", "sorted", "list"})


def stores(modules: list[t.Module]) -> list[t.Store]:
    """Members that are set by a variable key, in a loop over the keys of something."""
    return [
        one
        for module in modules
        for one in module.stores
        if isinstance(one.target, t.Item) and not one.drops and any(True for _ in _sources(one.target.key))
    ]


def copied(ask: Evaluator, store: t.Store, of_value: Callable[[Alt], list[Record]]) -> Iterator[tuple[Record, Alt]]:
    """The objects that are copied into a body, with the addresses that it reaches."""
    target = store.target
    if not isinstance(target, t.Item):
        return
    into, key = target.of, target.key

    def look(frame: Frame, weak: bool) -> list[tuple[Record, Alt]]:
        records = [one for alt in ask.value(into, frame) for one in of_value(alt)]
        given = list(looped(ask, key, frame)) if records else []
        return [(one._replace(weak=one.weak or weak), alt) for one in records for alt in given]

    yield from each_way(ask, store.scope, False, look, deep=4)


def looped(ask: Evaluator, key: t.Node, frame: Frame | None) -> Iterator[Alt]:
    """The objects whose keys a variable goes through, one by one."""
    for node in _sources(key):
        for alt in ask.value(node, frame):
            if isinstance(alt.value, (Obj, Kw)):
                yield alt


def _sources(key: t.Node) -> Iterator[t.Node]:
    """What is looped over: given, of for (key in given), Object.keys(given).forEach((key) => ...), given.items()."""
    if isinstance(key, t.Call) and tail(key.of) in ("str", "String") and len(key.args) == 1:
        key = key.args[0]
    if isinstance(key, t.Attr) and key.name == "value":  # of an enum
        key = key.of
    if not isinstance(key, t.Name):
        return
    for value in _bound(key.id, key.scope):
        pair = isinstance(value, t.Item) and isinstance(value.key, t.Str) and value.key.value == "0"
        for one in _values(value.of) if isinstance(value, t.Item) and pair else [value]:
            if isinstance(one, t.Each):
                yield from _object(one.of, pair=pair)


def _values(node: t.Node) -> list[t.Node]:
    return _bound(node.id, node.scope) if isinstance(node, t.Name) else [node]


def _bound(name: str, scope: t.Function) -> list[t.Node]:
    """What a variable is bound to, or a parameter of a function that is handed to a loop."""
    found = [one.value for one in scope.defs.get(name, ()) if isinstance(one.value, t.Node)]
    places = [number for number, one in enumerate(scope.params) if one.name == name]
    return found or [
        placed.call.args[place] for place in places for placed in scope.called if place < len(placed.call.args)
    ]


def _object(items: t.Node, *, pair: bool) -> Iterator[t.Node]:
    """The object itself, of its items or keys."""
    while isinstance(items, t.Call) and tail(items.of) in _SAME_ITEMS:
        items = items.of.of if isinstance(items.of, t.Attr) else items.args[0] if items.args else items.of
    if isinstance(items, t.Call) and tail(items.of) in (("entries", "items") if pair else ("keys",)):
        own = items.args[0] if items.args else items.of.of if isinstance(items.of, t.Attr) else None
        if own is not None:
            yield own
    elif not pair and isinstance(items, (t.Name, t.Attr)):
        yield items
