"""Who calls a function, and what a call calls."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import merge
from operator import itemgetter
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.flow.bindings import Bindings
from krea_migrate.flow.callees import OTHERS
from krea_migrate.flow.class_hierarchy import ClassHierarchy
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.project import Project
from krea_migrate.flow.values import Fn, Frame, GuardedValue, Inst, Kind, Mod, Txt, Unknown, Value
from krea_migrate.ir import tail

_MAKERS = ("__init__", "constructor")
UNFOLLOWED = "?"  # a member that cannot be followed: it may be the only method of its name
Callee = ir.Function | ir.Class | str
_Limited = tuple[list[GuardedValue], frozenset[str]]


class Caller(NamedTuple):
    """A call of a function; `weak`: only the method's name speaks for it."""

    placed: ir.CallSite
    of: Fn
    weak: bool


_Calls = dict[ir.CallSite, list[GuardedValue]]  # calls, and what each of them may call


class _CallIndex:
    """The calls of one name, in their order, by what they call: functions, classes, names of tasks, unknown values.

    Attributes:
        size: how many calls were added.
        limits: the limits that were hit in finding out what they call.
    """

    def __init__(self) -> None:
        self.size = 0
        self.limits: set[str] = set()
        self._calls: dict[Callee, list[tuple[int, int, ir.CallSite, GuardedValue]]] = defaultdict(list)

    def add(self, site: ir.CallSite, called: list[GuardedValue], limits: frozenset[str]) -> None:
        """Add a call."""
        for place, alt in enumerate(called):
            key = _key_of(alt.value)
            if key != "" and (key != UNFOLLOWED or isinstance(site.call.of, ir.Attr)):
                self._calls[key].append((self.size, place, site, alt))
        self.limits |= limits
        self.size += 1

    def of(self, keys: Iterable[Callee]) -> _Calls:
        """Return the calls that may call one of these, and those of their values that are one."""
        calls: _Calls = {}
        for _, _, site, alt in merge(*(self._calls.get(key, ()) for key in keys), key=itemgetter(0, 1)):
            calls.setdefault(site, []).append(alt)
        return calls


def _key_of(value: Value) -> Callee:
    """Return what calls are found by; "" for what calls nothing of the tree."""
    match value:
        case Fn(function=function):
            return function
        case Kind(cls=cls):
            return cls
        case Txt(text=text):
            return text.rpartition(".")[2]
        case Unknown():
            return UNFOLLOWED
        case _:
            return ""


class CallGraph:
    """The calls of the tree, from both ends.

    Args:
        follower: gives what an expression stands for.
        classes: the classes of the tree.
        bindings: gives what a module exports.
    """

    def __init__(self, follower: Follower, classes: ClassHierarchy, bindings: Bindings) -> None:
        self._follower = follower
        self._state = follower.state
        self._project = follower.state.project
        self._classes = classes
        self._bindings = bindings
        self._sought: dict[ir.Function, int] = {}  # functions whose callers are being looked for, and the depth
        self._callers: dict[ir.Function, tuple[list[Caller], frozenset[str]]] = {}
        self._callees: dict[ir.Call, _Limited] = {}
        self._indexes: dict[str, _CallIndex] = {}
        self._indexing: set[str] = set()  # the names of which the index is being made

    def callees(self, of: ir.Node, frame: Frame | None) -> list[GuardedValue]:
        """Return what is called; of a script's module that is what it exports as a whole."""
        callees: list[GuardedValue] = []
        for alt in self._follower.value(of, frame):
            if isinstance(alt.value, Mod):
                exports = self._bindings.in_module(alt.value.module, "default")
                callees += [GuardedValue(export.value, alt.yes, alt.no) for export in exports]
            else:
                callees.append(alt)
        return callees

    def callers(self, function: ir.Function) -> list[Caller]:
        """Return every call of the tree that reaches a function."""
        result = self._callers.get(function)
        if result is None and function in self._sought:
            self._state.cut(self._sought[function])
            return []
        if result is None:
            self._sought[function] = self._state.innermost
            with self._state.open_to(None), self._state.limits_apart() as limits:
                result = self._callers[function] = list(self._find_callers(function)), frozenset(limits)
            del self._sought[function]
        self._state.dependencies.limits |= result[1]
        return result[0]

    def _find_callers(self, function: ir.Function) -> Iterator[Caller]:
        for call_site in function.called:
            yield Caller(call_site, Fn(function), weak=call_site.weak)
        maker = function.owner is not None and function.name in _MAKERS
        crowded = self._project.crowded
        names = names_of_calls(self._project, self._classes, function)
        if self._project.crowded > crowded:
            self._state.dependencies.limits.add(self._state.limits.names.told)
        keys = self._keys_of(function, maker=maker)
        calls: _Calls = {}
        for name in names:
            for call_site, called in self._sites(name, keys).items():
                calls.setdefault(call_site, called)
        for call_site, called in calls.items():
            yield from self._calls(function, call_site, called, maker=maker)

    def _keys_of(self, function: ir.Function, *, maker: bool) -> list[Callee]:
        """Return what a call may be seen to call that calls a function."""
        keys: list[Callee] = [function]
        if function.owner is not None:
            keys += [
                cls.methods[function.name] for cls in self._classes.line(function.owner) if function.name in cls.methods
            ]
        if maker and function.owner is not None:
            return [*dict.fromkeys(keys), function.owner, *self._classes.heirs(function.owner)]
        is_alone = function.owner is not None and len(self._project.functions[function.name]) == 1
        return [*dict.fromkeys(keys), function.name, *([UNFOLLOWED] if is_alone else [])]

    def _sites(self, name: str, keys: Iterable[Callee]) -> _Calls:
        """Return the calls of a name that may call one of these, and what each of them calls of these."""
        sites = self._project.placed.get(name, [])
        if name in self._indexing:
            return {site: self._called_at(site) for site in list(sites)}
        index = self._indexes.setdefault(name, _CallIndex())
        self._indexing.add(name)
        while index.size < len(sites):
            site = sites[index.size]
            index.add(site, self._called_at(site), self._callees[site.call][1])
        self._indexing.discard(name)
        self._state.dependencies.limits |= index.limits
        return index.of(keys)

    def _calls(
        self, function: ir.Function, site: ir.CallSite, called: list[GuardedValue], *, maker: bool
    ) -> Iterator[Caller]:
        unknown = False
        callers: dict[tuple[ir.Class | None, ir.Call | None, ir.Call | None, tuple[ir.Call, ...]], Caller] = {}
        for alt in called:
            match alt.value:
                case Fn() if alt.value.function is function:
                    of = alt.value.on(None if _on_itself(site) else alt.value.own)
                    chain = of.around.chain if of.around is not None else ()
                    callers.setdefault((*_made(of.own), of.ahead, chain), Caller(site, of, weak=site.weak))
                case Fn() if self._overridden(alt.value.function, function, site):
                    yield Caller(site, Fn(function, Inst(function.owner) if function.owner else None), weak=False)
                    return
                case Kind() if maker and self._classes.method(alt.value.cls, function.name) is function:
                    yield Caller(site, Fn(function, Inst(alt.value.cls)), weak=False)
                    return
                case Txt() if not maker and _is_named(function, alt.value.text):
                    yield Caller(site, Fn(function), weak=True)  # a task by its name
                    return
                case Unknown():
                    unknown = True
                case _:
                    pass
        yield from callers.values()
        alone = not callers and len(self._project.functions[function.name]) == 1 and not maker
        if unknown and alone and function.owner is not None and isinstance(site.call.of, ir.Attr):
            yield Caller(site, Fn(function, Inst(function.owner)), weak=not _is_meant(function, site.call))

    def _called_at(self, site: ir.CallSite) -> list[GuardedValue]:
        """Return what one call of the tree calls, whoever calls the function around it."""
        result = self._callees.get(site.call)
        if result is None:
            with self._state.limits_apart() as limits:
                callees = self.callees(site.call.of, Frame(site.scope))
                result = self._callees[site.call] = callees, frozenset(limits)
        self._state.dependencies.limits |= result[1]
        return result[0]

    def _overridden(self, base: ir.Function, function: ir.Function, site: ir.CallSite) -> bool:
        """Return whether self.build() of a class calls the build() of an heir as well."""
        if base.owner is None or function.owner is None or base.name != function.name or not _on_itself(site):
            return False
        return (
            isinstance(site.call.of, ir.Attr)
            and isinstance(site.call.of.of, ir.Name)
            and (base.owner in self._classes.line(function.owner))
        )


def names_of_calls(project: Project, classes: ClassHierarchy, function: ir.Function) -> list[str]:
    """Return every name that a call of a function may use; "" where it is taken out of a table, or is another call."""
    names = project.also_named(function.name)
    if function.owner is not None and function.name in _MAKERS:
        family = [function.owner, *classes.heirs(function.owner)]
        names = [*(name for cls in family for name in project.also_named(cls.name)), "__init__", "super", "cls"]
    names += project.results.names_of(function)
    if function.owner is not None and function.module.dialect.attributes_are_members:
        names.append("")  # this[name](...)
    return list(dict.fromkeys(names))


def enter(project: Project, of: Fn, call: ir.Call, frame: Frame | None) -> Frame:
    """Return a function as a call enters it."""
    function = of.function
    call = project.with_ahead(of.ahead, call)
    bound = (
        function.owner is not None
        and "staticmethod" not in function.marks
        and function.module.dialect.self_is_parameter
    )
    if bound and of.own is None and not isinstance(call.of, ir.Attr):
        bound = function.name == "__init__"
    return Frame(function, call, frame, of.own, bound or "bind" in function.marks, of.around)


def _is_named(function: ir.Function, text: str) -> bool:
    return function.owner is None and text.rpartition(".")[2] == function.name


def _is_meant(function: ir.Function, call: ir.Call) -> bool:
    """Return whether a call can only mean this method: it takes what the call gives, and nothing says that the object is another."""
    is_telling = re.search(r"[a-z0-9]_[a-z]|[a-z][A-Z]", function.name) is not None
    plain = [param.name for param in function.params if not param.kind][1:]
    names = {param.name for param in function.params}
    kinds = {param.kind for param in function.params}
    fits_count = "*" in kinds or len(call.args) <= len(plain)
    fits_names = "**" in kinds or all(word.name is None or word.name in names for word in call.words)
    of: ir.Node = call.of
    while isinstance(of, (ir.Attr, ir.Item, ir.Call)):
        if isinstance(of, ir.Attr) and of is not call.of and OTHERS.search(of.name):
            return False
        of = of.of
    if not isinstance(of, ir.Name) or OTHERS.search(of.id) or not function.module.dialect.self_is_parameter:
        return False
    if _imports_others(of.scope.module):
        return False
    outside = any(param.name == of.id and param.annotation for param in of.scope.params)  # of a class outside the tree
    return is_telling and fits_count and fits_names and not outside


@lru_cache(maxsize=1)  # the calls of one module come one after the other
def _imports_others(module: ir.Module) -> bool:
    """Return whether a module imports the client of another service."""
    values = (definition.value for defs in module.top.defs.values() for definition in defs)
    return any(isinstance(value, ir.Import) and OTHERS.search(value.module) is not None for value in values)


def _made(own: Inst | None) -> tuple[ir.Class | None, ir.Call | None]:
    return (own.cls, own.call) if own is not None else (None, None)


def _on_itself(site: ir.CallSite) -> bool:
    """Return whether a method is called on the caller's own object: self.name(), super().name()."""
    of = site.call.of.of if isinstance(site.call.of, ir.Attr) else None
    if isinstance(of, ir.Call):
        return tail(of.of) == "super"
    scope: ir.Function | None = site.scope
    while scope is not None and scope.owner is None:
        scope = scope.outer
    if not isinstance(of, ir.Name) or scope is None:
        return False
    return of.id == "this" or (bool(scope.params) and of.id == scope.params[0].name and of.id in ("self", "cls"))
