"""Dicts that bodies take members from, and that something else is given too: a page, a database, another service."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from krea_migrate import ir
from krea_migrate.flow.callees import is_no_client
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.forward_flow import EscapeCandidates, FlowGraph
from krea_migrate.flow.known_functions import COPIES, SAME, STATES
from krea_migrate.flow.project import given_to
from krea_migrate.flow.values import Fn, Frame, Kind, Obj
from krea_migrate.ir import tail

_STATE = re.compile(r"set[A-Z]\w*|use(State|Immer|Reducer|LocalStorage|SessionStorage|RecoilState|Atom)")
# These only look at a dict, or make another one of it that is followed for itself.
_HARMLESS = frozenset(
    {
        "print",
        "len",
        "dict",
        "update",
        "assign",
        "copy",
        "deepcopy",
        "dumps",
        "stringify",
        "items",
        "keys",
        "values",
        "entries",
    }
    | {
        "sorted",
        "repr",
        "str",
        "bool",
        "isinstance",
        "freeze",
        "pprint",
        "append",
        "push",
        "structuredClone",
        "fromEntries",
        "byteLength",
        "set",
        "list",
    }
)


def on_pages(modules: Iterable[ir.Module]) -> dict[ir.Node, str]:
    """Return literals that become the state of a page, whose names its markup may use: ref({...}), setForm({...}), by what takes them."""
    states: dict[ir.Node, str] = {}
    for site in (literal for module in modules if module.dialect.has_pages for literal in module.calls):
        name = tail(site.call.of)
        if name in STATES or _STATE.fullmatch(name):
            for argument in site.call.args:
                literals = argument.function.returns if isinstance(argument, ir.Closure) else [argument]
                states |= {literal: name for literal in literals if isinstance(literal, ir.Dict)}
    return states


_COPYING = (COPIES | SAME) - {"json"}  # response.json(body) answers with it


def given_away(
    ask: Evaluator, graph: Callable[[], FlowGraph], sends: frozenset[ir.Node], bodies: frozenset[ir.Node]
) -> dict[ir.Node, str]:
    """Return the dicts that something is given which sends nothing and could not be followed, with the name of the call.

    Args:
        ask: follows values.
        graph: gives how values pass through the project.
        sends: the calls that are requests.
        bodies: the dicts that are asked about.
    """
    if not bodies:
        return {}
    names_of_calls: dict[ir.Node, str] = {}
    unseen = set(bodies)
    candidates = EscapeCandidates(ask, graph, bodies)
    by_libraries = {inner for calls in ask.project.inner.values() for inner in calls}  # they may be none
    for site in (site for module in list(ask.project.modules.values()) for site in module.calls):
        call = site.call
        name = tail(call.of)
        if call in sends or call in by_libraries or name in _HARMLESS or name in _COPYING:
            continue
        nodes = [*given_to(call), *(word.value for word in call.words if word.name is None)]
        nodes = [node for node in nodes if candidates.may_hold(node)]
        # What is called is known for most calls, and asked in fewer steps than what they are given.
        if not (unseen and nodes) or _only_tells(ask, call) or not _unknown(ask, site):
            continue
        values = [alt.value for node in nodes for alt in ask.value(node, Frame(site.scope))]
        sites = {value.site for value in values if isinstance(value, Obj)} & unseen
        names_of_calls |= dict.fromkeys(sites, name or "a call")
        unseen -= sites
    return names_of_calls


def _only_tells(ask: Evaluator, call: ir.Call) -> bool:
    return isinstance(call.of, ir.Attr) and is_no_client(ask.state.hint(call.of.of))


def _unknown(ask: Evaluator, site: ir.CallSite) -> bool:
    functions = [inner.of for inner in ask.project.inner.get(site.call, ())]  # to a library, with a function
    values = (
        alt.value for callee in (site.call.of, *functions) for alt in ask.graph.callees(callee, Frame(site.scope))
    )
    return not any(isinstance(callee, (Fn, Kind)) for callee in values)
