"""Functions that are the result of other functions: makePost("/path")(body), const post = makePost("/path")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from krea_migrate import ir


class Results:
    """Knows by which names the function is called that another one gives back.

    Args:
        also: gives the other names of a name.
    """

    def __init__(self, also: Callable[[str], list[str]]) -> None:
        self._also = also
        self._makers: dict[ir.Function, list[ir.Function]] = defaultdict(list)
        self._bound: dict[str, set[str]] = defaultdict(set)  # what a call of this name is bound to

    def add(self, module: ir.Module) -> None:
        """Take a module in."""
        for function in module.functions:
            for node in function.returns:
                for inner in _functions(node, function):
                    self._makers[inner].append(function)
        for name, value in _bindings(module):
            if isinstance(value, ir.Call):
                self._bound[_called(value)].add(name)

    def names_of(self, function: ir.Function, above: frozenset[ir.Function] = frozenset()) -> list[str]:
        """Return the names of calls that may be calls of a function which another one gives back; "" for makers()()."""
        call_names: dict[str, None] = {}
        for maker in self._makers.get(function, ()):
            call_names[""] = None
            names = {name for name in self._also(maker.name) if name}
            if maker in self._makers and maker not in above:
                names.update(self.names_of(maker, above | {function}))
            if maker.name == "<lambda>":
                names.add("")
            for bound_name in sorted({word for name in names for word in self._bound.get(name, ())}):
                call_names |= dict.fromkeys(self._also(bound_name))
        return list(call_names)


def _bindings(module: ir.Module) -> Iterator[tuple[str, object]]:
    """Yield everything that a module binds: variables, members of literals, of objects and of classes."""
    for scope in (module.top, *module.functions):
        yield from ((name, definition.value) for name, defs in scope.defs.items() for definition in defs)
    for literal, _, _ in module.dicts:
        yield from ((entry.key.value, entry.value) for entry in literal.entries if isinstance(entry.key, ir.Str))
    for store in module.stores:
        yield store.target.name if isinstance(store.target, ir.Attr) else "", store.value
    for cls in module.classes:
        yield from ((field.name, field.value) for field in cls.fields.values())


def _functions(node: ir.Node, maker: ir.Function) -> Iterator[ir.Function]:
    """Yield the functions among what a function gives back."""
    if isinstance(node, ir.Closure):
        yield node.function
    elif isinstance(node, ir.Name):
        for definition in maker.defs.get(node.id, ()):
            if isinstance(definition.value, ir.Function):
                yield definition.value
            elif isinstance(definition.value, ir.Closure):
                yield definition.value.function
    elif isinstance(node, ir.Phi):
        for option in node.options:
            yield from _functions(option, maker)


def _called(call: ir.Call) -> str:
    of = call.of
    return of.name if isinstance(of, ir.Attr) else of.id if isinstance(of, ir.Name) else ""
