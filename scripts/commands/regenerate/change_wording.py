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
    """Return the paragraphs of a class docstring; `entry` is that of the operation whose request it is, if it is one."""
    paragraphs = [schema.get("description", "")]
    if entry and entry["deprecated"]:
        paragraphs.append("Deprecated: the documentation lists the operation no more.")
    if entry and entry["docs_url"]:
        paragraphs.append(f"Source: {entry['docs_url']}")
    return "\n\n".join(filter(None, paragraphs))


def described(document: Document, schema: dict[str, Any]) -> str:
    """Return one line for a docstring, in sentences."""
    resolved = resolve(document, schema)
    sentences = [schema.get("description") or resolved.get("description", ""), *_bounds(resolved)]
    if resolved.get("x-krea-media"):
        sentences.append("A public https URL, the URL of an uploaded asset, or a data: URI.")
    for field, value in resolved.get("x-krea-applies-when", {}).items():
        sentences.append(f"Matters only when {field} is {_literal(value)}.")
    if by := resolved.get("x-krea-options-by"):
        choices = (f"{', '.join(map(_literal, options))} for {value}" for value, options in by["options"].items())
        sentences.append(f"Depends on {by['field']}: {'; '.join(choices)}.")
    if resolved.get("deprecated"):
        sentences.append("Deprecated.")
    if "default" in resolved:
        sentences.append(f"Server default: {_literal(resolved['default'])}.")
    return " ".join(sentence for sentence in sentences if sentence)


def _bounds(schema: dict[str, Any]) -> list[str]:
    sentences = []
    if text := _span(schema.get("minimum"), schema.get("maximum")):
        sentences.append(f"{text}.")
    types = schema.get("type", [])
    for kind in types if isinstance(types, list) else [types]:
        if kind in _LENGTHS:
            least, upper, singular, plural = _LENGTHS[kind]
            if text := _span(schema.get(least), schema.get(upper)):
                sentences.append(f"{text} {singular if schema.get(upper, schema.get(least)) == 1 else plural}.")
    for keyword, word in (
        ("exclusiveMinimum", "More than"),
        ("exclusiveMaximum", "Less than"),
        ("multipleOf", "A multiple of"),
        ("pattern", "Must match"),
    ):
        if keyword in schema:
            sentences.append(f"{word} {schema[keyword]}.")
    return sentences


def _span(least: float | None, upper: float | None) -> str:
    if least is not None and upper is not None:
        return f"{least} to {upper}"
    if least is not None:
        return f"At least {least}"
    return f"At most {upper}" if upper is not None else ""


def _literal(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
