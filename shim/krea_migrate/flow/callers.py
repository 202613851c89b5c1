"""Who calls a function, and what a call calls."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from heapq import merge
from operator import itemgetter
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.flow.bindings import Bindings
from krea_migrate.flow.callees import OTHERS
from krea_migrate.flow.class_hierarchy import ClassHierarchy
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.project import Project, tail
from krea_migrate.flow.values import Ext, Fn, Frame, GuardedValue, Inst, Kind, Many, Mod, Obj, Txt, Unknown

_Limited = tuple[list[GuardedValue], frozenset[str]]


class Caller(NamedTuple):
    """A call of a function; `weak`: only the method's name speaks for it."""

    placed: ir.CallSite
    of: Fn
    weak: bool


class _CallIndex:
    """The calls of one name by the function that they call, in the order of the calls."""

    def __init__(self) -> None:
        self.size = 0
        self._sites: dict[ir.Function | None, list[tuple[int, ir.CallSite]]] = defaultdict(list)

    def add(self, site: ir.CallSite, called: list[GuardedValue], *, is_whole: bool) -> None:
        """Add a call; under None where it may call more than the functions that it is seen to call."""
        functions: set[ir.Function | None] = {
            alt.value.function if isinstance(alt.value, Fn) and alt.value.function.owner is None else None
            for alt in called
            if not isinstance(alt.value, (Obj, Many, Ext))
        }
        if not is_whole:
            functions.add(None)
        for function in functions:
            self._sites[function].append((self.size, site))
        self.size += 1

    def of(self, function: ir.Function) -> list[ir.CallSite]:
        """Return the calls that may call a function."""
        return [site for _, site in merge(self._sites.get(function, ()), self._sites.get(None, ()), key=itemgetter(0))]


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
        maker = function.owner is not None and function.name in ("__init__", "constructor")
        crowded = self._project.crowded
        names = self._project.also_named(function.name)
        if maker and function.owner is not None:
            family = [function.owner, *self._classes.heirs(function.owner)]
            names = [name for cls in family for name in self._project.also_named(cls.name)]
            names += ["__init__", "super", "cls"]
        names += self._project.results.names_of(function)
        if self._project.crowded > crowded:
            self._state.dependencies.limits.add(self._state.limits.names.told)
        names += (
            [""] if function.owner is not None and function.module.dialect.attributes_are_members else []
        )  # this[name](...)
        visited: set[ir.CallSite] = set()
        for call_site in (site for name in dict.fromkeys(names) for site in self._sites(name, function)):
            if call_site not in visited:
                visited.add(call_site)
                yield from self._calls(function, call_site, maker=maker)

    def _sites(self, name: str, function: ir.Function) -> list[ir.CallSite]:
        """Return the calls of a name that may call a function, without those that are known to call another one."""
        sites = self._project.placed.get(name, [])
        if name in self._indexing:
            return list(sites)
        index = self._indexes.setdefault(name, _CallIndex())
        self._indexing.add(name)
        while index.size < len(sites):
            site = sites[index.size]
            called = self._called_at(site)
            index.add(site, called, is_whole=not self._callees[site.call][1])
        self._indexing.discard(name)
        return index.of(function)

    def _calls(self, function: ir.Function, site: ir.CallSite, *, maker: bool) -> Iterator[Caller]:
        unknown = False
        callers: dict[tuple[ir.Class | None, ir.Call | None, ir.Call | None, tuple[ir.Call, ...]], Caller] = {}
        for alt in self._called_at(site):
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
    imports = [definition.value for defs in of.scope.module.top.defs.values() for definition in defs]
    if any(isinstance(value, ir.Import) and OTHERS.search(value.module) for value in imports):
        return False
    outside = any(param.name == of.id and param.annotation for param in of.scope.params)  # of a class outside the tree
    return is_telling and fits_count and fits_names and not outside


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
