"""GET /openapi.json: the API's document as Krea publishes it, with every reference replaced by what it names."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from krea_client import _json
from krea_client.sandbox.api_document import ApiDocument
from krea_client.sandbox.http_messages import Request, Response
from krea_client.sandbox.inlined_references import inlined

PATH = "/openapi.json"
_ALREADY_MADE: dict[int, tuple[ApiDocument, bytes]] = {}
_CACHE_SIZE = 4


def published(document: ApiDocument) -> bytes:
    """Return the document as JSON; made at the first call, about 1.2 MB."""
    cached = _ALREADY_MADE.get(id(document))
    if cached is None:
        content: dict[str, Any] = dict(document.content)
        components: dict[str, Any] = content.pop("components")
        schemes = {"securitySchemes": components.get("securitySchemes", {})}
        text = json.dumps({**_json.members(inlined(content, components)), "components": schemes}).encode()
        if len(_ALREADY_MADE) >= _CACHE_SIZE:
            _ALREADY_MADE.clear()
        cached = _ALREADY_MADE[id(document)] = (document, text)
    return cached[1]


def response(document: ApiDocument, request: Request) -> Response:
    """Return the answer to a GET; like the real address it asks for no token, and an equal ETag gets 304."""
    content = published(document)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if request.headers.get("if-none-match") == etag:
        return Response(304, {"etag": etag}, b"")
    return Response(200, {"content-type": "application/json", "etag": etag}, content)
