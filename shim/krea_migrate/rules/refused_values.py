"""KREA204: constant values that the operation's schema rejects, and required fields that a complete body lacks. Reported, never changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from krea_client.codemod_profile import Operation, problems
from krea_migrate import ir
from krea_migrate.findings import Certainty, Finding
from krea_migrate.flow.records import Record
from krea_migrate.ir import tail
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA204", "Invalid values and missing fields"
_FILLED = re.compile(r"\$[{(]|\{\{")  # by make, a template or a workflow
_WORDS = {"True": True, "False": False, "None": None, "true": True, "false": False, "null": None}


class Constant(NamedTuple):
    """A value that the source says."""

    value: object


def find(survey: Survey) -> Iterator[Finding]:
    """Look at literals that surely go to one operation, for each operation that they go to."""
    inline = {node for request in survey.reach.requests for node in _given(request.node)}
    for module in survey.modules:
        for literal, _, _ in module.dicts:
            records = survey.reach.records.get(("dict", literal), [])
            operation = _one_operation(records)
            if operation is not None:
                yield from _refused(literal, operation, module, survey, is_whole_body=literal in inline)


def _given(sender: ir.Node) -> Iterator[ir.Node]:
    """Yield the literals that a call is given as they are, or as JSON, or in its options."""
    nodes: list[ir.Node] = []
    if isinstance(sender, ir.RequestNode):
        nodes = list(sender.bodies)
    elif isinstance(sender, ir.Call):
        nodes = [*sender.args, *(word.value for word in sender.words)]
    for node in nodes:
        if isinstance(node, ir.Call) and tail(node.of) in ("dumps", "stringify"):
            nodes += node.args[:1]
        elif isinstance(node, ir.Dict):
            yield node
            nodes += [entry.value for entry in node.entries if entry.key is not None]


def _one_operation(records: list[Record]) -> Operation | None:
    if any(record.target.kind != "operation" or record.weak or record.limits for record in records):
        return None
    operations = {operation.id: operation for record in records for operation in record.target.operations}
    return next(iter(operations.values())) if len(operations) == 1 else None


def _refused(
    literal: ir.Dict, operation: Operation, module: ir.Module, survey: Survey, *, is_whole_body: bool
) -> Iterator[Finding]:
    known_values = dict(_named(literal, operation))
    if not known_values.keys() & set(operation.fields):
        return
    free = free_texts(operation)
    values = {
        name: constant.value
        for name, entry in known_values.items()
        if name in operation.fields and name not in free and not _is_set_later(entry, survey)
        if (constant := constant_of(entry.value, module.source)) is not None and constant.value is not None
    }
    for problem in problems(operation.without_required_fields, values):
        name = problem.path.partition(".")[0].partition("[")[0]
        if name in values:
            value = known_values[name].value
            rule, _, choices = problem.rule.partition(", must be one of ")
            wrong = rule if choices and problem.remedy else problem.rule  # the nearest of them is in the remedy
            reason = f"{operation.model}: {problem._replace(rule=wrong)}"
            yield Finding.by_hand(CODE, module.file, value, name, reason)
    complete = is_whole_body and not literal.without and all(isinstance(entry.key, ir.Str) for entry in literal.entries)
    missing = (
        [name for name in (operation.schema or {}).get("required", ()) if name not in known_values] if complete else []
    )
    if missing:
        names_text = " and ".join(map(repr, missing))
        reason = f"{operation.model}: {names_text} {'is' if len(missing) == 1 else 'are'} required and missing"
        yield Finding(CODE, module.file, literal.start, literal.start + 1, missing[0], None, Certainty.UNSURE, reason)


def _named(literal: ir.Dict, operation: Operation) -> Iterator[tuple[str, ir.Entry]]:
    """Yield the members by the names that the operation has for them today."""
    for entry in literal.entries:
        if isinstance(entry.key, ir.Str):
            alias = operation.aliases.get(entry.key.value)
            yield alias.new if alias is not None else entry.key.value, entry


def free_texts(operation: Operation) -> set[str]:
    """Return the fields that take any text or file: a constant in a program may be an example."""
    properties = (operation.schema or {}).get("properties", {})
    texts = {name for name, schema in properties.items() if schema.get("type") == "string" and "enum" not in schema}
    return texts | {steps[0] for steps in operation.media}


def _is_set_later(entry: ir.Entry, survey: Survey) -> bool:
    return isinstance(entry.key, ir.Str) and bool(survey.project.sets.get(entry.key.value))


def constant_of(node: ir.Node, source: bytes) -> Constant | None:
    """Return the JSON value that an expression is, where the source says it."""
    if isinstance(node, ir.Str):
        is_filled_by_shell = b"$" in source[node.start : node.end] and "$" not in node.value
        return None if is_filled_by_shell or _FILLED.search(node.value) else Constant(node.value)
    if type(node) is not ir.Opaque or node.end <= node.start:
        return None
    text = source[node.start : node.end].decode("utf-8", "replace").strip()
    if text in _WORDS:
        return Constant(_WORDS[text])
    try:
        number = json.loads(text)
    except ValueError:
        return None
    return Constant(number) if isinstance(number, (int, float)) else None
