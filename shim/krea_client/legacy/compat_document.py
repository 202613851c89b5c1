"""The API's own OpenAPI document with the deprecated field names put back, for programs that choose their fields by it."""

from __future__ import annotations

import gzip
import json
import logging
import zlib
from collections.abc import Mapping
from typing import Any

from krea_client import _json
from krea_client._spec.catalogue import Catalogue, catalogue
from krea_client.errors import ModelGone

DOCUMENT_PATH = "/openapi.json"
_log = logging.getLogger("krea_client.legacy")


class DocumentReading:
    """What an adapter does about the API's document that a program reads.

    Args:
        is_compatible: whether deprecated names are put back; without it, the log says once that a look-up may fail.
    """

    def __init__(self, *, is_compatible: bool = False) -> None:
        self._is_compatible = is_compatible
        self._is_said = False

    def passed(self, status: int, content: bytes, encoding: str | None = None) -> bytes | None:
        """Return the document to hand to the program, or None for the one that came; `encoding` is the content's own."""
        if status != 200:  # the status of a document
            return None
        if self._is_compatible:
            return with_deprecated_names(content, encoding)
        if not self._is_said:
            self._is_said = True
            _log.warning(
                "this program reads the API's document, which has no deprecated field names any more: a look-up such as "
                "'aspectRatio' in properties fails silently; set KREA_CLIENT_COMPAT_DOCUMENT=1 to keep them, or change the program"
            )
        return None


def with_deprecated_names(content: bytes, encoding: str | None = None) -> bytes | None:
    """Return the bytes of a document with the deprecated names put back, in the same Content-Encoding; None for what is no document."""
    packed = (encoding or "identity").strip().lower()
    if packed not in ("identity", "gzip"):
        return None
    try:
        text = (gzip.decompress(content) if packed == "gzip" else content).decode()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        return None
    document = _json.document(text)
    if not _json.members(_json.members(document).get("paths")):
        return None
    changed = json.dumps(with_deprecated_fields(document)).encode()
    return gzip.compress(changed) if packed == "gzip" else changed


def with_deprecated_fields(document: object, operations: Catalogue | None = None) -> object:
    """Return the document with each operation's deprecated names beside the names that replace them.

    A program that asks `"aspectRatio" in properties` then goes on choosing rightly, and the gateway renames what it sends.
    """
    whole = _json.members(document)
    if not whole:
        return document
    paths: dict[str, object] = {}
    for path, entry in _json.members(whole.get("paths")).items():
        aliases = _aliases(operations or catalogue(), path)
        paths[path] = _with_aliases(whole, _json.members(entry), aliases) if aliases else entry
    return {**whole, "paths": paths}


def _aliases(operations: Catalogue, path: str) -> Mapping[str, str]:
    try:
        operation = operations.of_call("POST", path)
    except ModelGone:
        return {}
    return {} if operation is None else {old: alias.new for old, alias in operation.aliases.items()}


def _with_aliases(document: dict[str, Any], entry: dict[str, Any], aliases: Mapping[str, str]) -> dict[str, Any]:
    post = _json.members(entry.get("post"))
    request = _json.members(post.get("requestBody"))
    content: dict[str, object] = {}
    for kind, media in _json.members(request.get("content")).items():
        parts = _json.members(media)
        content[kind] = {**parts, "schema": _schema(document, parts.get("schema"), aliases)}
    return {**entry, "post": {**post, "requestBody": {**request, "content": content}}} if content else entry


def _schema(document: dict[str, Any], schema: object, aliases: Mapping[str, str]) -> object:
    resolved = _resolved(document, schema)
    properties = _json.members(resolved.get("properties"))
    if not properties:
        return schema
    deprecated = {
        old: {**_resolved(document, properties[new]), "deprecated": True}
        for old, new in aliases.items()
        if new in properties
    }
    changed = {**resolved, "properties": {**properties, **deprecated}}
    if (
        "required" in resolved
    ):  # a program that looks for what is missing shall not miss what it gives under the deprecated name
        renamed = set(aliases.values())
        changed["required"] = [name for name in _json.items(resolved["required"]) if name not in renamed]
    return changed


def _resolved(document: dict[str, Any], schema: object) -> dict[str, Any]:
    """Return the schema that a local reference names; one level, as the published document has it."""
    parts = _json.members(schema)
    reference = _json.text(parts.get("$ref")) or ""
    if not reference.startswith("#/"):
        return parts
    place: object = document
    for name in reference[2:].split("/"):
        place = _json.members(place).get(name)
    return _json.members(place) or parts
