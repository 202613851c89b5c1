"""What check says and migrate writes about a few files that are held in memory."""

from __future__ import annotations

from krea_migrate import engine
from krea_migrate.findings import Certainty, Finding
from krea_migrate.report import Report

URL = "https://api.krea.ai/generate/image/google/nano-banana-pro"
VIDEO = "https://api.krea.ai/generate/video/kling/kling-2.6"


def report(**files: str) -> Report:
    """Return files by name; "__" in a name stands for the dot before its ending."""
    new_report = Report()
    engine.analyse(
        {name.replace("__", "."): text.encode() for name, text in files.items()}, new_report, engine.Settings()
    )
    return new_report


def findings(rule: str = "", **files: str) -> list[Finding]:
    """Return what one rule finds, or every rule about names that were renamed or are gone."""
    about_bodies = ("KREA203", "KREA204") if not rule else ()
    return [
        finding
        for finding in report(**files).findings
        if finding.rule.startswith(rule) and finding.rule not in about_bodies
    ]


def said(rule: str = "", **files: str) -> list[tuple[str, str]]:
    """Return the names that one rule found, and how certain it is."""
    return [(finding.old, finding.certainty) for finding in findings(rule, **files)]


def written(lowest: Certainty = Certainty.CERTAIN, **files: str) -> str:
    """Return the first file as it would be written; the others are only there to be read."""
    first = next(iter(files)).replace("__", ".")
    new_report = report(**files)
    new = engine.migrated(new_report, lowest)
    return (new[first] if first in new else new_report.sources[first]).text.decode()
