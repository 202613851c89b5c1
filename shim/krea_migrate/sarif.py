"""Findings as SARIF 2.1.0, which editors and code scanning services read."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from krea_client.codemod_profile import version
from krea_migrate import explanations
from krea_migrate.baseline import fingerprint
from krea_migrate.findings import Certainty, Edit, Finding
from krea_migrate.report import Report
from krea_migrate.source import Source

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Mapping[Certainty, str] = {Certainty.CERTAIN: "error", Certainty.LIKELY: "warning", Certainty.UNSURE: "note"}
_SNIPPET = 160  # characters of a line


def document(report: Report) -> str:
    """Return a log of one run: the findings with their fixes, and what could not be read."""
    rules = sorted({finding.rule for finding in report.findings})
    run: dict[str, object] = {
        "tool": {
            "driver": {
                "name": "krea-client",
                "version": version,
                "rules": [_rule(code) for code in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that the command was run in."}}},
        "results": [_result(finding, report.sources[finding.file], rules) for finding in report.findings],
        "invocations": [
            {
                "executionSuccessful": not report.problems,
                "toolExecutionNotifications": [
                    *(_notification("error", path, why) for path, why in sorted(report.problems.items())),
                    *(_notification("note", path, why) for path, why in sorted(report.notes.items())),
                ],
            }
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _rule(code: str) -> dict[str, object]:
    explained = explanations.of(code)
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in explained.title.split() if word.isalnum()),
        "shortDescription": {"text": explained.title},
        "fullDescription": {"text": explained.text},
        "help": {"text": explanations.page(code)},
    }


def _result(finding: Finding, source: Source, rules: list[str]) -> dict[str, object]:
    change = f"{finding.old} is now {finding.new}" if finding.new is not None else finding.old
    region = _region(source, finding.start, finding.end)
    region["snippet"] = {"text": source.excerpt(finding.start, _SNIPPET).text}
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": LEVELS[finding.certainty],
        "message": {"text": f"{change}: {finding.reason}"},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(finding.file), "region": region}}],
        "partialFingerprints": {"kreaMigrate/v1": fingerprint(finding, source)},
        "properties": {"certainty": str(finding.certainty)},
    }
    if finding.edits:
        replacements = [_replacement(edit, source) for edit in finding.edits]
        change_of_file = {"artifactLocation": _artifact(finding.file), "replacements": replacements}
        result["fixes"] = [{"description": {"text": change}, "artifactChanges": [change_of_file]}]
    return result


def _replacement(edit: Edit, source: Source) -> dict[str, object]:
    return {"deletedRegion": _region(source, edit.start, edit.end), "insertedContent": {"text": edit.new}}


def _region(source: Source, start: int, end: int) -> dict[str, object]:
    first, last = source.position(start), source.position(end)
    return {"startLine": first.line, "startColumn": first.column, "endLine": last.line, "endColumn": last.column}


def _artifact(path: str) -> dict[str, object]:
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(os.fsencode(path.replace(os.sep, "/"))), "uriBaseId": "%SRCROOT%"}


def _notification(level: str, path: str, why: str) -> dict[str, object]:
    location = {"physicalLocation": {"artifactLocation": _artifact(path)}}
    return {"level": level, "message": {"text": f"{path}: {why}"}, "locations": [location]}
