"""KREA105: keys that a variable or a loop names: for key, value in (("old", 1), ...): body[key] = value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from krea_migrate.findings import Certainty, Finding
from krea_migrate.rules import run_names
from krea_migrate.rules.decisions import Decision
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA105", "Keys in variables"
UNSEEN = "not every use of this constant was seen: the analysis stops at {limits}; look for the others yourself"
BOTH_WAYS = "the same constant also names what is read: give the loop pairs of both names, or map the input first"


def find(survey: Survey) -> Iterator[Finding]:
    """Rename a constant that does nothing but name the key; one that also reads the source is only shown."""
    places: dict[tuple[str, int], list[Decision]] = defaultdict(list)
    for decision in survey.decisions:
        if decision.place.kind == "variable":
            places[decision.place.file, decision.place.start].append(decision)
    for group in places.values():
        decision = _together(group)
        if decision.new is None:
            continue
        if decision.place.mixed:
            limits = " and at ".join(sorted(decision.place.limits))
            reason = UNSEEN.format(limits=limits) if limits else BOTH_WAYS
            yield survey.renamed(CODE, decision, Certainty.UNSURE, reason)
        else:
            yield survey.renamed(CODE, decision)
    yield from run_names.beside(survey, CODE)


def _together(decisions: list[Decision]) -> Decision:
    """Return one constant that several bodies are given: the new name must be right for all of them."""
    if len(decisions) == 1:
        return decisions[0]
    records = tuple(dict.fromkeys(record for member in decisions for record in member.place.records))
    mixed = any(member.place.mixed for member in decisions)
    limits = frozenset(limit for member in decisions for limit in member.place.limits)
    decision = Decision(decisions[0].place._replace(records=records, mixed=mixed, limits=limits))
    decision.clashes = next((member.clashes for member in decisions if member.clashes is not None), None)
    return decision
