"""Who reads what: from each expression of a module to everything that it is a part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple

from krea_migrate import ir

Role = Literal[
    "item", "key", "attr", "callee", "arg", "word", "entry", "entry key", "merged", "part", "spread", "option", "each"
]
Ends = Literal[
    "made key", "made value", "text", "def", "return", "yield", "field", "store", "test", "tested", "compared"
]


class Use(NamedTuple):
    """An expression as a part of something.

    Attributes:
        role: what it is there.
        node: what it is a part of; the function or the class, where that is no expression.
        at: its number, name or key.
        scope: the function that it stands in.
    """

    role: Role | Ends
    node: ir.Node | ir.Assignment | ir.Test | ir.Class | ir.Function
    at: int | str
    scope: ir.Function


class Readers:
    """The uses of all expressions of one module."""

    def __init__(self, module: ir.Module) -> None:
        self.of: dict[ir.Node, list[Use]] = defaultdict(list)
        self.stored = {store.target for store in module.stores}
        self._seen: set[ir.Node] = set()
        self._parts_of(module)
        self._asked_of(module)
        for cls in module.classes:
            for field in cls.fields.values():
                if field.value is not None:
                    self._root(field.value, Use("field", cls, field.name, module.top))

    def _parts_of(self, module: ir.Module) -> None:
        for literal, scope, _ in module.dicts:
            self._inside(literal, scope)
        for scope in (module.top, *module.functions):
            self._bindings(scope)
        for store in module.stores:
            self._inside(store.target, store.scope)
            self._root(store.value, Use("store", store, "", store.scope))
        for call_site in module.calls:
            self._inside(call_site.call, call_site.scope)
        for site in module.requests:
            self._inside(site.node, site.scope)
        for read in module.reads:
            self._inside(read, scope_of(read, module))

    def _asked_of(self, module: ir.Module) -> None:
        for test in module.tests:
            scope = scope_of(test.of, module)
            self._root(test.key, Use("test", test, "", scope))
            self._root(test.of, Use("tested", test, "", scope))
        for operand, right, scope in module.compared:
            self._root(operand, Use("compared", right, "", scope))
            self._root(right, Use("compared", operand, "", scope))

    def _bindings(self, scope: ir.Function) -> None:
        for name, defs in scope.defs.items():
            for definition in defs:
                if isinstance(definition.value, ir.Node):
                    self._root(definition.value, Use("def", scope, name, scope))
        for node in scope.returns:
            self._root(node, Use("return", scope, "", scope))
        for node in scope.yielded.items:
            self._root(node, Use("yield", scope, "", scope))
        for param in scope.params:
            if param.default is not None:
                self._root(param.default, Use("def", scope, param.name, scope))

    def _root(self, node: ir.Node, use: Use) -> None:
        self.of[node].append(use)
        self._inside(node, use.scope)

    def _inside(self, top: ir.Node, scope: ir.Function) -> None:
        nodes = [top]
        while nodes:
            node = nodes.pop()
            if node in self._seen:
                continue
            self._seen.add(node)
            for role, at, child in _parts(node):
                self.of[child].append(Use(role, node, at, scope))
                nodes.append(child)


def _parts(node: ir.Node) -> Iterator[tuple[Role | Ends, int | str, ir.Node]]:
    match node:
        case ir.Item():
            yield "item", "", node.of
            yield "key", "", node.key
        case ir.Attr():
            yield "attr", node.name, node.of
        case ir.Call():
            yield "callee", "", node.of
            for number, argument in enumerate(node.args):
                yield "arg", number, argument
            for word in node.words:
                yield "word", word.name or "", word.value
        case ir.Dict():
            yield from _members(node)
        case ir.Seq():
            for number, argument in enumerate(node.items):
                yield "part", number, argument
        case ir.Comprehension():
            yield "made key", "", node.key
            yield "made value", "", node.value
        case _:
            yield from _through(node)


def _members(node: ir.Dict) -> Iterator[tuple[Role | Ends, int | str, ir.Node]]:
    for entry in node.entries:
        if entry.key is None:
            yield "merged", "", entry.value
        else:
            yield "entry key", "", entry.key
            yield "entry", entry.key.value if isinstance(entry.key, ir.Str) else ANY, entry.value


def _through(node: ir.Node) -> Iterator[tuple[Role | Ends, int | str, ir.Node]]:
    match node:
        case ir.RequestNode():
            for number, body in enumerate([*node.bodies, *filter(None, (node.address, node.method))]):
                yield "arg", number, body
        case ir.Spread():
            yield "spread", "", node.value
        case ir.Phi():
            for option in node.options:
                yield "option", "", option
        case ir.Element():
            yield "each", "", node.of
        case ir.Text():
            for option in node.parts:
                yield "text", "", option
        case _:
            return


ANY = "*"  # a key that only the run knows


def scope_of(node: ir.Node, module: ir.Module) -> ir.Function:
    """Return the function that an expression stands in."""
    while isinstance(node, (ir.Attr, ir.Item, ir.Call)):
        node = node.of
    return node.scope if isinstance(node, ir.Name) else module.top
