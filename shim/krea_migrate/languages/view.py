"""A text that is put together of pieces of a file, such as the cells of a notebook, and where its bytes stand in the file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from krea_migrate.findings import Certainty, Edit, Finding


class View:
    """Text for a reader of another language; what is found in it is told of the file itself.

    Args:
        source: the text of the file.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._pieces: list[bytes] = []
        self._places: list[int] = []
        self.size = 0

    @cached_property
    def _bytes(self) -> Sequence[int]:
        """The place of each character, in bytes."""
        if self.source.isascii():
            return range(len(self.source) + 1)
        return [0, *accumulate(len(letter.encode("utf-8", "surrogateescape")) for letter in self.source)]

    @property
    def text(self) -> bytes:
        """All of it."""
        return b"".join(self._pieces)

    def add(self, letters: str, places: Sequence[int]) -> None:
        """Add letters that stand at these places of the file."""
        if letters.isascii():
            piece = letters.encode()
            self._places += [self._bytes[place] for place in places[: len(letters)]]
        else:
            parts = [letter.encode("utf-8", "surrogateescape") for letter in letters]
            piece = b"".join(parts)
            for part, place in zip(parts, places, strict=False):
                self._places += range(self._bytes[place], self._bytes[place] + len(part))
        self._pieces.append(piece)
        self.size += len(piece)

    def copy(self, start: int, end: int) -> None:
        """Add what stands there as it is."""
        self.add(self.source[start:end], range(start, end))

    def mark(self, letters: str, at: int) -> None:
        """Add letters that do not stand in the file."""
        self.add(letters, [at] * len(letters))

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
        if not self._places:
            return 0, 0
        first = self._places[min(start, len(self._places) - 1)]
        last = self._places[min(max(end - 1, start), len(self._places) - 1)] + 1
        return first, max(first, last if end > start else first)
