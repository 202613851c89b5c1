"""Text in columns, as wide as the terminal; in a pipe nothing is cut off and lines are 100 wide."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence

import click

PIPE = 100
WIDEST = 120  # longer lines are hard to read on any terminal
_GAP = 2


def width() -> int:
    """The width to write in."""
    return min(shutil.get_terminal_size((PIPE, 24)).columns, WIDEST) if sys.stdout.isatty() else PIPE


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows under a head. On a terminal the last column is cut to fit; for a program every row is one line with all its text."""
    lines = [head, *rows]
    widths = _widths(lines)
    room = width() - sum(widths)
    first, *rest = [
        "".join(map(str.ljust, row, widths)) + (_cut(row[-1], room) if sys.stdout.isatty() else row[-1])
        for row in lines
    ]
    return "\n".join([heading(first.rstrip()), *map(str.rstrip, rest)])


def grouped(groups: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> str:
    """Rows under the name of each group, all in the same columns; a last column that does not fit is wrapped."""
    groups = list(groups)
    widths = _widths([row for _, rows in groups for row in rows])
    left = _GAP + sum(widths)
    out: list[str] = []
    for name, rows in groups:
        out += ["", heading(name)]
        for row in rows:
            first, *more = textwrap.wrap(row[-1], max(width() - left, 20)) or [""]
            out.append(f"{' ' * _GAP}{''.join(map(str.ljust, row, widths))}{first}".rstrip())
            out += [f"{' ' * left}{line}" for line in more]
    return "\n".join(out[1:])


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """The width of each column but the last, with the gap behind it."""
    return [max(map(len, column)) + _GAP for column in zip(*(row[:-1] for row in rows), strict=True)]


def _cut(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return textwrap.shorten(text, max(room, 10), placeholder=" …")


def paragraphs(rows: Iterable[tuple[str, str]], indent: int = 2, widest: int = 28) -> str:
    """Names with a text beside each, wrapped; a long name stands on a line of its own."""
    rows = list(rows)
    names = [len(name) for name, _ in rows if len(name) <= widest]
    left = indent + max(names, default=0) + _GAP
    out: list[str] = []
    for name, text in rows:
        wrapped = textwrap.wrap(text, max(width() - left, 20), break_long_words=False, break_on_hyphens=False) or [""]
        first = f"{' ' * indent}{name}"
        if len(name) > widest:
            out.append(first)
        else:
            out.append(f"{first.ljust(left)}{wrapped.pop(0)}".rstrip())
        out += [f"{' ' * left}{line}" for line in wrapped]
    return "\n".join(out)


def prose(text: str) -> str:
    """A paragraph, wrapped."""
    return "\n".join(textwrap.wrap(text, width(), break_long_words=False, break_on_hyphens=False))


def heading(text: str) -> str:
    """A line that begins something; bold on a terminal."""
    return click.style(text, bold=True)


def indented(text: str, by: int = 4) -> str:
    """Lines, so far from the left."""
    return textwrap.indent(text.rstrip("\n"), " " * by)
