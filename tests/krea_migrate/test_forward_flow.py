"""Going forward from a dict finds every call that going back from the call finds, and hardly any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from krea_migrate import deep_stack, ir, names
from krea_migrate.flow.forward_flow import FlowGraph, ForwardFlow
from krea_migrate.flow.project import given_to
from krea_migrate.flow.values import Frame, Many, Obj
from krea_migrate.reading import Reading
from krea_migrate.report import Report
from krea_migrate.rules.survey import Survey
from krea_migrate.source import Source
from tests.krea_migrate.test_labelled import CASES, files_of, unmarked


def survey_of(files: dict[str, bytes]) -> Survey:
    report = Report()
    report.sources.update({name: Source(name, data) for name, data in files.items()})
    reading = Reading(report, frozenset(files))
    list(reading.findings())
    return Survey(reading.project)


def missed_arguments(files: dict[str, bytes]) -> list[str]:
    """Return the arguments that may be a dict of the program, seen from the call, but not seen from the dict."""
    ask = survey_of(files).reach.ask
    modules = list(ask.project.modules.values())
    dicts = {literal for module in modules for literal, _, _ in module.dicts}
    backward: list[tuple[ir.Node, str, set[ir.Node]]] = []
    for site in (site for module in modules for site in module.calls):
        words = [word.value for word in site.call.words if word.name is None]
        for node in (*given_to(site.call), *words):
            values = [alt.value for alt in ask.value(node, Frame(site.scope))]
            sites = {value.site for value in values if isinstance(value, Obj)} & dicts
            backward.append((node, f"{site.scope.module.file}:{site.call.start}", sites))
    graph = FlowGraph(ask, frozenset())
    missed: list[str] = []
    for seen in {frozenset(sites) for _, _, sites in backward if sites}:
        flow = ForwardFlow(graph, seen)
        missed += [place for node, place, sites in backward if sites & seen and not flow.may_hold(node)]
    return missed


def missed_lists(files: dict[str, bytes]) -> list[str]:
    """Return the expressions that may be a list with a deprecated name, seen from the expression, but not from the name."""
    ask = survey_of(files).reach.ask
    modules = list(ask.project.modules.values())
    tokens = [token for module in modules for token in module.texts if token.value in names.table().old]
    flow = ForwardFlow(FlowGraph(ask, frozenset(names.table().old)), tokens)
    missed: list[str] = []
    for site in (site for module in modules for site in module.calls):
        own = [site.call.of.of] if isinstance(site.call.of, ir.Attr) else []
        for node in (*own, *site.call.args):
            lists = [alt.value.site for alt in ask.value(node, Frame(site.scope)) if isinstance(alt.value, Many)]
            if {item for listed in lists for item in listed.items} & {*tokens} and not flow.may_contain(node):
                missed.append(f"{site.scope.module.file}:{site.call.start}")
    return missed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_nothing_is_missed(case: Path) -> None:
    files = {name: unmarked(text)[0] for name, text in files_of(case).items()}
    assert deep_stack.run(lambda: missed_arguments(files) + missed_lists(files)) == []
