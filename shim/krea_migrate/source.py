"""A file as it is read and written: its bytes, its encoding, and the lines that messages show."""

from __future__ import annotations

import codecs
import re
from functools import cached_property
from typing import NamedTuple

from krea_migrate.findings import Edit

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")


class Undecodable(ValueError):
    """The bytes are not text in the encoding that the file names."""


class Where(NamedTuple):
    """A line and column, both from 1, and the line's text."""

    line: int
    column: int
    text: str


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
        named = self._cookie()
        if named not in ("utf-8", "ascii"):
            self.encoding = named
            try:
                self.text = self.text.decode(named).encode()
            except (UnicodeError, LookupError) as error:
                raise Undecodable(f"is not text in {named}: {error}") from None

    def _cookie(self) -> str:
        if not self.path.endswith((".py", ".pyw", ".pyi")) and not self.text.startswith(b"#!"):
            return "utf-8"
        for line in self.text.split(b"\n", 2)[:2]:
            found = _COOKIE.match(line)
            if found:
                try:
                    return codecs.lookup(found[1].decode()).name
                except LookupError:
                    return "utf-8"
        return "utf-8"

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(rb"\r\n|\n|\r", self.text))]

    def line_number(self, place: int) -> int:
        """The line of a place, from 1."""
        from bisect import bisect_right

        return bisect_right(self._starts, place)

    def line(self, number: int) -> str:
        """The text of a line."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].decode("utf-8", "replace").rstrip("\r\n")

    def where(self, place: int) -> Where:
        """The line and column of a place."""
        number = self.line_number(place)
        column = len(self.text[self._starts[number - 1] : place].decode("utf-8", "replace")) + 1
        return Where(number, column, self.line(number))

    def edited(self, edits: list[Edit]) -> Source:
        """The file with some of its text replaced; everything else keeps its bytes."""
        pieces: list[bytes] = []
        done = 0
        for edit in sorted(set(edits)):
            if edit.start < done:
                continue
            pieces += [self.data[self._at(done) : self._at(edit.start)], edit.new.encode(self.encoding)]
            done = edit.end
        head = self.mark or b""
        return Source(self.path, head + b"".join(pieces) + self.data[self._at(done) :])

    def _at(self, place: int) -> int:
        """A place of the text, in the bytes of the file."""
        if self.encoding == "utf-8":
            return place + len(self.mark)
        return len(self.text[:place].decode().encode(self.encoding)) + len(self.mark)
