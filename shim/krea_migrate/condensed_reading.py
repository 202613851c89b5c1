"""All files followed together, of large ones that repeat a unit only what differs, and of those that have too much of it the first part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from krea_migrate import walk
from krea_migrate.findings import Certainty, Finding
from krea_migrate.limits import PRECISION, READING
from krea_migrate.reading import Reading
from krea_migrate.report import UNREAD_CODE, Report
from krea_migrate.source import Source

if TYPE_CHECKING:
    from krea_migrate.partial_reading import FirstPart
    from krea_migrate.rules.repeated_units import CondensedText

_Condensed = dict[str, "CondensedText"]
_FirstParts = dict[str, "FirstPart"]
_PART = "of {total} kB, {size} were followed, since it has more than {limit}; the rest was only searched for deprecated names"
_WHY = "this file was followed in part"


def findings(report: Report, files: frozenset[str]) -> set[Finding]:
    """Return what the rules find in all files of a report.

    Args:
        report: has the sources; problems and notes are added to it.
        files: every file of the tree, for imports.

    Raises:
        Exception: what a rule raises; reading alone raises nothing.
    """
    large = {path: source for path, source in report.sources.items() if _is_large(source)}
    condensed = dict(_condensed(report, large))
    for texts in [condensed, _Condensed()] if condensed else [_Condensed()]:
        parts = dict(_first_parts(large, texts))
        if not texts and not parts:
            break
        short = _shortened(report, texts, parts)
        in_short = _of_short(short, files, texts)
        if in_short is not None:
            originals = {path: report.sources[path] for path in {*texts, *parts}}
            report.sources |= short.sources | originals
            report.problems |= short.problems
            report.notes |= short.notes
            return _with_rests(in_short, report, parts, texts) if parts else in_short
    return set(Reading(report, files).findings())


def _is_large(source: Source) -> bool:
    return len(source.text) > PRECISION.condensed and source.encoding == "utf-8" and b"\0" not in source.text


def _condensed(report: Report, large: dict[str, Source]) -> Iterator[tuple[str, CondensedText]]:
    """Yield the large files that repeat a unit."""
    for path, source in large.items():
        from krea_migrate.rules.repeated_units import CondensedText

        context = [program.text for program in report.sources.values() if program is not source]
        text = CondensedText(source.text, walk.language_of(path, source.text), context)
        if len(text.text) < len(source.text):
            yield path, text


def _first_parts(large: dict[str, Source], condensed: _Condensed) -> Iterator[tuple[str, FirstPart]]:
    """Yield what is followed of those that have too much to follow."""
    for path, source in large.items():
        from krea_migrate import partial_reading

        text = condensed[path].text if path in condensed else source.text
        part = partial_reading.first_part(text, path, walk.language_of(path, source.text))
        if part is not None:
            yield path, part


def _shortened(report: Report, condensed: _Condensed, parts: _FirstParts) -> Report:
    """Return a report with what is to be read of the large files."""
    short = Report(sources=dict(report.sources), problems=dict(report.problems), notes=dict(report.notes))
    texts = {path: text.text for path, text in condensed.items()}
    for path, part in parts.items():
        texts[path] = texts.get(path, report.sources[path].text)[: part.end] + part.closing
    short.sources |= {path: Source(path, text) for path, text in texts.items()}
    return short


def _of_short(short: Report, files: frozenset[str], condensed: _Condensed) -> set[Finding] | None:
    """Return what is found in all files; None where one of those that repeat a unit is not read as a whole."""
    reading = Reading(short, files)
    try:
        all_findings = set(reading.findings())
    except Exception:
        if not condensed:
            raise
        return None  # the whole files are read then, and the error is met again or not
    unread = {*short.problems, *(source.path for source in reading.bundles)}
    unread |= {finding.file for finding in all_findings if finding.rule == UNREAD_CODE}
    if not unread.isdisjoint(condensed):
        return None
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in all_findings:
        by_file[finding.file].append(finding)
    for path, text in condensed.items():
        all_findings.difference_update(by_file[path])
        all_findings.update(text.all(by_file[path]))
    return all_findings


def _with_rests(all_findings: set[Finding], report: Report, parts: _FirstParts, condensed: _Condensed) -> set[Finding]:
    """Add the deprecated names that were not followed; nothing that they may have to do with is certain."""
    from krea_migrate import partial_reading, unread

    in_part = {path for path, part in parts.items() if not part.is_whole}
    languages = {walk.language_of(path, report.sources[path].text) for path in in_part}
    # what it imports may go elsewhere in what was not read
    is_program = not languages.isdisjoint(partial_reading.PROGRAMS)
    result: set[Finding] = set()
    reported: dict[str, set[int]] = defaultdict(set)
    for finding in all_findings:
        reported[finding.file] |= {finding.start, finding.start + 1}  # a quote may be escaped
        is_open = is_program or finding.file in in_part
        result.add(finding.at_most(Certainty.LIKELY, f"{finding.reason}, but {_WHY}") if is_open else finding)
    for path, part in parts.items():
        source = report.sources[path]
        end = condensed[path].place(part.end) if path in condensed else part.end
        start = end if part.is_whole else 0
        result.update(unread.search_parts(source, [(start, len(source.text))], reported[path], _WHY))
        size, total = end // 1000, len(source.text) // 1000
        report.problems[path] = _PART.format(size=size, total=total, limit=READING.followed.told)
    return result
