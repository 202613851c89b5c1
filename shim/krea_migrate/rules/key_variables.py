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
    for one in survey.decisions:
        if one.place.kind == "variable":
            places[one.place.file, one.place.start].append(one)
    for found in places.values():
        one = _together(found)
        if one.verdict is not None and one.verdict.new is not None:
            if one.place.mixed and one.place.limits:
                yield survey.renamed(
                    CODE, one, Certainty.UNSURE, UNSEEN.format(limits=" and at ".join(sorted(one.place.limits)))
                )
            elif one.place.mixed:
                yield survey.renamed(CODE, one, Certainty.UNSURE, BOTH_WAYS)
            else:
                yield survey.renamed(CODE, one)
    yield from run_names.beside(survey, CODE)


def _together(found: list[Decision]) -> Decision:
    """One constant that several bodies are given: the new name must be right for all of them."""
    if len(found) == 1:
        return found[0]
    records = tuple(dict.fromkeys(record for one in found for record in one.place.records))
    mixed = any(one.place.mixed for one in found)
    limits = frozenset().union(*(one.place.limits for one in found))
    made = Decision(found[0].place._replace(records=records, mixed=mixed, limits=limits))
    made.clashes = next((one.clashes for one in found if one.clashes is not None), None)
    return made
