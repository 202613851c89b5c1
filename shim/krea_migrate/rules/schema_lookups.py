"""KREA301: code that looks old names up in a schema, which lists only the new ones. Shown, never changed."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import ir, names
from krea_migrate.findings import Certainty, Finding
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA301", "Old names looked up in a schema"
REASON = "the schema lists only the new names, so this never finds {old!r}; look for {new!r}"


def find(survey: Survey) -> Iterator[Finding]:
    """Finds schema["properties"]["old"], schema["properties"].get("old") and "old" in schema["properties"]."""
    old = names.table().old
    for module in list(survey.project.modules.values()):
        for key, of in _looked_up(module):
            if key.value in old and len(old[key.value]) == 1 and key.value != "image_url" and _of_schema(of, survey):
                reason = REASON.format(old=key.value, new=next(iter(old[key.value])))
                yield Finding(CODE, module.file, key.start, key.end, key.value, None, Certainty.UNSURE, reason)


def _looked_up(module: ir.Module) -> Iterator[tuple[ir.Str, ir.Node]]:
    for test in module.tests:
        if isinstance(test.key, ir.Str):
            yield test.key, test.of
    for read in module.reads:
        if isinstance(read, ir.Item) and isinstance(read.key, ir.Str):
            yield read.key, read.of
    for placed in module.calls:
        call = placed.call
        first = call.args[0] if call.args else None
        if (
            isinstance(call.of, ir.Attr)
            and call.of.name in ("get", "has", "hasOwnProperty")
            and isinstance(first, ir.Str)
        ):
            yield first, call.of.of


def _of_schema(of: ir.Node, survey: Survey, depth: int = 4) -> bool:
    if isinstance(of, ir.Item):
        return isinstance(of.key, ir.Str) and of.key.value in ("properties", "required", "requestBody")
    if isinstance(of, ir.Attr):
        return of.name in ("properties", "required")
    if isinstance(of, ir.Call) and isinstance(of.of, ir.Attr) and of.of.name == "get" and of.args:
        return isinstance(of.args[0], ir.Str) and of.args[0].value in ("properties", "required")
    if isinstance(of, ir.Call) and of.args:
        return _of_schema(of.args[0], survey, depth - 1) if depth else False
    if isinstance(of, ir.Name) and depth:
        bound = [one.value for one in of.scope.defs.get(of.id, ())]
        return any(isinstance(one, ir.Node) and _of_schema(one, survey, depth - 1) for one in bound)
    return False
