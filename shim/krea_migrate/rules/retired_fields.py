"""KREA201: names that no model behind this call takes any more, under the deprecated name or the new. Explained, never changed."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate.findings import Certainty, Finding
from krea_migrate.rules.decisions import Decision
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA201", "Fields that are gone"


def find(survey: Survey) -> Iterator[Finding]:
    """Say what became of the field, where the body surely goes to the model that lost it."""
    for decision in survey.decisions:
        yield from of_decision(decision)


def of_decision(decision: Decision) -> Iterator[Finding]:
    """Yield the same for one place."""
    verdict, place = decision.verdict, decision.place
    if verdict is None or verdict.lost is None or verdict.new is not None or decision.dynamic or decision.others:
        return
    if place.kind in ("dict key", "assignment", "keyword", "json text", "variable"):
        retired = verdict.retired
        has_use = retired is not None and retired.use
        advice = (
            f"use {retired.use}" if retired is not None and has_use else "leave it out, or look for the model's own way"
        )
        reason = f"{verdict.lost}; {advice}"
        yield Finding(CODE, place.file, place.start, place.end, place.name, None, Certainty.UNSURE, reason)
