"""KREA303 for calls of which the analysis did not see everything, because a limit was hit. Shown, never changed."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate.findings import Certainty, Finding
from krea_migrate.rules.survey import Survey
from krea_migrate.rules.wording import called

REASON = "not everything that this call sends was seen: the analysis stops at {limits}; look for deprecated names in it yourself"


def find(survey: Survey, code: str) -> Iterator[Finding]:
    """Show the calls that may send something to this API, where the files around them use a deprecated name."""
    files = {decision.place.file for decision in survey.decisions}
    for cut in dict.fromkeys(survey.coverage.cuts):
        foreign = bool(cut.targets) and all(target.kind == "other" for target in cut.targets)
        if foreign or not any(cut in survey.coverage.of(file) for file in files):
            continue
        name, end = called(cut.node)
        reason = REASON.format(limits=" and at ".join(sorted(cut.limits)))
        yield Finding(code, cut.file, cut.node.start, end, name or "the program", None, Certainty.UNSURE, reason)
