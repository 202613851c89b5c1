"""The shell lines in YAML: what GitHub, GitLab, CircleCI, Ansible and Compose run."""

from __future__ import annotations

import re

from krea_client.migrate.languages.json_text import Value
from krea_client.migrate.languages.view import View

_RUNS = frozenset(
    {"run", "script", "before_script", "after_script", "command", "cmd", "cmds", "shell", "bash", "entrypoint"}
)
_SETS = frozenset({"env", "variables", "vars", "environment"})
_FILLED = re.compile(r"\$\{\{[^}]*?(\w+)[ \t]*\}\}|\{\{[ \t]*\.?(\w+)[ \t]*\}\}")
_CLIENT = re.compile(r"\b(?:curl|wget|https?|xh|jq)\b")
_DEEP = 60


def view(text: str, values: list[Value]) -> View | None:
    """All shell lines of a file as one program, behind the variables that the file sets; None when it has none."""
    made = View(text)
    for value in values:
        _variables(made, value, 0)
    before = made.size
    for value in values:
        _lines(made, value, 0)
    return made if made.size > before else None


def _variables(made: View, value: Value, depth: int) -> None:
    for one in value.members:
        if one.name.lower() in _SETS:
            for each in one.value.members:
                text = each.value.text
                if text is not None and each.name.isidentifier() and '"' not in text and "\n" not in text:
                    made.mark(f'{each.name}="{_FILLED.sub(_named, text)}"\n', each.start)
        if depth < _DEEP:
            _variables(made, one.value, depth + 1)
    for item in value.items if depth < _DEEP else ():
        _variables(made, item, depth + 1)


def _named(found: re.Match[str]) -> str:
    return "${" + (found[1] or found[2]) + "}"


def _lines(made: View, value: Value, depth: int) -> None:
    for one in value.members:
        if one.name.lower() in _RUNS:
            for each in [one.value, *one.value.items]:
                if each.text is not None and _CLIENT.search(each.text):
                    _scalar(made, each)
        if depth < _DEEP:
            _lines(made, one.value, depth + 1)
    for item in value.items if depth < _DEEP else ():
        _lines(made, item, depth + 1)


def _scalar(made: View, value: Value) -> None:
    """A text: a block with its indent, or one on a line of its own."""
    raw = made.source[value.start : value.stop]
    if raw[:1] in "|>":
        head = raw.find("\n") + 1
        first = next((line for line in raw[head:].splitlines() if line.strip()), "")
        indent, at = len(first) - len(first.lstrip(" ")), value.start + head
        for line in raw[head:].splitlines(keepends=True):
            _copy(made, at + min(indent, len(line.rstrip("\r\n"))), at + len(line))
            at += len(line)
    else:
        quoted = raw[:1] in "\"'" and raw[:1] == raw[-1:]
        if (raw[1:-1] if quoted else raw) != value.text:
            return
        _copy(made, value.start + quoted, value.stop - quoted)
    made.mark("\n", value.stop)


def _copy(made: View, start: int, end: int) -> None:
    for found in _FILLED.finditer(made.source, start, end):
        made.copy(start, found.start())
        made.mark(_named(found), found.start())
        start = found.end()
    made.copy(start, end)
