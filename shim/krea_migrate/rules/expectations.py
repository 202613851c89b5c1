"""KREA304: tests that expect the deprecated names in what the program sends. Shown, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from krea_migrate import ir, names
from krea_migrate.findings import Certainty, Finding
from krea_migrate.flow.project import tail
from krea_migrate.flow.readers import scope_of
from krea_migrate.flow.values import Ext, Frame, Obj
from krea_migrate.limits import PRECISION
from krea_migrate.rules import fields
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA304", "Tests that expect the deprecated names"
REASON = "a test of the same program expects the deprecated name; once the program sends {new!r}, so must the test"
_TEST = re.compile(r"(^|/)(tests?/|__tests__/|test_[^/]*$|conftest\.py$)|_test\.py$|\.(test|spec)\.[cm]?[jt]sx?$")
_SENT = re.compile(r"sent|seen|captured|posted|recorded|requests?\b|calls?\b|call_args|kwargs|content", re.IGNORECASE)
_SENT_BY_SCRIPT = re.compile(r"JSON\.parse|\bcalls?\b|sent|bod(y|ies)|payload|request", re.IGNORECASE)
_EXPECTS = re.compile(r"assert_(called|awaited|any|has)|assert(Dict)?(Equal|ContainsSubset)|json_params_matcher|^call$")
_CALLED = re.compile(r"to(HaveBeen|Be)(Last|Nth)?Called(Times)?With|calledWith|calledOnceWith|objectContaining")
_EQUALS = re.compile(r"to(Equal|StrictEqual|MatchObject|HaveProperty)$|^(deep)?(Strict)?[eE]qual$|^eql$")
_MATCHED = frozenset({"json", "data", "match_json", "json__eq", "json__contains", "content", "body"})


def find(survey: Survey) -> Iterator[Finding]:
    """Show keys of what a test compares with, and members that it reads of what was sent."""
    modules = list(survey.project.modules.values())
    tests = [one for one in modules if any(_tests(scope) for scope in (one.top, *one.functions))]
    if tests:
        renamed = {
            one.place.name: one.verdict.new
            for one in survey.decisions
            if one.verdict is not None and one.verdict.new is not None and not _TEST.search(one.place.file)
        }
        renamed |= {one.old: one.new for one in fields.find(survey) if one.new is not None}
        for module in tests:
            for key in dict.fromkeys(
                (
                    *_compared(survey, module),
                    *_asserted(survey, module),
                    *_read(survey, module),
                    *_spied(survey, module),
                )
            ):
                new = renamed.get(key.value) if key.value in names.table().old else None
                if new is not None:
                    reason = REASON.format(new=new)
                    yield Finding(CODE, module.file, key.start, key.end, key.value, new, Certainty.UNSURE, reason)


def _tests(scope: ir.Function) -> bool:
    return _TEST.search(scope.module.file) is not None or (scope.name.startswith("test_"))


def _compared(survey: Survey, module: ir.Module) -> Iterator[ir.Str]:
    """Look at sent == {...}."""
    for left, right, scope in (one for one in module.compared if _tests(one[2])):
        for one, other in ((left, right), (right, left)):
            values = survey.reach.ask.value(other, Frame(scope))
            if not any(isinstance(alt.value, Ext) for alt in values):
                yield from _keys(survey, one, scope)


def _asserted(survey: Survey, module: ir.Module) -> Iterator[ir.Str]:
    """mock.assert_called_with(json={...}), json_params_matcher({...}), add_response(match_json={...})."""
    for placed in (one for one in module.calls if _tests(one.scope)):
        expects = _EXPECTS.search(tail(placed.call.of)) is not None
        given = [word.value for word in placed.call.words if word.name in _MATCHED and expects]
        given += [word.value for word in placed.call.words if word.name in ("match_json", "json__eq")]
        for one in [*given, *(placed.call.args if expects else ())]:
            yield from _keys(survey, one, placed.scope)


def _spied(survey: Survey, module: ir.Module) -> Iterator[ir.Str]:
    """expect(fetch).toHaveBeenCalledWith(url, {...}), expect(sent).toEqual({...}), nock(host).post(path, {...})."""
    for placed in module.calls:
        call, name = placed.call, tail(placed.call.of)
        told = module.source[call.of.start : call.of.end].decode("utf-8", "replace")
        expects = _CALLED.match(name) or (name == "post" and "nock(" in told)
        if expects or (_EQUALS.match(name) and _SENT_BY_SCRIPT.search(told)):
            for one in call.args:
                yield from _keys(survey, one, placed.scope)
                if isinstance(one, ir.Str):
                    yield one


def _keys(survey: Survey, node: ir.Node, scope: ir.Function) -> Iterator[ir.Str]:
    for alt in survey.reach.ask.value(node, Frame(scope)):
        if isinstance(alt.value, Obj) and isinstance(alt.value.site, ir.Dict):
            for entry in alt.value.site.entries:
                if isinstance(entry.key, ir.Str):
                    yield entry.key
                if isinstance(entry.value, (ir.Dict, ir.Call)):
                    yield from _keys(survey, entry.value, scope)


def _read(survey: Survey, module: ir.Module) -> Iterator[ir.Str]:
    """sent["old"], "old" not in sent, sent.get("old")."""
    if module.dialect.attributes_are_members:
        for one in module.reads:
            told = module.source[one.of.start : one.of.end].decode("utf-8", "replace")
            if isinstance(one, ir.Attr) and re.search(r"JSON\.parse\(.*(body|calls)", told, re.DOTALL):
                yield ir.Str(one.at, one.at + len(one.name), one.name)
        return
    rows = [(one.key, one.of) for one in module.reads if isinstance(one, ir.Item)]
    rows += [(test.key, test.of) for test in module.tests]
    rows += [
        (placed.call.args[0], placed.call.of.of)
        for placed in module.calls
        if isinstance(placed.call.of, ir.Attr) and placed.call.of.name == "get" and placed.call.args
    ]
    rows += [(placed.call.args[0], placed.call.args[1]) for placed in module.calls if _looks_in(placed.call)]
    for key, of in rows:
        if isinstance(key, ir.Str) and key.value in names.table().old and _was_sent(survey, of, module):
            yield key


def _looks_in(call: ir.Call) -> bool:
    return tail(call.of) in ("assertIn", "assertNotIn") and len(call.args) > 1


def _told(of: ir.Node, module: ir.Module) -> str:
    """How the source names an expression, and what the names in it were bound to."""
    nodes, texts, names_told = [of], list[str](), set[str]()
    while nodes and len(texts) < PRECISION.bindings:
        of = nodes.pop(0)
        texts.append(module.source[of.start : of.end].decode("utf-8", "replace"))
        while isinstance(of, (ir.Attr, ir.Item, ir.Call)):
            of = of.of
        if isinstance(of, ir.Name) and of.id not in names_told:
            names_told.add(of.id)
            nodes += [bound.value for bound in of.scope.defs.get(of.id, ()) if isinstance(bound.value, ir.Node)]
    return " ".join(texts)


def _was_sent(survey: Survey, of: ir.Node, module: ir.Module) -> bool:
    scope = scope_of(of, module)
    if not _tests(scope):
        return False
    values = [alt.value for alt in survey.reach.ask.value(of, Frame(scope))]
    if any(isinstance(one, Ext) for one in values):
        return False
    return _SENT.search(_told(of, module)) is not None
