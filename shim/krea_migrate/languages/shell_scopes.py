"""Where a reader of shell programs stands, and where a text stands in the file."""

from __future__ import annotations

from krea_migrate import ir
from krea_migrate.languages.byte_places import byte_places


class ShellScopes:
    """Where a reader of shell programs stands.

    Args:
        module: takes what is read.
        text: the program.
        shift: where it begins in the bytes of the file.
    """

    def __init__(self, module: ir.Module, text: str, shift: int) -> None:
        self.module = module
        self.text = text
        self.at: int = 0
        self.stop: int = len(text)
        self.shift: int = shift
        self.order: int = shift
        self.scope = module.top
        self.path: ir.Path = ()
        self.moved: int = 0  # how often the arguments were shifted
        self.closing: str = ""  # the mark that ends the commands that are read
        self._places = None if text.isascii() else byte_places(text)

    def place(self, at: int) -> int:
        """Return a place of the text, in the bytes of the file."""
        return self.shift + (at if self._places is None else self._places[at])

    def opaque(self, at: int) -> ir.Node:
        """Return something that is not followed."""
        return ir.Opaque(self.place(at), self.place(at))

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
