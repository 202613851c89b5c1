"""KREA302: input of the program's own users that goes to Krea as it is: their old names must be mapped when it runs."""

from __future__ import annotations

from collections.abc import Iterator

from krea_client.migrate.findings import Finding
from krea_client.migrate.rules.survey import Survey

CODE, TITLE = "KREA302", "Input that passes through"
PYTHON = (
    "{what} comes from outside: map its old names with krea_client.aliases.translate(model, {what})[0], "
    "or run under krea_client.legacy"
)
SCRIPT = (
    "{what} comes from outside: map its old names before it is sent (`krea-client aliases --json` prints the tables)"
)


def find(survey: Survey) -> Iterator[Finding]:
    """Shows the call that sends what the program was given."""
    seen: set[tuple[str, int]] = set()
    for request, unknown in survey.reach.open:
        call, module = request.call, request.scope.module
        if request.target.kind not in ("operation", "dynamic") or (module.file, call.start) in seen:
            continue
        if not unknown.hint or "translate" in unknown.hint or not _is_body(unknown.hint):
            continue
        seen.add((module.file, call.start))
        reason = (PYTHON if module.language == "python" else SCRIPT).format(what=unknown.hint)
        end = call.of.end if call.of.end > call.start else call.end
        yield Finding(CODE, module.file, call.start, end, unknown.hint, None, "unsure", reason)


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
