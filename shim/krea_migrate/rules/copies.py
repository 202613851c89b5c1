"""Copies of a body that set one of its deprecated names themselves: console.log({ ...body, old: "(cut)" })."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import ir, names
from krea_migrate.findings import Certainty, Finding
from krea_migrate.rules.survey import Survey

_REASON = "the copy takes in a body in which this name becomes {!r}: as it is, the copy gets both names"


def find(survey: Survey, code: str) -> Iterator[Finding]:
    """Show the names that no longer replace the one of the body, once that is renamed."""
    renamed = {
        (record.group, decision.place.name): decision.new
        for decision in survey.decisions
        if decision.place.kind != "read" and decision.new and decision.rating.certainty is not Certainty.UNSURE
        for record in decision.place.records
    }
    for module in survey.modules:
        for literal, scope, _ in module.dicts:
            keys = [entry.key for entry in literal.entries if isinstance(entry.key, ir.Str)]
            old = [key for key in keys if key.value in names.table().old]
            if not old or ("dict", literal) in survey.reach.records:
                continue
            copied = [entry.value for entry in literal.entries if entry.key is None]
            groups = {record.group for node in copied for record in survey.reach.of_expression(node, scope).records}
            for key in old:
                new = next((renamed[group, key.value] for group in groups if (group, key.value) in renamed), None)
                if new is not None:
                    yield Finding.by_hand(code, module.file, key, key.value, _REASON.format(new), new)
