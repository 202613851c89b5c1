"""The rules: one file each. A rule says which places it is about, how certain it is of them, and why."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from krea_client.migrate.findings import Finding
from krea_client.migrate.rules import (
    assignments,
    dict_keys,
    fields,
    gone_models,
    json_strings,
    key_variables,
    keywords,
    open_input,
    reads,
    retired_fields,
    schema_lookups,
    types,
    unfollowed,
)
from krea_client.migrate.rules.survey import Survey

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
    schema_lookups,
    open_input,
    unfollowed,
)


def findings(survey: Survey) -> Iterator[Finding]:
    """What all rules say about the programs of a survey."""
    seen: set[tuple[str, int]] = set()
    for rule in RULES:
        for one in rule.find(survey):
            if rule is not unfollowed or (one.file, one.start) not in seen:
                yield one
            seen.add((one.file, one.start))
