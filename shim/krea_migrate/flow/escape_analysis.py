"""Dicts that bodies take members from, and that something else is given too: a page, a database, another service."""

from __future__ import annotations

import re
from collections.abc import Iterable

from krea_migrate import ir
from krea_migrate.flow.callees import is_no_client
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.known_functions import COPIES, SAME, STATES
from krea_migrate.flow.project import given_to, tail
from krea_migrate.flow.values import Fn, Frame, Kind, Obj

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
    """Literals that become the state of a page, whose names its markup may use: ref({...}), setForm({...}), by what takes them."""
    found: dict[ir.Node, str] = {}
    for placed in (one for module in modules if module.dialect.has_pages for one in module.calls):
        name = tail(placed.call.of)
        if name in STATES or _STATE.fullmatch(name):
            for given in placed.call.args:
                made = given.function.returns if isinstance(given, ir.Closure) else [given]
                found |= {one: name for one in made if isinstance(one, ir.Dict)}
    return found


_COPYING = (COPIES | SAME) - {"json"}  # response.json(body) answers with it


def given_away(
    ask: Evaluator, modules: Iterable[ir.Module], sends: frozenset[ir.Node], bodies: frozenset[ir.Node]
) -> dict[ir.Node, str]:
    """The dicts that something is given which sends nothing and could not be followed, with the name of the call.

    Args:
        ask: follows values.
        modules: all of the project.
        sends: the calls that are requests.
        bodies: the dicts that are asked about.
    """
    found: dict[ir.Node, str] = {}
    by_libraries = {inner for calls in ask.project.inner.values() for inner in calls}  # they may be none
    for placed in (one for module in modules for one in module.calls) if bodies else ():
        call = placed.call
        name = tail(call.of)
        if call in sends or call in by_libraries or name in _HARMLESS or name in _COPYING:
            continue
        nodes = [*given_to(call), *(word.value for word in call.words if word.name is None)]
        values = [alt.value for node in nodes for alt in ask.value(node, Frame(placed.scope))]
        sites = {value.site for value in values if isinstance(value, Obj)} & bodies
        if sites - found.keys() and not _only_tells(ask, call) and _unknown(ask, placed):
            found |= dict.fromkeys(sites - found.keys(), name or "a call")
    return found


def _only_tells(ask: Evaluator, call: ir.Call) -> bool:
    return isinstance(call.of, ir.Attr) and is_no_client(ask.state.hint(call.of.of))


def _unknown(ask: Evaluator, placed: ir.CallSite) -> bool:
    handed = [inner.of for inner in ask.project.inner.get(placed.call, ())]  # to a library, with a function
    values = (alt.value for one in (placed.call.of, *handed) for alt in ask.graph.callees(one, Frame(placed.scope)))
    return not any(isinstance(one, (Fn, Kind)) for one in values)
