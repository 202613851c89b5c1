"""What a call gives: functions of the tree are looked into, well-known library functions are known."""

from __future__ import annotations

from krea_migrate import ir
from krea_migrate.flow.callers import CallGraph, enter
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.higher_order import wrapped
from krea_migrate.flow.known_calls import KnownCalls
from krea_migrate.flow.parameters import Parameters
from krea_migrate.flow.values import (
    NONE,
    Ext,
    Fn,
    Frame,
    GuardedValue,
    Inst,
    Kind,
    Many,
    Obj,
    Unknown,
    restricted,
)
from krea_migrate.ir import tail
from krea_migrate.limits import PRECISION


class Calls:
    """Calls, their arguments and results.

    Args:
        follower: gives what an expression stands for.
        graph: gives what is called.
        parameters: gives what self is.
        library: gives what functions outside the tree give.
    """

    def __init__(self, follower: Follower, graph: CallGraph, parameters: Parameters, library: KnownCalls) -> None:
        self._follower = follower
        self._project = follower.state.project
        self._graph = graph
        self._parameters = parameters
        self._library = library

    def value(self, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return everything that a call may give."""
        name = tail(node.of)
        if name == "super" and isinstance(node.of, ir.Name):
            return self._above(node.of.scope, frame)
        if name in ("partial", "partialmethod") and node.args:
            return self._ahead(node, frame)
        values: list[GuardedValue] = []
        for of in self._graph.callees(node.of, frame):
            if isinstance(of.value, Fn):
                results = self._result(of.value, node, frame)
            elif isinstance(of.value, Kind):
                results = self._made(of.value.cls, node, frame)
            else:
                around = [alt for function in wrapped(node, name) for alt in self._follower.value(function, frame)]
                functions = [alt for alt in around if isinstance(alt.value, Fn)]
                results = functions or self._library.value(name, of.value, node, frame)
            values += restricted(results, of.yes, of.no)
        return values

    def _above(self, scope: ir.Function, frame: Frame | None) -> list[GuardedValue]:
        """Return super(): the same object, with the members that its class inherits."""
        owner = scope.owner
        if owner is None:
            return [GuardedValue(Unknown("super"))]
        inside = frame.of(scope) if frame else None
        own = self._parameters.named(scope.params[0].name, scope, inside) if scope.params else None
        instances = [alt.value if isinstance(alt.value, Inst) else Inst(owner) for alt in own or ()] or [Inst(owner)]
        return [GuardedValue(Inst(instance.cls, instance.call, instance.frame, owner)) for instance in instances]

    def _ahead(self, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return partial(function, ...): the function, with arguments that were given ahead."""
        functions: list[GuardedValue] = []
        for of in self._follower.value(node.args[0], frame):
            if isinstance(of.value, Fn):
                partial_call = ir.Call(node.start, node.end, node.args[0], node.args[1:], node.words)
                ahead = self._project.with_ahead(of.value.ahead, self._project.once(node, partial_call))
                function = Fn(of.value.function, of.value.own, ahead, of.value.around)
                functions.append(GuardedValue(function, of.yes, of.no))
        return functions or [GuardedValue(Ext("partial()", node, frame))]

    def _made(self, cls: ir.Class, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        bases = {tail(base) for base in cls.bases}
        if "TypedDict" in bases:
            return [GuardedValue(Obj(node, frame))]
        if bases & {"Enum", "StrEnum"} and node.args:
            return self._follower.value(node.args[0], frame)
        return [GuardedValue(Inst(cls, node, frame))]

    def _result(self, of: Fn, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        function = of.function
        inner = enter(self._project, of, node, frame)
        if frame is not None and frame.depth > PRECISION.results:
            inner = Frame(function, None, None, of.own, around=of.around)  # whoever calls it
        if function.yielded.items:
            if function.marks & {"contextmanager", "asynccontextmanager", "fixture"}:
                return [alt for item in function.yielded.items for alt in self._follower.value(item, inner)]
            return [GuardedValue(Many(function.yielded, inner))]
        if not function.returns:
            return [GuardedValue(Unknown(function.name))]
        chain = hash(frame.chain) if frame is not None else 0
        block = f"return:{node.number}:{chain}" if len(function.returns) > 1 else ""
        return [
            self._came_in(alt, function, node)
            for number, expression in enumerate(function.returns)
            for alt in restricted(
                self._follower.value(expression, inner), frozenset({(block, number)}) if block else NONE
            )
        ]

    def _came_in(self, alt: GuardedValue, function: ir.Function, node: ir.Call) -> GuardedValue:
        """Return what a function of the tree got from outside as something else in each call of it."""
        head = alt.value.origin[:1] if isinstance(alt.value, Unknown) else ()
        if not isinstance(alt.value, Unknown) or not head or self._project.scope_of(head[0]) is not function:
            return alt
        self._follower.state.inside[node].add(head[0])
        return GuardedValue(Unknown(alt.value.hint, (node, *alt.value.origin[1:])), alt.yes, alt.no)
