"""Rules for extensions that speak of other fields: prices, exclusions, fields that matter only beside others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator

from regenerate.bodies import body_of
from regenerate.bundle import Document
from regenerate.operation_files import operations
from regenerate.references import resolve, subschemas
from regenerate.sources import Address

Findings = Iterator[tuple[Address, str]]
Fields = Mapping[str, Any]


def _fields(document: Document, operation: Document) -> Fields:
    body = body_of(document, operation)
    fields: Fields = resolve(document, body).get("properties", {}) if body else {}
    return fields


def _mistaken(document: Document, fields: Fields, name: str, value: Any) -> str | None:
    """Return why a field cannot have the value, or None; a mapping asks only whether the field is given."""
    if name not in fields:
        return f"{name} is not a field of the request"
    if isinstance(value, Mapping):
        return None
    schema = {**fields[name], "components": document["components"]}
    errors = Draft202012Validator(schema).iter_errors(value)
    return next((f"{name} is never {value!r}: {error.message}" for error in errors), None)


def prices_speak_of_fields(document: Document) -> Findings:
    """Check that a price that depends on a field names it as the request does, with a value that the field can have."""
    for path, method, operation in operations(document):
        price = operation.get("x-krea-pricing", {})
        address: Address = ("paths", path, method, "x-krea-pricing")
        fields = _fields(document, operation)
        for place, part in ((address, price), *(((*address, "table", i), r) for i, r in _rows(price))):
            if "seconds" in part and part["seconds"] not in fields:
                yield (*place, "seconds"), f"{part['seconds']} is not a field of the request"
            for name, value in part.get("when", {}).items():
                if mistake := _mistaken(document, fields, name, value):
                    yield (*place, "when", name), mistake


def prices_are_reachable(document: Document) -> Findings:
    """Report a row after one without `when`, or after its own like: the first that fits counts, so it is never read."""
    for path, method, operation in operations(document):
        visited: list[Any] = []
        for index, row in _rows(operation.get("x-krea-pricing", {})):
            when = row.get("when", {})
            if when in visited or {} in visited:
                yield (
                    ("paths", path, method, "x-krea-pricing", "table", index),
                    "no request comes as far as this row; move it up or remove it",
                )
            visited.append(when)


def rules_speak_of_fields(document: Document) -> Findings:
    """Check that a rule names fields of the request, with values that they can have."""
    for path, method, operation in operations(document):
        fields = _fields(document, operation)
        for index, rule in enumerate(operation.get("x-krea-rules", ())):
            place: Address = ("paths", path, method, "x-krea-rules", index)
            for form in ("excludes", "any_of", "one_of", "applies"):
                for name in rule.get(form, ()):
                    if name not in fields:
                        yield place, f"{name} is not a field of the request"
            for form in ("when", "needs"):
                for name, value in rule.get(form, {}).items():
                    if mistake := _mistaken(document, fields, name, value):
                        yield (*place, form, name), mistake


def rules_can_be_kept(document: Document) -> Findings:
    """Report a rule that asks for the absence of a required field: it would refuse every request."""
    for path, method, operation in operations(document):
        body = body_of(document, operation)
        required = resolve(document, body).get("required", []) if body else []
        for index, rule in enumerate(operation.get("x-krea-rules", ())):
            for form in ("excludes", "one_of", "any_of"):
                if always := [name for name in rule.get(form, ()) if name in required]:
                    yield (
                        ("paths", path, method, "x-krea-rules", index),
                        f"{', '.join(always)} is required, so a choice with it is none",
                    )


def conditions_speak_of_neighbours(document: Document) -> Findings:
    """Check that what a field waits for or takes its options from is a field beside it, with a value that it can have."""
    for owner, schema in document["components"].get("schemas", {}).items():
        for address, part in subschemas(schema, "components", "schemas", owner):
            beside = part.get("properties", {})
            for name, field in beside.items():
                place = (*address, "properties", name)
                for other_field, value in field.get("x-krea-applies-when", {}).items():
                    if mistake := _mistaken(document, beside, other_field, value):
                        yield (*place, "x-krea-applies-when"), mistake
                if by := field.get("x-krea-options-by"):
                    for option in _mistaken_options(document, beside, name, by):
                        yield (*place, "x-krea-options-by"), option


def _mistaken_options(document: Document, beside: Fields, name: str, by: Document) -> Iterator[str]:
    for value, options in by["options"].items():
        pairs = ((by["field"], value), *((name, option) for option in options))
        yield from filter(None, (_mistaken(document, beside, field, condition) for field, condition in pairs))


def _rows(price: Document) -> Iterator[tuple[int, Document]]:
    yield from enumerate(price.get("table", ()))


RULES = (
    prices_speak_of_fields,
    prices_are_reachable,
    rules_speak_of_fields,
    rules_can_be_kept,
    conditions_speak_of_neighbours,
)
