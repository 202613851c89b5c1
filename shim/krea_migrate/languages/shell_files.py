"""The files of a shell program: what is written to them, read from them and listed, by names with variables in them too."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Sequence

from krea_migrate import ir
from krea_migrate.holes import HOLE
from krea_migrate.languages.shell_scopes import ShellScopes
from krea_migrate.languages.shell_words import ShellWord, Words, joined

_FOLDER = re.compile(r"^\$(?:\{[^}]*\}|\([^()]*\)|\w+)/")
_BRACES = re.compile(r"\$\{(\w+)\}")
_NUMBERED = re.compile(r"\$\{?\d")
_LISTS = frozenset({"find", "ls", "fd"})


class ShellFiles:
    """Knows files by their names, and the values of words.

    Args:
        scopes: where the reader stands.
        words: reads words.
    """

    def __init__(self, scopes: ShellScopes, words: Words) -> None:
        self.scopes = scopes
        self._words = words
        self.item: ir.Node | None = None  # what stands for {} in the command of find or xargs
        self.kept_in: set[tuple[ir.Function, str]] = set()  # functions, and the variables that are local there
        self.awaited: list[ir.Phi] = []  # what loops read a line of, until it is known what they are fed

    def node(self, word: ShellWord, skip: int = 0) -> ir.Node:
        """Return the value of a word behind its first letters."""
        parts = self._words.without(word, skip) if skip else list(word.parts)
        return joined(parts, *self.scopes.span(word.start, word.end))

    def define(self, name: str, value: ir.Node) -> None:
        """Set a variable: what a function sets without `local` is seen by the others too, but itself sees its own first."""
        self.scopes.define(name, value)
        if self.scopes.is_inside and (self.scopes.scope, name) not in self.kept_in:
            self.scopes.module.top.defs.setdefault(name, []).append(self.scopes.scope.defs[name][-1])

    def stdin(self) -> ir.Node:
        """Return what a command is fed that nothing is said of: what the function around it is fed."""
        at = self.scopes.at
        return self.scopes.named("<", at, at) if self.scopes.is_inside else self.scopes.opaque()

    def loaded(self, word: ShellWord, skip: int = 0) -> ir.Node:
        """Return what stands in a file: what was written to it before, else the file of the tree."""
        at, end = self.scopes.span(word.start, word.end)
        top, order = self.scopes.module.top, self.scopes.order
        known_as = self._known_as(_file_name(word, skip))
        if known_as in top.defs:
            return ir.Name(at, end, known_as, top, order, self.scopes.path)
        return ir.Call(at, end, ir.Name(at, at, "open", top, order, ()), [self._named_file(word, skip)], [])

    def _named_file(self, word: ShellWord, skip: int) -> ir.Node:
        """Return the path of a file, with what only the run knows of it."""
        at, end = self.scopes.span(word.start, word.end)
        name = _file_name(word, skip)
        if "{}" in name and self.item is not None:
            return self.item
        path = _FOLDER.sub("", name)
        if "$" not in path and "`" not in path:
            beside = path == name or "/" in path
            return ir.Str(at, end, path if beside else posixpath.join(posixpath.dirname(self.scopes.module.file), path))
        parts = self._words.without(word, skip) if skip else list(word.parts)
        first = parts[0] if parts else None
        if isinstance(first, ir.Str) and first.value.startswith("@"):
            parts[0] = ir.Str(first.start, first.end, first.value[1:])
        return joined(parts, at, end)

    def _known_as(self, name: str) -> str:
        inside = f"{self.scopes.scope.start}:" if _NUMBERED.search(name) else ""  # $1 is another file in each function
        return "file:" + inside + _BRACES.sub(r"$\1", name)

    def write(self, name: str, value: ir.Node) -> None:
        """Note what is written to a file."""
        known_as = self._known_as(name)
        with self.scopes.on(self.scopes.path, self.scopes.module.top):
            self.scopes.define(known_as, value)

    def files(self, words: Sequence[ShellWord], fed: ir.Node | None) -> ir.Node:
        """Return cat: the text of a file, or what it is fed."""
        names = [word for word in words if not word.raw.startswith("-")]
        if not names:
            return fed or self.stdin()
        return self.loaded(names[0]) if len(names) == 1 else self.scopes.opaque()

    def copied(self, words: Sequence[ShellWord], fed: ir.Node | None) -> ir.Node:
        """Follow tee."""
        result = fed or self.stdin()
        for word in words:
            if not word.raw.startswith(("-", "/dev/")):
                self.write(word.raw.strip("'\""), result)
        return result

    def moved_to(self, words: Sequence[ShellWord], _fed: ir.Node | None) -> None:
        """Follow mv and cp."""
        names = [word for word in words if not word.raw.startswith("-")]
        if len(names) == 2:
            self.write(names[1].raw.strip("'\""), self.loaded(names[0]))

    def taken(self, words: Sequence[ShellWord], fed: ir.Node | None) -> None:
        """Follow read: a whole here-document with -d '', a line of what a loop is fed, else a part of a line."""
        reads_all = any(word.raw.startswith(("-d", "-rd")) for word in words)
        names = [word.raw for word in words if word.raw.isidentifier()]
        for name in names:
            if (reads_all and fed is not None) or (fed is not None and len(names) == 1):
                self.define(name, fed)
            elif len(names) == 1:
                self.awaited.append(ir.Phi(*self.scopes.span(self.scopes.at, self.scopes.at), []))
                self.define(name, self.awaited[-1])
            else:
                self.define(name, self.scopes.opaque())

    def fed_with(self, node: ir.Node) -> None:
        """Note what a loop that is over was fed."""
        if self.awaited:
            self.awaited.pop().options.append(node)

    def looped(self, words: Sequence[ShellWord], _fed: ir.Node | None) -> None:
        """Follow for name in ...: the name stands for each of the words."""
        if len(words) > 2 and words[1].raw == "in" and words[0].raw.isidentifier():
            start, end = self.scopes.span(words[0].start, words[-1].end)
            self.define(words[0].raw, ir.Phi(start, end, [self.node(word) for word in words[2:]]))

    def listed(self, words: Sequence[ShellWord], _fed: ir.Node | None = None) -> ir.Node:
        """Return what find and ls print: names of files as a folder and a pattern."""
        plain = [word.raw.strip("'\"") for word in words]
        pattern = next((after for word, after in itertools.pairwise(plain) if word in ("-name", "-iname")), "")
        folder = next((entry for entry in plain if not entry.startswith("-")), "")
        if not folder or "$" in folder:
            return self.scopes.opaque()
        at = self.scopes.place(words[0].start)
        return ir.Str(at, at, posixpath.join(folder, pattern.replace("*", HOLE, 1)) if pattern else folder)

    def handed(self, words: Sequence[ShellWord], fed: ir.Node | None) -> list[ShellWord]:
        """Return the command that find, xargs or parallel runs for each file; the words themselves of any other."""
        name = words[0].raw if words else ""
        raws = [word.raw for word in words]
        self.item = None
        if name == "find" and "-exec" in raws:
            at = raws.index("-exec")
            self.item = self.listed(words[1:at])
            return list(words[at + 1 :])
        if name == "xargs":
            self.item = fed
        elif name == "parallel" and ":::" in raws:
            at = raws.index(":::")
            options = [self.node(word) for word in words[at + 1 :]]
            self.item = ir.Phi(*self.scopes.span(words[at].start, words[-1].end), options)
            return list(words[1:at])
        return list(words)


def _file_name(word: ShellWord, skip: int) -> str:
    return word.raw[skip:].strip("'\"").removeprefix("@").strip("'\"")
