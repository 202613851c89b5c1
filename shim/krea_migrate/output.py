"""Findings as people, programs and GitHub read them."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from krea_migrate import profile
from krea_migrate.findings import Certainty, Finding
from krea_migrate.report import Report
from krea_migrate.source import Source

MOST = 200  # characters that a person reads of one finding; --explain tells more
_LEAST_REASON, _LEAST_EXCERPT = 60, 20  # characters
_IN_JSON = 160  # characters of a line
_CONTEXT = 3  # lines around a difference


def text(report: Report) -> Iterator[str]:
    """Yield the lines of each finding: place, certainty and reason, and the line with a caret where there is room for it."""
    for finding in report.findings:
        source = report.sources[finding.file]
        line, column = source.position(finding.start)
        change = f"{finding.old!r} -> {finding.new!r}" if finding.new is not None else repr(finding.old)
        head = f"{finding.file}:{line}:{column}: {finding.rule} {finding.certainty}: {change}: "
        head += _cut(finding.reason, max(_LEAST_REASON, MOST - len(head) - 1))
        yield head
        yield from _pointed_at(source, finding, MOST - len(head) - 1)


def _pointed_at(source: Source, finding: Finding, room: int) -> Iterator[str]:
    """Yield the line and its caret, each four characters from the margin, in so many characters with their line ends."""
    length = max(1, len(source.text[finding.start : finding.end].decode("utf-8", "replace")))
    shown_excerpt = source.excerpt(finding.start, room)
    width = room - 10 - min(len(shown_excerpt.text), shown_excerpt.at + length)
    excerpt = shown_excerpt if len(shown_excerpt.text) <= width else source.excerpt(finding.start, (room - 10) // 2)
    if len(excerpt.text) < min(_LEAST_EXCERPT, len(shown_excerpt.text)):
        return
    lead = excerpt.text[: excerpt.at]
    yield f"    {excerpt.text}"
    blank = "".join(letter if letter == "\t" else " " for letter in lead)
    yield f"    {blank}{'^' * max(1, min(length, len(excerpt.text) - len(lead)))}"


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 1] + "…"


def remarks(report: Report) -> Iterator[str]:
    """Yield what was read in another way, and what could not be read."""
    for path, note in sorted(report.notes.items()):
        yield f"{path}: note: {note}"
    for path, problem in sorted(report.problems.items()):
        yield f"{path}: problem: {problem}"


def summary(report: Report) -> str:
    """Return one line about the whole run: what was found, what was left out, and what was not covered."""
    visited, hits = report.looked_at
    left_out = [f"{count} {why}" for why, count in report.left_out.items() if count]
    if report.not_read:
        left_out.append(f"{_files(len(report.not_read))} not read")
    after = "".join(f"; {words}" for words in left_out)
    if not report.findings:
        api = profile.active()
        scope_text = (
            f"({hits} may have to do with {api.title}); looked for files that name {api.word} or {api.prefix}, "
            "and the files of their projects that use a deprecated field name"
        )
        return f"no deprecated field names in {visited} files {scope_text}{after}"
    counts = Counter(finding.certainty for finding in report.findings)
    parts = [f"{counts[kind]} {kind}" for kind in Certainty if counts[kind]]
    files = len({finding.file for finding in report.findings})
    return f"{', '.join(parts)} in {files} of {visited} files{after}"


def _files(count: int) -> str:
    return "1 file was" if count == 1 else f"{count} files were"


def as_json(report: Report) -> str:
    """Return everything, for programs."""
    import json

    document: dict[str, object] = {
        "findings": [_row(finding, report.sources[finding.file]) for finding in report.findings],
        "problems": report.problems,
        "notes": report.notes,
        "not_read": sorted(report.not_read),
        "left_out": dict(report.left_out),
        "files": report.looked_at[0],
        "files_with_krea": report.looked_at[1],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _row(finding: Finding, source: Source) -> dict[str, object]:
    row = finding._asdict()
    del row["edits"]
    line, column = source.position(finding.start)
    return {**row, "line": line, "column": column, "excerpt": source.excerpt(finding.start, _IN_JSON).text}


def github(report: Report) -> Iterator[str]:
    """Yield workflow commands, which GitHub shows at the lines of a pull request."""
    for finding in report.findings:
        line, column = report.sources[finding.file].position(finding.start)
        level = "error" if finding.certainty is Certainty.CERTAIN else "warning"
        change = f"{finding.old} is now {finding.new}: " if finding.new is not None else f"{finding.old}: "
        place = f"file={_property(finding.file)},line={line},col={column},title={finding.rule}"
        head = f"::{level} {place}::{_escaped(change)}"
        yield head + _escaped(_cut(finding.reason, max(_LEAST_REASON, MOST - len(head) - 1)))
    for path, problem in sorted(report.problems.items()):
        yield f"::error file={_property(path)}::{_escaped(problem)}"


def _escaped(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _escaped(words).replace(":", "%3A").replace(",", "%2C")


def diff(report: Report, new: Mapping[str, Source]) -> Iterator[bytes]:
    """Yield a unified diff of what would be written: in the bytes of the files, since `patch` compares them with bytes."""
    for path, source in sorted(new.items()):
        if _stands_there_too(path, new):
            continue
        before, after = (_lines(version.data) for version in (report.sources[path], source))
        if before == after:
            continue
        name = os.fsencode(path) + (b"\t" if " " in path else b"")  # how a name with spaces ends for `patch`
        yield b"--- a/" + name + b"\n"
        yield b"+++ b/" + name + b"\n"
        for line in _hunks(before, after):
            yield line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def _hunks(before: list[bytes], after: list[bytes]) -> Iterator[bytes]:
    """Yield the hunks of two texts; without a search where they have as many lines each, since names change no line ends."""
    if len(before) != len(after):
        from difflib import diff_bytes, unified_diff

        yield from list(diff_bytes(unified_diff, before, after))[2:]
        return
    changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    cuts = [at for at, (entry, second) in enumerate(pairwise(changed), 1) if second - entry > 2 * _CONTEXT]
    for first, stop in pairwise([0, *cuts, len(changed)]):
        start = max(0, changed[first] - _CONTEXT)
        end = min(len(before), changed[stop - 1] + _CONTEXT + 1)
        yield f"@@ -{_range(start, end)} +{_range(start, end)} @@\n".encode()
        at = start
        while at < end:
            run = at
            while run < end and before[run] != after[run]:
                run += 1
            if run == at:
                yield b" " + before[at]
                at += 1
                continue
            yield from (b"-" + line for line in before[at:run])
            yield from (b"+" + line for line in after[at:run])
            at = run


def _range(start: int, end: int) -> str:
    return f"{start + 1}" if end - start == 1 else f"{start + 1},{end - start}"


def _stands_there_too(path: str, new: Mapping[str, Source]) -> bool:
    """Tell whether a path is a symbolic link to another of the files, which is changed but once."""
    if not Path(path).is_symlink():
        return False
    target = Path(path).resolve()
    return any(not Path(second).is_symlink() and Path(second).resolve() == target for second in new)


def _lines(data: bytes) -> list[bytes]:
    return re.findall(rb"[^\n]*\n|[^\n]+", data)
