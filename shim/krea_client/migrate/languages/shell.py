"""Shell: variables, and what curl is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from krea_client.migrate.languages import tree as t

_SET = re.compile(r"(?:export\s+|local\s+|readonly\s+|declare\s+(?:-\w+\s+)?)?([A-Za-z_]\w*)=")
_VARIABLE = re.compile(r"\$(?:\{([A-Za-z_]\w*)(?::?[-=]([^}]*))?[^}]*\}|([A-Za-z_]\w*|[0-9@*]))")
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")
_REDIRECT = re.compile(r"\d*(?:>>|[<>])(&[\d-])?[ \t]*|&>[ \t]*()")
# What the word behind an option is; "" for what does not matter here.
_FLAGS = {
    **dict.fromkeys(("-d", "--data", "--data-raw", "--data-binary", "--json", "--data-ascii"), "data"),
    **dict.fromkeys(("-X", "--request"), "method"),
    "--url": "url",
    **dict.fromkeys(("-H", "--header", "-o", "--output", "-u", "--user", "-A", "-m", "-w", "-F", "--form"), ""),
    **dict.fromkeys(("--max-time", "--retry", "--connect-timeout", "--write-out", "-x", "--proxy", "-e"), ""),
}


class _Word(NamedTuple):
    start: int
    end: int
    parts: tuple[t.Node, ...]
    raw: str


def read(text: bytes, file: str) -> t.Module:
    """One shell file."""
    module = t.Module(file, file, "shell", text)
    add(module, text, 0)
    return module


def add(module: t.Module, text: bytes, shift: int) -> None:
    """Adds the commands of a text that begins `shift` bytes into the file."""
    _Reader(module, text.decode("utf-8", "replace"), shift).run()


class _Reader:
    def __init__(self, module: t.Module, text: str, shift: int) -> None:
        self.module = module
        self.text = text
        self.shift = shift
        self.order = shift
        self.at = 0
        self.heredocs: list[tuple[str, bool]] = []

    def place(self, at: int) -> int:
        return self.shift + len(self.text[:at].encode())

    def run(self) -> None:
        words: list[_Word] = []
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter == "\n":
                self.at += 1
                words += [self._heredoc(tag, quoted=quoted) for tag, quoted in self.heredocs]
                self.heredocs = []
                self._command(words)
                words = []
            elif letter in ";|&()":
                self.at += 1
                if not self.heredocs:
                    self._command(words)
                    words = []
            elif not self._passed_over(letter):
                words.append(self._word())
        self._command(words)

    def _passed_over(self, letter: str) -> bool:
        """Space, comments and redirections, which are no words of the command."""
        joined = re.compile(r"\\\r?\n").match(self.text, self.at)
        if letter in " \t" or joined:
            self.at = joined.end() if joined else self.at + 1
        elif letter == "#" and (self.at == 0 or self.text[self.at - 1] in " \t\n;"):
            self.at = self._line_end()
        elif found := _HEREDOC.match(self.text, self.at):
            self.heredocs.append((found[2], bool(found[1])))
            self.at = found.end()
        elif found := _REDIRECT.match(self.text, self.at):
            self.at = found.end()
            if not found[1] and self.at < len(self.text) and self.text[self.at] not in "\n(":
                self._word()
        else:
            return False
        return True

    def _line_end(self) -> int:
        end = self.text.find("\n", self.at)
        return len(self.text) if end < 0 else end

    def _heredoc(self, tag: str, *, quoted: bool) -> _Word:
        found = re.compile(rf"^[\t ]*{re.escape(tag)}[ \t]*\)?\"?'?[ \t]*\r?$", re.MULTILINE).search(self.text, self.at)
        end = found.start() if found else len(self.text)
        raw = self.text[self.at : end]
        parts = [self._constant(self.at, end, raw)] if quoted else list(self._expanded(self.at, end, raw))
        word = _Word(self.at, end, tuple(parts), "<<")
        self.at = found.end() if found else end
        return word

    def _constant(self, start: int, end: int, value: str) -> t.Str:
        first = self.place(start)
        same = self.text[start:end] == value
        found = t.Str(first, self.place(end), value, first if same else -1)
        self.module.texts.append(found)
        return found

    def _expanded(self, start: int, end: int, raw: str) -> Iterator[t.Node]:
        """A text with variables in it."""
        done = 0
        for found in _VARIABLE.finditer(raw):
            if found.start() > done:
                yield self._piece(start + done, start + found.start())
            name = found[1] or found[3]
            named = t.Name(
                self.place(start + found.start()),
                self.place(start + found.end()),
                name,
                self.module.top,
                self.order,
                (),
            )
            if found[2] is not None:
                default = list(self._expanded(start + found.start(2), start + found.end(2), found[2]))
                yield t.Either(named.start, named.end, [t.Text(named.start, named.end, default), named])
            else:
                yield named
            done = found.end()
        if done < len(raw):
            yield self._piece(start + done, end)

    def _piece(self, start: int, end: int) -> t.Str:
        return self._constant(
            start, end, re.sub(r'\\([\\"$`\n])', lambda one: one[1].strip("\n"), self.text[start:end])
        )

    def _word(self) -> _Word:
        start, parts = self.at, list[t.Node]()
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter == "'":
                end = self.text.find("'", self.at + 1)
                end = len(self.text) if end < 0 else end
                parts.append(self._constant(self.at + 1, end, self.text[self.at + 1 : end]))
                self.at = end + 1
            elif letter == '"':
                parts += self._quoted()
            elif self.text.startswith("$(", self.at):
                parts += self._substitution()
            elif letter in " \t\n;|&<>()":
                break
            else:
                found = re.compile(r"(?:\\.|\$\{[^}]*\}|[^\s'\"$;|&<>()\\]|\$(?!\())+", re.DOTALL).match(
                    self.text, self.at
                )
                end = found.end() if found else self.at + 1
                parts += self._expanded(self.at, end, self.text[self.at : end])
                self.at = end
        return _Word(start, self.at, tuple(parts), self.text[start : self.at])

    def _quoted(self) -> list[t.Node]:
        found = re.compile(r'"((?:\$\((?:[^()]|\([^()]*\))*\)|[^"\\]|\\.)*)"', re.DOTALL).match(self.text, self.at)
        if found is None:
            self.at = len(self.text)
            return []
        start, raw = self.at + 1, found[1]
        self.at = found.end()
        if raw.startswith("$(") and raw.endswith(")"):
            self.at = start
            inside = self._substitution()
            self.at = found.end()
            return inside
        return list(self._expanded(start, start + len(raw), raw))

    def _substitution(self) -> list[t.Node]:
        """$(cat <<EOF ... EOF), $(jq -n ... '{...}'): the text that it gives, as far as it stands there."""
        depth, at = 0, self.at + 1
        while at < len(self.text):
            if self.text[at] == "'":
                at = max(self.text.find("'", at + 1), at)
            depth += {"(": 1, ")": -1}.get(self.text[at], 0)
            at += 1
            if depth == 0:
                break
        start, end = self.at + 2, at - 1
        self.at = at
        inner = self.text[start:end]
        found = _HEREDOC.search(inner)
        if inner.lstrip().startswith("cat") and found and "\n" in inner:
            first = start + inner.index("\n", found.end()) + 1
            closing = re.compile(rf"^[\t ]*{found[2]}", re.MULTILINE).search(self.text, first)
            last = closing.start() if closing else end
            return (
                list(self._expanded(first, last, self.text[first:last]))
                if not found[1]
                else [self._constant(first, last, self.text[first:last])]
            )
        return [t.Opaque(self.place(start), self.place(end))]

    def _command(self, words: list[_Word]) -> None:
        self.order += 2
        while words and (found := _SET.match(words[0].raw)):
            word = words.pop(0)
            parts = list(word.parts)
            first = parts[0] if parts else None
            if isinstance(first, t.Str) and first.value.startswith(found[0]):
                rest = first.value[len(found[0]) :]
                parts[0] = t.Str(
                    first.start + len(found[0]),
                    first.end,
                    rest,
                    first.inner + len(found[0]) if first.inner >= 0 else -1,
                )
            self.module.top.defs.setdefault(found[1], []).append(t.Def(self._node(word, parts), self.order, ()))
        plain = [word.raw for word in words]
        if plain and plain[0] in ("export", "local", "readonly", "declare"):
            self._command(words[1:])
        elif "curl" in plain:
            self._curl(words[plain.index("curl") + 1 :])

    def _node(self, word: _Word, parts: list[t.Node] | None = None) -> t.Node:
        held = list(word.parts) if parts is None else parts
        held = [one for one in held if not (isinstance(one, t.Str) and not one.value)]
        return held[0] if len(held) == 1 else t.Text(self.place(word.start), self.place(word.end), held)

    def _curl(self, words: list[_Word]) -> None:
        given: list[t.Word] = []
        here = [word for word in words if word.raw == "<<"]
        rest = iter([word for word in words if word.raw != "<<"])
        for word in rest:
            flag = word.raw.split("=", 1)[0]
            kind = _FLAGS.get(flag)
            if kind is not None:
                value = next(rest, None)
                if value is not None and kind:
                    given.append(t.Word(kind, self._data(value, here) if kind == "data" else self._node(value), -1))
            elif not flag.startswith("-") and not any(one.name == "url" for one in given):
                given.append(t.Word("url", self._node(word), -1))
        if words:
            start, end = self.place(words[0].start), self.place(words[-1].end)
            of = t.Name(start, start, "curl", self.module.top, self.order, ())
            self.module.calls.append(t.Placed(t.Call(start, end, of, [], given), self.module.top, ()))

    def _data(self, value: _Word, here: list[_Word]) -> t.Node:
        text = value.raw.strip("'\"")
        if text in ("@-", "@/dev/stdin") and here:
            return self._node(here[0])
        if text.startswith("@"):
            start, end = self.place(value.start), self.place(value.end)
            of = t.Name(start, start, "open", self.module.top, self.order, ())
            return t.Call(start, end, of, [t.Str(start, end, text[1:])], [])
        return self._node(value)
