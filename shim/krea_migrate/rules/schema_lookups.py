"""KREA301: code that looks deprecated names up in a schema, which lists only the new ones. Shown, never changed."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import ir, names
from krea_migrate.findings import Finding
from krea_migrate.flow.values import Fn
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA301", "Deprecated names looked up in a schema"
REASON = "the schema lists only the new names, so this never finds {old!r}; look for {new!r}"


def find(survey: Survey) -> Iterator[Finding]:
    """Find schema["properties"]["old"], schema["properties"].get("old") and "old" in schema["properties"], also through a function."""
    table = names.table()
    for module in survey.modules:
        for looked_for, of in looked_up(module, frozenset({"get", "has", "hasOwnProperty"})):
            for file, key in _keys(looked_for, module, survey):
                new = table.only_new(key.value)
                if new is not None and _of_schema(of, survey):
                    yield Finding.by_hand(CODE, file, key, key.value, REASON.format(old=key.value, new=new))


def _keys(key: ir.Node, module: ir.Module, survey: Survey) -> Iterator[tuple[str, ir.Str]]:
    """Yield the text that is looked up with its file, or those that callers give for the parameter that it is."""
    if isinstance(key, ir.Str):
        yield module.file, key
    elif isinstance(key, ir.Name):
        for number, param in enumerate(key.scope.params):
            if param.name == key.id:
                yield from _given(key.scope, number, param.name, survey)


def _given(function: ir.Function, number: int, name: str, survey: Survey) -> Iterator[tuple[str, ir.Str]]:
    bound = function.owner is not None and function.module.dialect.self_is_parameter
    for caller in survey.reach.ask.graph.callers(function):
        call = caller.placed.call
        given = [
            *call.args[number - bound : number - bound + 1],
            *(word.value for word in call.words if word.name == name),
        ]
        yield from ((caller.placed.scope.module.file, value) for value in given if isinstance(value, ir.Str))


def looked_up(module: ir.Module, methods: frozenset[str]) -> Iterator[tuple[ir.Node, ir.Node]]:
    """Yield keys, each with what it is looked up in: by `in`, in brackets, or as the first argument of a method."""
    for test in module.tests:
        yield test.key, test.of
    for read in module.reads:
        if isinstance(read, ir.Item):
            yield read.key, read.of
    for call in (site.call for site in module.calls):
        if isinstance(call.of, ir.Attr) and call.of.name in methods and call.args:
            yield call.args[0], call.of.of


def _of_schema(of: ir.Node, survey: Survey) -> bool:
    """Return whether an expression is the list or table of a schema's names, through bindings and functions that return it."""
    nodes, visited = [of], set[ir.Node]()
    while nodes:
        node = nodes.pop()
        if node in visited:
            continue
        visited.add(node)
        if _is_schema(node):
            return True
        if isinstance(node, ir.Call):
            nodes += node.args[:1]
            scope = survey.project.scope_of(node)
            callees = survey.values(node.of, scope) if scope is not None else []
            nodes += [node for function in callees if isinstance(function, Fn) for node in function.function.returns]
        elif isinstance(node, ir.Phi):
            nodes += node.options
        elif isinstance(node, ir.Name):
            nodes += node.scope.bound(node.id)
    return False


def _is_schema(node: ir.Node) -> bool:
    """Return whether a node is schema["properties"], schema.properties or schema.get("properties")."""
    if isinstance(node, ir.Item):
        return isinstance(node.key, ir.Str) and node.key.value in ("properties", "required", "requestBody")
    if isinstance(node, ir.Attr):
        return node.name in ("properties", "required")
    if isinstance(node, ir.Call) and isinstance(node.of, ir.Attr) and node.of.name == "get" and node.args:
        return isinstance(node.args[0], ir.Str) and node.args[0].value in ("properties", "required")
    return False
