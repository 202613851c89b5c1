"""What a maintainer does about a difference."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from adopt.schema_writer import ComponentPlace, SchemaWriter
from adopt.yaml_blocks import entry
from krea_client.cli.document_diff.comparison import OperationDiff
from krea_client.cli.document_diff.decided_differences import short
from krea_client.cli.document_diff.differences import Difference
from krea_client.cli.document_diff.flat_schemas import is_within
from krea_client.cli.document_diff.operation_facts import Facts
from regenerate.lint.unwritten import MARK
from regenerate.public_names import names_of

_KEEP = ("closed", "required", "deprecated")


def remedy(difference: Difference, verdict: OperationDiff, components: Collection[str]) -> str | None:
    """Return what to write, ready to paste where that is possible; None where the sentence says it all."""
    field, facts, operation = difference.about, difference.facts, verdict.ours
    if difference.kind == "field_new" and _needs_components(verdict, field):
        return _with_components(verdict, field, components)
    if difference.kind == "(body)" or "needs any of" in difference.text:
        return "x-krea-rules says such a thing: - { any_of: [...] } where each is one field"
    if difference.kind == "field_new":
        also = ", and its name to `required`" if facts.get("required") else ""
        return f"add under properties: {field.rpartition('.')[2]}: {written(facts)}{also}"
    if difference.kind == "field_gone" and "." not in field and "[" not in field:
        return "delete it there; scripts/regenerate writes its row of x-krea-retired-fields"
    if difference.kind == "field_renamed":
        return (
            f"rename it there; where the deprecated name has an end, "
            f'x-krea-deprecated-field-aliases: {{ from: {field}, to: {facts["to"]}, sunset_date: "..." }}'
        )
    if difference.kind == "alias_new":
        row = f'{{ from: {facts["old"]}, to: {facts["new"]}, sunset_date: "{facts["until"]}" }}'
        return f"add to x-krea-deprecated-field-aliases: - {row}"
    if difference.kind == "alias_gone":
        return "keep the row, callers still send the name; note it in spec/notes/known.md"
    if difference.kind == "operation_gone" and operation is not None and operation.path.startswith("/generate/"):
        row = f"{{ model: {short(operation.name)}, sunset: null, replacement: null }}"
        return (
            f"deprecated: true while it still answers; after that delete it and add to spec/shared/gone.yaml: - {row}"
        )
    return None


def _needs_components(verdict: OperationDiff, field: str) -> bool:
    """Return whether a new field has parts, a choice of values or items, which one line does not say in the way that lint wants."""
    body = (verdict.theirs.body if verdict.theirs else None) or {}
    facts = body[field].facts if field in body else {}
    has_parts = any(is_within(path, field) and path != field for path in body)
    return has_parts or "enum" in facts or "object" in facts.get("type", ())


def _with_components(verdict: OperationDiff, field: str, components: Collection[str]) -> str:
    """Return a field with its own components, whose names no component of ours has."""
    names = names_of(verdict.theirs.path) if verdict.theirs else None
    stem = names.stem if names else ""
    writer = SchemaWriter(
        (verdict.theirs.body if verdict.theirs else None) or {},
        ComponentPlace(stem, lambda _hint, _facts: None, lambda name: name in components, lambda _path: MARK),
    )
    lines = ["add under properties:", f"  {entry(field.rpartition('.')[2], writer.field(field), 2)}"]
    if writer.components:
        lines.append("and under components, schemas:")
        lines += [f"  {entry(name, schema, 2)}" for name, schema in writer.components.items()]
    return "\n".join(lines)


def written(facts: Mapping[str, Any]) -> str:
    """Return facts of a field as one line of YAML."""
    members = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in _yaml(facts).items()]
    return "{ " + ", ".join(members) + " }" if members else "{}"


def _yaml(facts: Mapping[str, Any]) -> Facts:
    types = list(facts.get("type", ()))
    return {
        **({"type": types[0] if len(types) == 1 else types} if types else {}),
        **{key: value for key, value in facts.items() if key not in ("type", *_KEEP)},
    }
