"""Who calls a function, and what classes inherit."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.flow.callees import OTHERS
from krea_migrate.flow.project import Project, tail
from krea_migrate.flow.values import (
    Fn,
    Frame,
    GuardedValue,
    Inst,
    Key,
    Kind,
    Mod,
    Txt,
    Unknown,
    forget_keys,
)
from krea_migrate.limits import LIMITS, Limit, Limits

Touched = tuple[bool, bool, bool]  # parameters, self and what is around: of the function that is asked about


WHOLE = 1_000_000  # no question is so deep


class Caller(NamedTuple):
    """A call of a function; `weak`: only the method's name speaks for it."""

    placed: ir.CallSite
    of: Fn
    weak: bool


class Callers(ABC):
    """Knows calls and classes; how an expression is followed is the evaluator's."""

    def __init__(self, project: Project, limits: Limits = LIMITS) -> None:
        forget_keys()
        self.project = project
        self.asked: ir.Function | None = None  # whose parameters stay open, to be filled by each of its callers in turn
        self.touched = False
        self.limits = limits
        self.hits: set[str] = set()  # the limits that the answers since the last `observe` depend on
        self.work: int = 0  # steps of all questions
        self.own_touched = False  # the same for self
        self.outer_touched = False  # the same for the function around it
        self.inside: dict[ir.Node, set[object]] = defaultdict(
            set
        )  # where the values of a call came in, in the function
        self.active: dict[tuple[int, Key | None], int] = {}  # the questions that are being followed, by their depth
        self.low = WHOLE  # the outermost of them that an answer depends on, because a way was left before its end
        self._sought: dict[int, int] = {}  # functions whose callers are being looked for
        self._callers: dict[int, tuple[list[Caller], frozenset[str]]] = {}
        self._callees: dict[int, tuple[list[GuardedValue], frozenset[str]]] = {}
        self._lines: dict[int, list[ir.Class]] = {}

    @abstractmethod
    def value(self, node: ir.Node | None, frame: Frame | None) -> list[GuardedValue]:
        """Everything that an expression may stand for."""

    @abstractmethod
    def in_module(self, module: ir.Module, name: str) -> list[GuardedValue]:
        """What a module's name stands for at its end."""

    def callees(self, of: ir.Node, frame: Frame | None) -> list[GuardedValue]:
        """What is called; of a script's module that is what it exports as a whole."""
        found: list[GuardedValue] = []
        for alt in self.value(of, frame):
            if isinstance(alt.value, Mod):
                found += [
                    GuardedValue(one.value, alt.yes, alt.no) for one in self.in_module(alt.value.module, "default")
                ]
            else:
                found.append(alt)
        return found

    def callers(self, function: ir.Function) -> list[Caller]:
        """Every call of the tree that reaches a function."""
        known = self._callers.get(id(function))
        if known is None and id(function) in self._sought:
            self.cut(self._sought[id(function)])
            return []
        if known is None:
            self._sought[id(function)] = self.innermost
            asked, self.asked = self.asked, None
            before, self.hits = self.hits, set()
            known = self._callers[id(function)] = list(self._find_callers(function)), frozenset(self.hits)
            self.hits = before
            self.asked = asked
            del self._sought[id(function)]
        self.hits |= known[1]
        return known[0]

    def _find_callers(self, function: ir.Function) -> Iterator[Caller]:
        for placed in function.called:
            yield Caller(placed, Fn(function), weak=placed.weak)
        maker = function.owner is not None and function.name in ("__init__", "constructor")
        crowded = self.project.crowded
        names = self.project.also_named(function.name)
        if maker and function.owner is not None:
            made = [function.owner, *self.heirs(function.owner)]
            names = [name for one in made for name in self.project.also_named(one.name)]
            names += ["__init__", "super", "cls"]
        names += self.project.results.names_of(function)
        if self.project.crowded > crowded:
            self.hits.add(self.limits.names.told)
        names += [""] if function.owner is not None and function.module.language != "python" else []  # this[name](...)
        seen: set[int] = set()
        for placed in (one for name in dict.fromkeys(names) for one in self.project.placed.get(name, ())):
            if id(placed) not in seen:
                seen.add(id(placed))
                yield from self._calls(function, placed, maker=maker)

    def _calls(self, function: ir.Function, placed: ir.CallSite, *, maker: bool) -> Iterator[Caller]:
        unknown = False
        found: dict[tuple[ir.Class | None, ir.Call | None, ir.Call | None, tuple[ir.Call, ...]], Caller] = {}
        known = self._callees.get(id(placed.call))
        if known is None:
            before, self.hits = self.hits, set()
            callees = self.callees(placed.call.of, Frame(placed.scope))
            known = self._callees[id(placed.call)] = callees, frozenset(self.hits)
            self.hits = before
        self.hits |= known[1]
        for alt in known[0]:
            match alt.value:
                case Fn() if alt.value.function is function:
                    of = alt.value.on(None if _on_itself(placed) else alt.value.own)
                    chain = of.around.chain if of.around is not None else ()
                    found.setdefault((*_made(of.own), of.ahead, chain), Caller(placed, of, weak=placed.weak))
                case Fn() if self._overridden(alt.value.function, function, placed):
                    yield Caller(placed, Fn(function, Inst(function.owner) if function.owner else None), weak=False)
                    return
                case Kind() if maker and self.method(alt.value.cls, function.name) is function:
                    yield Caller(placed, Fn(function, Inst(alt.value.cls)), weak=False)
                    return
                case Txt() if not maker and self._named(function, alt.value.text):
                    yield Caller(placed, Fn(function), weak=True)  # a task by its name
                    return
                case Unknown():
                    unknown = True
                case _:
                    pass
        yield from found.values()
        alone = not found and len(self.project.functions[function.name]) == 1 and not maker
        if unknown and alone and function.owner is not None and isinstance(placed.call.of, ir.Attr):
            yield Caller(placed, Fn(function, Inst(function.owner)), weak=not _is_meant(function, placed.call))

    @property
    def innermost(self) -> int:
        """The depth of the question that is being followed."""
        return len(self.active) - 1

    def cut(self, depth: int) -> None:
        """A way is left before its end: what is known of it holds inside the question of this depth only; -1: nowhere."""
        self.low = min(self.low, depth)

    @property
    def most_work(self) -> int:
        """The steps that the whole run may take."""
        return self.limits.work.value * max(self.project.size, 1_000)

    def exceeded(self, limit: Limit) -> GuardedValue:
        """What lies beyond a limit: unknown, and everything that depends on it says so."""
        self.hits.add(limit.told)
        self.cut(-1)
        return GuardedValue(Unknown(limit=limit.told))

    def observe(self) -> frozenset[str]:
        """Return the limits that were hit since the last call, and forget them."""
        before, self.hits = frozenset(self.hits), set()
        return before

    def untouched(self) -> Touched:
        """What was asked for until now; from here on it is noted anew."""
        before = self.touched, self.own_touched, self.outer_touched
        self.touched = self.own_touched = self.outer_touched = False
        return before

    def touches(self, more: Touched) -> None:
        """The answer depends on this, too."""
        self.touched |= more[0]
        self.own_touched |= more[1]
        self.outer_touched |= more[2]

    def open_around(self, scope: ir.Function) -> bool:
        """A function around the one whose parameters stay open: its own stay open as well."""
        inner = self.asked.outer if self.asked is not None else None
        while inner is not None and inner is not scope:
            inner = inner.outer
        self.outer_touched |= inner is not None
        return inner is not None

    def _named(self, function: ir.Function, text: str) -> bool:
        return function.owner is None and text.rpartition(".")[2] == function.name

    def _overridden(self, base: ir.Function, function: ir.Function, placed: ir.CallSite) -> bool:
        """self.build() of a class calls the build() of its heirs as well."""
        if base.owner is None or function.owner is None or base.name != function.name or not _on_itself(placed):
            return False
        return (
            isinstance(placed.call.of, ir.Attr)
            and isinstance(placed.call.of.of, ir.Name)
            and (base.owner in self.line(function.owner))
        )

    def heirs(self, cls: ir.Class) -> list[ir.Class]:
        """The classes that have a class among their bases, or the bases of those."""
        found: list[ir.Class] = []
        names = [cls.name]
        while names:
            for one in self.project.heirs.get(names.pop(), ()):
                if one not in found and one is not cls:
                    found.append(one)
                    names.append(one.name)
        return found

    def line(self, cls: ir.Class) -> list[ir.Class]:
        """A class and its bases in the tree."""
        known = self._lines.get(id(cls))
        if known is not None:
            return known
        found = self._lines[id(cls)] = [cls]  # what a class that inherits itself is asked for meanwhile
        for base in cls.bases:
            for alt in self.value(base, Frame(cls.module.top)):
                if isinstance(alt.value, Kind) and alt.value.cls not in found:
                    found += [one for one in self.line(alt.value.cls) if one not in found]
        return found

    def method(self, cls: ir.Class, name: str) -> ir.Function | None:
        """A method by its name, own or inherited."""
        return next((one.methods[name] for one in self.line(cls) if name in one.methods), None)

    def selves(self, function: ir.Function) -> list[ir.Class]:
        """The classes that self may be of in a method, when nobody is known to call it."""
        if function.owner is None:
            return []
        every = [function.owner, *self.heirs(function.owner)]
        runs = [one for one in every if self.method(one, function.name) is function]
        made = [one for one in runs if self.project.placed.get(one.name) or not self.heirs(one)]
        return made or runs


def _is_meant(function: ir.Function, call: ir.Call) -> bool:
    """The only method of a telling name takes what the call gives, and nothing says that the object is another one."""
    told = re.search(r"[a-z0-9]_[a-z]|[a-z][A-Z]", function.name) is not None
    plain = [one.name for one in function.params if not one.kind][1:]
    named = {one.name for one in function.params}
    kinds = {one.kind for one in function.params}
    few = "*" in kinds or len(call.args) <= len(plain)
    known = "**" in kinds or all(word.name is None or word.name in named for word in call.words)
    of: ir.Node = call.of
    while isinstance(of, (ir.Attr, ir.Item, ir.Call)):
        if isinstance(of, ir.Attr) and of is not call.of and OTHERS.search(of.name):
            return False
        of = of.of
    if not isinstance(of, ir.Name) or OTHERS.search(of.id) or function.module.language != "python":
        return False
    imports = [one.value for defs in of.scope.module.top.defs.values() for one in defs]
    if any(isinstance(one, ir.Import) and OTHERS.search(one.module) for one in imports):
        return False
    said = any(one.name == of.id and one.annotation for one in of.scope.params)  # a class that is not of the tree
    return told and few and known and not said


def _made(own: Inst | None) -> tuple[ir.Class | None, ir.Call | None]:
    return (own.cls, own.call) if own is not None else (None, None)


def _on_itself(placed: ir.CallSite) -> bool:
    """self.name(), super().name(): the object is the caller's own."""
    of = placed.call.of.of if isinstance(placed.call.of, ir.Attr) else None
    if isinstance(of, ir.Call):
        return tail(of.of) == "super"
    scope: ir.Function | None = placed.scope
    while scope is not None and scope.owner is None:
        scope = scope.outer
    if not isinstance(of, ir.Name) or scope is None:
        return False
    return of.id == "this" or (bool(scope.params) and of.id == scope.params[0].name and of.id in ("self", "cls"))
