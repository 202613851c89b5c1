"""Bundles: what a build tool made of many scripts. Nobody changes them by hand, and few of their bytes have to do with the API."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import profile
from krea_migrate.limits import READING

LARGE = 1_000_000  # bytes of a script that people may have written
_MINIFIED = 40_000  # bytes of a script
_LONG_LINE, _FUNCTION = 500, 1000  # bytes of its average line, and to each of its functions
AROUND = 6_000  # bytes to each side of a word that matters


def is_bundle(text: bytes) -> bool:
    """Tell whether a script is minified, or larger than what people write."""
    if len(text) <= _MINIFIED or len(text) // (text.count(b"\n") + 1) <= _LONG_LINE:
        return len(text) > LARGE
    return len(text) < _FUNCTION * (text.count(b"function") + text.count(b"=>"))


def parts(text: bytes) -> Iterator[tuple[int, int]]:
    """Yield the parts around addresses of the API, and around deprecated names near them, from one statement to another."""
    first = last = -1
    size = 0
    for word in profile.active().host_or_operation.finditer(text):
        start, end = max(0, word.start() - AROUND), min(len(text), word.end() + AROUND)
        if start > last >= 0:
            size += last - first
            yield _whole(text, first, last)
            first = -1
        if size + (last - first) > READING.bundle.value:
            break
        first, last = (start if first < 0 else first), end
    if first >= 0:
        yield _whole(text, first, last)


def unread(text: bytes) -> list[tuple[int, int]]:
    """Return the places between which a bundle was not read."""
    gaps: list[tuple[int, int]] = []
    at = 0
    for start, end in parts(text):
        gaps.append((at, start))
        at = end
    return [*gaps, (at, len(text))]


def _whole(text: bytes, first: int, last: int) -> tuple[int, int]:
    """Return a part that begins and ends between two statements, as far as its punctuation shows."""
    begin = max(text.find(b";", first, first + AROUND), text.find(b"\n", first, first + AROUND)) + 1 if first else 0
    end = max(text.rfind(b";", last - AROUND, last), text.rfind(b"}", last - AROUND, last)) + 1
    return begin or first, end or last
