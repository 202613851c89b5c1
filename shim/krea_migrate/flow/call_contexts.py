"""The ways into a function: every known chain of callers, and for a method every class that self may be of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from krea_migrate import ir
from krea_migrate.flow.callers import Caller
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.values import Frame, Inst

Found = TypeVar("Found")
MOST = 400
STEPS = 8_000  # of the evaluator, for all ways together: functions that call each other have very many


def each_way(
    ask: Evaluator, scope: ir.Function, weak: bool, look: Callable[[Frame, bool], list[Found]], deep: int = 7
) -> Iterator[Found]:
    """What is seen from a function, as each chain of callers leads to it.

    A caller is only gone back to where what is looked at depends on it.

    Args:
        ask: follows values.
        scope: the function.
        weak: only a name speaks for what is looked at.
        look: looks, given the frame and whether only a method's name speaks for it.
        deep: how many callers one behind the other.
    """
    ways: list[tuple[Frame, bool]] = [(Frame(scope), weak)]
    seen, most = 0, ask.spent + STEPS
    while ways and seen < MOST and ask.spent < most:
        frame, guessed = ways.pop()
        seen += 1
        root = frame.root()
        ask.asked, ask.touched, ask.own_touched, ask.outer_touched = root.function, False, False, False
        found = look(frame, guessed)
        ask.asked = None
        further = list(_further(ask, frame, guessed, root)) if frame.depth < deep else []
        ways += further
        if not further:
            yield from found
    ask.short = bool(ways)


def _further(ask: Evaluator, frame: Frame, weak: bool, root: Frame) -> Iterator[tuple[Frame, bool]]:
    own, open_self, around = ask.own_touched, root.own is None, ask.outer_touched
    if not ask.touched and not (own and open_self):
        if around:
            yield _within(frame, root), weak
        return
    function = root.function
    callers = [one for one in ask.callers(function) if frame.of(one.placed.scope) is None]
    for one in callers:
        for of in _owners(ask, one.of.own, function, weak=one.weak):
            for entered, guessed in ask.entrances(one._replace(of=one.of.on(of))):
                yield frame.under(entered), weak or guessed
    if not callers and around:
        yield _within(frame, root), weak
    elif own and open_self:
        for cls in _uncalled(ask, function, callers):
            yield frame.under(Frame(function, None, None, Inst(cls))), weak


def _uncalled(ask: Evaluator, function: ir.Function, callers: list[Caller]) -> Iterator[ir.Class]:
    """The classes that have a method which nobody is known to call on one of these."""
    if not callers:
        kinds = ask.selves(function)
        yield from kinds if kinds != [function.owner] else ()
        return
    owns = [one.of.own for one in callers if one.of.own is not None]
    known = {id(cls) for one in owns for cls in (one.cls, *(ask.heirs(one.cls) if one.call is None else ()))}
    if len(owns) == len(callers):
        yield from (cls for cls in ask.selves(function) if id(cls) not in known)


def _within(frame: Frame, root: Frame) -> Frame:
    """The same, inside of the function around: nobody is known to call an inner one, or it does not matter who does."""
    function = root.function
    outer = Frame(function.outer) if function.outer is not None else None
    return frame.under(Frame(function, root.call, outer, root.own, root.bound))


def _owners(ask: Evaluator, own: Inst | None, function: ir.Function, *, weak: bool) -> list[Inst | None]:
    """The objects that a call may be of: one that only its class is known of may be of each heir."""
    if not weak and (own is None or own.call is not None or not ask.heirs(own.cls)):
        return [own]
    kinds = ask.selves(function)
    return [Inst(cls) for cls in kinds if weak or own is None or own.cls in ask.line(cls)] or [own]
