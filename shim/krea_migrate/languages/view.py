"""A text that is put together of pieces of a file, such as the cells of a notebook, and where its bytes stand in the file."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from krea_migrate.findings import Certainty, Edit, Finding
from krea_migrate.languages.byte_places import byte_places


class View:
    """Text for a reader of another language; what is found in it is told of the file itself.

    Args:
        source: the text of the file.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._pieces: list[bytes] = []
        self._starts = array("I")  # where each piece begins in the text
        self._firsts = array("I")  # where the first byte of each piece stands in the file
        # 1 where a piece stands in the file as it is, 0 for a mark, whose bytes all have one place.
        self._steps = bytearray()
        self._places: dict[int, Sequence[int]] = {}  # of the bytes of any other piece
        self.size = 0

    @cached_property
    def _bytes(self) -> Sequence[int]:
        """The place of each character, in bytes."""
        return byte_places(self.source)

    @property
    def text(self) -> bytes:
        """All of it."""
        return b"".join(self._pieces)

    def add(self, letters: str, places: Sequence[int]) -> None:
        """Add letters that stand at these places of the file."""
        if letters.isascii():
            piece = letters.encode()
            size = len(letters)
            if self.source.isascii():
                byte_of = array("I", places if len(places) == size else places[:size])
            else:
                byte_of = array("I", [self._bytes[place] for place in places[:size]])
        else:
            parts = [letter.encode("utf-8", "surrogateescape") for letter in letters]
            piece = b"".join(parts)
            byte_of = array("I")
            for part, place in zip(parts, places, strict=False):
                byte_of.extend(range(self._bytes[place], self._bytes[place] + len(part)))
        self._places[len(self._pieces)] = byte_of
        self._put(piece, 0, 0)

    def copy(self, start: int, end: int) -> None:
        """Add what stands there as it is."""
        self._put(self.source[start:end].encode("utf-8", "surrogateescape"), self._bytes[start], 1)

    def mark(self, letters: str, at: int) -> None:
        """Add letters that do not stand in the file."""
        self._put(letters.encode("utf-8", "surrogateescape"), self._bytes[at], 0)

    def _put(self, piece: bytes, first: int, step: int) -> None:
        self._pieces.append(piece)
        self._starts.append(self.size)
        self._firsts.append(first)
        self._steps.append(step)
        self.size += len(piece)

    def told(self, finding: Finding) -> Finding:
        """Return a finding in the places of the file; not to be written where the letters stand otherwise there."""
        edits = tuple(Edit(*self._span(edit.start, edit.end), edit.new) for edit in finding.edits)
        start, end = self._span(finding.start, finding.end)
        is_verbatim = all(
            old.end - old.start == new.end - new.start for old, new in zip(finding.edits, edits, strict=True)
        )
        if is_verbatim:
            return finding._replace(start=start, end=end, edits=edits)
        why = "the name is written with escapes or put together; change it by hand"
        return finding._replace(start=start, end=end, edits=(), certainty=Certainty.UNSURE, reason=why)

    def _span(self, start: int, end: int) -> tuple[int, int]:
        if not self.size:
            return 0, 0
        first = self._place(min(start, self.size - 1))
        last = self._place(min(max(end - 1, start), self.size - 1)) + 1
        return first, max(first, last if end > start else first)

    def _place(self, at: int) -> int:
        """Return where a byte of the text stands in the file."""
        number = bisect_right(self._starts, at) - 1
        inside = at - self._starts[number]
        places = self._places.get(number)
        return self._firsts[number] + inside * self._steps[number] if places is None else places[inside]
