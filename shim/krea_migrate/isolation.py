"""What is still found when following the values of all programs together fails: the files that fail alone are set aside."""

from __future__ import annotations

from krea_migrate import unread
from krea_migrate.findings import Certainty, Finding
from krea_migrate.reading import Reading, why_unread
from krea_migrate.report import Report
from krea_migrate.source import Source

NOTE = "was followed alone, since following all files together failed with {error}; please report it"


def findings(report: Report, files: frozenset[str], error: Exception) -> set[Finding]:
    """Return the findings of every file that can be analysed.

    Files that fail alone are reported as problems and the others are analysed together. Where that fails too, what each file gives
    alone counts, and nothing is certain.

    Args:
        report: has all sources; problems and notes are added to it.
        files: every file of the tree.
        error: what the analysis of all files raised.
    """
    sources = dict(report.sources)
    alone: dict[str, set[Finding]] = {}
    culprits: dict[str, Exception] = {}
    for path, source in sources.items():
        try:
            alone[path] = _of({path: source}, Report(), frozenset({path}))
        except Exception as failure:  # noqa: BLE001  # it is reported for its file
            culprits[path] = failure
    searched: set[Finding] = set()
    for path, raised in culprits.items():
        report.problems[path] = why_unread(raised)
        searched.update(unread.search_source(sources[path]))
    try:
        together = _of({path: sources[path] for path in alone}, report, files - culprits.keys())
    except Exception:  # noqa: BLE001  # a second failure is the same error, met from another side
        report.notes.update(dict.fromkeys(alone, NOTE.format(error=type(error).__name__)))
        together = {finding.at_most(Certainty.LIKELY) for of_file in alone.values() for finding in of_file}
    report.sources.update(sources)
    return together | searched


def _of(sources: dict[str, Source], report: Report, files: frozenset[str]) -> set[Finding]:
    report.sources = dict(sources)
    return set(Reading(report, files).findings())
