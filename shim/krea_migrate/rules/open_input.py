"""KREA302: input of the program's own users that goes to Krea as it is: their deprecated names must be mapped when it runs."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import profile
from krea_migrate.findings import Certainty, Finding
from krea_migrate.rules import input_schemas
from krea_migrate.rules.survey import Survey
from krea_migrate.rules.wording import called, readable

CODE, TITLE = "KREA302", "Input that passes through"
_OF_BODIES = (
    "body",
    "payload",
    "json",
    "data",
    "param",
    "input",
    "args",
    "option",
    "request",
    "kwargs",
    "load",
    "field",
)
OUTSIDE = "{what} comes from outside: "


def find(survey: Survey) -> Iterator[Finding]:
    """Show the call that sends what the program was given, and the names that a schema lets in."""
    yield from input_schemas.find(survey, CODE)
    reported: set[tuple[str, int]] = set()
    api = profile.active()
    for request, unknown in survey.reach.open:
        node, module = request.node, request.scope.module
        if request.target.kind not in ("operation", "dynamic") or (module.file, node.start) in reported:
            continue
        if not unknown.hint or "translate" in unknown.hint or not _is_body(unknown.hint):
            continue
        reported.add((module.file, node.start))
        reason = (OUTSIDE + api.map_input.get(module.dialect.name, api.map_input[""])).format(
            what=readable(unknown.hint)
        )
        end = called(node)[1]
        yield Finding(CODE, module.file, node.start, end, readable(unknown.hint), None, Certainty.UNSURE, reason)


def _is_body(hint: str) -> bool:
    low = hint.lower().rsplit(".", 1)[-1]
    return any(word in low for word in _OF_BODIES) and not any(
        word in low for word in ("header", "key", "token", "url", "path")
    )
