"""KREA205: addresses of the API that belong to no operation, and deprecated names in bodies for these or for a removed model."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import names, profile
from krea_migrate.findings import Finding
from krea_migrate.rules.decisions import Decision
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA205", "Addresses without an operation"
ADDRESS = "no operation of {api}"
BODY = "it goes to no operation{gone}; where it moves to another one, the name is {news}"


def find(survey: Survey) -> Iterator[Finding]:
    """Show whole addresses in texts, and the names in bodies."""
    for module in survey.modules:
        for token in module.texts:
            path = names.is_no_operation(token.value)
            if path is not None:
                similar = names.nearest_path(path)
                reason = profile.active().say(ADDRESS) + (f"; did you mean {similar[0]}?" if similar else "")
                yield Finding.by_hand(CODE, module.file, token, path, reason)
    for decision in survey.decisions:
        if not decision.ours and decision.place.kind != "read":
            yield from _in_body(decision)


def _in_body(decision: Decision) -> Iterator[Finding]:
    place = decision.place
    targets = [record.target for record in place.records]
    target = next((target for target in targets if target.kind == "gone" or names.is_no_operation(target.told)), None)
    if target is None or any(target.kind == "other" for target in targets):
        return
    news = sorted(names.table().old.get(place.name, ()))
    if not news and place.name in names.table().fields:
        return  # a name that models have today
    suffix = " any more" if target.kind == "gone" else ""
    replacements = " or ".join(map(repr, news)) if news else "gone as well"
    reason = BODY.format(gone=suffix, news=replacements)
    yield Finding.by_hand(CODE, place.file, place, place.name, reason)
