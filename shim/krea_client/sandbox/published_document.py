"""GET /openapi.json: the API's document as Krea publishes it, with every reference replaced by what it names."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from krea_client import _json
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


def _inlined(part: object, components: dict[str, Any]) -> Any:
    items = _json.sequence(part)
    if items is not None:
        return [_inlined(item, components) for item in items]
    if not _json.is_object(part):
        return part
    members = _json.members(part)
    referenced: dict[str, Any] = {}
    if reference := _json.text(members.get("$ref")):
        kind, name = reference.removeprefix("#/components/").split("/")
        referenced = _inlined(components[kind][name], components)
    return referenced | {key: _inlined(value, components) for key, value in members.items() if key != "$ref"}
