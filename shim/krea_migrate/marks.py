"""`krea: ignore`: what its owner has looked at and wants to keep."""

from __future__ import annotations

import re

from krea_migrate.findings import Finding
from krea_migrate.source import Source

_IGNORE = re.compile(r"krea:\s*ignore(?P<file>-file)?(?:\[(?P<rules>[\w, ]+)\])?")
_ALONE = ("#", "//", "/*", "<!--")
_FENCES = ("```", "~~~")
_HEAD = 2000  # bytes at the top of a file in which a mark for the whole file may stand


def ignored(one: Finding, source: Source) -> bool:
    """Tells whether a mark covers a finding: on its line, alone above it or above its block, or near the top of the file."""
    number = source.line_number(one.start)
    if any(not marks["file"] and _names(marks, one) for marks in _IGNORE.finditer(source.line(number))):
        return True
    if _marked_alone(source, number - 1, one) or _marked_alone(source, _fence(source, number) - 1, one):
        return True
    head = source.text[:_HEAD].decode("utf-8", "replace")
    return any(marks["file"] and _names(marks, one) for marks in _IGNORE.finditer(head))


def _marked_alone(source: Source, number: int, one: Finding) -> bool:
    line = source.line(number).strip() if number > 0 else ""
    marks = _IGNORE.search(line) if line.startswith(_ALONE) else None
    return marks is not None and _names(marks, one)


def _fence(source: Source, number: int) -> int:
    """The line that begins the code block of a line of Markdown; 0 elsewhere."""
    if not source.path.endswith((".md", ".mdx", ".markdown")):
        return 0
    return next((at for at in range(number - 1, 0, -1) if source.line(at).strip().startswith(_FENCES)), 0)


def _names(marks: re.Match[str], one: Finding) -> bool:
    return not marks["rules"] or one.rule in re.split(r"[, ]+", marks["rules"])
