"""The words of a shell program: quotes, variables, commands in the place of text, here-documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.languages.shell_scopes import ShellScopes
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


class Words:
    """Reads words.

    Args:
        scopes: where the reader stands.
        output: gives what the commands up to a closing mark print.
    """

    def __init__(self, scopes: ShellScopes, output: Callable[[str], ir.Node]) -> None:
        self._scopes = scopes
        self._output = output
        self._depth = 0  # of commands in the place of a text
        self._skipped: dict[int, int] = {}  # where the lines of here-documents begin and end

    def word(self) -> ShellWord:
        """Return the word that begins here."""
        start, parts = self._scopes.at, list[ir.Node]()
        while not self._scopes.is_over:
            letter = self._scopes.letter
            if letter == "'" or self._scopes.begins("$'"):
                parts.append(self._literal(self._scopes.at + (2 if letter == "$" else 1)))
            elif letter == '"':
                self._scopes.at += 1
                parts += self.expanded('"')
                self._scopes.at += 1
            elif letter in {"$", "`"}:
                if letter == "`" and self._scopes.closing == "`":
                    break
                parts.append(self._dollar() or self._piece(self._scopes.at - 1, self._scopes.at))
            elif letter in " \t\r\n;|&<>()" and not self._scopes.begins("\\"):
                break
            else:
                parts.append(self._bare())
        self._scopes.at = min(self._scopes.at, self._scopes.stop)
        return ShellWord(start, self._scopes.at, tuple(parts), self._scopes.text[start : self._scopes.at])

    def _literal(self, start: int) -> ir.Node:
        end = self._scopes.text.find("'", start, self._scopes.stop)
        end = self._scopes.stop if end < 0 else end
        self._scopes.at = end + 1
        return self._scopes.constant(start, end)

    def _bare(self) -> ir.Node:
        start = self._scopes.at
        match = _BARE.match(self._scopes.text, start, self._scopes.stop)
        end = self._scopes.at = match.end() if match else start + 1
        plain = re.sub(r"\\(.)", r"\1", self._scopes.text[start:end], flags=re.DOTALL)
        return self._scopes.constant(start, end, plain)

    def expanded(self, closing: str) -> list[ir.Node]:
        """Return a text with variables in it, up to its closing mark, which is not passed."""
        parts: list[ir.Node] = []
        start = self._scopes.at
        while not self._scopes.is_over and (not closing or self._scopes.letter != closing):
            letter = self._scopes.letter
            if letter == "\\":
                self._scopes.at += 2
            elif letter in "$`" and not (letter == "`" and self._scopes.closing == "`"):
                before = self._scopes.at
                node = self._dollar()
                if node is not None:
                    parts += [self._piece(start, before)] if before > start else []
                    parts.append(node)
                    start = self._scopes.at
            else:
                match = self._scopes.match(_PLAIN)
                self._scopes.at = match.end() if match else self._scopes.at + 1
        self._scopes.at = min(self._scopes.at, self._scopes.stop)
        return [*parts, self._piece(start, self._scopes.at)] if self._scopes.at > start else parts

    def _piece(self, start: int, end: int) -> ir.Str:
        value = re.sub(r'\\([\\"$`\n])', lambda entry: entry[1].strip("\n"), self._scopes.text[start:end])
        return self._scopes.constant(start, end, value)

    def _dollar(self) -> ir.Node | None:
        """Return what stands behind a dollar or between backticks; None, one letter further, when it is only that letter."""
        start = self._scopes.at
        if match := _CALLED.match(self._scopes.text, start, self._scopes.stop):
            self._scopes.at = match.end()
            return self._called(")")
        if self._scopes.text[start] == "`":
            self._scopes.at += 1
            return self._called("`")
        if self._scopes.text.startswith("$((", start):
            end = self._scopes.text.find("))", start, self._scopes.stop)
            self._scopes.at = self._scopes.stop if end < 0 else end + 2
            return self._scopes.opaque(start)
        if match := _BRACED.match(self._scopes.text, start, self._scopes.stop):
            return self._braced(match)
        if match := _NAME.match(self._scopes.text, start, self._scopes.stop):
            self._scopes.at = match.end()
            return self._scopes.named(match[1], start, self._scopes.at)
        self._scopes.at += 1
        return None

    def _called(self, closing: str) -> ir.Node:
        if self._depth > READING.nesting.value:
            raise LimitReached(READING.nesting)
        self._depth += 1
        output = self._output(closing)
        self._depth -= 1
        return output

    def _braced(self, match: re.Match[str]) -> ir.Node:
        """Return ${name}, ${name:-default}, ${name%.*}."""
        start, self._scopes.at = match.start(), match.end()
        variable = self._scopes.named(match[1], start, match.end())
        if self._scopes.begins('"') and match[3]:
            self._scopes.at += 1
            default = self.expanded('"')
            self._scopes.at = max(self._scopes.text.find("}", self._scopes.at, self._scopes.stop), self._scopes.at)
        else:
            default = self.expanded("}")
        self._scopes.at += 1
        if not match[3]:
            is_plain = self._scopes.text[match.end() : self._scopes.at - 1] == ""
            return variable if is_plain else self._scopes.opaque(start)
        if match[3] in ("-", ":-", "=", ":="):
            text = ir.Text(variable.start, variable.end, default)
            if "=" in match[3]:
                binding = ir.Def(text, self._scopes.order, self._scopes.path)
                self._scopes.module.top.defs.setdefault(match[1], []).append(binding)
            return ir.Phi(variable.start, variable.end, [text, variable])
        return variable if "?" in match[3] else self._scopes.opaque(start)

    def without(self, word: ShellWord, count: int) -> list[ir.Node]:
        """Return the parts of a word behind its first letters, which stand in its first part."""
        first = word.parts[0] if word.parts else None
        if not isinstance(first, ir.Str) or not word.raw.startswith(first.value[:count]) or len(first.value) < count:
            return list(word.parts)
        inner = first.inner + count if first.inner >= 0 else -1
        token = ir.Str(first.start + count, first.end, first.value[count:], inner)
        self._scopes.module.texts.append(token)
        return [token, *word.parts[1:]]

    def heredoc(self) -> ir.Node | None:
        """Return the text of a here-document, when its mark stands here; its lines are passed over later."""
        match = self._scopes.match(_HEREDOC)
        if match is None:
            return None
        after = self._scopes.at = match.end()
        line = self._scopes.text.find("\n", after)
        first = len(self._scopes.text) if line < 0 else line + 1
        body = self._skipped.get(first, first)
        closing = re.compile(rf"^[\t ]*{re.escape(match[2])}[ \t]*(?=\r?$|[)`\"'])", re.MULTILINE)
        end = closing.search(self._scopes.text, body)
        last = end.start() if end else len(self._scopes.text)
        self._skipped[first] = end.end() if end else last
        if match[1]:
            return self._scopes.constant(body, last)
        before, self._scopes.at, self._scopes.stop = (self._scopes.stop, self._scopes.closing), body, last
        self._scopes.closing = ""
        parts = self.expanded("")
        self._scopes.at, (self._scopes.stop, self._scopes.closing) = after, before
        return joined(parts, *self._scopes.span(body, last))

    def passed(self, at: int) -> int:
        """Return where the lines go on at a place: behind the here-documents that begin there."""
        return min(self._skipped.get(at, at), self._scopes.stop)


def joined(parts: list[ir.Node], start: int, end: int) -> ir.Node:
    """Return one node for the parts of a text."""
    contents = [part for part in parts if not (isinstance(part, ir.Str) and not part.value)]
    return contents[0] if len(contents) == 1 else ir.Text(start, end, contents)


def quoted(text: str, start: int, end: int, opened: str) -> str:
    """Return the mark of the quotes that a place of a recipe is in; `opened` says it of where the piece begins."""
    for match in _QUOTE.finditer(text, start, end):
        if match[0] in ("'", '"'):
            opened = "" if opened == match[0] else opened or match[0]
    return opened
