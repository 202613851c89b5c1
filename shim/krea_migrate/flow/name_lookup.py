"""Names: which bindings of which scope one may see where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.flow.bindings import Bindings
from krea_migrate.flow.parameters import Parameters
from krea_migrate.flow.values import (
    NONE,
    Ext,
    Frame,
    GuardedValue,
    PathCondition,
    earlier,
    meet,
    path_condition,
    restricted,
)

_HOISTED = (ir.Function, ir.Class, ir.Import)
_Reaching = list[tuple[ir.Def, PathCondition, PathCondition]]


class _LastFirst(NamedTuple):
    """The bindings of a name in one scope, the last one first: a name that is bound a thousand times is asked for as often."""

    bindings: list[ir.Def]
    orders: list[int]  # negative, so that they ascend

    def before(self, order: int) -> Iterable[ir.Def]:
        """Return those that stand before a place."""
        return islice(self.bindings, bisect_right(self.orders, -order), None)


class NameLookup:
    """Goes from a name to its bindings.

    Args:
        bindings: gives what a binding gives.
        parameters: gives what a parameter stands for.
    """

    def __init__(self, bindings: Bindings, parameters: Parameters) -> None:
        self._bindings = bindings
        self._parameters = parameters
        self._last_first: dict[tuple[ir.Function, str], _LastFirst] = {}

    def value(self, name: ir.Name, frame: Frame | None) -> list[GuardedValue]:
        """Return everything that a name may stand for."""
        scope: ir.Function | None = name.scope
        while scope is not None:
            here = frame.of(scope) if frame is not None else None
            defs = scope.defs.get(name.id, [])
            if scope is name.scope:
                reaching, free = _reaching(self._sorted(scope, name.id, defs), name)
            else:
                reaching, free = [(definition, path_condition(definition.path), NONE) for definition in defs], True
            alts = [
                alt
                for definition, yes, no in reaching
                for alt in restricted(self._bindings.bound(definition, scope, here or Frame(scope)), yes, no)
            ]
            if reaching and scope is name.scope and reaching[0][0].order > name.order:
                alts = earlier(alts)  # it was set in an earlier round of a loop
            if free and (arguments := self._parameters.named(name.id, scope, here)) is not None:
                alts += arguments
            if alts or reaching:
                return alts
            scope = scope.outer
        return self._outside(name)

    def _sorted(self, scope: ir.Function, name: str, defs: list[ir.Def]) -> _LastFirst:
        sorted_defs = self._last_first.get((scope, name))
        if sorted_defs is None or len(sorted_defs.bindings) != len(defs):
            bindings = sorted(defs, key=lambda definition: -definition.order)
            sorted_defs = _LastFirst(bindings, [-definition.order for definition in bindings])
            self._last_first[scope, name] = sorted_defs
        return sorted_defs

    def _outside(self, name: ir.Name) -> list[GuardedValue]:
        """Return what no scope binds: a name that `import *` brings, or one of the language or a library."""
        source = self._bindings.star_imported(name.id, name.scope.module)
        return self._bindings.in_module(source, name.id) if source is not None else [GuardedValue(Ext(name.id))]


def _reaching(defs: _LastFirst, name: ir.Name) -> tuple[_Reaching, bool]:
    """Return the bindings that a name may see, last first, and whether none of them surely stands before it."""
    candidates, any_before = defs.before(name.order), bool(defs.orders) and -defs.orders[-1] < name.order
    if not any_before:
        rounds = {step for step in name.path if step[0].startswith("loop:")}
        # A later one counts in the next round of a loop, and where it is known before it runs: body = dict(body) does not see itself.
        candidates = [
            definition
            for definition in defs.bindings
            if isinstance(definition.value, _HOISTED) or not rounds.isdisjoint(definition.path)
        ]
    here = path_condition(name.path)
    reaching: _Reaching = []
    no: PathCondition = NONE
    for definition in candidates:
        yes = path_condition(definition.path)
        if meet((yes, NONE), (here, NONE)) is None:
            continue
        reaching.append((definition, yes, no))
        if set(definition.path) <= set(name.path) and (any_before or isinstance(definition.value, _HOISTED)):
            return reaching, False
        missed = yes - here
        if len(missed) == 1 and len(definition.path) - len(yes) == 0:
            no |= missed
    return reaching, True
