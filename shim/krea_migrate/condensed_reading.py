"""All files followed together, of large ones that repeat a unit only what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from krea_migrate import walk
from krea_migrate.findings import Finding
from krea_migrate.limits import PRECISION
from krea_migrate.reading import Reading
from krea_migrate.report import UNREAD_CODE, Report
from krea_migrate.source import Source

if TYPE_CHECKING:
    from krea_migrate.rules.repeated_units import CondensedText


def findings(report: Report, files: frozenset[str]) -> set[Finding]:
    """Return what the rules find in all files of a report.

    Args:
        report: has the sources; problems and notes are added to it.
        files: every file of the tree, for imports.

    Raises:
        Exception: what a rule raises; reading alone raises nothing.
    """
    condensed = dict(_condensed(report))
    if condensed:
        short = Report(sources=dict(report.sources), problems=dict(report.problems), notes=dict(report.notes))
        short.sources |= {path: Source(path, text.text) for path, text in condensed.items()}
        in_short = _of_condensed(short, files, condensed)
        if in_short is not None:
            report.sources |= {path: source for path, source in short.sources.items() if path not in condensed}
            report.problems |= short.problems
            report.notes |= short.notes
            return in_short
    return set(Reading(report, files).findings())


def _condensed(report: Report) -> Iterator[tuple[str, CondensedText]]:
    """Yield the large files that repeat a unit."""
    for path, source in report.sources.items():
        if len(source.text) > PRECISION.condensed and source.encoding == "utf-8" and b"\0" not in source.text:
            from krea_migrate.rules.repeated_units import CondensedText

            context = [program.text for program in report.sources.values() if program is not source]
            text = CondensedText(source.text, walk.language_of(path, source.text), context)
            if len(text.text) < len(source.text):
                yield path, text


def _of_condensed(short: Report, files: frozenset[str], condensed: dict[str, CondensedText]) -> set[Finding] | None:
    """Return what is all_findings in all files; None where one of the large ones is not read as a whole."""
    reading = Reading(short, files)
    try:
        all_findings = set(reading.findings())
    except Exception:  # noqa: BLE001  # the whole files are read then, and the error is met again or not
        return None
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
