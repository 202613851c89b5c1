"""The words of a shell program: quotes, variables, commands in the place of text, here-documents."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from itertools import accumulate
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.limits import READING, LimitReached

_NAME = re.compile(r"\$?\$([A-Za-z_]\w*|[0-9@*])")  # of a Makefile too, which doubles the sign
_BRACED = re.compile(r"\$?\$\{([A-Za-z_]\w*|\d+|[@*])((?:\[[^\]]*\])?)(:?[-=?+])?")
_CALLED = re.compile(r"\$?\$\((?!\()")
_HEREDOC = re.compile(r"<<-?[ \t]*(['\"]?)(\w+)\1")
_PLAIN = re.compile(r"[^\"\\$`}]+")
_BARE = re.compile(r"(?:\\.|[^\s'\"$`;|&<>()\\])+", re.DOTALL)
_QUOTE = re.compile(r"\\.|['\"]", re.DOTALL)


class ShellWord(NamedTuple):
    """A word: its parts, and how it is written."""

    start: int
    end: int
    parts: tuple[ir.Node, ...]
    raw: str


class Words(ABC):
    """Reads words; what a command in the place of a text gives is its heir's to know.

    Args:
        module: takes the constants.
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
        self.depth: int = 0
        self.moved: int = 0
        widths = (len(entry.encode("utf-8", "surrogateescape")) for entry in text)
        self._places = None if text.isascii() else [0, *accumulate(widths)]
        self._skipped: dict[int, int] = {}  # where the lines of here-documents begin and end

    @abstractmethod
    def output(self, closing: str) -> ir.Node:
        """What the commands up to a closing mark print."""

    def place(self, at: int) -> int:
        """A place of the text, in the bytes of the file."""
        return self.shift + (at if self._places is None else self._places[at])

    def opaque(self, at: int) -> ir.Node:
        """Something that is not followed."""
        return ir.Opaque(self.place(at), self.place(at))

    def named(self, name: str, start: int, end: int) -> ir.Name:
        """A variable that is read here."""
        if name.isdigit() and name != "0":
            name = str(int(name) + self.moved)
        return ir.Name(self.place(start), self.place(end), name, self.scope, self.order, self.path)

    def constant(self, start: int, end: int, value: str | None = None) -> ir.Str:
        """A text that stands there."""
        first, raw = self.place(start), self.text[start:end]
        token = ir.Str(first, self.place(end), raw if value is None else value, first if value in (None, raw) else -1)
        self.module.texts.append(token)
        return token

    def word(self) -> ShellWord:
        """The word that begins here."""
        start, parts = self.at, list[ir.Node]()
        while self.at < self.stop:
            letter = self.text[self.at]
            if letter == "'" or self.text.startswith("$'", self.at):
                parts.append(self._literal(self.at + (2 if letter == "$" else 1)))
            elif letter == '"':
                self.at += 1
                parts += self.expanded('"')
                self.at += 1
            elif letter in {"$", "`"}:
                if letter == "`" and self.closing == "`":
                    break
                parts.append(self._dollar() or self._piece(self.at - 1, self.at))
            elif letter in " \t\r\n;|&<>()" and not self.text.startswith("\\", self.at):
                break
            else:
                parts.append(self._bare())
        self.at = min(self.at, self.stop)
        return ShellWord(start, self.at, tuple(parts), self.text[start : self.at])

    closing: str = ""  # the mark that ends the commands that are read

    def _literal(self, start: int) -> ir.Node:
        end = self.text.find("'", start, self.stop)
        end = self.stop if end < 0 else end
        self.at = end + 1
        return self.constant(start, end)

    def _bare(self) -> ir.Node:
        match = _BARE.match(self.text, self.at, self.stop)
        start, self.at = self.at, match.end() if match else self.at + 1
        return self.constant(start, self.at, re.sub(r"\\(.)", r"\1", self.text[start : self.at], flags=re.DOTALL))

    def expanded(self, closing: str) -> list[ir.Node]:
        """A text with variables in it, up to its closing mark, which is not passed."""
        parts: list[ir.Node] = []
        start = self.at
        while self.at < self.stop and (not closing or self.text[self.at] != closing):
            letter = self.text[self.at]
            if letter == "\\":
                self.at += 2
            elif letter in "$`" and not (letter == "`" and self.closing == "`"):
                before = self.at
                node = self._dollar()
                if node is not None:
                    parts += [self._piece(start, before)] if before > start else []
                    parts.append(node)
                    start = self.at
            else:
                match = _PLAIN.match(self.text, self.at, self.stop)
                self.at = match.end() if match else self.at + 1
        self.at = min(self.at, self.stop)
        return [*parts, self._piece(start, self.at)] if self.at > start else parts

    def _piece(self, start: int, end: int) -> ir.Str:
        value = re.sub(r'\\([\\"$`\n])', lambda entry: entry[1].strip("\n"), self.text[start:end])
        return self.constant(start, end, value)

    def _dollar(self) -> ir.Node | None:
        """What stands behind a dollar or between backticks; None, one letter further, when it is only that letter."""
        start = self.at
        if match := _CALLED.match(self.text, start, self.stop):
            self.at = match.end()
            return self._called(")")
        if self.text[start] == "`":
            self.at += 1
            return self._called("`")
        if self.text.startswith("$((", start):
            end = self.text.find("))", start, self.stop)
            self.at = self.stop if end < 0 else end + 2
            return self.opaque(start)
        if match := _BRACED.match(self.text, start, self.stop):
            return self._braced(match)
        if match := _NAME.match(self.text, start, self.stop):
            self.at = match.end()
            return self.named(match[1], start, self.at)
        self.at += 1
        return None

    def _called(self, closing: str) -> ir.Node:
        if self.depth > READING.nesting.value:
            raise LimitReached(READING.nesting)
        self.depth += 1
        output = self.output(closing)
        self.depth -= 1
        return output

    def _braced(self, match: re.Match[str]) -> ir.Node:
        """${name}, ${name:-default}, ${name%.*}."""
        start, self.at = match.start(), match.end()
        named = self.named(match[1], start, match.end())
        if self.text.startswith('"', self.at) and match[3]:
            self.at += 1
            default = self.expanded('"')
            self.at = max(self.text.find("}", self.at, self.stop), self.at)
        else:
            default = self.expanded("}")
        self.at += 1
        if not match[3]:
            whole = self.text[match.end() : self.at - 1] == ""
            return named if whole else self.opaque(start)
        if match[3] in ("-", ":-", "=", ":="):
            text = ir.Text(named.start, named.end, default)
            if "=" in match[3]:
                self.module.top.defs.setdefault(match[1], []).append(ir.Def(text, self.order, self.path))
            return ir.Phi(named.start, named.end, [text, named])
        return named if "?" in match[3] else self.opaque(start)

    def without(self, word: ShellWord, count: int) -> list[ir.Node]:
        """The parts of a word behind its first letters, which stand in its first part."""
        first = word.parts[0] if word.parts else None
        if not isinstance(first, ir.Str) or not word.raw.startswith(first.value[:count]) or len(first.value) < count:
            return list(word.parts)
        token = ir.Str(
            first.start + count, first.end, first.value[count:], first.inner + count if first.inner >= 0 else -1
        )
        self.module.texts.append(token)
        return [token, *word.parts[1:]]

    def heredoc(self) -> ir.Node | None:
        """The text of a here-document, when its mark stands here; its lines are passed over later."""
        match = _HEREDOC.match(self.text, self.at, self.stop)
        if match is None:
            return None
        after = self.at = match.end()
        line = self.text.find("\n", after)
        first = len(self.text) if line < 0 else line + 1
        body = self._skipped.get(first, first)
        closing = re.compile(rf"^[\t ]*{re.escape(match[2])}[ \t]*(?=\r?$|[)`\"'])", re.MULTILINE)
        end = closing.search(self.text, body)
        last = end.start() if end else len(self.text)
        self._skipped[first] = end.end() if end else last
        if match[1]:
            return self.constant(body, last)
        before, self.at, self.stop = (self.stop, self.closing), body, last
        self.closing = ""
        parts = self.expanded("")
        self.at, (self.stop, self.closing) = after, before
        return joined(parts, self.place(body), self.place(last))

    def passed(self, at: int) -> int:
        """Where the lines go on at a place: behind the here-documents that begin there."""
        return min(self._skipped.get(at, at), self.stop)


def joined(parts: list[ir.Node], start: int, end: int) -> ir.Node:
    """One node for the parts of a text."""
    contents = [part for part in parts if not (isinstance(part, ir.Str) and not part.value)]
    return contents[0] if len(contents) == 1 else ir.Text(start, end, contents)


def quoted(text: str, start: int, end: int, opened: str) -> str:
    """The mark of the quotes that a place of a recipe is in; `opened` says it of where the piece begins."""
    for match in _QUOTE.finditer(text, start, end):
        if match[0] in ("'", '"'):
            opened = "" if opened == match[0] else opened or match[0]
    return opened
