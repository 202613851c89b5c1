"""What an expression may stand for, asked from the end: names back to their bindings, members, parameters to arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from krea_migrate import ir
from krea_migrate.flow.bindings import Bindings
from krea_migrate.flow.callers import CallGraph
from krea_migrate.flow.calls import Calls
from krea_migrate.flow.class_hierarchy import ClassHierarchy
from krea_migrate.flow.dict_members import DictMembers
from krea_migrate.flow.elements import Elements
from krea_migrate.flow.evaluation_state import WHOLE, Dependencies, EvaluationState
from krea_migrate.flow.instances import Instances
from krea_migrate.flow.known_calls import KnownCalls
from krea_migrate.flow.known_functions import OF_ENVIRONMENT
from krea_migrate.flow.lookups import Lookups
from krea_migrate.flow.name_lookup import NameLookup
from krea_migrate.flow.parameters import Parameters
from krea_migrate.flow.project import Project
from krea_migrate.flow.texts import Texts
from krea_migrate.flow.values import (
    RECURSION,
    Ext,
    Fn,
    Frame,
    GuardedValue,
    Key,
    Many,
    Obj,
    Txt,
    Unknown,
    Value,
    come_in,
    distinct,
    forget_keys,
    made_within,
    restricted,
)
from krea_migrate.limits import LIMITS, Limits


class _Answer(NamedTuple):
    """The answer to a question, what it depends on, and how many steps were left for it where they were too few."""

    values: list[GuardedValue]
    dependencies: Dependencies
    steps_left: int = 0


class Evaluator:
    """Follows values through a project.

    It asks one part for each kind of expression, and the parts ask it for the expressions inside. It remembers answers, and cuts cycles.

    Args:
        project: the modules.
        limits: of the analysis.
    """

    def __init__(self, project: Project, limits: Limits = LIMITS) -> None:
        forget_keys()
        self.project = project
        self.state = EvaluationState(project, limits)
        self.classes = ClassHierarchy(self)
        self.bindings = Bindings(self)
        self.graph = CallGraph(self, self.classes, self.bindings)
        self.instances = Instances(self, self.classes)
        self.members = DictMembers(self, self.instances)
        self.parameters = Parameters(self, self.graph, self.bindings, self.members)
        lookups = Lookups(self, self.bindings, self.members, self.instances)
        texts = Texts(self)
        # What was followed to its end without knowing a caller is the same for every question; what asked who calls a function, for
        # every question that leaves the same function open.
        self._always: dict[tuple[ir.Node, Key | None], _Answer] = {}
        self._known: dict[tuple[ir.Node, Key | None, ir.Function | None], _Answer] = {}
        # Where a limit of steps was hit, only a question that has more than twice as many steps left follows it again.
        self._limited: dict[tuple[ir.Node, Key | None, ir.Function | None], _Answer] = {}
        self._parts: dict[type[ir.Node], Callable[[Any, Frame | None], list[GuardedValue]]] = {
            ir.Text: lambda node, frame: texts.joined(node.parts, frame),
            ir.Name: NameLookup(self.bindings, self.parameters).value,
            ir.Attr: lookups.attribute,
            ir.Item: lookups.item,
            ir.Call: Calls(self, self.graph, self.parameters, KnownCalls(self, self.members, lookups, texts)).value,
            ir.Dict: self._literal,
            ir.Element: Elements(self).each,
            ir.Phi: self._alternatives,
        }

    def value(self, node: ir.Node | None, frame: Frame | None) -> list[GuardedValue]:
        """Return everything that an expression may stand for; what cannot be followed is Unknown."""
        if node is None:
            return [GuardedValue(Unknown())]
        state = self.state
        state.work += 1
        leaf = _LEAVES.get(type(node))
        if leaf is not None:
            return [GuardedValue(leaf(node, frame))]
        question = (node, frame.key if frame is not None else None)
        answer = self._always.get(question) or self._known.get((*question, state.open_function))
        if answer is not None:
            state.dependencies.add(answer.dependencies)
            state.spend(len(answer.values))
            return answer.values
        depth = len(state.active)
        state.step(depth)
        if question in state.active:
            state.cut(state.active[question])
            return [GuardedValue(RECURSION)]
        beyond = self._beyond_limit(question, depth)
        if beyond is not None:
            return beyond
        steps_left = state.steps_left
        lowest, before = state.lowest, state.dependencies
        own = state.dependencies = Dependencies()
        state.lowest = WHOLE
        state.active[question] = depth
        try:
            values = self._followed(node, frame)
        finally:
            del state.active[question]
        self._remember(question, _Answer(values, own, steps_left), is_whole=state.lowest >= depth)
        state.lowest = lowest if state.lowest >= depth else min(lowest, state.lowest)
        state.dependencies = before
        before.add(own)
        state.spend(len(values))
        return values

    def forget(self) -> None:
        """Forget all answers, when no more questions follow: nothing collects garbage while programs are followed."""
        for answers in (self._always, self._known, self._limited):
            answers.clear()

    def _beyond_limit(self, question: tuple[ir.Node, Key | None], depth: int) -> list[GuardedValue] | None:
        """Return what is known of a question that has too few steps left, or stands too deep; None where it is to be followed."""
        state = self.state
        limit = state.passed_limit(depth)
        if limit is not None:
            return [state.exceeded(limit)]
        answer = self._limited.get((*question, state.open_function))
        if answer is None or state.steps_left > 2 * answer.steps_left:
            return None
        state.dependencies.add(answer.dependencies)
        state.cut(-1)
        return answer.values

    def _remember(self, question: tuple[ir.Node, Key | None], answer: _Answer, *, is_whole: bool) -> None:
        """Keep an answer for the questions that it is the same for."""
        state, dependencies = self.state, answer.dependencies
        if is_whole and not dependencies.callers:
            self._always[question] = answer
        elif is_whole:
            self._known[(*question, state.open_function)] = answer
        elif dependencies.limits and state.passed_limit(len(state.active)) is not None:
            self._limited[(*question, state.open_function)] = answer

    def _followed(self, node: ir.Node, frame: Frame | None) -> list[GuardedValue]:
        part = self._parts.get(type(node))
        values = part(node, frame) if part is not None else []
        if isinstance(node, (ir.Call, ir.Element)):
            values = [come_in(alt, node) for alt in values]
        if len(values) > 1:
            values = distinct(values)
        return self.state.limited(values) or [GuardedValue(Unknown())]

    def _literal(self, node: ir.Dict, frame: Frame | None) -> list[GuardedValue]:
        """Return a literal, or the rest of what somebody else made: const { a, ...rest } = given."""
        if node.without:
            values = self.value(node.entries[0].value, frame)
            if all(isinstance(alt.value, Unknown) for alt in values):
                return values
        return [GuardedValue(Obj(node, frame))]

    def _alternatives(self, node: ir.Phi, frame: Frame | None) -> list[GuardedValue]:
        block = node.block or f"either:{node.number}"
        values: list[GuardedValue] = []
        for number, option in enumerate(node.options):
            if not isinstance(option, ir.Opaque) or number == 0:
                values += restricted(self.value(option, frame), frozenset({(block, number ^ node.first)}))
        followed_values = [alt for alt in values if not isinstance(alt.value, Unknown)]
        if any(isinstance(alt.value, Txt) and "://" in alt.value.text for alt in followed_values):
            # process.env.BASE || "https://...": the address that the program means, as with os.environ.get("BASE", "https://...")
            values = [alt for alt in values if not self._is_of_environment(alt.value)]
        return values if followed_values else values[:1]

    def _is_of_environment(self, value: object) -> bool:
        name = value.dotted if isinstance(value, Ext) else value.hint if isinstance(value, Unknown) else ""
        return OF_ENVIRONMENT.match(name) is not None


def _closure(node: ir.Closure, frame: Frame | None) -> Fn:
    return Fn(node.function, frame.own if frame else None, None, made_within(frame))


# What is a value by itself, whatever stands in it: no other question is asked for it.
_LEAVES: dict[type[ir.Node], Callable[[Any, Frame | None], Value]] = {
    ir.Str: lambda node, _: Txt(node.value, "", (node,)),
    ir.Opaque: lambda _node, _: Unknown(),
    ir.Comprehension: Obj,
    ir.Seq: Many,
    ir.Closure: _closure,
}
