"""Every limit of the analysis: its name, its value, and why there is one. What hits a limit is unknown, and says which limit it was.

Two kinds of numbers stand here. A *limit* bounds work: what lies beyond it is `Unknown` with the limit's name, nothing that depends
on it is ever certain, and the finding says which limit it was. A *precision* only says how finely call contexts are told apart: beyond
it contexts are merged, so that nothing is lost and certainty can only fall.
"""

from __future__ import annotations

from typing import NamedTuple


class Limit(NamedTuple):
    """One limit.

    Attributes:
        name: how findings call it.
        value: the number.
        reason: why there is a limit, and why this value.
    """

    name: str
    value: int
    reason: str

    @property
    def told(self) -> str:
        """The limit, as a finding names it."""
        return f"{self.value:,} {self.name}"


class Limits(NamedTuple):
    """All limits. Tests pass small ones to see that each of them ends in an unknown that is reported."""

    alternatives: Limit = Limit(
        "values of one expression",
        1_000,
        "an address and a body are paired value by value, so the work grows with the product; tables of real programs have fewer rows",
    )
    depth: Limit = Limit(
        "expressions one inside the other",
        2_500,
        "each takes about ten frames of the interpreter's stack, and the analysis runs on a stack of its own that holds so many",
    )
    question: Limit = Limit(
        "steps of one question",
        20_000,
        "functions that call each other have paths without number; a question of a real program takes a few hundred steps",
    )
    work: Limit = Limit(
        "steps for each expression of the program",
        400,
        "bounds the whole run by the size of the program; real programs need fewer than 40",
    )
    chain: Limit = Limit(
        "uses of one constant",
        300,
        "a constant with more uses names something else than keys of bodies as well",
    )


class Precision(NamedTuple):
    """How finely call contexts are told apart; beyond these, the contexts of a function are merged and nothing is lost."""

    callers: int = 7  # call sites one behind the other; wrappers of HTTP clients are seldom deeper than four
    results: int = 8  # the same for what functions return
    contexts: int = 400  # contexts of one request beyond which no function's callers are gone back to a second time
    merged: int = 16  # contexts of one request whose callers are merged; then all of its contexts are
    records: int = 64  # destinations of one dict, or bodies of one context, that are told apart by the calls and branches on the way
    all_records: int = (
        100_000  # values that are followed like that, in the whole run; then one destination of each dict is told apart
    )
    steps: int = 8_000  # of the evaluator for these contexts


LIMITS = Limits()
PRECISION = Precision()
