"""KREA301: code that looks deprecated names up in a schema, which lists only the new ones. Shown, never changed."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import ir, names
from krea_migrate.findings import Certainty, Finding
from krea_migrate.flow.values import Fn, Frame
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA301", "Deprecated names looked up in a schema"
REASON = "the schema lists only the new names, so this never finds {old!r}; look for {new!r}"


def find(survey: Survey) -> Iterator[Finding]:
    """Find schema["properties"]["old"], schema["properties"].get("old") and "old" in schema["properties"]."""
    old = names.table().old
    for module in list(survey.project.modules.values()):
        for key, of in _looked_up(module):
            if (
                key.value in old
                and len(old[key.value]) == 1
                and key.value not in names.table().still_current
                and _of_schema(of, survey)
            ):
                reason = REASON.format(old=key.value, new=next(iter(old[key.value])))
                yield Finding(CODE, module.file, key.start, key.end, key.value, None, Certainty.UNSURE, reason)


def _looked_up(module: ir.Module) -> Iterator[tuple[ir.Str, ir.Node]]:
    for test in module.tests:
        if isinstance(test.key, ir.Str):
            yield test.key, test.of
    for read in module.reads:
        if isinstance(read, ir.Item) and isinstance(read.key, ir.Str):
            yield read.key, read.of
    for site in module.calls:
        call = site.call
        first = call.args[0] if call.args else None
        if (
            isinstance(call.of, ir.Attr)
            and call.of.name in ("get", "has", "hasOwnProperty")
            and isinstance(first, ir.Str)
        ):
            yield first, call.of.of


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
            callees = [alt.value for alt in survey.reach.ask.value(node.of, Frame(scope))] if scope is not None else []
            nodes += [node for function in callees if isinstance(function, Fn) for node in function.function.returns]
        elif isinstance(node, ir.Phi):
            nodes += node.options
        elif isinstance(node, ir.Name):
            nodes += [
                definition.value
                for definition in node.scope.defs.get(node.id, ())
                if isinstance(definition.value, ir.Node)
            ]
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
