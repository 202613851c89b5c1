"""The rules: one file each. A rule says which places it is about, how certain it is of them, and why."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from krea_migrate.findings import Finding
from krea_migrate.rules import (
    assignments,
    dict_keys,
    expectations,
    fields,
    gone_models,
    json_strings,
    key_variables,
    keywords,
    open_input,
    reads,
    refused_values,
    retired_fields,
    schema_lookups,
    types,
    unfollowed,
    unknown_addresses,
    unknown_fields,
)
from krea_migrate.rules.survey import Survey

RULES: tuple[ModuleType, ...] = (
    dict_keys,
    assignments,
    keywords,
    reads,
    key_variables,
    fields,
    types,
    json_strings,
    retired_fields,
    gone_models,
    unknown_fields,
    refused_values,
    unknown_addresses,
    schema_lookups,
    open_input,
    expectations,
    unfollowed,
)


def findings(survey: Survey) -> Iterator[Finding]:
    """Yield what all rules say about the programs of a survey."""
    kept_findings: dict[tuple[str, int, str], Finding] = {}
    for rule in RULES:
        for finding in rule.find(survey):
            before = kept_findings.get((finding.file, finding.start, finding.old))
            if before is None:
                kept_findings[finding.file, finding.start, finding.old] = finding
            elif rule is not unfollowed and _doubt(finding) > _doubt(before):
                kept_findings[finding.file, finding.start, finding.old] = (
                    finding  # one place, one finding: what doubts it decides
                )
    yield from kept_findings.values()


def _doubt(finding: Finding) -> int:
    return finding.certainty.doubt
