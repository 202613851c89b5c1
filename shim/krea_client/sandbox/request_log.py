"""The requests that came in, for tests to look at: the last ones, without the token's value."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from krea_client.sandbox.http_messages import Request

MOST_REQUESTS = 2_000
MOST_BYTES = 16 << 20


class RequestLog:
    """Keeps the newest requests, bounded by number and by bytes of body."""

    def __init__(self, max_requests: int = MOST_REQUESTS, most_bytes: int = MOST_BYTES) -> None:
        self._kept: deque[Request] = deque()
        self._most, self._most_bytes, self._bytes = max_requests, most_bytes, 0

    def __iter__(self) -> Iterator[Request]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, request: Request) -> None:
        """Keep a request; its Authorization header keeps the scheme only."""
        secret = request.headers.get("authorization")
        if secret is not None:
            masked = secret.partition(" ")[0] + " ***" if " " in secret else "***"
            request = request._replace(headers={**request.headers, "authorization": masked})
        self._kept.append(request)
        self._bytes += len(request.body)
        while len(self._kept) > self._most or (self._bytes > self._most_bytes and len(self._kept) > 1):
            self._bytes -= len(self._kept.popleft().body)

    def clear(self) -> None:
        """Forget them all."""
        self._kept.clear()
        self._bytes = 0
