"""Functions that a script hands to a method of an array or a promise: what they are called with, and what comes of it."""

from __future__ import annotations

from krea_migrate.languages import tree as t
from krea_migrate.languages.script_scopes import Scopes

_COMPUTED = frozenset({"computed", "useMemo", "createMemo"})  # they give the result of the function
_TAKES_ONE = frozenset({"shift", "pop", "at"})  # jobs.shift()
_EACH = frozenset({"map", "forEach", "flatMap", "filter", "find", "some", "every", "findLast"})


class Callbacks(Scopes):
    """Knows what rows.map(function), rows.reduce(function, start) and promise.then(function) mean."""

    def called_back(self, call: t.Call) -> t.Node | None:
        """Notes the call that a method makes; gives the list that map() makes of it, or the value that useMemo() keeps."""
        of, given = call.of, call.args[0] if call.args else None
        if isinstance(of, t.Attr) and of.name in _TAKES_ONE:
            return t.Each(of.of.start, of.of.end, of.of)
        if isinstance(of, t.Name) and of.id in _COMPUTED and isinstance(given, t.Made):
            return t.Call(call.start, call.end, given, [], [])
        if not isinstance(of, t.Attr) or not isinstance(given, (t.Made, t.Name, t.Attr)):
            return None
        if of.name in _EACH:
            args: list[t.Node] = [t.Each(of.of.start, of.of.end, of.of)]
        elif of.name == "reduce" and len(call.args) == 2:
            args = [call.args[1], t.Each(of.of.start, of.of.end, of.of)]
        elif of.name == "then":
            args = [of.of]
        else:
            return None
        inner = t.Call(call.start, call.end, given, args, [])
        placed = t.Placed(inner, self.scope, self.path)
        if isinstance(given, t.Made):
            given.function.called.append(placed)
        else:
            self.module.calls.append(placed)
        if of.name in ("then", "reduce"):
            return inner
        if of.name in ("find", "findLast"):
            return args[0]
        listed = t.Seq(call.start, call.end, [inner])
        return t.Seq(call.start, call.end, [t.Spread(call.start, call.end, listed)]) if of.name == "map" else None
