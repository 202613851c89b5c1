"""KREA303: a body that looks like one for Krea, in a file that speaks of Krea, but that could not be followed to a call."""

from __future__ import annotations

import re
from collections.abc import Iterator

from krea_migrate import ir, names, profile
from krea_migrate.findings import Finding
from krea_migrate.flow.callees import OTHERS, may_send
from krea_migrate.flow.values import Fn, Kind, Obj
from krea_migrate.ir import tail
from krea_migrate.rules import copies, limits_hit, loose_names, run_names
from krea_migrate.rules.survey import Survey
from krea_migrate.rules.wording import speaks_of_api

CODE, TITLE = "KREA303", "Bodies that could not be followed"
REASON = "the file speaks of {api}, but this could not be followed to a call; if it goes there, the name is now {new!r}"
UNDECIDED = "it goes to {api}, but only the run decides to which model: "
# What stands beside a prompt where a job or an answer is noted.
_ANSWERED = frozenset({"status", "error", "createdAt", "created_at", "job_id", "jobId", "progress", "loading"})
# What holds the state of a page, and clients of other services.
_STATE = re.compile(
    r"use(State|Reducer|Ref|Form|Atom|Store)|create(Store|Slice|Context|Signal)?|defineStore|reactive|ref|atom|writable"
)


def find(survey: Survey) -> Iterator[Finding]:
    """Show keys beside a prompt that reach no address at all."""
    table = names.table()
    spans = _given_away(survey)
    near = _near(survey)
    yield from limits_hit.find(survey, CODE)
    yield from _undecided(survey)
    yield from loose_names.find(survey, CODE, near)
    yield from run_names.find(survey, CODE)
    yield from copies.find(survey, CODE)
    for decision in survey.decisions:
        place = decision.place
        if place.kind not in ("dict key", "keyword", "assignment") or "prompt" not in place.beside:
            continue
        if decision.verdict is not None or not all(_is_anywhere(record.target) for record in place.records):
            continue
        if place.beside & _ANSWERED:
            continue
        if any(file == place.file and start <= place.start < end for file, start, end in spans):
            continue
        new = table.only_new(place.name)
        if new is not None and place.file in near:
            yield Finding.by_hand(CODE, place.file, place, place.name, profile.active().say(REASON, new=new), new)


def _is_anywhere(target: names.Target) -> bool:
    """Return True where nothing is known of an address, or it may be one of the API."""
    return target.kind == "unknown" and (bool(target.operations) or not target.told.strip("…/ "))


def _undecided(survey: Survey) -> Iterator[Finding]:
    """Yield names whose new one is another for each model, where only the run decides to which it goes."""
    for decision in survey.decisions:
        place, loss = decision.place, decision.loss
        if loss is not None and decision.dynamic and place.name not in names.table().still_current:
            reason = profile.active().say(UNDECIDED) + loss
            yield Finding.by_hand(CODE, place.file, place, place.name, reason)


def _near(survey: Survey) -> set[str]:
    """Return the files that speak of Krea, and those that import one of them or are imported by it."""
    speaking = {module.file for module in survey.modules if speaks_of_api(module)}
    near = set(speaking)
    for module in survey.modules:
        values = (binding.value for bindings in module.top.defs.values() for binding in bindings)
        imports = [value for value in values if isinstance(value, ir.Import)]
        imported_modules = [survey.project.held(item, module) for item in (*imports, *module.stars)]
        files = {item.file for item in imported_modules if item is not None}
        if module.file in speaking:
            near |= files
        elif files & speaking:
            near.add(module.file)
    return near


def _given_away(survey: Survey) -> list[tuple[str, int, int]]:
    """Return what is no body: literals that a library is given which sends nothing, and keywords of the tree's own classes."""
    spans: list[tuple[str, int, int]] = []
    # there the state itself may be the body
    passing_files = {request.scope.module.file for request, _ in survey.reach.open}
    for module in survey.modules:
        spans += [*_schemas(module), *_vendor_rows(module)]
        for site in module.calls:
            call = site.call
            state = module.file not in passing_files and _STATE.fullmatch(tail(call.of))
            literals = [argument for argument in call.args if isinstance(argument, ir.Dict)]
            if state or OTHERS.search(survey.reach.ask.state.hint(call.of)):
                spans += [span for argument in call.args for span in _spans(survey, argument, site)]
            elif not may_send(tail(call.of)) and not _keeps(call) and not _names_address(call):
                spans += [(module.file, literal.start, literal.end) for literal in literals]
            if literals and not speaks_of_api(module):
                if any(
                    isinstance(value, Fn) for value in survey.values(call.of, site.scope)
                ):  # it was looked at inside
                    spans += [(module.file, argument.start, argument.end) for argument in call.args]
            elif literals:
                spans += _taken_apart(survey, site)
            old = [word for word in call.words if word.name in names.table().old]
            if old and any(isinstance(value, Kind) for value in survey.values(call.of, site.scope)):
                spans += [(module.file, word.at, word.at + 1) for word in old]
    return spans


def _keeps(call: ir.Call) -> bool:
    """Return whether what it is given may be sent later: jobs.push({...}), jobs.set(id, {...}), json.dumps({...})."""
    name = tail(call.of)
    return name in ("push", "unshift", "dumps") or (name == "set" and len(call.args) == 2)


def _names_address(call: ir.Call) -> bool:
    """Return whether a call is given an address of the API, whatever it is named: dispatch("https://.../generate/...", {...})."""
    texts = (argument.value for argument in call.args if isinstance(argument, ir.Str))
    api = profile.active()
    return any(text.startswith(api.prefix) or ("://" in text and f"{api.domain}/" in text) for text in texts)


def _taken_apart(survey: Survey, site: ir.CallSite) -> Iterator[tuple[str, int, int]]:
    """Yield literals for functions that only take their members: function({ prompt, ratio })."""
    module = site.scope.module
    for value in survey.values(site.call.of, site.scope):
        params = value.function.params if isinstance(value, Fn) else []
        for argument, param in zip(site.call.args, params, strict=False):
            if isinstance(argument, ir.Dict) and param.name.startswith("#"):
                yield module.file, argument.start, argument.end


def _vendor_rows(module: ir.Module) -> Iterator[tuple[str, int, int]]:
    """Yield rows that name another service: { vendor: "fal", input: {...} }."""
    for literal, _, _ in module.dicts:
        rows = [(entry.key, entry.value) for entry in literal.entries]
        texts = [value.value for key, value in rows if isinstance(key, ir.Str) and isinstance(value, ir.Str)]
        is_other = any(OTHERS.search(text) for text in texts if " " not in text)
        if is_other and not any(profile.active().names(text) for text in texts):
            yield module.file, literal.start, literal.end


def _spans(survey: Survey, argument: ir.Node, site: ir.CallSite) -> Iterator[tuple[str, int, int]]:
    """Yield where an argument stands, or the literal that it names."""
    yield site.scope.module.file, argument.start, argument.end
    for value in survey.values(argument, site.scope) if isinstance(argument, ir.Name) else ():
        if isinstance(value, Obj) and value.frame is not None:
            yield value.frame.function.module.file, value.site.start, value.site.end


def _schemas(module: ir.Module) -> Iterator[tuple[str, int, int]]:
    """Yield the properties of a JSON schema."""
    for literal, _, _ in module.dicts:
        for entry in literal.entries:
            if isinstance(entry.key, ir.Str) and entry.key.value == "properties" and isinstance(entry.value, ir.Dict):
                yield module.file, entry.value.start, entry.value.end
