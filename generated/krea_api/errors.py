# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""What operations raise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """The API answered, but not with the documented success.

    `status` is the HTTP status, whichever; `content` the bytes of the answer; `body` their JSON value, or None when they
    are no JSON; `headers` the answer's headers, in lower case.
    """

    def __init__(self, status: int, content: bytes, body: Any = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, content, body, headers)
        self.status = status
        self.content = content
        self.body = body
        self.headers: Mapping[str, str] = {} if headers is None else headers

    @classmethod
    def of(cls, status: int, content: bytes, headers: Mapping[str, str]) -> ApiError:
        """Makes the error of an answer, whatever its bytes are."""
        try:
            body = json.loads(content)
        except (ValueError, RecursionError):
            body = None
        return cls(status, content, body, {name.lower(): value for name, value in headers.items()})

    def __str__(self) -> str:
        if 200 <= self.status < 300:
            return f"the answer has status {self.status}, but it is not the documented one; its bytes are in .content"
        reason = self.body.get("error") or self.body.get("message") if isinstance(self.body, dict) else None
        return f"the API answered with status {self.status}" + (f": {reason}" if reason else "")


__all__ = ["ApiError"]
