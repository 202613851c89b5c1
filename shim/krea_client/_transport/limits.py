"""What is taken in from the network: how much, how fast, from where; and what is left out of other people's logs."""

from __future__ import annotations

import traceback
from collections.abc import Callable

import httpx

from krea_client._core.effects import Unanswered

MOST_ANSWER = 32 << 20  # bytes; a page of a thousand jobs has less than one of them
LEAST_FLOW = 16 << 10  # bytes of a download that must come within the time-out of one exchange
MOST_HOPS = 5  # redirects on the way to a result


class ResponseBuffer:
    """The body of an answer: whole within so many seconds after its head, and not endless."""

    def __init__(self, monotonic: Callable[[], float], seconds: float) -> None:
        self._monotonic = monotonic
        self._until = monotonic() + seconds
        self._seconds = seconds
        self._pieces: list[bytes] = []
        self._size = 0

    def take(self, piece: bytes) -> None:
        """Takes the next bytes.

        Raises:
            Unanswered: it is too much, or takes too long.
        """
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > MOST_ANSWER:
            raise Unanswered(f"the answer has more than {MOST_ANSWER >> 20} MB")
        if self._monotonic() > self._until:
            raise Unanswered(f"the answer was not whole after {self._seconds:g} s")

    @property
    def body(self) -> bytes:
        """All that came."""
        return b"".join(self._pieces)


class MinimumRate:
    """The speed of a download: a host that hands out single bytes is as good as silent."""

    def __init__(self, monotonic: Callable[[], float], seconds: float) -> None:
        self._monotonic = monotonic
        self._seconds = seconds
        self._since, self._came = monotonic(), 0

    def passed(self, count: int) -> None:
        """Counts the next bytes.

        Raises:
            Unanswered: they come too slowly.
        """
        self._came += count
        now = self._monotonic()
        if now - self._since > self._seconds:
            if self._came < LEAST_FLOW:
                raise Unanswered(f"only {self._came} bytes came in {now - self._since:.0f} s")
            self._since, self._came = now, 0


class RedactedURL(httpx.URL):
    """An address that shows itself without its query, which may be a signature: httpx logs every address that it asks for."""

    def __str__(self) -> str:
        return super().__str__().partition("?")[0]

    __repr__ = __str__


def next_hop(here: httpx.URL, response: httpx.Response) -> httpx.URL | None:
    """Where a redirect leads, or None for an answer that is none; httpx has judged before that it can be read."""
    return here.join(response.headers["location"]) if response.has_redirect_location else None


def clear_tracebacks(error: BaseException) -> None:
    """Empties the frames that an error has gone through: the library's below hold the token in their variables."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        traceback.clear_frames(one.__traceback__)
        one = one.__cause__ or one.__context__
