"""KREA205: addresses of the API that are none of its operations, and deprecated names in what is sent there or to a gone model."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import names
from krea_migrate.findings import Certainty, Finding
from krea_migrate.rules.decisions import Decision
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA205", "Addresses that are no operation"
ADDRESS = "no operation of Krea"
BODY = "it goes to no operation{gone}; where it moves to another one, the name is {news}"


def find(survey: Survey) -> Iterator[Finding]:
    """Show whole addresses in texts, and the names in bodies."""
    for module in list(survey.project.modules.values()):
        for token in module.texts:
            path = names.is_no_operation(token.value)
            if path is not None:
                similar = names.nearest_path(path)
                reason = ADDRESS + (f"; did you mean {similar[0]}?" if similar else "")
                yield Finding(CODE, module.file, token.start, token.end, path, None, Certainty.UNSURE, reason)
    for one in survey.decisions:
        if not one.ours and one.place.kind != "read":
            yield from _in_body(one)


def _in_body(one: Decision) -> Iterator[Finding]:
    place = one.place
    targets = [record.target for record in place.records]
    target = next((one for one in targets if one.kind == "gone" or names.is_no_operation(one.told)), None)
    if target is None or any(one.kind == "other" for one in targets):
        return
    news = sorted(names.table().old.get(place.name, ()))
    gone = " any more" if target.kind == "gone" else ""
    told = " or ".join(map(repr, news)) if news else "gone as well"
    reason = BODY.format(gone=gone, news=told)
    yield Finding(CODE, place.file, place.start, place.end, place.name, None, Certainty.UNSURE, reason)
