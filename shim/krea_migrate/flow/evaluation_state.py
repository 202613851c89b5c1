"""What all parts of the evaluator share: the limits, the open questions, and what each answer depends on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from krea_migrate import ir
from krea_migrate.flow.project import Project
from krea_migrate.flow.values import Frame, GuardedValue, Key, Unknown, growth_of
from krea_migrate.limits import LIMITS, PRECISION, VALUES_A_STEP, Limit, Limits

WHOLE = 1_000_000  # deeper than any question


@dataclass(slots=True)
class Dependencies:
    """What an answer depends on.

    Attributes:
        parameters: a parameter of the function whose callers are left open.
        own: what self is in that function.
        around: a parameter of a function around that one.
        callers: who calls some function, so that the answer may be another one while that function is left open.
        limits: the limits of the analysis that were hit on the way.
    """

    parameters: bool = False
    own: bool = False
    around: bool = False
    callers: bool = False
    limits: set[str] = field(default_factory=set[str])

    def add(self, answer: Dependencies) -> None:
        """Depend on everything that another answer depends on."""
        self.parameters |= answer.parameters
        self.own |= answer.own
        self.around |= answer.around
        self.callers |= answer.callers
        if answer.limits:
            self.limits |= answer.limits


class EvaluationState:
    """The question that is being followed.

    Attributes:
        project: the modules.
        limits: of the analysis.
        dependencies: what the current answer depends on so far.
        open_function: the function whose parameters stay open, to be filled by each of its callers in turn.
        active: the questions that are being followed, by their depth.
        lowest: the outermost of them that the current answer depends on, because a cycle was cut there.
        steps: since the question that no other question asked.
        work: steps of all questions.
        question: the limit of the steps of a question; a smaller one, once many passed it.
        inside: where the values of a call came in, in the function that it calls.
    """

    def __init__(self, project: Project, limits: Limits = LIMITS) -> None:
        self.project = project
        self.limits = limits
        self.dependencies = Dependencies()
        self.open_function: ir.Function | None = None
        self.active: dict[tuple[ir.Node, Key | None], int] = {}
        self.lowest = WHOLE
        self.steps = 0
        self.work = 0
        self.question = limits.question
        self._exhausted = 0  # questions that passed the limit
        self.inside: dict[ir.Node, set[object]] = defaultdict(set)

    @contextmanager
    def open_to(self, function: ir.Function | None) -> Generator[Dependencies]:
        """Leave the parameters of a function open meanwhile, and note apart what the answers depend on; limits are noted together."""
        before = self.dependencies, self.open_function
        self.dependencies, self.open_function = Dependencies(limits=before[0].limits), function
        try:
            yield self.dependencies
        finally:
            self.dependencies, self.open_function = before

    @contextmanager
    def limits_apart(self) -> Generator[set[str]]:
        """Note the limits that are hit meanwhile apart."""
        before = self.dependencies.limits
        self.dependencies.limits = set()
        try:
            yield self.dependencies.limits
        finally:
            self.dependencies.limits = before

    @contextmanager
    def cuts_apart(self) -> Generator[list[int]]:
        """Note meanwhile whether a cycle was cut at a question from before, or a limit was hit: what is found is not final then."""
        before, self.lowest = self.lowest, WHOLE
        cuts: list[int] = []
        try:
            yield cuts
        finally:
            cuts += [self.lowest] if self.lowest != WHOLE else []
            self.lowest = min(before, self.lowest)

    def opens(self, scope: ir.Function) -> bool:
        """Return whether a function is around the one whose parameters stay open: its own stay open as well."""
        outer = self.open_function.outer if self.open_function is not None else None
        while outer is not None and outer is not scope:
            outer = outer.outer
        self.dependencies.around |= outer is not None
        return outer is not None

    @property
    def innermost(self) -> int:
        """The depth of the question that is being followed."""
        return len(self.active) - 1

    @property
    def steps_left(self) -> int:
        """How many steps the question may still take."""
        return self.question.value - self.steps

    def step(self, depth: int) -> None:
        """Count a question at this depth as a step; at depth 0, where no other question asked it, begin to count."""
        if depth:
            self.steps += 1
            return
        if self.steps > self.question.value:
            self._exhausted += 1
            if self._exhausted >= PRECISION.exhausted:
                self.question = min(self.limits.question, self.limits.further, key=lambda limit: limit.value)
        self.steps = 0

    def cut(self, depth: int) -> None:
        """Leave a path before its end: what is known of it holds inside the question of this depth only; -1: nowhere."""
        self.lowest = min(self.lowest, depth)

    def spend(self, values: int) -> None:
        """Count values that are passed on, or pairs of them, as steps."""
        steps = values // VALUES_A_STEP
        self.steps += steps
        self.work += steps

    def paired(self, values: list[GuardedValue], with_each: list[GuardedValue]) -> list[GuardedValue]:
        """Return the values that may be paired with each of some others; where these are not all, an unknown with the limit."""
        limit = self.question
        most = limit.value * VALUES_A_STEP // max(1, len(with_each))
        self.spend(min(len(values), most) * len(with_each))
        return values if len(values) <= most else [*values[:most], self.exceeded(limit)]

    def passed_limit(self, depth: int) -> Limit | None:
        """Return the limit that one more question at this depth would pass, if any."""
        if depth > self.limits.depth.value:
            return self.limits.depth
        if self.steps > self.question.value:
            return self.question
        budget = self.limits.work.value * max(self.project.size, 1_000)
        return self.limits.work if self.work > budget else None

    def exceeded(self, limit: Limit) -> GuardedValue:
        """Return what lies beyond a limit: unknown, and everything that depends on it says so."""
        self.dependencies.limits.add(limit.told)
        self.cut(-1)
        return GuardedValue(Unknown(limit=limit.told))

    def limited(self, values: list[GuardedValue]) -> list[GuardedValue]:
        """Return the values; where they are too many, the first of them and an unknown."""
        limit = self.limits.alternatives
        if len(values) <= limit.value:
            return values
        self.dependencies.limits.add(limit.told)
        return [*values[: limit.value], GuardedValue(Unknown(limit=limit.told))]

    def bounded(self, alt: GuardedValue) -> GuardedValue:
        """Return a value; one that functions make longer each time they call themselves is unknown from some length on."""
        limit = self.limits.growth
        if growth_of(alt.value, limit.value) <= limit.value:
            return alt
        self.dependencies.limits.add(limit.told)
        return GuardedValue(Unknown(limit=limit.told), alt.yes, alt.no)

    def hint(self, node: ir.Node, value: object = None) -> str:
        """Return how the source names an expression, or the unknown value that it stands for."""
        if isinstance(value, Unknown) and value.hint:
            return value.hint
        links: list[str] = []
        while isinstance(node, (ir.Attr, ir.Call, ir.Item)) and len(links) < self.limits.links.value:
            if isinstance(node, ir.Attr):
                links.append(f".{node.name}")
            elif isinstance(node, ir.Call):
                links.append("".join(f" {argument.value}" for argument in node.args if isinstance(argument, ir.Str)))
            else:
                links.append(f" {node.key.value if isinstance(node.key, ir.Str) else ''}")
            node = node.of
        if isinstance(node, (ir.Attr, ir.Call, ir.Item)):
            self.dependencies.limits.add(self.limits.links.told)
        return (node.id if isinstance(node, ir.Name) else "") + "".join(reversed(links))

    def observe(self) -> frozenset[str]:
        """Return the limits that were hit since the last call, and forget them."""
        hits = frozenset(self.dependencies.limits)
        self.dependencies.limits.clear()
        return hits


class Follower(Protocol):
    """What each part of the evaluator asks of the whole."""

    @property
    def state(self) -> EvaluationState:
        """The question that is being followed."""
        ...

    def value(self, node: ir.Node | None, frame: Frame | None) -> list[GuardedValue]:
        """Return everything that an expression may stand for; what cannot be followed is Unknown."""
        ...
