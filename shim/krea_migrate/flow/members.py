"""Members of objects, and parameters by the calls that fill them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.flow.callers import Caller, Callers, Touched
from krea_migrate.flow.project import Project
from krea_migrate.flow.values import (
    NONE,
    RECURSION,
    WEAK,
    Fn,
    Frame,
    GuardedValue,
    Inst,
    Kind,
    Kw,
    Many,
    Obj,
    Txt,
    Unknown,
    identity,
    restricted,
)
from krea_migrate.limits import LIMITS, Limits

_Key = tuple[int, int]  # a parameter, and the function whose own parameters stay open


class _Summary(NamedTuple):
    """What all callers give a parameter, and what that depends on."""

    values: list[GuardedValue]
    touched: Touched
    hits: frozenset[str]


_NOTHING = _Summary([], (False, False, False), frozenset())


class _Rounds:
    """A fixed point that is being looked for: each round evaluates each parameter once, with what the round before gave the others."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.changed = True
        self.settled = False
        self.values: dict[_Key, _Summary] = {}
        self.current: set[_Key] = set()  # evaluated in this round, or being evaluated
        self.nodes: dict[_Key, ir.Param] = {}


class Members(Callers):
    """Knows objects and parameters; how an expression is followed is the evaluator's."""

    def __init__(self, project: Project, limits: Limits = LIMITS) -> None:
        super().__init__(project, limits)
        self.steps = 0  # since the question that nobody else asked
        self._entered: dict[tuple[int, str], int] = {}  # dicts, and the keys that are looked for in them
        self._summaries: dict[_Key, _Summary] = {}  # what all callers give a parameter, where that is final
        self._rounds: _Rounds | None = None  # of the fixed point that is being looked for
        self._kept: list[ir.Param] = []  # keeps their identities taken

    @abstractmethod
    def annotated(self, annotation: str, module: ir.Module) -> list[GuardedValue]:
        """An instance of the class that an annotation names."""

    @abstractmethod
    def limited(self, found: list[GuardedValue]) -> list[GuardedValue]:
        """The values, and where they are too many the first of them and an unknown."""

    @abstractmethod
    def hint(self, node: ir.Node, value: object = None) -> str:
        """How the source names an expression."""

    @abstractmethod
    def part(self, of: object, key: object) -> list[GuardedValue]:
        """`of[key]`."""

    @abstractmethod
    def entered(self, of: Fn, node: ir.Call, frame: Frame | None) -> Frame:
        """A function as a call enters it."""

    @abstractmethod
    def of_instance(self, of: Inst, name: str) -> list[GuardedValue]:
        """A member of an instance."""

    def parameter(self, name: str, scope: ir.Function, frame: Frame | None) -> list[GuardedValue] | None:
        """What a parameter stands for; None when the function has none of this name."""
        if name == "this" and scope.owner is not None:
            return [GuardedValue(one) for one in self._itself(scope, scope.owner, frame)]
        place = next((number for number, one in enumerate(scope.params) if one.name == name), None)
        if place is None:
            return None
        param = scope.params[place]
        static = "staticmethod" in scope.marks or scope.module.language != "python"
        if place == 0 and scope.owner is not None and not static:
            own = self._itself(scope, scope.owner, frame)
            return [GuardedValue(Kind(one.cls)) if "classmethod" in scope.marks else GuardedValue(one) for one in own]
        if frame is not None and frame.call is not None:
            return self._filled(param, place, frame)
        if scope is self.asked:
            self.touched = True
            return self._default(param, scope)
        if self.open_around(scope):
            return self._default(param, scope)
        return self._open(param, place, scope)

    def _itself(self, scope: ir.Function, owner: ir.Class, frame: Frame | None) -> list[Inst]:
        """What self is: of the call that led here, or any instance of the class."""
        if frame is not None and frame.own is not None:
            return [frame.own]
        called = frame.call.of if frame is not None and frame.call is not None else None
        if frame is not None and frame.parent is not None and isinstance(called, ir.Attr):
            held = [alt.value for alt in self.value(called.of, frame.parent)]
            given = [one if isinstance(one, Inst) else Inst(one.cls) for one in held if isinstance(one, (Inst, Kind))]
            if given:
                return [Inst(one.cls, one.call, one.frame) for one in given]
        if scope is self.asked:
            self.own_touched = True
        else:
            self.open_around(scope)
        return [Inst(owner)]

    def entrances(self, caller: Caller) -> Iterator[tuple[Frame, bool]]:
        """The function as a caller enters it; one that chooses it by what it is given, as each of its own callers has it."""
        placed, chosen = caller.placed, caller.of.function
        by = placed.call.of
        key = by.key if isinstance(by, ir.Item) else None
        further = self.callers(placed.scope) if key is not None else []
        for one in further:
            frame = self.entered(one.of, one.placed.call, Frame(one.placed.scope))
            known = all(isinstance(alt.value, Txt) for alt in self.value(key, frame))  # then a missing member is none
            chooses = [alt.value for alt in self.value(by, frame)]
            if any(of.function is chosen if isinstance(of, Fn) else not known for of in chooses):
                yield self.entered(caller.of, placed.call, frame), caller.weak or one.weak
        if not further:
            yield self.entered(caller.of, placed.call, Frame(placed.scope)), caller.weak

    def _default(self, param: ir.Param, scope: ir.Function) -> list[GuardedValue]:
        named = self.annotated(param.annotation, scope.module) if param.annotation else []
        default = self.value(param.default, Frame(scope)) if param.default is not None else []
        return [*(named or [GuardedValue(Unknown(param.name, (param,)))]), *default]

    def _open(self, param: ir.Param, place: int, scope: ir.Function) -> list[GuardedValue]:
        """What all callers together give a parameter, to a fixed point: functions may call each other in circles."""
        key = id(param), id(self.asked)
        final = self._summaries.get(key)
        if final is not None:
            self.touches(final.touched)
            self.hits |= final.hits
            return final.values
        if self._rounds is None:
            return self._fixed_point(key, param, place, scope)
        self.cut(self._rounds.depth)  # what depends on it is final only when the fixed point is reached
        self._rounds.nodes[key] = param
        if key in self._rounds.current:
            return self._rounds.values.get(key, _NOTHING).values
        self._rounds.current.add(key)
        return self._evaluated(self._rounds, key, param, place, scope)

    def _fixed_point(self, key: _Key, param: ir.Param, place: int, scope: ir.Function) -> list[GuardedValue]:
        rounds = self._rounds = _Rounds(self.innermost)
        rounds.nodes[key] = param
        try:
            while rounds.changed or not rounds.settled:
                rounds.settled = not rounds.changed  # then what nobody gives anything has its default
                rounds.changed = False
                rounds.current = {key}
                self._evaluated(rounds, key, param, place, scope)
        finally:
            self._rounds = None
        if not self.hits:
            self._summaries |= rounds.values
            self._kept += rounds.nodes.values()
        known = rounds.values[key]
        return known.values

    def _evaluated(
        self, rounds: _Rounds, key: _Key, param: ir.Param, place: int, scope: ir.Function
    ) -> list[GuardedValue]:
        """One parameter in one round."""
        before, hits = self.untouched(), self.hits
        self.hits = set()
        known = rounds.values.get(key, _NOTHING)
        found: dict[object, GuardedValue] = {(identity(alt.value), alt.yes): alt for alt in known.values}
        for caller in self.callers(scope):
            for frame, weak in self.entrances(caller):
                held = WEAK if weak else NONE
                for alt in self._filled(param, place, frame):
                    if alt.value != RECURSION:
                        found.setdefault((identity(alt.value), held), GuardedValue(alt.value, held))
        if not found:
            default = self._default(param, scope)
            found = {(identity(alt.value), alt.yes): alt for alt in default} if rounds.settled else {}
        values = self.limited(list(found.values()))
        rounds.changed |= len(known.values) != len(values)
        rounds.values[key] = _Summary(
            values, (self.touched, self.own_touched, self.outer_touched), frozenset(self.hits)
        )
        self.touches(before)
        self.hits |= hits
        return values

    def _filled(self, param: ir.Param, place: int, frame: Frame) -> list[GuardedValue]:
        call = frame.call
        if call is None:
            return [GuardedValue(Unknown(param.name))]
        if param.kind == "**":
            return [GuardedValue(Kw(call, frame.function, frame.parent))]
        if param.kind == "*":
            rest = call.args[place - frame.bound :]
            return [GuardedValue(Many(ir.Seq(0, 0, rest), frame.parent))]
        for word in reversed(call.words):
            if word.name == param.name:
                return self.value(word.value, frame.parent)
        at = place - frame.bound
        plain = [one for one in call.args[: at + 1] if not isinstance(one, ir.Spread)]
        if not param.kind and at < len(call.args) and len(plain) == at + 1:
            return self.value(call.args[at], frame.parent)
        found = self._from_spread(param, at - len(plain), call, frame)
        if found or param.default is None:
            return found or [GuardedValue(Unknown(param.name))]
        return self.value(param.default, Frame(frame.function))

    def _from_spread(self, param: ir.Param, place: int, call: ir.Call, frame: Frame) -> list[GuardedValue]:
        """f(*values, **members)."""
        spread = [word.value for word in call.words if word.name is None]
        spread += [one.value for one in call.args if isinstance(one, ir.Spread)]
        for one in spread:
            for alt in self.value(one, frame.parent):
                found = self.entry(alt.value, param.name) if isinstance(alt.value, (Obj, Kw)) else []
                if isinstance(alt.value, Many) and place < len(alt.value.site.items):
                    found = self.value(alt.value.site.items[place], alt.value.frame)
                if found:
                    return restricted(found, alt.yes, alt.no)
        return []

    def entry(self, of: Obj | Kw, name: str) -> list[GuardedValue]:
        """The member of a dict by its key; nothing when it is not known."""
        entering = id(of.site), name
        self.steps += 1
        if entering in self._entered:  # found = {**found, key: value}, in a loop
            self.cut(self._entered[entering])
            return []
        if self.steps > self.limits.question.value:
            return [self.exceeded(self.limits.question)]
        self._entered[entering] = self.innermost
        try:
            found: list[GuardedValue] = []
            for key, value, frame in self._members(of):
                if key is None:
                    found += self._in_spread(value, frame, name)
                elif key == name:
                    return [*self.value(value, frame), *found]
            return found or self._set_later(of, name)
        finally:
            del self._entered[entering]

    def _in_spread(self, spread: ir.Node, frame: Frame | None, name: str) -> Iterator[GuardedValue]:
        for alt in self.value(spread, frame):
            if isinstance(alt.value, (Obj, Kw)):
                yield from restricted(self.entry(alt.value, name), alt.yes, alt.no)
            elif isinstance(alt.value, Inst):
                yield from self.of_instance(alt.value, name)

    def _set_later(self, of: Obj | Kw, name: str) -> list[GuardedValue]:
        """options.body = ..., after options was made without one."""
        module = of.frame.function.module if of.frame is not None else None
        for store in self.project.sets.get(name, ()):
            if store.scope.module is module and not store.drops:
                held = [alt.value for alt in self.value(store.target.of, Frame(store.scope))]
                if any(isinstance(one, Obj) and one.site is of.site for one in held):
                    inside = of.frame.of(store.scope) if of.frame is not None else None
                    return self.value(store.value, inside or Frame(store.scope))
        return []

    def entries(self, of: object) -> list[GuardedValue]:
        """All members of a dict that are known."""
        if not isinstance(of, (Obj, Kw)):
            return []
        return [
            GuardedValue(alt.value, alt.yes | {(f"entry:{id(of.site)}", number)}, alt.no)
            for number, (key, value, frame) in enumerate(self._members(of))
            if key is not None
            for alt in self.value(value, frame)
        ]

    def keys(self, of: Obj | Kw) -> set[str]:
        """The keys that a literal names."""
        return {key for key, _, _ in self._members(of) if key is not None}

    def _members(self, of: Obj | Kw) -> Iterator[tuple[str | None, ir.Node, Frame | None]]:
        """Keys and values, the last ones first; None for what is spread."""
        site = of.site
        if isinstance(of, Kw):
            taken = {one.name for one in of.function.params if one.kind in ("", "kw")}
            rows = [(word.name, word.value) for word in reversed(of.site.words) if word.name not in taken]
        elif isinstance(site, ir.Dict):
            named = [one for one in reversed(site.entries) if one.key is None or isinstance(one.key, ir.Str)]
            rows = [(one.key.value if isinstance(one.key, ir.Str) else None, one.value) for one in named]
        elif isinstance(site, ir.Call):
            rows = [(word.name, word.value) for word in reversed(site.words)]
            own = [site.of.of] if isinstance(site.of, ir.Attr) and not site.args else []
            rows += [(None, one) for one in [*own, *reversed(site.args)]]
        else:
            rows = []
        for key, value in rows:
            yield key, value, of.frame
