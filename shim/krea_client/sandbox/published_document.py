"""GET /openapi.json: the API's document as Krea publishes it, with every reference replaced by what it names."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from krea_client.sandbox.api_document import location
from krea_client.sandbox.http_messages import Response

PATH = "/openapi.json"


@cache
def published() -> bytes:
    """Return the document as JSON; made at the first call, about 1.2 MB."""
    document: dict[str, Any] = json.loads(location().read_bytes())
    components: dict[str, Any] = document.pop("components")
    whole = _inlined(document, components)
    return json.dumps({**whole, "components": {"securitySchemes": components.get("securitySchemes", {})}}).encode()


def response() -> Response:
    """Return the answer to a GET; like the real address it asks for no token."""
    return Response(200, {"content-type": "application/json"}, published())


def _inlined(part: Any, components: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_inlined(item, components) for item in part]
    if not isinstance(part, dict):
        return part
    referenced: dict[str, Any] = {}
    if isinstance(reference := part.get("$ref"), str):
        kind, name = reference.removeprefix("#/components/").split("/")
        referenced = _inlined(components[kind][name], components)
    return referenced | {key: _inlined(value, components) for key, value in part.items() if key != "$ref"}
