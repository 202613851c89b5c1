"""KREA105: keys that a variable or a loop names: for key, value in (("old", 1), ...): body[key] = value."""

from __future__ import annotations

from collections.abc import Iterator

from krea_client.migrate.findings import Finding
from krea_client.migrate.rules.survey import Survey

CODE, TITLE = "KREA105", "Keys in variables"
BOTH_WAYS = "the same constant also names what is read: give the loop pairs of both names, or map the input first"


def find(survey: Survey) -> Iterator[Finding]:
    """Renames a constant that does nothing but name the key; one that also reads the source is only shown."""
    seen: set[tuple[str, int]] = set()
    for one in survey.decisions:
        place = one.place
        if place.kind != "variable" or one.verdict is None or one.verdict.new is None:
            continue
        if (place.file, place.start) in seen:
            continue
        seen.add((place.file, place.start))
        if place.mixed:
            yield survey.renamed(CODE, one, "unsure", BOTH_WAYS)
        else:
            yield survey.renamed(CODE, one)
