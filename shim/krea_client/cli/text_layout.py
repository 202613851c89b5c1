"""Text in columns, as wide as the terminal; in a pipe nothing is cut off and lines are 100 wide."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence

import click

from krea_client.cli import console

PIPE = 100
WIDEST = 120  # longer lines are hard to read on any terminal
NARROWEST_CELL = 12  # a last column with less room than this is not worth a table
NARROWEST_TEXT = 24  # nor one whose texts would be cut to less than this
_GAP = 2
# As git has it: leave at once what fits on the screen, keep colours, leave the text on the screen.
_PAGER_DEFAULTS = {"LESS": "FRX"}


def width() -> int:
    """Return the width to write in."""
    return min(shutil.get_terminal_size((PIPE, 24)).columns, WIDEST) if _on_terminal() else PIPE


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()  # pyright: ignore[reportUnnecessaryComparison]  # None: closed


def duration(seconds: float | None) -> str:
    """Return a usual time in words, "-" where none is documented."""
    if seconds is None:
        return "-"
    return f"{seconds:g} s" if seconds < 120 else f"{seconds / 60:.0f} min"  # two minutes still read well in seconds


def show(text: str) -> None:
    """Write text to standard output; on a terminal that it does not fit, through the pager in PAGER (default: less)."""
    if not _on_terminal() or text.count("\n") < shutil.get_terminal_size((PIPE, 24)).lines:
        console.result(text)
        return
    with _environment(_PAGER_DEFAULTS):
        click.echo_via_pager(text + "\n")


class _environment:  # noqa: N801  # a context manager that reads like a function
    """Sets variables that are not set, for as long as the block lasts."""

    def __init__(self, defaults: Mapping[str, str]) -> None:
        self._added = {name: value for name, value in defaults.items() if name not in os.environ}

    def __enter__(self) -> None:
        os.environ.update(self._added)

    def __exit__(self, *_: object) -> None:
        for name in self._added:
            os.environ.pop(name, None)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows under a head. For a program every row is one line with all its text.

    On a terminal the last column is cut to fit; where the others alone do not fit, each row is a block of lines instead.
    """
    lines = [head, *rows]
    widths = _widths(lines)
    room = width() - sum(widths)
    if _on_terminal() and room < min(NARROWEST_TEXT, max(len(row[-1]) for row in lines)):
        return "\n".join(_block(head, row) for row in lines[1:])
    first, *body = [
        "".join(map(str.ljust, row, widths)) + (_cut(row[-1], room) if _on_terminal() else row[-1]) for row in lines
    ]
    return "\n".join([heading(first.rstrip()), *map(str.rstrip, body)])


def _block(head: Sequence[str], row: Sequence[str]) -> str:
    """Return a row as its first cell on a line of its own, and the others below with their names."""
    cells = [(name.lower(), cell) for name, cell in zip(head[1:], row[1:], strict=True) if cell != "-"]
    return f"{heading(row[0])}\n{paragraphs(cells)}"


def grouped(groups: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> str:
    """Return rows under the name of each group, all in the same columns; a last column that does not fit is wrapped."""
    groups = list(groups)
    widths = _widths([row for _, rows in groups for row in rows])
    indentation = _GAP + sum(widths)
    if width() - indentation < NARROWEST_CELL:
        return "\n\n".join(f"{heading(name)}\n{paragraphs(_short_rows(rows))}" for name, rows in groups)
    lines: list[str] = []
    for name, rows in groups:
        lines += ["", heading(name)]
        for row in rows:
            first, *more = textwrap.wrap(row[-1], width() - indentation) or [""]
            lines.append(f"{' ' * _GAP}{''.join(map(str.ljust, row, widths))}{first}".rstrip())
            lines += [f"{' ' * indentation}{line}" for line in more]
    return "\n".join(lines[1:])


def _short_rows(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    return [(row[0], ", ".join(row[1:])) for row in rows]


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the width of each column but the last, with the gap behind it."""
    return [max(map(len, column)) + _GAP for column in zip(*(row[:-1] for row in rows), strict=True)]


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else textwrap.shorten(text, room, placeholder=" …")


def paragraphs(rows: Iterable[tuple[str, str]], indent: int = 2, widest: int = 28) -> str:
    """Return names with a text beside each, wrapped; a long name, or a text with a long word, stands on lines of its own."""
    rows = list(rows)
    widest = min(widest, width() // 3)
    names = [len(name) for name, _ in rows if len(name) <= widest]
    beside = indent + max(names, default=0) + _GAP
    lines: list[str] = []
    for name, text in rows:
        fits = all(len(word) <= width() - beside for word in text.split())
        column = beside if fits else indent + _GAP
        wrapped = textwrap.wrap(text, max(width() - column, 20), break_on_hyphens=False, break_long_words=False) or [""]
        first = f"{' ' * indent}{name}"
        if len(name) > widest or not fits:
            lines.append(first)
        else:
            lines.append(f"{first.ljust(column)}{wrapped.pop(0)}".rstrip())
        lines += [f"{' ' * column}{line}" for line in wrapped]
    return "\n".join(lines)


def prose(text: str) -> str:
    """Return a paragraph, wrapped."""
    return "\n".join(textwrap.wrap(text, width(), break_long_words=False, break_on_hyphens=False))


def heading(text: str) -> str:
    """Return a line that begins something; bold on a terminal."""
    return click.style(text, bold=True)


def indented(text: str, by: int = 4) -> str:
    """Return the lines, so far from the left."""
    return textwrap.indent(text.rstrip("\n"), " " * by)
