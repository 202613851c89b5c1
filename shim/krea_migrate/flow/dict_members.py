"""Members of dicts, objects and keywords, by their keys."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import ir
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.instances import Instances
from krea_migrate.flow.values import Frame, GuardedValue, Inst, Kw, Obj, restricted


class DictMembers:
    """Looks members up.

    Args:
        follower: gives what an expression stands for.
        instances: gives members of instances that are spread into a dict.
    """

    def __init__(self, follower: Follower, instances: Instances) -> None:
        self._follower = follower
        self._state = follower.state
        self._instances = instances
        self._entered: dict[tuple[ir.Node, str], int] = {}  # dicts, and the keys that are looked for in them

    def entry(self, of: Obj | Kw, name: str) -> list[GuardedValue]:
        """Return the member of a dict by its key; nothing when it is not known."""
        entering = of.site, name
        self._state.steps += 1
        if entering in self._entered:  # found = {**found, key: value}, in a loop
            self._state.cut(self._entered[entering])
            return []
        if self._state.steps > self._state.question.value:
            return [self._state.exceeded(self._state.question)]
        self._entered[entering] = self._state.innermost
        try:
            values: list[GuardedValue] = []
            for key, value, frame in _members(of):
                if key is None:
                    values += self._in_spread(value, frame, name)
                elif key == name:
                    return [*self._follower.value(value, frame), *values]
            return values or self._set_later(of, name)
        finally:
            del self._entered[entering]

    def _in_spread(self, spread: ir.Node, frame: Frame | None, name: str) -> Iterator[GuardedValue]:
        for alt in self._follower.value(spread, frame):
            if isinstance(alt.value, (Obj, Kw)):
                yield from restricted(self.entry(alt.value, name), alt.yes, alt.no)
            elif isinstance(alt.value, Inst):
                yield from self._instances.member(alt.value, name)

    def _set_later(self, of: Obj | Kw, name: str) -> list[GuardedValue]:
        """Return what options.body = ... sets, after options was made without one."""
        module = of.frame.function.module if of.frame is not None else None
        for store in self._state.project.sets.get(name, ()):
            if store.scope.module is module and not store.drops:
                targets = [alt.value for alt in self._follower.value(store.target.of, Frame(store.scope))]
                if any(isinstance(target, Obj) and target.site is of.site for target in targets):
                    inside = of.frame.of(store.scope) if of.frame is not None else None
                    return self._follower.value(store.value, inside or Frame(store.scope))
        return []

    def entries(self, of: object) -> list[GuardedValue]:
        """Return all members of a dict that are known."""
        if not isinstance(of, (Obj, Kw)):
            return []
        return [
            GuardedValue(alt.value, alt.yes | {(f"entry:{of.site.number}", number)}, alt.no)
            for number, (key, value, frame) in enumerate(_members(of))
            if key is not None
            for alt in self._follower.value(value, frame)
        ]


def keys(of: Obj | Kw) -> set[str]:
    """Return the keys that a literal names."""
    return {key for key, _, _ in _members(of) if key is not None}


def _members(of: Obj | Kw) -> Iterator[tuple[str | None, ir.Node, Frame | None]]:
    """Yield keys and values, the last ones first; None for what is spread."""
    site = of.site
    rows: list[tuple[str | None, ir.Node]] = []
    if isinstance(of, Kw):
        params = {param.name for param in of.function.params if param.kind in ("", "kw")}
        rows = [(word.name, word.value) for word in reversed(of.site.words) if word.name not in params]
    elif isinstance(site, ir.Dict):
        for entry in reversed(site.entries):
            if entry.key is None or isinstance(entry.key, ir.Str):
                rows.append((entry.key.value if entry.key is not None else None, entry.value))
    elif isinstance(site, ir.Call):
        rows = [(word.name, word.value) for word in reversed(site.words)]
        own = [site.of.of] if isinstance(site.of, ir.Attr) and not site.args else []
        rows += [(None, node) for node in [*own, *reversed(site.args)]]
    for key, value in rows:
        yield key, value, of.frame
