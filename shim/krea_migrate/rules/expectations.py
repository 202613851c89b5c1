"""KREA304: tests that expect the deprecated names in what the program sends. Shown, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from krea_migrate import ir, names
from krea_migrate.findings import Finding
from krea_migrate.flow.readers import scope_of
from krea_migrate.flow.values import Ext, Obj
from krea_migrate.ir import tail
from krea_migrate.limits import PRECISION
from krea_migrate.rules import fields
from krea_migrate.rules.schema_lookups import looked_up
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA304", "Tests that expect the deprecated names"
REASON = "a test of the same program expects the deprecated name; once the program sends {new!r}, so must the test"
_TEST = re.compile(r"(^|/)(tests?/|__tests__/|test_[^/]*$|conftest\.py$)|_test\.py$|\.(test|spec)\.[cm]?[jt]sx?$")
_SENT = re.compile(r"sent|seen|captured|posted|recorded|requests?\b|calls?\b|call_args|kwargs|content", re.IGNORECASE)
_SENT_BY_SCRIPT = re.compile(r"JSON\.parse|\bcalls?\b|sent|bod(y|ies)|payload|request", re.IGNORECASE)
_EXPECTS = re.compile(r"assert_(called|awaited|any|has)|assert(Dict)?(Equal|ContainsSubset)|json_params_matcher|^call$")
_CALLED = re.compile(r"to(HaveBeen|Be)(Last|Nth)?Called(Times)?With|calledWith|calledOnceWith|objectContaining")
_EQUALS = re.compile(r"to(Equal|StrictEqual|MatchObject|HaveProperty)$|^(deep)?(Strict)?[eE]qual$|^eql$")
_PARSED = re.compile(r"JSON\.parse\(.*(body|calls)", re.DOTALL)
_MATCHED = frozenset({"json", "data", "match_json", "json__eq", "json__contains", "content", "body"})


def find(survey: Survey) -> Iterator[Finding]:
    """Show keys of what a test compares with, and members that it reads of what was sent."""
    tests = [module for module in survey.modules if any(_tests(scope) for scope in (module.top, *module.functions))]
    if not tests:
        return
    renamed = {
        decision.place.name: decision.new
        for decision in survey.decisions
        if decision.new is not None and not _TEST.search(decision.place.file)
    }
    renamed |= {finding.old: finding.new for finding in fields.find(survey) if finding.new is not None}
    for module in tests:
        looks = (_compared, _asserted, _read, _spied)
        for key in dict.fromkeys(key for look in looks for key in look(survey, module)):
            new = renamed.get(key.value) if key.value in names.table().old else None
            if new is not None:
                yield Finding.by_hand(CODE, module.file, key, key.value, REASON.format(new=new), new)


def _tests(scope: ir.Function) -> bool:
    return _TEST.search(scope.module.file) is not None or (scope.name.startswith("test_"))


def _compared(survey: Survey, module: ir.Module) -> Iterator[ir.Str]:
    """Look at sent == {...}."""
    for first, right, scope in (comparison for comparison in module.compared if _tests(comparison[2])):
        for operand, opposite in ((first, right), (right, first)):
            if not any(isinstance(value, Ext) for value in survey.values(opposite, scope)):
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
        source_text = module.text_of(call.of)
        expects = _CALLED.match(name) or (name == "post" and "nock(" in source_text)
        if expects or (_EQUALS.match(name) and _SENT_BY_SCRIPT.search(source_text)):
            for argument in call.args:
                yield from _keys(survey, argument, site.scope)
                if isinstance(argument, ir.Str):
                    yield argument


def _keys(survey: Survey, node: ir.Node, scope: ir.Function) -> Iterator[ir.Str]:
    for value in survey.values(node, scope):
        if isinstance(value, Obj) and isinstance(value.site, ir.Dict):
            for entry in value.site.entries:
                if isinstance(entry.key, ir.Str):
                    yield entry.key
                if isinstance(entry.value, (ir.Dict, ir.Call)):
                    yield from _keys(survey, entry.value, scope)


def _read(survey: Survey, module: ir.Module) -> Iterator[ir.Str]:
    """Yield sent["old"], "old" not in sent, sent.get("old")."""
    if module.dialect.attributes_are_members:
        for read in module.reads:
            if isinstance(read, ir.Attr) and _PARSED.search(module.text_of(read.of)):
                yield ir.Str(read.at, read.at + len(read.name), read.name)
        return
    rows = list(looked_up(module, frozenset({"get"})))
    asserts = [site.call.args for site in module.calls if tail(site.call.of) in ("assertIn", "assertNotIn")]
    rows += [(args[0], args[1]) for args in asserts if len(args) > 1]
    for key, of in rows:
        if isinstance(key, ir.Str) and key.value in names.table().old and _was_sent(survey, of, module):
            yield key


def _told(of: ir.Node, module: ir.Module) -> str:
    """Return how the source names an expression, and what the names in it were bound to."""
    nodes, texts, names_told = [of], list[str](), set[str]()
    while nodes and len(texts) < PRECISION.bindings:
        of = nodes.pop(0)
        texts.append(module.text_of(of))
        while isinstance(of, (ir.Attr, ir.Item, ir.Call)):
            of = of.of
        if isinstance(of, ir.Name) and of.id not in names_told:
            names_told.add(of.id)
            nodes += of.scope.bound(of.id)
    return " ".join(texts)


def _was_sent(survey: Survey, of: ir.Node, module: ir.Module) -> bool:
    scope = scope_of(of, module)
    if not _tests(scope):
        return False
    if any(isinstance(value, Ext) for value in survey.values(of, scope)):
        return False
    return _SENT.search(_told(of, module)) is not None
