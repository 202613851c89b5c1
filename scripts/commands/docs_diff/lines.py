"""Lines of a page with their numbers, so that whatever is not understood can be named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Line(NamedTuple):
    """One line, without the blanks around it."""

    number: int
    text: str


def numbered(text: str, first: int = 1) -> list[Line]:
    """Return the lines of a text."""
    # Pages separate the parts of nested names with characters of no width.
    plain = text.replace("\u200b", "").replace("\ufeff", "").replace("\xa0", " ")
    return [Line(number, line.strip()) for number, line in enumerate(plain.split("\n"), first)]


class Cursor:
    """Reads the lines that are not empty one after the other, and knows where empty ones were."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines: list[Line] = []
        self.at = 0
        self._breaks: set[int] = {0}
        for line in lines:
            if line.text:
                self.lines.append(line)
            else:
                self._breaks.add(len(self.lines))

    @property
    def done(self) -> bool:
        """Whether everything is read."""
        return self.at >= len(self.lines)

    @property
    def after_blank(self) -> bool:
        """Whether an empty line comes before the next one."""
        return self.at in self._breaks

    def peek(self, ahead: int = 0) -> str:
        """Return the next line, or the one so many behind it; empty at the end."""
        at = self.at + ahead
        return self.lines[at].text if at < len(self.lines) else ""

    def breaks(self, ahead: int) -> bool:
        """Return whether an empty line comes before the line so many ahead."""
        return self.at + ahead in self._breaks

    def take(self) -> Line:
        """Read the next line."""
        line = self.lines[self.at]
        self.at += 1
        return line
