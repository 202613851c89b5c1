"""Every limit of the codemod: its name, its value, and why there is one. No other module bounds its work by a number of its own.

Three kinds of numbers stand here. A limit of the *analysis* bounds work: what lies beyond it is `Unknown` with the limit's name, nothing
that depends on it is ever certain, and the finding says which limit it was. A limit of *reading* ends the reading of one file, which is
then a problem that names the limit; its names are searched for instead. A *precision* only says how finely values are told apart:
beyond it they are merged, so that nothing is lost and certainty can only fall.
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
    """The limits of the analysis. Tests pass small ones to see that each of them ends in an unknown that is reported."""

    alternatives: Limit = Limit(
        "values of one expression",
        1_000,
        "an address and a body are paired value by value, so the work grows with the product; tables of real programs have fewer rows",
    )
    depth: Limit = Limit(
        "expressions one inside the other",
        2_500,
        "each takes about ten frames of the interpreter's stack, and the analysis runs on a separate stack of that size",
    )
    question: Limit = Limit(
        "steps of one question",
        10_000,
        "recursive functions have an unlimited number of paths, and a step may multiply values: eight that are passed on count as "
        "a step; in real programs, a question takes a few hundred steps",
    )
    further: Limit = Limit(
        "steps of one question, after many that took more",
        1_000,
        "a program whose functions all lead to one another has thousands of questions that take any number of steps, and all of it is "
        "no more than likely after the first of them; in other programs, a question takes a few hundred steps",
    )
    work: Limit = Limit(
        "steps for each expression of the program",
        400,
        "bounds the whole run by the size of the program; real programs need fewer than 40",
    )
    growth: Limit = Limit(
        "members or repetitions of one value",
        30,
        "a function that calls itself with a member, or a longer text, has no last value; real programs have fewer than 10",
    )
    chain: Limit = Limit(
        "uses of one constant",
        300,
        "a constant with more uses does not only name keys of bodies",
    )
    names: Limit = Limit(
        "names of one function",
        300,
        "the calls of all names of a function are analysed; only dispatch tables of frameworks have more names",
    )
    links: Limit = Limit(
        "links of one chain of calls",
        100,
        "each link is identified by the text of all links before it, so the work is quadratic; the vendor is near the front",
    )


class ReadingLimits(NamedTuple):
    """The limits of reading one file; beyond one of them the file is a problem, and its names are searched for."""

    bytes: Limit = Limit(
        "bytes of one file",
        5_000_000,
        "a larger file is data, not written by hand; it is never loaded as a whole, only searched in pieces",
    )
    seconds: Limit = Limit(
        "seconds for one file", 20, "the slowest known file of 5 MB takes a fifth of it on a machine of 2026"
    )
    nesting: Limit = Limit(
        "values one inside the other",
        200,
        "documents, substitutions and variables are read recursively; files written by hand are nested less than 30 deep",
    )
    anchors: Limit = Limit(
        "values that anchors of YAML stand for",
        100_000,
        "nested anchors expand to exponentially many values",
    )
    expansions: Limit = Limit(
        "variables that a makefile is filled with",
        100_000,
        "nested variables expand to exponentially many characters",
    )
    mended: Limit = Limit(
        "lines of other syntax",
        40,
        "a Python file is parsed again for each line that this Python cannot parse; beyond it the whole file is tokenized",
    )
    context: Limit = Limit(
        "files around a named one",
        3_000,
        "a named file is read with the folder around it; a larger folder is probably not a project but, for example, a home folder",
    )
    bundle: Limit = Limit(
        "bytes of one bundle",
        300_000,
        "the parts around addresses are analysed, up to this size from the start; the rest is searched for names",
    )
    followed: Limit = Limit(
        "parts of one file that are followed",
        8_000,
        "a part is 256 bytes around an address or a field name that was renamed, a call of a function of the file, or 400 bytes of a "
        "program, once equal units are left out; each takes up to half a millisecond, and what is behind is searched for names",
    )


class LimitReached(Exception):
    """A file has more than a limit of reading allows."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(f"has more than {limit.told}")


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
    spreads: int = 2  # the same for each expression of the program, of which there are at least 1,000
    steps: int = 8_000  # of the evaluator for these contexts
    blocks: int = (
        64  # of a script within one another whose arms are told apart; each value carries the names of all around it
    )
    condition: int = 1_000  # bytes of one that is compared with others by its text
    bindings: int = 20  # behind one another by which the name of what a test looks at is told
    backward: int = 10_000  # steps of the evaluator from calls back to dicts; then these are followed forward
    condensed: int = 300_000  # bytes of a file, of whose many equal units a few are read for all
    units: int = 50  # equal ones behind one another that are many
    unit: int = 32  # lines of one
    exhausted: int = 10  # questions that passed the limit of steps, after which further questions have a smaller one
    together: int = 100_000  # characters of documents that are followed together, where nothing connects their values
    files: int = (
        600  # of a project, all of whose modules are read with what they import; beyond it those that requests name
    )


VALUES_A_STEP = 8  # that many values cost about as much to pass on as one expression does to evaluate

LIMITS = Limits()
READING = ReadingLimits()
PRECISION = Precision()
