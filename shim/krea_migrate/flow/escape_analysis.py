"""Dicts that bodies take members from, and that something else is given too: a page, a database, another service."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from krea_migrate import ir
from krea_migrate.flow.callees import is_no_client
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.library_functions import STATES
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
        "set",
        "list",
    }
)


def on_pages(modules: Iterable[ir.Module]) -> dict[int, str]:
    """Literals that become the state of a page, whose names its markup may use: ref({...}), setForm({...}), by what takes them."""
    found: dict[int, str] = {}
    for placed in (one for module in modules if module.language == "script" for one in module.calls):
        name = tail(placed.call.of)
        if name in STATES or _STATE.fullmatch(name):
            for given in placed.call.args:
                made = given.function.returns if isinstance(given, ir.Closure) else [given]
                found |= {id(one): name for one in made if isinstance(one, ir.Dict)}
    return found


Bindings = dict[int, list[tuple[str, ir.Function]]]


def bindings(modules: Iterable[ir.Module]) -> Bindings:
    """The names that literals are bound to, with their functions, by the identity of the literal."""
    found: Bindings = defaultdict(list)
    for module in modules:
        for scope in (module.top, *module.functions):
            for name, defs in scope.defs.items():
                for one in defs:
                    if isinstance(one.value, ir.Dict):
                        found[id(one.value)].append((name, scope))
    return found


def goes_elsewhere(ask: Evaluator, found: ir.Dict, bound_to: Bindings, sends: frozenset[int]) -> str | None:
    """The call that is given the dict itself, sends nothing and could not be followed; None when there is none."""
    bound = dict(bound_to.get(id(found), ()))
    names = set(bound)
    for placed in (one for name in sorted(names) for one in ask.project.given.get(name, ()) if _sees(one, bound[name])):
        call = placed.call
        if id(call) in sends or tail(call.of) in _HARMLESS:
            continue
        if isinstance(call.of, ir.Attr) and is_no_client(ask.hint(call.of.of)):
            continue
        if any(_is(ask, one, found, names, placed.scope) for one in given_to(call)) and _unknown(ask, placed):
            return tail(call.of) or "a call"
    return None


def _sees(placed: ir.CallSite, scope: ir.Function) -> bool:
    """A call stands where a name of a function can be read; one of a module can be read in others."""
    if scope.outer is None:
        return True
    inside: ir.Function | None = placed.scope if placed.scope.module is scope.module else None
    while inside is not None and inside is not scope:
        inside = inside.outer
    return inside is not None


def _is(ask: Evaluator, node: ir.Node, found: ir.Dict, names: set[str], scope: ir.Function) -> bool:
    named = node.id if isinstance(node, ir.Name) else node.name if isinstance(node, ir.Attr) else ""
    if named not in names:
        return False
    return any(isinstance(alt.value, Obj) and alt.value.site is found for alt in ask.value(node, Frame(scope)))


def _unknown(ask: Evaluator, placed: ir.CallSite) -> bool:
    handed = [inner.of for inner in ask.project.inner.get(id(placed.call), ())]  # to a library, with a function
    values = (alt.value for one in (placed.call.of, *handed) for alt in ask.value(one, Frame(placed.scope)))
    return not any(isinstance(one, (Fn, Kind)) for one in values)
