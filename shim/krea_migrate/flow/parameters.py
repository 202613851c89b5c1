"""What parameters stand for: by the call that leads to a function, or by all of its callers together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.flow.bindings import Bindings
from krea_migrate.flow.callers import Caller, CallGraph, enter
from krea_migrate.flow.dict_members import DictMembers
from krea_migrate.flow.evaluation_state import Dependencies, Follower
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

_Key = tuple[ir.Param, ir.Function | None]  # a parameter, and the function whose own parameters stay open


class _Summary(NamedTuple):
    """What all callers give a parameter, and what that depends on."""

    values: list[GuardedValue]
    dependencies: Dependencies
    steps_left: int | None = None  # how many were left for it, where a limit was hit


class _Rounds:
    """The search for a fixed point: each round evaluates each parameter once, with what the round before gave the others."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.changed = True
        self.settled = False
        self.values: dict[_Key, _Summary] = {}
        self.current: set[_Key] = set()  # evaluated in this round, or being evaluated

    def known(self, key: _Key) -> list[GuardedValue]:
        """Return what a parameter was given so far."""
        return self.values[key].values if key in self.values else []


class Parameters:
    """Fills parameters.

    Args:
        follower: gives what an expression stands for.
        graph: gives the callers of a function.
        bindings: gives what an annotation names.
        members: gives the members of dicts that a call spreads.
    """

    def __init__(self, follower: Follower, graph: CallGraph, bindings: Bindings, members: DictMembers) -> None:
        self._follower = follower
        self._state = follower.state
        self._graph = graph
        self._bindings = bindings
        self._members = members
        self._summaries: dict[_Key, _Summary] = {}  # what all callers give a parameter, where that is final
        self._rounds: _Rounds | None = None

    def named(self, name: str, scope: ir.Function, frame: Frame | None) -> list[GuardedValue] | None:
        """Return what a parameter stands for, or None when the function has none of this name."""
        if name == "this" and scope.owner is not None:
            return [GuardedValue(own) for own in self._itself(scope, scope.owner, frame)]
        place = next((number for number, param in enumerate(scope.params) if param.name == name), None)
        if place is None:
            return None
        param = scope.params[place]
        static = "staticmethod" in scope.marks or not scope.module.dialect.self_is_parameter
        if place == 0 and scope.owner is not None and not static:
            instances = self._itself(scope, scope.owner, frame)
            by_class = "classmethod" in scope.marks
            return [GuardedValue(Kind(own.cls) if by_class else own) for own in instances]
        if frame is not None and frame.call is not None:
            return self._filled(param, place, frame)
        self._state.dependencies.callers = True
        if scope is self._state.open_function:
            self._state.dependencies.parameters = True
            return self._default(param, scope)
        if self._state.opens(scope):
            return self._default(param, scope)
        return self._by_all_callers(param, place, scope)

    def _itself(self, scope: ir.Function, owner: ir.Class, frame: Frame | None) -> list[Inst]:
        """Return what self is: the object of the call that led here, or any instance of the class."""
        if frame is not None and frame.own is not None:
            return [frame.own]
        callee = frame.call.of if frame is not None and frame.call is not None else None
        if frame is not None and frame.parent is not None and isinstance(callee, ir.Attr):
            values = [alt.value for alt in self._follower.value(callee.of, frame.parent)]
            owners = [
                value if isinstance(value, Inst) else Inst(value.cls)
                for value in values
                if isinstance(value, (Inst, Kind))
            ]
            if owners:
                return [Inst(own.cls, own.call, own.frame) for own in owners]
        self._state.dependencies.callers = True
        if scope is self._state.open_function:
            self._state.dependencies.own = True
        else:
            self._state.opens(scope)
        return [Inst(owner)]

    def entrances(self, caller: Caller) -> Iterator[tuple[Frame, bool]]:
        """Yield the function as a caller enters it; one that chooses it by what it is given, as each of its own callers has it."""
        site, function = caller.placed, caller.of.function
        project = self._state.project
        by = site.call.of
        key = by.key if isinstance(by, ir.Item) else None
        further = self._graph.callers(site.scope) if key is not None else []
        for outer in further:
            frame = enter(project, outer.of, outer.placed.call, Frame(outer.placed.scope))
            is_known = all(isinstance(alt.value, Txt) for alt in self._follower.value(key, frame))
            choices = [alt.value for alt in self._follower.value(by, frame)]
            # Where the key is known, a missing member is none.
            if any(choice.function is function if isinstance(choice, Fn) else not is_known for choice in choices):
                yield enter(project, caller.of, site.call, frame), caller.weak or outer.weak
        if not further:
            yield enter(project, caller.of, site.call, Frame(site.scope)), caller.weak

    def _default(self, param: ir.Param, scope: ir.Function) -> list[GuardedValue]:
        instances = self._bindings.annotated(param.annotation, scope.module) if param.annotation else []
        default = self._follower.value(param.default, Frame(scope)) if param.default is not None else []
        return [*(instances or [GuardedValue(Unknown(param.name, (param,)))]), *default]

    def _by_all_callers(self, param: ir.Param, place: int, scope: ir.Function) -> list[GuardedValue]:
        """Return what all callers together give a parameter, to a fixed point: functions may call each other in circles."""
        key = param, self._state.open_function
        final = self._summaries.get(key)
        if final is not None and (final.steps_left is None or self._state.steps_left <= 2 * final.steps_left):
            self._state.dependencies.add(final.dependencies)
            if final.steps_left is not None:
                self._state.cut(-1)
            return final.values
        if self._rounds is None:
            return self._fixed_point(key, param, place, scope)
        self._state.cut(self._rounds.depth)  # what depends on it is final only when the fixed point is reached
        if key in self._rounds.current:
            return self._rounds.known(key)
        self._rounds.current.add(key)
        return self._evaluated(self._rounds, key, param, place, scope)

    def _fixed_point(self, key: _Key, param: ir.Param, place: int, scope: ir.Function) -> list[GuardedValue]:
        rounds = self._rounds = _Rounds(self._state.innermost)
        steps_left = self._state.steps_left
        try:
            while rounds.changed or not rounds.settled:
                rounds.settled = not rounds.changed  # then what nobody gives anything has its default
                rounds.changed = False
                rounds.current = {key}
                self._evaluated(rounds, key, param, place, scope)
        finally:
            self._rounds = None
        if self._state.lowest < 0:  # a limit was hit that a question with more steps left may not hit
            limits = self._state.dependencies.limits.union(*(own.dependencies.limits for own in rounds.values.values()))
            for summary in rounds.values.values():
                summary.dependencies.limits |= limits
            rounds.values = {of: summary._replace(steps_left=steps_left) for of, summary in rounds.values.items()}
        self._summaries |= rounds.values
        return rounds.known(key)

    def _evaluated(
        self, rounds: _Rounds, key: _Key, param: ir.Param, place: int, scope: ir.Function
    ) -> list[GuardedValue]:
        """Return one parameter in one round."""
        before = self._state.dependencies
        own = self._state.dependencies = Dependencies()
        previous = rounds.known(key)
        values: dict[object, GuardedValue] = {(identity(alt.value), alt.yes): alt for alt in previous}
        for caller in self._graph.callers(scope):
            for frame, weak in self.entrances(caller):
                condition = WEAK if weak else NONE
                for alt in map(self._state.bounded, self._filled(param, place, frame)):
                    if alt.value != RECURSION:
                        values.setdefault((identity(alt.value), condition), GuardedValue(alt.value, condition))
        if not values:
            default = self._default(param, scope)
            values = {(identity(alt.value), alt.yes): alt for alt in default} if rounds.settled else {}
        limited = self._state.limited(list(values.values()))
        rounds.changed |= len(previous) != len(limited)
        rounds.values[key] = _Summary(limited, own)
        self._state.dependencies = before
        before.add(own)
        return limited

    def _filled(self, param: ir.Param, place: int, frame: Frame) -> list[GuardedValue]:
        call = frame.call
        if call is None:
            return [GuardedValue(Unknown(param.name))]
        if param.kind == "**":
            return [GuardedValue(Kw(call, frame.function, frame.parent))]
        if param.kind == "*":
            arguments = call.args[place - frame.bound :]
            listed = self._state.project.once((call, param), ir.Seq(0, 0, arguments))
            return [GuardedValue(Many(listed, frame.parent))]
        for word in reversed(call.words):
            if word.name == param.name:
                return self._follower.value(word.value, frame.parent)
        at = place - frame.bound
        plain = [argument for argument in call.args[: at + 1] if not isinstance(argument, ir.Spread)]
        if not param.kind and at < len(call.args) and len(plain) == at + 1:
            return self._follower.value(call.args[at], frame.parent)
        spread = self._from_spread(param, at - len(plain), call, frame)
        if spread or param.default is None:
            return spread or [GuardedValue(Unknown(param.name))]
        return self._follower.value(param.default, Frame(frame.function))

    def _from_spread(self, param: ir.Param, place: int, call: ir.Call, frame: Frame) -> list[GuardedValue]:
        """Return what f(*values, **members) gives a parameter."""
        spread = [word.value for word in call.words if word.name is None]
        spread += [argument.value for argument in call.args if isinstance(argument, ir.Spread)]
        for node in spread:
            for alt in self._follower.value(node, frame.parent):
                values = self._members.entry(alt.value, param.name) if isinstance(alt.value, (Obj, Kw)) else []
                if isinstance(alt.value, Many) and place < len(alt.value.site.items):
                    values = self._follower.value(alt.value.site.items[place], alt.value.frame)
                if values:
                    return restricted(values, alt.yes, alt.no)
        return []
