"""The way from an expression to a constant in its value: through dicts, lists, and what libraries make of them."""

from __future__ import annotations

from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.flow.readers import ANY, Use
from krea_migrate.ir import tail

EACH = -1  # any item of a list

_COPIES = frozenset({"dict", "copy", "deepcopy", "OrderedDict", "MappingProxyType", "freeze", "structuredClone"})
_LISTS = frozenset({"list", "tuple", "sorted", "reversed", "set", "frozenset", "iter", "from"})
_KEPT = frozenset({"keys", "update", "append", "extend", "add", "sort", "clear", "insert"})  # these do not take it out
_READ = frozenset({"items", "entries", "values", "get", "pop", "copy"})
_TEXTS = frozenset({"str", "String"})

Step = tuple[int | str, ir.Node | None]  # a key or number, and the dict or list itself


class Way(NamedTuple):
    """An expression, and the steps from its value to the constant: none where it is the constant itself."""

    node: ir.Node
    steps: tuple[Step, ...]
    module: ir.Module

    def to(self, node: ir.Node, *more: int | str, passed_steps: int = 0, module: ir.Module | None = None) -> Way:
        """Return a further expression, some steps of whose value lead to what is left of the way."""
        added: tuple[Step, ...] = tuple((step, node if isinstance(node, (ir.Dict, ir.Seq)) else None) for step in more)
        return Way(node, (*added, *self.steps[passed_steps:]), module or self.module)

    @property
    def first(self) -> int | str | None:
        """The first step."""
        return self.steps[0][0] if self.steps else None


def within(use: Use, node: ir.Node, way: Way) -> list[Way] | None:
    """Return a list, a dict or a loop that it is a part of."""
    first = way.first
    match use.role:
        case "part" if isinstance(node, ir.Seq):
            if isinstance(way.node, ir.Spread):
                return [way.to(node, EACH, passed_steps=1)]
            is_any = len(node.items) == 1 or any(isinstance(item, ir.Spread) for item in node.items)
            return [way.to(node, EACH if is_any else use.at)]  # one item may stand for all that a loop makes
        case "entry" | "made value":
            return [way.to(node, use.at or ANY)]
        case "option":
            return [way.to(node)]
        case "merged":
            return [way.to(node)] if isinstance(first, str) else None
        case "spread":
            return [way.to(node)] if way.steps else None
        case "each" if way.steps:
            return [] if isinstance(first, str) else [way.to(node, passed_steps=1)]
        case _:
            return None


def picked(node: ir.Node, key: ir.Node, way: Way) -> list[Way] | None:
    """Return table[key], table.get(key)."""
    if not way.steps:
        return None
    step = way.first
    if isinstance(key, ir.Str) and step not in (ANY, EACH) and str(step) != key.value:
        return []
    return [way.to(node, passed_steps=1)]


def member(node: ir.Attr, way: Way) -> list[Way] | None:
    """Return table.items, Member.value, table.name."""
    if not way.steps:
        return [way.to(node)] if node.name == "value" else None
    if node.name in (way.first, ANY):
        return [way.to(node, passed_steps=1)]
    if node.name in _READ:
        return [way.to(node, "." + node.name)]
    return [] if node.name in _KEPT or way.module.dialect.attributes_are_members else None


def by_method(call: ir.Call, way: Way) -> list[Way] | None:
    """Return what a method of a dict or list gives: table.items(), table.get(key)."""
    first, args = way.first, call.args
    if first in (".items", ".entries"):
        return [way.to(call, EACH, 1, passed_steps=2)]
    if first == ".values":
        return [way.to(call, EACH, passed_steps=2)]
    if first == ".copy":
        return [way.to(call, passed_steps=1)]
    if first in (".get", ".pop") and args:
        return picked(call, args[0], Way(way.node, way.steps[1:], way.module))
    return None


def by_library(call: ir.Call, at: int | str, way: Way, *, body: bool) -> list[Way] | None:
    """Follow dict(table), zip(names, values), Object.entries(table), str(name)."""
    name = tail(call.of)
    number = at if isinstance(at, int) else 0
    keyed = isinstance(way.first, str)
    if at == "columns" and name == "DataFrame" and len(way.steps) == 1:
        return []  # the columns become the keys of its rows; that they are read elsewhere is said there
    if not way.steps:
        return [way.to(call)] if name in _TEXTS else [way.to(call, str(at))] if isinstance(at, str) else None
    if name in _COPIES and not keyed:  # of pairs
        second = way.steps[1][0] if len(way.steps) > 1 else None
        if second == 0 and len(way.steps) == 2:
            return [] if body else None
        return [way.to(call, ANY, passed_steps=2)] if second == 1 else None
    if name in _COPIES:
        return [way.to(call)]
    if name in _LISTS or name == "keys":
        return [] if keyed else [way.to(call, EACH, passed_steps=1)]
    if name in ("entries", "items", "values") and keyed:
        return [way.to(call, *((EACH, 1) if name != "values" else (EACH,)), passed_steps=1)]
    if name in ("zip", "enumerate", "product") and not keyed:
        return [way.to(call, EACH, 1 if name == "enumerate" else number, passed_steps=1)]
    return None
