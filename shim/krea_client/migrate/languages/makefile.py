"""Makefiles and justfiles: their variables and recipes as a shell program."""

from __future__ import annotations

import re

from krea_client.migrate.languages.view import View

_SET = re.compile(r"^(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*(?:[?:]{0,2}=)[ \t]*")
_RECIPE = re.compile(r"^[ \t]+[@+-]*")
_VARIABLE = re.compile(r"(?<!\$)\$\(([A-Za-z_]\w*)\)|\{\{[ \t]*([A-Za-z_]\w*)[ \t]*\}\}")


def view(text: str) -> View:
    """The file as a shell program."""
    made = View(text)
    at, goes_on = 0, False
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        recipe = _RECIPE.match(line)
        found = _SET.match(line)
        if goes_on or recipe:
            _copy(made, at + (recipe.end() if recipe and not goes_on else 0), end)
            goes_on = line.rstrip("\r\n").endswith("\\")
        elif found:
            value = line[found.end() :].rstrip()
            quoted = value[:1] in "\"'" and value[:1] == value[-1:] and len(value) > 1
            first, last = at + found.end(), at + found.end() + len(value)
            single = value.startswith("{") and "'" not in value
            mark = "" if quoted else "'" if single else '"'
            made.mark(f"{found[1]}={mark}", at)
            _copy(made, first, last)
            made.mark(mark + "\n", last)
        else:
            made.mark("\n", at)
        at = end
    return made


def _copy(made: View, start: int, end: int) -> None:
    """A piece, with what make or just fills in as variables of the shell."""
    for found in _VARIABLE.finditer(made.source, start, end):
        made.copy(start, found.start())
        made.mark("${" + (found[1] or found[2]) + "}", found.start())
        start = found.end()
    made.copy(start, end)
