"""KREA201: names that no model behind this call takes any more, under the deprecated name or the new. Explained, never changed."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate.findings import Finding
from krea_migrate.rules.decisions import Decision
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA201", "Fields that are gone"
ELSE = "leave it out, or look for the model's own way"


def find(survey: Survey) -> Iterator[Finding]:
    """Say what became of the field, where the body surely goes to the model that lost it."""
    for decision in survey.decisions:
        yield from of_decision(decision)


def of_decision(decision: Decision) -> Iterator[Finding]:
    """Yield the same for one place."""
    place, verdict, loss = decision.place, decision.verdict, decision.loss
    if loss is not None and not decision.dynamic:
        retired = verdict.retired if verdict is not None else None
        advice = f"use {retired.use}" if retired is not None and retired.use else ELSE
        yield Finding.by_hand(CODE, place.file, place, place.name, f"{loss}; {advice}")
