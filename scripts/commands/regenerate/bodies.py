"""What goes into an operation and what comes out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .bundle import Document
from .references import resolve

JSON = "application/json"


def body_of(document: Document, operation: Document) -> Document | None:
    """Return the schema of the JSON body of an operation as it is written, a reference mostly; None without one."""
    body: Document | None = content_of(document, operation).get(JSON, {}).get("schema")
    return body


def examples_of(operation: Document) -> list[Any]:
    """Return the example bodies of an operation, in the order of the document."""
    media = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
    return [
        *([media["example"]] if "example" in media else ()),
        *(example["value"] for example in media.get("examples", {}).values()),
    ]


def content_of(document: Document, operation: Document) -> Document:
    """Return media type to what is said of it, for the body of an operation; empty without one."""
    content: Document = resolve(document, operation.get("requestBody", {})).get("content", {})
    return content


def class_names(document: Document, schema: Document | None) -> list[str]:
    """Return the components that a body can be: one mostly, those of a union where it is one."""
    if not schema or "$ref" not in schema:
        return []
    resolved = resolve(document, schema)
    union = (*resolved.get("anyOf", ()), *resolved.get("oneOf", ()))
    return [name for branch in union for name in class_names(document, branch)] or [schema["$ref"].rpartition("/")[2]]


def answered(document: Document, operation: Document) -> str | None:
    """Return what the success of an operation is: `job`, `jobs` for a list of them, None for nothing."""
    statuses = [status for status in operation["responses"] if status.startswith("2")]
    content = resolve(document, operation["responses"][statuses[0]]).get("content", {}) if statuses else {}
    schema = content.get(JSON, {}).get("schema", {})
    name = schema.get("$ref", schema.get("items", {}).get("$ref", "")).rpartition("/")[2]
    snake = re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=\d)(?=[A-Z][a-z])", "_", name).lower()
    return (snake if "$ref" in schema else f"{snake}s") if snake else None


def media_paths(schema: Document) -> list[str]:
    """Return the fields of a self-contained schema that take media: `image_url`, `image_urls[]`, `style_images[].url`."""
    return list(dict.fromkeys(_media(schema, schema.get("$defs", {}), "", ())))


def _media(schema: Any, schemas: Document, path: str, inside: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(schema, dict):
        return
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name in schemas and name not in inside:
        yield from _media(schemas[name], schemas, path, (*inside, name))
    if schema.get("x-krea-media"):
        yield path
    for field, inner in schema.get("properties", {}).items():
        yield from _media(inner, schemas, f"{path}.{field}" if path else field, inside)
    yield from _media(schema.get("items"), schemas, f"{path}[]", inside)
    for union in ("anyOf", "oneOf", "allOf"):
        for branch in schema.get(union, ()):
            yield from _media(branch, schemas, path, inside)
