"""Parts of a file: entity tags and byte ranges, as RFC 9110 has them, so that a download can be taken up again."""

from __future__ import annotations

import hashlib
import re

from krea_client.sandbox.http_messages import JSON, Request, Response

_RANGE = re.compile(r"bytes=([0-9]{1,18})-([0-9]{1,18})?")


def ranged(request: Request, made: Response) -> Response:
    """Give the part of a file that the request asks for, or the whole with its tag; other answers pass as they are."""
    kind = made.headers.get("content-type", "")
    if made.status != 200 or request.method != "GET" or not made.body or kind.startswith((JSON, "text/html")):
        return made
    tag = f'"{hashlib.sha256(made.body).hexdigest()[:16]}"'
    headers = {**made.headers, "etag": tag, "accept-ranges": "bytes"}
    wanted = _RANGE.fullmatch(request.headers.get("range", ""))
    if wanted is None or request.headers.get("if-range", tag) != tag:
        return made._replace(headers=headers)
    size, first = len(made.body), int(wanted[1])
    last = min(int(wanted[2] or size), size - 1)
    if first >= size or last < first:
        return Response(416, {**headers, "content-range": f"bytes */{size}"})
    headers["content-range"] = f"bytes {first}-{last}/{size}"
    return Response(206, headers, made.body[first : last + 1])
