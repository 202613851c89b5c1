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
    tests = [module for module in modules if any(_tests(scope) for scope in (module.top, *module.functions))]
    if tests:
        renamed = {
            decision.place.name: decision.verdict.new
            for decision in survey.decisions
            if decision.verdict is not None
            and decision.verdict.new is not None
            and not _TEST.search(decision.place.file)
        }
        renamed |= {finding.old: finding.new for finding in fields.find(survey) if finding.new is not None}
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
    for first, right, scope in (comparison for comparison in module.compared if _tests(comparison[2])):
        for operand, opposite in ((first, right), (right, first)):
            values = survey.reach.ask.value(opposite, Frame(scope))
            if not any(isinstance(alt.value, Ext) for alt in values):
                yield from _keys(survey, operand, scope)


def _asserted(survey: Survey, module: ir.Module) -> Iterator[ir.Str]:
    """Yield the keys of mock.assert_called_with(json={...}), json_params_matcher({...}), add_response(match_json={...})."""
    for site in (site for site in module.calls if _tests(site.scope)):
        expects = _EXPECTS.search(tail(site.call.of)) is not None
        expected_values = [word.value for word in site.call.words if word.name in _MATCHED and expects]
        expected_values += [word.value for word in site.call.words if word.name in ("match_json", "json__eq")]
        for expected_value in [*expected_values, *(site.call.args if expects else ())]:
            yield from _keys(survey, expected_value, site.scope)


def _spied(survey: Survey, module: ir.Module) -> Iterator[ir.Str]:
    """Yield expect(fetch).toHaveBeenCalledWith(url, {...}), expect(sent).toEqual({...}), nock(host).post(path, {...})."""
    for site in module.calls:
        call, name = site.call, tail(site.call.of)
        source_text = module.source[call.of.start : call.of.end].decode("utf-8", "replace")
        expects = _CALLED.match(name) or (name == "post" and "nock(" in source_text)
        if expects or (_EQUALS.match(name) and _SENT_BY_SCRIPT.search(source_text)):
            for argument in call.args:
                yield from _keys(survey, argument, site.scope)
                if isinstance(argument, ir.Str):
                    yield argument


def _keys(survey: Survey, node: ir.Node, scope: ir.Function) -> Iterator[ir.Str]:
    for alt in survey.reach.ask.value(node, Frame(scope)):
        if isinstance(alt.value, Obj) and isinstance(alt.value.site, ir.Dict):
            for entry in alt.value.site.entries:
                if isinstance(entry.key, ir.Str):
                    yield entry.key
                if isinstance(entry.value, (ir.Dict, ir.Call)):
                    yield from _keys(survey, entry.value, scope)


def _read(survey: Survey, module: ir.Module) -> Iterator[ir.Str]:
    """Yield sent["old"], "old" not in sent, sent.get("old")."""
    if module.dialect.attributes_are_members:
        for read in module.reads:
            source_text = module.source[read.of.start : read.of.end].decode("utf-8", "replace")
            if isinstance(read, ir.Attr) and re.search(r"JSON\.parse\(.*(body|calls)", source_text, re.DOTALL):
                yield ir.Str(read.at, read.at + len(read.name), read.name)
        return
    rows = [(read.key, read.of) for read in module.reads if isinstance(read, ir.Item)]
    rows += [(test.key, test.of) for test in module.tests]
    rows += [
        (site.call.args[0], site.call.of.of)
        for site in module.calls
        if isinstance(site.call.of, ir.Attr) and site.call.of.name == "get" and site.call.args
    ]
    rows += [(site.call.args[0], site.call.args[1]) for site in module.calls if _looks_in(site.call)]
    for key, of in rows:
        if isinstance(key, ir.Str) and key.value in names.table().old and _was_sent(survey, of, module):
            yield key


def _looks_in(call: ir.Call) -> bool:
    return tail(call.of) in ("assertIn", "assertNotIn") and len(call.args) > 1


def _told(of: ir.Node, module: ir.Module) -> str:
    """Return how the source names an expression, and what the names in it were bound to."""
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
    if any(isinstance(value, Ext) for value in values):
        return False
    return _SENT.search(_told(of, module)) is not None
