"""How the machine reads what it was sent: bodies, addresses, filters, moments."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from krea_client.sandbox.http_messages import Request, Response, refusal

DEEPEST = 64  # levels of a body; far below Python's own limit, far above what any model takes


def read_object(body: bytes) -> dict[str, Any] | Response:
    """Read a body as a JSON object, or make the 400 that says why it is none."""
    try:
        document: object = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return refusal(400, f"The body is not JSON: {error}"[:200])
    if not isinstance(document, dict):
        return refusal(400, "The body is not a JSON object.")
    fields = cast("dict[str, Any]", document)
    if body.count(b"[") + body.count(b"{") > DEEPEST and _depth(fields) > DEEPEST:
        return refusal(400, f"The body is nested more than {DEEPEST} levels deep.")
    return fields


def _depth(value: object) -> int:
    level, depth = [value], 0
    while level:
        level = [inner for outer in level for inner in _inside(outer)]
        depth += 1
    return depth - 1


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(cast("dict[str, object]", value).values())
    return cast("list[object]", value) if isinstance(value, list) else []


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def token_of(request: Request) -> str:
    """Return the token that came with a request; empty without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def query_of(query: str) -> dict[str, str]:
    """Read a raw query; of a name that comes twice, the last value counts."""
    return dict(parse_qsl(query, keep_blank_values=True))


def is_web_address(text: str) -> bool:
    """Return whether the text is an http or https URL with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def is_of(model: str, types: list[str]) -> bool:
    """Return whether a `types` filter names the model: by kind (`image`), by any beginning of its id, or by its last part."""
    return any(model == name or model.startswith(name + "/") or model.endswith("/" + name) for name in types)


def moment(text: str) -> datetime | None:
    """Read a date-time of a query in UTC; None when it is none."""
    try:
        # An unescaped plus sign of a UTC offset arrives as a blank.
        parsed = datetime.fromisoformat(text.replace(" ", "+"))
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
