"""Functions that a script hands to a method of an array or a promise: what they are called with, and what comes of it."""

from __future__ import annotations

from krea_migrate import ir
from krea_migrate.languages.script_scopes import ScriptScopes

_COMPUTED = frozenset({"computed", "useMemo", "createMemo"})  # they give the result of the function
_TAKES_ONE = frozenset({"shift", "pop", "at"})  # jobs.shift()
_EACH = frozenset({"map", "forEach", "flatMap", "filter", "find", "some", "every", "findLast"})


class Callbacks:
    """Knows what rows.map(function), rows.reduce(function, start) and promise.then(function) mean.

    Args:
        scopes: where the reader stands.
    """

    def __init__(self, scopes: ScriptScopes) -> None:
        self._scopes = scopes

    def called_back(self, call: ir.Call) -> ir.Node | None:
        """Note the call that a method makes; gives the list that map() makes of it, or the value that useMemo() keeps."""
        of, argument = call.of, call.args[0] if call.args else None
        if isinstance(of, ir.Attr) and of.name in _TAKES_ONE:
            return ir.Element(of.of.start, of.of.end, of.of)
        if isinstance(of, ir.Name) and of.id in _COMPUTED and isinstance(argument, ir.Closure):
            return ir.Call(call.start, call.end, argument, [], [])
        if not isinstance(of, ir.Attr) or not isinstance(argument, (ir.Closure, ir.Name, ir.Attr)):
            return None
        if of.name in _EACH:
            args: list[ir.Node] = [ir.Element(of.of.start, of.of.end, of.of)]
        elif of.name == "reduce" and len(call.args) == 2:
            args = [call.args[1], ir.Element(of.of.start, of.of.end, of.of)]
        elif of.name == "then":
            args = [of.of]
        else:
            return None
        inner = ir.Call(call.start, call.end, argument, args, [])
        if isinstance(argument, ir.Closure):
            argument.function.called.append(ir.CallSite(inner, self._scopes.scope, self._scopes.path))
        else:
            self._scopes.called(inner)
        if of.name in ("then", "reduce"):
            return inner
        if of.name in ("find", "findLast"):
            return args[0]
        listed = ir.Seq(call.start, call.end, [inner])
        return ir.Seq(call.start, call.end, [ir.Spread(call.start, call.end, listed)]) if of.name == "map" else None
