"""Parts of a file: entity tags and byte ranges, as RFC 9110 has them, so that a download can be taken up again."""

from __future__ import annotations

import hashlib
import re

from krea_client.sandbox.http_messages import JSON, Request, Response

_RANGE = re.compile(r"bytes=([0-9]{1,18})-([0-9]{1,18})?")


def ranged(request: Request, response: Response) -> Response:
    """Return the part of a file that the request asks for, or the whole with its tag; other answers pass as they are."""
    kind = response.headers.get("content-type", "")
    if response.status != 200 or request.method != "GET" or not response.body or kind.startswith((JSON, "text/html")):
        return response
    tag = f'"{hashlib.sha256(response.body).hexdigest()[:16]}"'
    headers = {**response.headers, "etag": tag, "accept-ranges": "bytes"}
    byte_range = _RANGE.fullmatch(request.headers.get("range", ""))
    if byte_range is None or request.headers.get("if-range", tag) != tag:
        return response._replace(headers=headers)
    size, first = len(response.body), int(byte_range[1])
    last = min(int(byte_range[2] or size), size - 1)
    if first >= size or last < first:
        return Response(416, {**headers, "content-range": f"bytes */{size}"})
    headers["content-range"] = f"bytes {first}-{last}/{size}"
    return Response(206, headers, response.body[first : last + 1])
