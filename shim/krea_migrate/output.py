"""Findings as people, programs and GitHub read them."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from krea_migrate.findings import Certainty, Finding
from krea_migrate.report import Report
from krea_migrate.source import Source

LOOKED_FOR = "files that name krea or /generate/, and the files of their projects that use a deprecated field name"


def text(report: Report) -> Iterator[str]:
    """One paragraph for each finding: place, certainty, reason, and the line with a caret."""
    for one in report.findings:
        source = report.sources[one.file]
        where = source.where(one.start)
        change = f"{one.old!r} -> {one.new!r}" if one.new is not None else repr(one.old)
        yield f"{one.file}:{where.line}:{where.column}: {one.rule} {one.certainty}: {change}: {one.reason}"
        lead = where.text[: where.column - 1]
        width = max(
            1, min(len(source.text[one.start : one.end].decode("utf-8", "replace")), len(where.text) - len(lead))
        )
        yield f"    {where.text}"
        yield f"    {''.join(letter if letter == chr(9) else ' ' for letter in lead)}{'^' * width}"


def remarks(report: Report) -> Iterator[str]:
    """What was read in another way, and what could not be read."""
    for path, note in sorted(report.notes.items()):
        yield f"{path}: note: {note}"
    for path, problem in sorted(report.problems.items()):
        yield f"{path}: problem: {problem}"


def summary(report: Report) -> str:
    """One line about the whole run."""
    seen, hits = report.looked_at
    count = len(report.not_read)
    uncovered = f"; {count} file{' was' if count == 1 else 's were'} not read" if count else ""
    if not report.findings:
        looked = f"({hits} may have to do with Krea); looked for {LOOKED_FOR}"
        return f"no deprecated field names in {seen} files {looked}{uncovered}"
    counted = Counter(one.certainty for one in report.findings)
    parts = [f"{counted[kind]} {kind}" for kind in Certainty if counted[kind]]
    files = len({one.file for one in report.findings})
    return f"{', '.join(parts)} in {files} of {seen} files{uncovered}"


def as_json(report: Report) -> str:
    """Everything, for programs."""
    import json

    rows: list[dict[str, object]] = []
    for one in report.findings:
        where = report.sources[one.file].where(one.start)
        rows.append({**_row(one), "line": where.line, "column": where.column, "excerpt": where.text})
    document: dict[str, object] = {
        "findings": rows,
        "problems": report.problems,
        "notes": report.notes,
        "not_read": sorted(report.not_read),
        "files": report.looked_at[0],
        "files_with_krea": report.looked_at[1],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _row(one: Finding) -> dict[str, object]:
    return {
        "rule": one.rule,
        "file": one.file,
        "start": one.start,
        "end": one.end,
        "old": one.old,
        "new": one.new,
        "certainty": one.certainty,
        "reason": one.reason,
    }


def github(report: Report) -> Iterator[str]:
    """Workflow commands that GitHub shows at the lines of a pull request."""
    for one in report.findings:
        where = report.sources[one.file].where(one.start)
        level = "error" if one.certainty is Certainty.CERTAIN else "warning"
        change = f"{one.old} is now {one.new}: " if one.new is not None else f"{one.old}: "
        place = f"file={_property(one.file)},line={where.line},col={where.column},title={one.rule}"
        yield f"::{level} {place}::{_escaped(change + one.reason)}"
    for path, problem in sorted(report.problems.items()):
        yield f"::error file={_property(path)}::{_escaped(problem)}"


def _escaped(told: str) -> str:
    return told.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(told: str) -> str:
    return _escaped(told).replace(":", "%3A").replace(",", "%2C")


def diff(report: Report, new: Mapping[str, Source]) -> Iterator[bytes]:
    """A unified diff of what would be written: in the bytes of the files, since `patch` compares them with bytes."""
    import difflib

    for path, source in sorted(new.items()):
        if _stands_there_too(path, new):
            continue
        name = os.fsencode(path) + (b"\t" if " " in path else b"")  # how a name with spaces ends for `patch`
        before, after = (_lines(one.data) for one in (report.sources[path], source))
        for line in difflib.diff_bytes(difflib.unified_diff, before, after, b"a/" + name, b"b/" + name):
            yield line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def _stands_there_too(path: str, new: Mapping[str, Source]) -> bool:
    """A symbolic link to another of the files, which is changed but once."""
    if not Path(path).is_symlink():
        return False
    target = Path(path).resolve()
    return any(not Path(one).is_symlink() and Path(one).resolve() == target for one in new)


def _lines(data: bytes) -> list[bytes]:
    return re.findall(rb"[^\n]*\n|[^\n]+", data)
