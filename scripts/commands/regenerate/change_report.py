"""Says in a maintainer's words what changed between two documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regenerate.operation_files import operations

from .bundle import Document
from .references import schema_names
from .table import entries

Facts = dict[str, Any]
_PLAIN = ("pricing", "typical_seconds", "deprecated", "paid", "webhook", "docs_url", "captured", "summary")
_WORDS = {"from": "alias", "name": "retired field", "model": "gone model"}


def report(old: Document, new: Document) -> list[str]:
    """Return one line per change: operations, fields, aliases, answers, gone models. Empty when nothing changed."""
    before = {entry["operation_id"]: entry for entry in entries(old)}
    after = {entry["operation_id"]: entry for entry in entries(new)}
    lines = [f"{name}: new operation, {_where(after[name])}" for name in after if name not in before]
    lines += [f"{name}: operation gone, was {_where(before[name])}" for name in before if name not in after]
    for name, entry in after.items():
        if name in before:
            lines += (f"{name}: {change}" for change in _operation(before[name], entry))
    statuses = {op["operationId"]: sorted(op["responses"]) for _, _, op in operations(old)}
    for _, _, operation in operations(new):
        known_statuses = statuses.get(name := operation["operationId"], sorted(operation["responses"]))
        lines += (f"{name}: answers {change}" for change in _listed("status", known_statuses, operation["responses"]))
    lines += _answers(old, new)
    lines += _rows("model", old.get("x-krea-gone-models", []), new.get("x-krea-gone-models", []))
    if old["servers"] != new["servers"]:
        lines.append("the address of the API changed")
    return lines or (["only wording or order changed"] if old != new else [])


def _where(entry: Facts) -> str:
    return f"{entry['method']} {entry['path']}"


def _operation(before: Facts, after: Facts) -> Iterator[str]:
    if _where(before) != _where(after):
        yield f"moved from {_where(before)} to {_where(after)}"
    yield from _fields("field", before["request_schema"], after["request_schema"])
    yield from _fields("parameter", _parameters(before), _parameters(after))
    yield from _rows("from", before["aliases"], after["aliases"])
    yield from _rows("name", before["retired_fields"], after["retired_fields"])
    for key in _PLAIN:
        if before[key] != after[key]:
            yield f"{key} was {_value(before[key])}, is {_value(after[key])}"


def _parameters(entry: Facts) -> Facts:
    required = [parameter["name"] for parameter in entry["parameters"] if parameter["required"]]
    return {
        "properties": {parameter["name"]: parameter["schema"] for parameter in entry["parameters"]},
        "required": required,
    }


def _answers(old: Document, new: Document) -> Iterator[str]:
    before, after = _answer_names(old), _answer_names(new)
    yield from _listed("answer schema", before, after)
    for name in sorted({*before} & {*after}):
        for change in _fields("field", old["components"]["schemas"][name], new["components"]["schemas"][name]):
            yield f"{name}: {change}"


def _answer_names(document: Document) -> list[str]:
    return schema_names(document, [operation["responses"] for _, _, operation in operations(document)])


def _rows(key: str, before: list[Facts], after: list[Facts]) -> Iterator[str]:
    old, new = {row[key]: row for row in before}, {row[key]: row for row in after}
    yield from _listed(_WORDS[key], old, new)
    for name, row in new.items():
        if name in old and old[name] != row:
            yield f"{_WORDS[key]} {name} was {_rest(old[name], key)}, is {_rest(row, key)}"


def _rest(row: Facts, key: str) -> str:
    return ", ".join(f"{name} {_value(value)}" for name, value in row.items() if name != key)


def _listed(word: str, before: Any, after: Any) -> Iterator[str]:
    yield from (f"new {word} {name}" for name in after if name not in before)
    yield from (f"{word} {name} is gone" for name in before if name not in after)


def _fields(word: str, before: Facts | None, after: Facts | None) -> Iterator[str]:
    old, new = _flat(before), _flat(after)
    yield from _listed(word, old, new)
    for path in (path for path in new if path in old):
        for keyword in sorted({*new[path], *old[path]}):
            was, now = old[path].get(keyword), new[path].get(keyword)
            if was != now:
                yield f"{path}: {keyword} was {_value(was)}, is {_value(now)}"


def _flat(schema: Facts | None) -> dict[str, Facts]:
    """Return field path (`styles[].strength`) to what is said about it; references into the schema's own $defs are followed."""
    flat: dict[str, Facts] = {}
    if schema is not None:
        _flatten(schema, schema.get("$defs", {}), "", (), flat)
    return flat


def _flatten(schema: Facts, schemas: Facts, path: str, inside: tuple[str, ...], flat: dict[str, Facts]) -> None:
    while (name := str(schema.get("$ref", "")).rpartition("/")[2]) in schemas:
        if name in inside:
            return
        inside = (*inside, name)
        schema = {**schemas[name], **{key: value for key, value in schema.items() if key != "$ref"}}
    flat.setdefault(path or "(as a whole)", {}).update(_said(schema))
    for name, field in schema.get("properties", {}).items():
        place = f"{path}.{name}" if path else name
        flat.setdefault(place, {})["required"] = name in schema.get("required", ())
        _flatten(field, schemas, place, inside, flat)
    if isinstance(items := schema.get("items"), dict):
        _flatten(items, schemas, f"{path}[]", inside, flat)
    branches = [
        branch for union in ("anyOf", "oneOf") for branch in schema.get(union, ()) if branch != {"type": "null"}
    ]
    for number, branch in enumerate(branches, 1):
        _flatten(branch, schemas, path if len(branches) == 1 else f"{path}<{number}>", inside, flat)


def _said(schema: Facts) -> Facts:
    """Return keywords with plain values, and the lists that are facts of the field itself."""
    return {
        key: value for key, value in schema.items() if not isinstance(value, dict | list) or key in ("enum", "type")
    }


def _value(value: Any) -> str:
    if value is None:
        return "not given"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} {item}" for key, item in value.items()) + "}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
