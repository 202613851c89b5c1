"""What docstrings say about a field beyond its type: description, bounds, the server's default."""

from __future__ import annotations

import json
from typing import Any

from .bundle import Document
from .references import resolve

_LENGTHS = {
    "string": ("minLength", "maxLength", "character", "characters"),
    "array": ("minItems", "maxItems", "item", "items"),
}


def class_description(schema: dict[str, Any], entry: dict[str, Any] | None) -> str:
    """The paragraphs of a class docstring; `entry` is that of the operation whose request it is, if it is one."""
    paragraphs = [schema.get("description", "")]
    if entry and entry["deprecated"]:
        paragraphs.append("Deprecated: the documentation lists the operation no more.")
    if entry and entry["docs_url"]:
        paragraphs.append(f"Source: {entry['docs_url']}")
    return "\n\n".join(filter(None, paragraphs))


def described(document: Document, schema: dict[str, Any]) -> str:
    """One line for a docstring, in sentences."""
    whole = resolve(document, schema)
    sentences = [schema.get("description") or whole.get("description", ""), *_bounds(whole)]
    if whole.get("x-krea-media"):
        sentences.append("A public https URL, the URL of an uploaded asset, or a data: URI.")
    for field, value in whole.get("x-krea-applies-when", {}).items():
        sentences.append(f"Matters only when {field} is {_literal(value)}.")
    if by := whole.get("x-krea-options-by"):
        choices = (f"{', '.join(map(_literal, options))} for {value}" for value, options in by["options"].items())
        sentences.append(f"Depends on {by['field']}: {'; '.join(choices)}.")
    if whole.get("deprecated"):
        sentences.append("Deprecated.")
    if "default" in whole:
        sentences.append(f"Server default: {_literal(whole['default'])}.")
    return " ".join(sentence for sentence in sentences if sentence)


def _bounds(schema: dict[str, Any]) -> list[str]:
    found = []
    if text := _span(schema.get("minimum"), schema.get("maximum")):
        found.append(f"{text}.")
    types = schema.get("type", [])
    for kind in types if isinstance(types, list) else [types]:
        if kind in _LENGTHS:
            least, most, one, many = _LENGTHS[kind]
            if text := _span(schema.get(least), schema.get(most)):
                found.append(f"{text} {one if schema.get(most, schema.get(least)) == 1 else many}.")
    for keyword, word in (
        ("exclusiveMinimum", "More than"),
        ("exclusiveMaximum", "Less than"),
        ("multipleOf", "A multiple of"),
        ("pattern", "Must match"),
    ):
        if keyword in schema:
            found.append(f"{word} {schema[keyword]}.")
    return found


def _span(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return f"{least} to {most}"
    if least is not None:
        return f"At least {least}"
    return f"At most {most}" if most is not None else ""


def _literal(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
