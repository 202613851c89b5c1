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
        verdict, place = decision.verdict, decision.place
        if verdict is None or verdict.lost is None or verdict.new is not None or decision.dynamic or decision.others:
            continue
        if place.kind in ("dict key", "assignment", "keyword", "json text", "variable"):
            yield Finding(CODE, place.file, place.start, place.end, place.name, None, Certainty.UNSURE, _told(decision))


def _told(decision: Decision) -> str:
    verdict = decision.verdict
    retired = verdict.retired if verdict is not None else None
    use = (
        f"use {retired.use}" if retired is not None and retired.use else "leave it out, or look for the model's own way"
    )
    explanation = verdict.lost if verdict is not None else ""
    return f"{explanation}; {use}"
