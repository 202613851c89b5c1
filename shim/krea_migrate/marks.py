"""`krea: ignore`: findings that the owner of a file has looked at and wants to keep as they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from weakref import WeakKeyDictionary

from krea_migrate.findings import Finding
from krea_migrate.source import Source

_IGNORE = re.compile(rb"krea:\s*ignore(?P<file>-file)?(?:\[(?P<rules>[\w, ]+)\])?")
_ALONE = (b"#", b"//", b"/*", b"<!--", b"--", b"'", b";")
_FENCE = re.compile(rb"^[ \t]*(?:```|~~~)", re.MULTILINE)
_HEAD = 2000  # bytes at the top of a file in which a mark for the whole file may stand
_Rules = frozenset[str] | None  # None: all of them


class _Marks:
    """The marks of one file."""

    def __init__(self, source: Source) -> None:
        self.for_file: list[_Rules] = []
        self.on_line: dict[int, list[_Rules]] = {}
        self.alone: dict[int, _Rules] = {}
        for mark in _IGNORE.finditer(source.text):
            rules = frozenset(re.split(r"[, ]+", mark["rules"].decode())) if mark["rules"] else None
            if mark["file"]:
                self.for_file += [rules] if mark.start() < _HEAD else []
                continue
            number = source.line_number(mark.start())
            self.on_line.setdefault(number, []).append(rules)
            if source.line(number).lstrip().startswith(_ALONE):
                self.alone.setdefault(number, rules)
        self.fences: list[int] = []  # lines that begin or end a code block of Markdown
        if self.alone and source.path.endswith((".md", ".mdx", ".mdc", ".markdown")):
            self.fences = [source.line_number(fence.start()) for fence in _FENCE.finditer(source.text)]

    def cover(self, finding: Finding, number: int) -> bool:
        """Tell whether a mark stands on the line of a finding, alone above it or above its block, or for the whole file."""
        fence = bisect_left(self.fences, number) - 1
        above = [number - 1, *([self.fences[fence] - 1] if fence >= 0 else [])]
        marks = [*self.for_file, *self.on_line.get(number, ()), *(self.alone[at] for at in above if at in self.alone)]
        return any(rules is None or finding.rule in rules for rules in marks)


_read: WeakKeyDictionary[Source, _Marks | None] = WeakKeyDictionary()


def ignored(finding: Finding, source: Source) -> bool:
    """Tell whether a mark covers a finding."""
    if source not in _read:
        _read[source] = _Marks(source) if b"krea:" in source.text else None
    marks = _read[source]
    return marks is not None and marks.cover(finding, source.line_number(finding.start))
