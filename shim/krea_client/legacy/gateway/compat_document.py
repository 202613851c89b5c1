"""The API's own OpenAPI document with the deprecated field names put back, for programs that choose their fields by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from krea_client._spec.catalogue import Catalogue, catalogue
from krea_client.errors import ModelGone


def with_deprecated_fields(document: Any, known: Catalogue | None = None) -> Any:
    """Return the document with each operation's deprecated names beside the names that replace them.

    A program that asks `"aspectRatio" in properties` then goes on choosing rightly, and the gateway renames what it sends.
    """
    if not isinstance(document, dict):
        return document
    paths = {}
    for path, entry in document.get("paths", {}).items():
        table = _aliases(known or catalogue(), path)
        paths[path] = _with_aliases(document, entry, table) if table and isinstance(entry, dict) else entry
    return {**document, "paths": paths}


def _aliases(known: Catalogue, path: str) -> Mapping[str, str]:
    try:
        operation = known.of_call("POST", path)
    except ModelGone:
        return {}
    return {} if operation is None else {old: alias.new for old, alias in operation.aliases.items()}


def _with_aliases(document: dict[str, Any], entry: dict[str, Any], table: Mapping[str, str]) -> dict[str, Any]:
    post = entry.get("post", {})
    content = post.get("requestBody", {}).get("content", {})
    changed = {kind: {**media, "schema": _schema(document, media.get("schema"), table)} for kind, media in content.items()}
    return {**entry, "post": {**post, "requestBody": {**post.get("requestBody", {}), "content": changed}}} if changed else entry


def _schema(document: dict[str, Any], schema: Any, table: Mapping[str, str]) -> Any:
    schema = _resolved(document, schema)
    if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
        return schema
    properties = schema["properties"]
    deprecated = {old: {**_resolved(document, properties[new]), "deprecated": True} for old, new in table.items() if new in properties}
    return {**schema, "properties": {**properties, **deprecated}}


def _resolved(document: dict[str, Any], schema: Any) -> Any:
    """Return the schema that a local reference names; one level, as the published document has it."""
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return schema
    place: Any = document
    for part in reference[2:].split("/"):
        place = place.get(part) if isinstance(place, dict) else None
    return place if isinstance(place, dict) else schema
