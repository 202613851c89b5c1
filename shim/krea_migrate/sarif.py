"""Findings in SARIF 2.1.0, which code scanning of GitHub and others, and editors, read."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from krea_migrate import documentation, rules, unread
from krea_migrate.findings import Certainty, Finding
from krea_migrate.report import Report
from krea_migrate.rules import payload_files

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Certainty.CERTAIN: "error", Certainty.LIKELY: "warning", Certainty.UNSURE: "note"}


def document(report: Report, version: str) -> dict[str, Any]:
    """Return a SARIF log of one run; `version` is the version of the program."""
    titles = rule_titles()
    problems = [
        {"level": "error", "message": {"text": f"{path}: {problem}"}, "locations": [_location(path)]}
        for path, problem in sorted(report.problems.items())
    ]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "krea-client check",
                        "version": version,
                        "rules": [
                            {"id": code, "shortDescription": {"text": title}} for code, title in sorted(titles.items())
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": not problems, "toolExecutionNotifications": problems}],
                "results": [_result(finding, report) for finding in report.findings],
            }
        ],
    }


def rule_titles() -> dict[str, str]:
    """Return the title of each code that a finding can have."""
    modules = (*rules.RULES, payload_files, documentation, unread)
    return {module.CODE: module.TITLE for module in modules}


def _result(finding: Finding, report: Report) -> dict[str, Any]:
    source = report.sources[finding.file]
    start, end = source.where(finding.start), source.where(finding.end)
    change = f"{finding.old} is now {finding.new}" if finding.new is not None else finding.old
    region = {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
    return {
        "ruleId": finding.rule,
        "level": LEVELS[finding.certainty],
        "message": {"text": f"{change}: {finding.reason}"},
        "locations": [_location(finding.file, region)],
        # The text of the line instead of its number: a finding that only moves is the same finding.
        "partialFingerprints": {"lineText/v1": _fingerprint(finding, start.text)},
        "properties": {"certainty": str(finding.certainty)},
    }


def _location(file: str, region: dict[str, int] | None = None) -> dict[str, Any]:
    path = PurePath(file)
    uri = Path(file).as_uri() if path.is_absolute() else quote(path.as_posix())
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if region:
        physical["region"] = region
    return {"physicalLocation": physical}


def _fingerprint(finding: Finding, line: str) -> str:
    identity = f"{finding.rule}\0{finding.file}\0{finding.old}\0{line.strip()}"
    return hashlib.sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()[:32]
