"""The contexts that a function is called in: every known chain of callers, and for a method every class that self may be of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from krea_migrate import ir
from krea_migrate.flow.callers import Caller
from krea_migrate.flow.evaluation_state import Dependencies
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.values import Frame, Inst
from krea_migrate.limits import PRECISION

Found = TypeVar("Found")
Look = Callable[[Frame, bool], list[Found]]
_Contexts = list[tuple[Frame, bool]]


def each_context(ask: Evaluator, scope: ir.Function, weak: bool, look: Look[Found]) -> Iterator[Found]:
    """Yield what is seen from a function, as each chain of callers leads to it.

    Callers are followed only where the result depends on them. Where chains are too long, too many or recursive, the callers of the
    outermost function are merged: more is seen then than a run can do, never less.

    Args:
        ask: follows values.
        scope: the function.
        weak: only a name speaks for what is looked at.
        look: looks, given the frame and whether only a method's name speaks for it.
    """
    contexts: _Contexts = [(Frame(scope), weak)]
    expanded: set[ir.Function] = set()  # functions whose callers were gone back to
    entered: set[ir.Call | None] = set()  # calls by which a function was seen to call itself
    count, merged, results, budget = 0, 0, 0, ask.state.work + PRECISION.steps
    while contexts:
        frame, guessed = contexts.pop()
        is_within, root = (count := count + 1) < PRECISION.contexts and ask.state.work < budget, frame.root()
        alone_results, dependencies = _looked_at_alone(ask, look, frame, guessed)
        further, recursive = _further(ask, frame, guessed, root, dependencies)
        again = entered.union(inner.root_call for inner, _ in recursive)
        alone = is_within or root.function not in expanded
        views = recursive
        if (further and not (alone and frame.depth < PRECISION.callers)) or len(again) < len(entered) + len(recursive):
            merged += 1
            if merged > PRECISION.merged or results > PRECISION.records:
                yield from look(Frame(scope), weak)  # every context at once
                return
            views = [(frame, guessed)]  # every caller of its outermost function at once
        else:
            entered = again
            expanded.add(root.function)
            contexts += further
        for view in views:
            together = look(*view)
            results += len(together)
            yield from together
        if views is recursive and not further:
            yield from alone_results


def _looked_at_alone(
    ask: Evaluator, look: Look[Found], frame: Frame, guessed: bool
) -> tuple[list[Found], Dependencies]:
    """Return what is seen in one context, while it is noted whether it depends on the callers."""
    with ask.state.open_to(frame.root().function) as dependencies:
        return look(frame, guessed), dependencies


def _further(
    ask: Evaluator, frame: Frame, weak: bool, root: Frame, dependencies: Dependencies
) -> tuple[_Contexts, _Contexts]:
    """Return the contexts one caller further out, and those in which a function calls itself."""
    own, open_self, around = dependencies.own, root.own is None, dependencies.around
    if not dependencies.parameters and not (own and open_self):
        return ([(_within(frame, root), weak)] if around else []), []
    function = root.function
    further: _Contexts = []
    recursive: _Contexts = []
    callers: list[Caller] = []
    for caller in ask.graph.callers(function):
        again = frame.of(caller.placed.scope) is not None
        callers += [] if again else [caller]
        for of in _owners(ask, caller.of.own, function, weak=caller.weak):
            for entered, guessed in ask.parameters.entrances(caller._replace(of=caller.of.on(of))):
                (recursive if again else further).append((frame.under(entered), weak or guessed))
    if not callers and around:
        further.append((_within(frame, root), weak))
    elif own and open_self:
        further += [
            (frame.under(Frame(function, None, None, Inst(cls))), weak) for cls in _uncalled(ask, function, callers)
        ]
    return further, recursive


def _uncalled(ask: Evaluator, function: ir.Function, callers: list[Caller]) -> Iterator[ir.Class]:
    """Yield the classes that have a method which nobody is known to call on one of these."""
    if not callers:
        kinds = ask.classes.selves(function)
        yield from kinds if kinds != [function.owner] else ()
        return
    owns = [caller.of.own for caller in callers if caller.of.own is not None]
    callers_classes = {
        cls for own in owns for cls in (own.cls, *(ask.classes.heirs(own.cls) if own.call is None else ()))
    }
    if len(owns) == len(callers):
        yield from (cls for cls in ask.classes.selves(function) if cls not in callers_classes)


def _within(frame: Frame, root: Frame) -> Frame:
    """Return the same, inside of the function around: nobody is known to call an inner one, or it does not matter who does."""
    function = root.function
    outer = Frame(function.outer) if function.outer is not None else None
    return frame.under(Frame(function, root.call, outer, root.own, root.bound))


def _owners(ask: Evaluator, own: Inst | None, function: ir.Function, *, weak: bool) -> list[Inst | None]:
    """Return the objects that a call may be of: one that only its class is known of may be of each heir."""
    if not weak and (own is None or own.call is not None or not ask.classes.heirs(own.cls)):
        return [own]
    kinds = ask.classes.selves(function)
    return [Inst(cls) for cls in kinds if weak or own is None or own.cls in ask.classes.line(cls)] or [own]
