"""A file of findings that are known and kept: they are not reported again, wherever their lines move to."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

from krea_migrate.findings import Finding
from krea_migrate.report import BadSettings, Report
from krea_migrate.source import Source

VERSION = 1
_COLUMNS = ("rule", "file", "old", "fingerprint")
_AROUND = 200  # bytes of a line to each side of a name: enough to tell it from others, in minified files too


def fingerprint(finding: Finding, source: Source) -> str:
    """Return what stays the same of a finding while lines above it come and go: rule, name, and the text of its line."""
    number = source.line_number(finding.start)
    line = source.line(number)
    at = finding.start - source.start_of(number)
    part = line[max(0, at - _AROUND) : at + _AROUND].strip()
    return hashlib.sha256(b"\0".join((finding.rule.encode(), finding.old.encode(), part))).hexdigest()[:24]


def write(path: str, report: Report) -> int:
    """Write the findings of a report to a file, and return how many there are.

    Raises:
        BadSettings: it cannot be written.
    """
    counts = Counter(_key(finding, report, os.path.dirname(path)) for finding in report.findings)
    rows = [dict(zip(_COLUMNS, key, strict=True), count=count) for key, count in sorted(counts.items())]
    try:
        Path(path).write_text(json.dumps({"version": VERSION, "findings": rows}, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise BadSettings(f"{path}: cannot be written: {error.strerror}") from None
    return len(report.findings)


def apply(path: str, report: Report) -> int:
    """Take the findings of a baseline out of a report, and return how many of its entries are no longer found.

    Raises:
        BadSettings: it cannot be read.
    """
    read = _read(path)
    new: list[Finding] = []
    folder = os.path.dirname(path)
    for finding in report.findings:
        key = _key(finding, report, folder)
        if read[key] > 0:
            read[key] -= 1
        else:
            new.append(finding)
    report.keep(new, "in the baseline")
    return sum(read.values())


def _key(finding: Finding, report: Report, folder: str) -> tuple[str, ...]:
    # Paths are kept as seen from the baseline, so that it holds wherever the command is run.
    file = os.path.relpath(finding.file, folder or ".").replace(os.sep, "/")
    return finding.rule, file, finding.old, fingerprint(finding, report.sources[finding.file])


def _read(path: str) -> Counter[tuple[str, ...]]:
    try:
        document: Any = json.loads(Path(path).read_text("utf-8"))
        if document["version"] != VERSION:
            raise BadSettings(f"{path}: is a baseline of another version; write it anew with --write-baseline {path}")
        rows: Counter[tuple[str, ...]] = Counter()
        for row in document["findings"]:
            rows[tuple(str(row[column]) for column in _COLUMNS)] += int(row["count"])
    except OSError as error:
        raise BadSettings(f"{path}: cannot be read: {error.strerror}") from None
    except BadSettings:
        raise
    except (ValueError, KeyError, TypeError):
        raise BadSettings(f"{path}: is no baseline; write one with --write-baseline {path}") from None
    return rows
