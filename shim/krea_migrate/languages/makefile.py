"""Makefiles and justfiles: their variables and recipes as a shell program, each rule behind those that make what it needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from krea_migrate.languages.shell_words import quoted
from krea_migrate.languages.view import View
from krea_migrate.limits import READING, LimitReached

_SET = re.compile(
    r"^[ ]*(?:(?P<target>[^\s#:=][^#:=]*):[ \t]*)?(?:export[ \t]+|override[ \t]+)*(?P<name>[A-Za-z_]\w*)[ \t]*(?:[?:+]{0,2}=)[ \t]*"
)
_DEFINE = re.compile(r"^define[ \t]+([A-Za-z_][\w-]*)[ \t]*[?:]?=?[ \t]*$")
_BRANCH = re.compile(r"^[ ]*(if|else|endif)(?:n?eq|n?def)?\b")
_BRANCHES = {"if": "if any; then\n", "else": "else\n", "endif": "fi\n"}
_INCLUDE = re.compile(r"^-?include[ \t]+(\S+)")
_RULE = re.compile(
    r"^(?P<targets>[^\s#:=][^#:=]*?)[ \t]*&?::?(?!=)(?:(?P<pattern>[^:=#;]*%[^:=#;]*):)?(?P<needs>[^=#;]*)"
)
_RECIPE = re.compile(r"^[ \t]+[@+-]*")
_FILLED = re.compile(
    r"(?<!\$)(?:\$\(call[ \t]+(?P<call>[\w-]+),?(?P<args>[^()]*(?:\([^()]*\)[^()]*)*)\)"
    r"|\$\(word[ \t]+(?P<number>\d+),[ \t]*\$\^\)|\$\((?P<which>first|last)word[ \t]+\$[\^+]\)"
    r"|\$\(filter[ \t]+(?P<filter>[^,()]+),[ \t]*\$\^\)"
    r"|\$\((?P<name>\w+)\)|\$(?P<mark>[@<^+*])|\$\((?P<folder>[@<^*])[DF]\))"
    r"|\{\{[ \t]*(?P<just>[A-Za-z_]\w*)[ \t]*\}\}"
)
_REFERENCE = re.compile(r"\$\((\w+)\)")
_COMMAND = re.compile(r"\s*@?(?:(?:curl|wget|https?|xh|jq)(?=\s|$)|-)")
_WILDCARD = re.compile(r"\$\(wildcard[ \t]+([^()$\s]+)\)\Z")
_STEM = "${stem}"


class _Span(NamedTuple):
    start: int
    end: int


@dataclass(slots=True, eq=False)
class _Rule:
    targets: list[str]
    needs: list[str]
    lines: list[_Span] = field(default_factory=list["_Span"])

    def called(self, match: re.Match[str]) -> str | None:
        """Return what an automatic variable stands for."""
        needs = [need.replace("%", _STEM) for need in self.needs]
        match match["mark"]:
            case "<":
                return needs[0] if needs else ""
            case "^" | "+":
                return " ".join(needs)
            case "@":
                return self.targets[0].replace("%", _STEM)
            case "*":
                return _STEM
            case _:
                return self._chosen(match, needs)

    @staticmethod
    def _chosen(match: re.Match[str], needs: list[str]) -> str | None:
        number = int(match["number"]) if match["number"] else {"first": 1, "last": len(needs)}.get(match["which"], 0)
        if number:
            return needs[number - 1] if number <= len(needs) else ""
        if match["filter"]:
            before, _, behind = match["filter"].strip().partition("%")
            return " ".join(need for need in needs if need.startswith(before) and need.endswith(behind))
        return f"${{folder{ord(match['folder'])}}}" if match["folder"] else None


@dataclass(slots=True)
class _File:
    variables: list[tuple[str, _Span]] = field(default_factory=list[tuple[str, _Span]])
    defines: dict[str, _Span] = field(default_factory=dict[str, _Span])
    rules: list[_Rule] = field(default_factory=list[_Rule])
    included: list[_Span] = field(default_factory=list[_Span])


def view(text: str) -> View:
    """Return the file as a shell program."""
    created, file = View(text), _read(text)
    writer = _MakefileWriter(created, file)
    for entry in file.included:
        created.mark(f". {text[entry.start : entry.end]}\n", entry.start)
    for name, value in file.variables:
        writer.variable(name, value)
    for name, value in file.defines.items():
        writer.define(name, value)
    for rule in _in_order(file.rules):
        for line in rule.lines:
            writer.copy(line.start, line.end, rule)
    return created


def _read(text: str) -> _File:
    file = _File()
    rule: _Rule | None = None
    defined: tuple[str, int] | None = None
    for line in _lines(text):
        raw = text[line.start : line.end]
        if defined is not None:
            if raw.startswith("endef"):
                file.defines[defined[0]] = _Span(defined[1], line.start)
                defined = None
        elif match := _DEFINE.match(raw.rstrip()):
            defined = match[1], line.end
        elif raw.startswith("\t") or (raw.startswith(" ") and rule is not None):
            recipe = _RECIPE.match(raw)
            rule = rule or _Rule([""], [])
            rule.lines.append(_Span(line.start + (recipe.end() if recipe else 0), line.end))
            if rule not in file.rules[-1:]:
                file.rules.append(rule)
        else:
            rule = _headed(file, raw, line.start) or rule
    return file


def _headed(result: _File, raw: str, start: int) -> _Rule | None:
    """Return a line that is no recipe; gives the rule that it begins."""
    if match := _BRANCH.match(raw):
        result.variables.append((_BRANCHES[match[1]], _Span(start, start)))
    elif match := _SET.match(raw):
        result.variables.append((match["name"], _Span(start + match.end(), start + len(raw.rstrip()))))
    elif match := _INCLUDE.match(raw):
        result.included.append(_Span(start + match.start(1), start + match.end(1)))
    elif match := _RULE.match(raw):
        needs = match["needs"].replace("|", " ").replace("\\", " ")
        result.rules.append(_Rule((match["pattern"] or match["targets"]).split(), needs.split()))
        return result.rules[-1]
    return None


def _lines(text: str) -> Iterator[_Span]:
    """Yield Lines, with those that go on behind a backslash."""
    at, start = 0, 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        if not line.rstrip("\r\n").endswith("\\"):
            yield _Span(start, at)
            start = at
    if start < at:
        yield _Span(start, at)


def _in_order(rules: list[_Rule]) -> Iterator[_Rule]:
    """Yield each rule behind those that make what it needs."""
    makers = {target: rule for rule in reversed(rules) for target in rule.targets}
    position: set[_Rule] = set()
    stack = [(entry, False) for entry in reversed(rules)]
    while stack:
        rule, ready = stack.pop()
        if ready:
            yield rule
        elif rule not in position:
            position.add(rule)
            stack.append((rule, True))
            stack += [(makers[need], False) for need in rule.needs if need in makers]


class _MakefileWriter:
    """Writes the pieces of a file as a shell would have them."""

    def __init__(self, output: View, file: _File) -> None:
        self.made = output
        source = output.source
        self.functions = {
            name
            for name, span in file.defines.items()
            if re.search(r"\$\([1-9]\)|\bcurl\b", source[span.start : span.end])
        }
        self.functions |= {name for name, span in file.variables if "$(1)" in source[span.start : span.end]}
        contents = {name: span for name, span in file.variables if name not in self.functions}
        # Stands in the place of its name; twice, a body in it would be two.
        self.filling: list[str] = []  # the variables that are being filled in, the innermost last
        self.expansions = 0
        references = Counter(_REFERENCE.findall(source))
        self.commands = {
            name: span
            for name, span in contents.items()
            if _COMMAND.match(source, span.start, span.end)
            and ("{" not in source[span.start : span.end] or references[name] == 1)
        }

    def variable(self, name: str, span: _Span) -> None:
        value = self.made.source[span.start : span.end]
        if name in _BRANCHES.values():
            self.made.mark(name, span.start)
        elif name in self.functions:
            self.define(name, span)
        elif name not in self.commands:
            listed = _WILDCARD.match(value)
            quoted = value[:1] in "\"'" and value[:1] == value[-1:] and len(value) > 1
            single = '"' in value and "'" not in value
            mark = "" if quoted else "'" if single else '"'
            self.made.mark(f"{name}={mark}", span.start)
            if listed:
                self.made.mark(listed[1], span.start)
            else:
                self.copy(span.start, span.end)
            self.made.mark(mark + "\n", span.end)

    def define(self, name: str, span: _Span) -> None:
        inside = self.made.source[span.start : span.end]
        if name in self.functions:
            self.made.mark(f"{name}() {{\n", span.start)
            self.copy(span.start, span.end)
            self.made.mark("\n}\n", span.end)
        else:
            mark = '"' if "'" in inside or "$(" in inside else "'"
            escaped = mark == '"' and '"' in inside
            if not escaped:
                self.made.mark(f"{name}={mark}", span.start)
                self.copy(span.start, span.end)
                self.made.mark(mark + "\n", span.end)

    def copy(self, start: int, end: int, rule: _Rule | None = None) -> None:
        """Write a piece, with what make or just fills in."""
        opened = ""
        for match in _FILLED.finditer(self.made.source, start, end):
            opened = quoted(self.made.source, start, match.start(), opened)
            self.made.copy(start, match.start())
            self._filled(match, opened, rule)
            start = match.end()
        self.made.copy(start, end)

    def _filled(self, match: re.Match[str], opened: str, rule: _Rule | None) -> None:
        name = match["name"] or match["just"]
        at = match.start()
        if match["call"]:
            self._called(match, rule)
        elif name in self.commands and name not in self.filling:
            with self._within(name):
                self.copy(*self.commands[name], rule)
        elif name in self.functions:
            self.made.mark(name, at)
        elif name:
            variable = f"${{{name}}}"  # make fills it in between single quotes too
            self.made.mark(f"'\"{variable}\"'" if opened == "'" else variable, at)
        else:
            call = rule.called(match) if rule is not None else None
            if call is None:
                self.made.copy(at, match.end())
            else:
                self.made.mark(re.sub(r"\$\((\w+)\)", r"${\1}", call), at)

    @contextmanager
    def _within(self, name: str) -> Generator[None]:
        """Note that a variable is being filled in: make refuses one that is made of itself."""
        self.expansions += 1
        if self.expansions > READING.expansions.value:
            raise LimitReached(READING.expansions)
        if len(self.filling) >= READING.nesting.value:
            raise LimitReached(READING.nesting)
        self.filling.append(name)
        yield
        self.filling.pop()

    def _called(self, match: re.Match[str], rule: _Rule | None) -> None:
        """Write $(call name,first,second)."""
        at = match.start("args")
        self.made.mark(match["call"], match.start())
        for entry in match["args"].split(","):
            mark = "'" if '"' in entry else '"'
            self.made.mark(" " + mark, at)
            with self._within(""):
                self.copy(at, at + len(entry), rule)
            self.made.mark(mark, at)
            at += len(entry) + 1
