"""Rules between the fields of a request (`x-krea-rules`, `x-krea-applies-when`), as spec/EXTENSIONS.md describes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .bodies import body_of
from .bundle import Document
from .references import resolve

Rule = dict[str, Any]


def rules_of(document: Document, operation: Document) -> list[Rule]:
    """Return every rule of an operation: its own, and one for each field of the body that matters only beside others."""
    body = body_of(document, operation)
    properties = resolve(document, body).get("properties", {}) if body else {}
    conditions = ((name, field.get("x-krea-applies-when")) for name, field in properties.items())
    return [
        *operation.get("x-krea-rules", ()),
        *({"applies": [name], "when": when} for name, when in conditions if when),
    ]


def broken_rules(document: Document, operation: Document, body: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a body does against the rules of an operation, fields that do nothing included."""
    schema = body_of(document, operation)
    properties = resolve(document, schema).get("properties", {}) if schema else {}
    filled = {name: field["default"] for name, field in properties.items() if "default" in field} | dict(body)
    for rule in rules_of(document, operation):
        choice = rule.get("excludes") or rule.get("one_of") or rule.get("any_of") or ()
        present = [name for name in choice if body.get(name)]
        if len(present) > 1 and "any_of" not in rule:
            yield f"gives {' and '.join(present)}, which exclude each other"
        if not present and ("any_of" in rule or "one_of" in rule):
            yield f"gives none of {', '.join(choice)}"
        if "needs" in rule and fits(rule["when"], filled) and not fits(rule["needs"], filled):
            yield f"breaks the rule that {rule['when']} needs {rule['needs']}"
        if "applies" in rule and not fits(rule["when"], filled):
            yield from (
                f"gives {name}, which does nothing without {rule['when']}" for name in rule["applies"] if name in body
            )


def fits(condition: Mapping[str, Any], filled: Mapping[str, Any]) -> bool:
    """Return whether a body with its server defaults has every value that a condition names."""
    return all(_has(filled.get(name), value) for name, value in condition.items())


def _has(value: Any, expected: Any) -> bool:
    if isinstance(expected, Mapping):
        return bool(value) is expected["given"]
    return bool(value == expected and isinstance(value, bool) is isinstance(expected, bool))
