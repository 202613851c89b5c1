"""A file as it is read and written: its bytes, its encoding, and the lines that messages show."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from contextlib import suppress
from functools import cached_property
from typing import NamedTuple

from krea_migrate.findings import Edit

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")


class Undecodable(ValueError):
    """The bytes are not text in the encoding that the file names."""


class Position(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class Excerpt(NamedTuple):
    """A line, or the part of it around a place: `at` is where the place stands in `text`, in characters."""

    text: str
    at: int


class Source:
    """A file.

    Args:
        path: as findings name it.
        data: its bytes.

    Attributes:
        text: the bytes that are read: UTF-8 without a byte-order mark. All places are counted in them.
        encoding: the encoding of `data`.
    """

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        self.encoding = "utf-8"
        self.text = data[len(self.mark) :]
        self._last = (-1, 0)  # the place that was asked for last, and its column
        cookie = self._cookie()
        if cookie not in ("utf-8", "ascii"):
            self.encoding = cookie
            try:
                self.text = self.text.decode(cookie).encode()
            except (UnicodeError, LookupError) as error:
                raise Undecodable(f"is not text in {cookie}: {error}") from None

    def _cookie(self) -> str:
        if self.path.endswith((".py", ".pyw", ".pyi")) or self.text.startswith(b"#!"):
            cookie = next(filter(None, map(_COOKIE.match, self.text.split(b"\n", 2)[:2])), None)
            with suppress(LookupError):
                return codecs.lookup(cookie[1].decode()).name if cookie is not None else "utf-8"
        return "utf-8"

    @property
    def letters(self) -> str:
        """The text, each byte that is no UTF-8 as a letter of its own."""
        return self.text.decode("utf-8", "surrogateescape")

    @cached_property
    def _is_ascii(self) -> bool:
        return self.text.isascii()

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(rb"\r\n|\n|\r", self.text))]

    def line_number(self, place: int) -> int:
        """Return the line of a place, from 1."""
        return bisect_right(self._starts, place)

    def line(self, number: int) -> bytes:
        """Return the bytes of a line, without its end."""
        start, end = self._span(number)
        return self.text[start:end]

    def start_of(self, number: int) -> int:
        """Return the place where a line begins."""
        return self._starts[number - 1]

    def _span(self, number: int) -> tuple[int, int]:
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        while end > start and self.text[end - 1] in b"\r\n":
            end -= 1
        return start, end

    def position(self, place: int) -> Position:
        """Return the line and column of a place; quick when places are asked for in their order, however long a line is."""
        number = self.line_number(place)
        start = self._starts[number - 1]
        if self._is_ascii:
            return Position(number, place - start + 1)
        before, column = self._last if start <= self._last[0] <= place else (start, 1)
        column += len(self.text[before:place].decode("utf-8", "replace"))
        self._last = place, column
        return Position(number, column)

    def excerpt(self, place: int, width: int) -> Excerpt:
        """Return the line of a place, or at most `width` characters of it around the place, with marks where something is left out."""
        start, end = self._span(self.line_number(place))
        first, last = max(start, place - width * 2), min(end, place + width * 4)  # a character may have four bytes
        before = self.text[first:place].decode("utf-8", "ignore")
        after = self.text[place:last].decode("utf-8", "replace")
        if first == start and last == end and len(before) + len(after) <= width:
            return Excerpt(before + after, len(before))
        room = max(1, width - 2)
        lead = before[max(0, len(before) - max(room // 3, room - len(after))) :]
        cut_before = "…" if first > start or len(lead) < len(before) else ""
        room_after = after[: room - len(lead)]
        cut_after = "…" if last < end or len(room_after) < len(after) else ""
        return Excerpt(cut_before + lead + room_after + cut_after, len(cut_before) + len(lead))

    def edited(self, edits: list[Edit]) -> Source:
        """Return the file with some of its text replaced; everything else keeps its bytes."""
        pieces: list[bytes] = []
        position = 0
        for edit in sorted(set(edits)):
            if edit.start < position:
                continue
            pieces += [self.data[self._at(position) : self._at(edit.start)], edit.new.encode(self.encoding)]
            position = edit.end
        return Source(self.path, self.mark + b"".join(pieces) + self.data[self._at(position) :])

    def _at(self, place: int) -> int:
        """Return a place of the text, in the bytes of the file."""
        if self.encoding == "utf-8":
            return place + len(self.mark)
        return len(self.text[:place].decode().encode(self.encoding)) + len(self.mark)
