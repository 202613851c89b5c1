"""Where a reader of shell programs stands, and where a text stands in the file."""

from __future__ import annotations

import re

from krea_migrate import ir
from krea_migrate.languages.byte_places import byte_places
from krea_migrate.languages.scopes import Scopes


class ShellScopes(Scopes):
    """Where a reader of shell programs stands.

    Args:
        module: takes what is read.
        text: the program.
        shift: where it begins in the bytes of the file.
    """

    def __init__(self, module: ir.Module, text: str, shift: int) -> None:
        super().__init__(module, shift)
        self.text = text
        self.at: int = 0
        self.stop: int = len(text)
        self.moved: int = 0  # how often the arguments were shifted
        self.closing: str = ""  # the mark that ends the commands that are read
        self._places = None if text.isascii() else byte_places(text)

    @property
    def is_over(self) -> bool:
        """Nothing is left of what is read."""
        return self.at >= self.stop

    @property
    def letter(self) -> str:
        """The letter that comes next; "" at the end."""
        return self.text[self.at] if self.at < self.stop else ""

    def begins(self, *texts: str) -> bool:
        """Return whether one of some texts comes next."""
        return self.text.startswith(texts, self.at)

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return what comes next, if it is like that."""
        return pattern.match(self.text, self.at, self.stop)

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Go on behind what comes next, if it is like that."""
        match = self.match(pattern)
        self.at = match.end() if match else self.at

    @property
    def is_inside(self) -> bool:
        """The reader is in a function."""
        return self.scope is not self.module.top

    def place(self, at: int) -> int:
        """Return a place of the text, in the bytes of the file."""
        return self.shift + (at if self._places is None else self._places[at])

    def opaque(self, at: int | None = None) -> ir.Node:
        """Return something that is not followed; it stands here unless told otherwise."""
        place = self.place(self.at if at is None else at)
        return ir.Opaque(place, place)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the text stands, in the bytes of the file."""
        return self.place(start), self.place(end)

    def named(self, name: str, start: int, end: int) -> ir.Name:
        """Return a variable that is read here."""
        if name.isdigit() and name != "0":
            name = str(int(name) + self.moved)
        return ir.Name(self.place(start), self.place(end), name, self.scope, self.order, self.path)

    def constant(self, start: int, end: int, value: str | None = None) -> ir.Str:
        """Return a text that stands there."""
        first, raw = self.place(start), self.text[start:end]
        token = ir.Str(first, self.place(end), raw if value is None else value, first if value in (None, raw) else -1)
        self.module.texts.append(token)
        return token
