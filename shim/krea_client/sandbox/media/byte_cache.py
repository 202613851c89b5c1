"""Bytes that were made once and may be asked for again: the last ones, bounded by their sum."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class ByteCache:
    """Makes bytes when they are first asked for, and keeps the latest ones up to `max_bytes` bytes; safe in several threads."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes: int = max_bytes
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._guard = Lock()

    @property
    def size(self) -> int:
        """How many bytes are kept now."""
        with self._guard:
            return sum(map(len, self._kept.values()))

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the bytes of that key; several threads that ask for new ones at once may each make them."""
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        content = make()
        with self._guard:
            self._kept[key] = content
            total = sum(map(len, self._kept.values()))
            while len(self._kept) > 1 and total > self.max_bytes:
                total -= len(self._kept.popitem(last=False)[1])
        return content
