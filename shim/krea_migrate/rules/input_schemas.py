"""Names that a schema lets in, where what it has checked goes to the API: z.object({...}).parse(given), and types inferred of schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from krea_migrate import ir, names, profile
from krea_migrate.findings import Finding
from krea_migrate.flow.records import Record
from krea_migrate.flow.values import Ext, Frame, GuardedValue, Obj, Origin
from krea_migrate.rules.survey import Survey

LETS_IN = "what this schema lets in is sent to {api} as it is, where the name is now {new!r}: change both, and whoever sends it"
_CHECKS = frozenset({"parse", "parseAsync", "safeParse", "safeParseAsync", "validate", "validateSync", "cast"})
_RESULTS = frozenset({"data", "value", "output"})  # of what safeParse() and validate() return
_INFERRED = r"\b(?:infer|input|output|Infer\w*)<\s*typeof\s+(\w+)"


def find(survey: Survey, code: str) -> Iterator[Finding]:
    """Show the names of every schema whose values go to the API."""
    for (kind, of), records in list(survey.reach.records.items()):
        if kind == "given":
            for schema, steps in _schemas(survey, cast("Origin", of)):
                yield from _shown(survey, code, schema, steps, records)
        elif kind == "alias" and isinstance(of, ir.Class):
            definition = rf"\btype\s+{of.name}\s*=[^;\n]*?{_INFERRED}"
            for schema in _inferred(survey, definition, of.module.source.decode("utf-8", "replace"), of.module):
                yield from _shown(survey, code, schema, [], records)


def _schemas(survey: Survey, origin: Origin) -> Iterator[tuple[GuardedValue, list[str]]]:
    """Yield the schemas that a value was checked with, and the names of the members that were taken out of it."""
    head, steps = origin[0], [str(step).lstrip(".") for step in origin[1:]]
    if isinstance(head, ir.Call) and isinstance(head.of, ir.Attr) and head.of.name in _CHECKS:
        scope = survey.project.scope_of(head)
        for schema in survey.reach.ask.value(head.of.of, Frame(scope)) if scope is not None else ():
            yield schema, steps[1:] if steps and steps[0] in _RESULTS else steps
    elif isinstance(head, ir.Param) and head.annotation:
        for function in survey.taking(head.name):
            if head in function.params:
                yield from (
                    (schema, steps) for schema in _inferred(survey, _INFERRED, head.annotation, function.module)
                )


def _inferred(survey: Survey, pattern: str, text: str, module: ir.Module) -> list[GuardedValue]:
    """Return the schema that a type is inferred of."""
    inferred = re.search(pattern, text)
    return survey.reach.ask.bindings.in_module(module, inferred[1]) if inferred is not None else []


def _shown(
    survey: Survey, code: str, schema: GuardedValue, steps: list[str], records: list[Record]
) -> Iterator[Finding]:
    ours = [record.target for record in records if record.target.kind in ("operation", "dynamic")]
    operations = {operation.id: operation for target in ours for operation in target.operations}
    entries = _members(survey, schema)
    for step in steps:
        inside = [entry.value for _, entry in entries if isinstance(entry.key, ir.Str) and entry.key.value == step]
        entries = [(file, entry) for file, _ in entries[:1] for node in inside for entry in _entries(node)]
    for file, entry in entries:
        key = entry.key
        verdict = names.judge(key.value, tuple(operations.values())) if isinstance(key, ir.Str) else None
        if isinstance(key, ir.Str) and verdict is not None and verdict.new is not None:
            why = profile.active().say(LETS_IN, new=verdict.new)
            yield Finding.by_hand(code, file, key, key.value, why, verdict.new)


def _members(survey: Survey, schema: GuardedValue) -> list[tuple[str, ir.Entry]]:
    """Return the members of a schema with their files: of z.object({...}), and of what it extends or is merged with."""
    members: list[tuple[str, ir.Entry]] = []
    omitted: set[str] = set()
    pending, visited = [schema.value], set[ir.Node]()
    while pending:
        value = pending.pop()
        call = value.made if isinstance(value, Ext) else value.site if isinstance(value, Obj) else None
        frame = value.frame if isinstance(value, (Ext, Obj)) else None
        while frame is not None and isinstance(call, ir.Call) and isinstance(call.of, ir.Attr) and call not in visited:
            visited.add(call)
            named = [(frame.function.module.file, entry) for entry in _entries(call, chained=False)]
            if call.of.name == "omit":
                omitted |= {entry.key.value for _, entry in named if isinstance(entry.key, ir.Str)}
            else:
                members += named
            schemas = [node for node in (*call.args, call.of.of) if isinstance(node, ir.Name)]
            pending += [alt.value for node in schemas for alt in survey.reach.ask.value(node, frame)]
            call = call.of.of
    return [member for member in members if not (isinstance(member[1].key, ir.Str) and member[1].key.value in omitted)]


def _entries(node: ir.Node, *, chained: bool = True) -> list[ir.Entry]:
    """Return the members that a call names: z.object({...}), with `chained` also through z.object({...}).optional()."""
    entries: list[ir.Entry] = []
    while isinstance(node, ir.Call):
        entries += [entry for argument in node.args if isinstance(argument, ir.Dict) for entry in argument.entries]
        if not chained or not isinstance(node.of, ir.Attr):
            break
        node = node.of.of
    return entries
