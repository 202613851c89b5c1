"""KREA302: input of the program's own users that goes to Krea as it is: their deprecated names must be mapped when it runs."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import ir, names, profile
from krea_migrate.findings import Certainty, Finding
from krea_migrate.flow.project import tail
from krea_migrate.flow.requests import SentRequest
from krea_migrate.flow.values import Ext, Frame, Unknown
from krea_migrate.rules.survey import Survey
from krea_migrate.rules.wording import called, readable

CODE, TITLE = "KREA302", "Input that passes through"
LETS_IN = "what this schema lets in is sent to {api} as it is, where the name is now {new!r}: change both, and whoever sends it"
_PARSES = frozenset({"parse", "parseAsync", "safeParse", "safeParseAsync", "validate", "validateSync", "cast"})
OUTSIDE = "{what} comes from outside: "


def find(survey: Survey) -> Iterator[Finding]:
    """Show the call that sends what the program was given, and the names that a schema lets in."""
    reported: set[tuple[str, int]] = set()
    api = profile.active()
    for request, unknown in survey.reach.open:
        if request.target.kind in ("operation", "dynamic"):
            yield from _let_in(survey, request, unknown)
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


def _let_in(survey: Survey, request: SentRequest, unknown: Unknown) -> Iterator[Finding]:
    """Yield the names of z.object({...}).parse(given), where that is sent as it is."""
    parsed = unknown.origin[0] if unknown.origin else None
    if not isinstance(parsed, ir.Call) or tail(parsed.of) not in _PARSES or not isinstance(parsed.of, ir.Attr):
        return
    scope = survey.project.scope_of(parsed) or request.scope
    for alt in survey.reach.ask.value(parsed.of.of, Frame(scope)):
        maker = alt.value.made if isinstance(alt.value, Ext) else None
        while maker is not None and not any(isinstance(argument, ir.Dict) for argument in maker.args):
            maker = maker.of.of if isinstance(maker.of, ir.Attr) and isinstance(maker.of.of, ir.Call) else None
        frame = alt.value.frame if isinstance(alt.value, Ext) else None
        if maker is None or frame is None:
            continue
        for key in (
            entry.key for argument in maker.args if isinstance(argument, ir.Dict) for entry in argument.entries
        ):
            verdict = names.judge(key.value, request.target.operations) if isinstance(key, ir.Str) else None
            if isinstance(key, ir.Str) and verdict is not None and verdict.new is not None:
                why = profile.active().say(LETS_IN, new=verdict.new)
                yield Finding(
                    CODE, frame.function.module.file, key.start, key.end, key.value, verdict.new, Certainty.UNSURE, why
                )


def _is_body(hint: str) -> bool:
    low = hint.lower()
    words = (
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
    return any(word in low for word in words) and not any(
        word in low for word in ("header", "key", "token", "url", "path")
    )
