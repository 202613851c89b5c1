"""Makefiles and justfiles: their variables and recipes as a shell program, each rule behind those that make what it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from krea_migrate.languages.shell_words import quoted
from krea_migrate.languages.view import View

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
_COMMAND = re.compile(r"\s*@?(?:(?:curl|wget|https?|xh|jq)(?=\s|$)|-)")
_WILDCARD = re.compile(r"\$\(wildcard[ \t]+([^()$\s]+)\)\Z")
_STEM = "${stem}"
_DEEP = 5


class _Span(NamedTuple):
    start: int
    end: int


@dataclass(slots=True)
class _Rule:
    targets: list[str]
    needs: list[str]
    lines: list[_Span] = field(default_factory=list["_Span"])

    def called(self, found: re.Match[str]) -> str | None:
        """What an automatic variable stands for."""
        needs = [one.replace("%", _STEM) for one in self.needs]
        match found["mark"]:
            case "<":
                return needs[0] if needs else ""
            case "^" | "+":
                return " ".join(needs)
            case "@":
                return self.targets[0].replace("%", _STEM)
            case "*":
                return _STEM
            case _:
                return self._chosen(found, needs)

    @staticmethod
    def _chosen(found: re.Match[str], needs: list[str]) -> str | None:
        number = int(found["number"]) if found["number"] else {"first": 1, "last": len(needs)}.get(found["which"], 0)
        if number:
            return needs[number - 1] if number <= len(needs) else ""
        if found["filter"]:
            before, _, behind = found["filter"].strip().partition("%")
            return " ".join(one for one in needs if one.startswith(before) and one.endswith(behind))
        return f"${{folder{ord(found['folder'])}}}" if found["folder"] else None


@dataclass(slots=True)
class _File:
    variables: list[tuple[str, _Span]] = field(default_factory=list[tuple[str, _Span]])
    defines: dict[str, _Span] = field(default_factory=dict[str, _Span])
    rules: list[_Rule] = field(default_factory=list[_Rule])
    included: list[_Span] = field(default_factory=list[_Span])


def view(text: str) -> View:
    """The file as a shell program."""
    made, file = View(text), _read(text)
    writer = _Writer(made, file)
    for one in file.included:
        made.mark(f". {text[one.start : one.end]}\n", one.start)
    for name, value in file.variables:
        writer.variable(name, value)
    for name, value in file.defines.items():
        writer.define(name, value)
    for rule in _in_order(file.rules):
        for line in rule.lines:
            writer.copy(line.start, line.end, rule)
    return made


def _read(text: str) -> _File:
    found = _File()
    rule: _Rule | None = None
    defined: tuple[str, int] | None = None
    for line in _lines(text):
        raw = text[line.start : line.end]
        if defined is not None:
            if raw.startswith("endef"):
                found.defines[defined[0]] = _Span(defined[1], line.start)
                defined = None
        elif one := _DEFINE.match(raw.rstrip()):
            defined = one[1], line.end
        elif raw.startswith("\t") or (raw.startswith(" ") and rule is not None):
            recipe = _RECIPE.match(raw)
            rule = rule or _Rule([""], [])
            rule.lines.append(_Span(line.start + (recipe.end() if recipe else 0), line.end))
            if rule not in found.rules[-1:]:
                found.rules.append(rule)
        else:
            rule = _headed(found, raw, line.start) or rule
    return found


def _headed(found: _File, raw: str, start: int) -> _Rule | None:
    """A line that is no recipe; gives the rule that it begins."""
    if one := _BRANCH.match(raw):
        found.variables.append((_BRANCHES[one[1]], _Span(start, start)))
    elif one := _SET.match(raw):
        found.variables.append((one["name"], _Span(start + one.end(), start + len(raw.rstrip()))))
    elif one := _INCLUDE.match(raw):
        found.included.append(_Span(start + one.start(1), start + one.end(1)))
    elif one := _RULE.match(raw):
        needs = one["needs"].replace("|", " ").replace("\\", " ")
        found.rules.append(_Rule((one["pattern"] or one["targets"]).split(), needs.split()))
        return found.rules[-1]
    return None


def _lines(text: str) -> Iterator[_Span]:
    """Lines, with those that go on behind a backslash."""
    at, start = 0, 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        if not line.rstrip("\r\n").endswith("\\"):
            yield _Span(start, at)
            start = at
    if start < at:
        yield _Span(start, at)


def _in_order(rules: list[_Rule]) -> Iterator[_Rule]:
    """Each rule behind those that make what it needs."""
    makers = {target: rule for rule in reversed(rules) for target in rule.targets}
    done: set[int] = set()
    stack = [(one, False) for one in reversed(rules)]
    while stack:
        rule, ready = stack.pop()
        if ready:
            yield rule
        elif id(rule) not in done:
            done.add(id(rule))
            stack.append((rule, True))
            stack += [(makers[one], False) for one in rule.needs if one in makers]


class _Writer:
    """Writes the pieces of a file as a shell would have them."""

    def __init__(self, made: View, file: _File) -> None:
        self.made = made
        source = made.source
        self.functions = {
            name
            for name, span in file.defines.items()
            if re.search(r"\$\([1-9]\)|\bcurl\b", source[span.start : span.end])
        }
        self.functions |= {name for name, span in file.variables if "$(1)" in source[span.start : span.end]}
        held = {name: span for name, span in file.variables if name not in self.functions}
        # Stands in the place of its name; twice, a body in it would be two.
        self.commands = {
            name: span
            for name, span in held.items()
            if _COMMAND.match(source, span.start, span.end)
            and ("{" not in source[span.start : span.end] or source.count(f"$({name})") == 1)
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

    def copy(self, start: int, end: int, rule: _Rule | None = None, depth: int = 0) -> None:
        """A piece, with what make or just fills in."""
        opened = ""
        for found in _FILLED.finditer(self.made.source, start, end):
            opened = quoted(self.made.source, start, found.start(), opened)
            self.made.copy(start, found.start())
            self._filled(found, opened, rule, depth)
            start = found.end()
        self.made.copy(start, end)

    def _filled(self, found: re.Match[str], opened: str, rule: _Rule | None, depth: int) -> None:
        name = found["name"] or found["just"]
        at = found.start()
        if found["call"]:
            self._called(found, rule, depth)
        elif name in self.commands and depth < _DEEP:
            self.copy(*self.commands[name], rule, depth + 1)
        elif name in self.functions:
            self.made.mark(name, at)
        elif name:
            named = f"${{{name}}}"  # make fills it in between single quotes too
            self.made.mark(f"'\"{named}\"'" if opened == "'" else named, at)
        else:
            said = rule.called(found) if rule is not None else None
            if said is None:
                self.made.copy(at, found.end())
            else:
                self.made.mark(re.sub(r"\$\((\w+)\)", r"${\1}", said), at)

    def _called(self, found: re.Match[str], rule: _Rule | None, depth: int) -> None:
        """$(call name,first,second)."""
        at = found.start("args")
        self.made.mark(found["call"], found.start())
        for one in found["args"].split(","):
            mark = "'" if '"' in one else '"'
            self.made.mark(" " + mark, at)
            if depth < _DEEP:
                self.copy(at, at + len(one), rule, depth + 1)
            self.made.mark(mark, at)
            at += len(one) + 1
