"""The rules: which places each is about, how certain it is of them, and why. Those that only rename are rows of one table."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate.findings import Finding
from krea_migrate.rules import (
    expectations,
    fields,
    gone_models,
    key_variables,
    open_input,
    refused_values,
    renames,
    retired_fields,
    schema_lookups,
    types,
    unfollowed,
    unknown_addresses,
    unknown_fields,
)
from krea_migrate.rules.renames import Rule
from krea_migrate.rules.survey import Survey

_MODULES = (
    key_variables,
    fields,
    types,
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
RULES: tuple[Rule, ...] = (*renames.RULES, *map(Rule.of, _MODULES))


def findings(survey: Survey) -> Iterator[Finding]:
    """Yield what all rules say about the programs of a survey."""
    kept_findings: dict[tuple[str, int, str], Finding] = {}
    for rule in RULES:
        for finding in rule.find(survey):
            place = finding.file, finding.start, finding.old
            before = kept_findings.setdefault(place, finding)
            if rule.code != unfollowed.CODE and finding.certainty.doubt > before.certainty.doubt:
                kept_findings[place] = finding  # one place, one finding: what doubts it decides
    yield from kept_findings.values()
