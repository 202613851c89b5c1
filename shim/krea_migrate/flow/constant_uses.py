"""Constants that name keys of bodies: from where one is written down forward to everything that it is used for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from krea_migrate import ir
from krea_migrate.flow import steps
from krea_migrate.flow.callers import enter
from krea_migrate.flow.readers import Readers, Use, scope_of
from krea_migrate.flow.steps import EACH, Way
from krea_migrate.flow.taint import Reach
from krea_migrate.flow.values import Fn, Frame, Inst, Kind, Many, Mod, Obj, Txt
from krea_migrate.ir import tail

_KEYED = frozenset(
    {"get", "pop", "setdefault", "set", "has", "__getitem__", "__contains__", "__setitem__", "hasOwnProperty"}
)
_TELLS = frozenset({"print", "debug", "info", "warning", "error", "isinstance", "len", "log", "bool", "type", "repr"})


class Keys:
    """Looks from a constant text to all its uses.

    Args:
        reach: which dicts are bodies.
    """

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self._readers: dict[ir.Module, Readers] = {}
        self._known: dict[ir.Str, bool] = {}
        self._cut: set[ir.Str] = set()  # constants of which not every use was looked at
        self._names: dict[str, list[ir.Name]] = defaultdict(list)
        self._members: dict[str, list[tuple[ir.Item | ir.Attr, ir.Module]]] = defaultdict(list)
        for module in list(reach.ask.project.modules.values()):
            for name in module.names:
                self._names[name.id].append(name)
            for read in module.reads:
                name_read = member_of(read)
                if name_read:
                    self._members[name_read].append((read, module))

    def only_keys(self, token: ir.Str, holder: ir.Module) -> bool:
        """Return whether nothing but keys of bodies comes from a constant."""
        answer = self._known.get(token)
        if answer is None:
            self._known[token] = True
            answer = self._known[token] = self._follow(token, holder)
        if token in self._cut:
            state = self.reach.ask.state
            state.dependencies.limits.add(state.limits.chain.told)
        return answer

    def is_read(self, name: str) -> bool:
        """Return whether something reads a member of this name."""
        return name in self._members

    def _follow(self, token: ir.Str, holder: ir.Module) -> bool:
        ways, visited = [Way(token, (), holder)], set[tuple[ir.Node, tuple[int | str, ...]]]()
        while ways:
            way = ways.pop()
            at = way.node, tuple(step for step, _ in way.steps)
            if at in visited:
                continue
            visited.add(at)
            if way.module not in self._readers:
                self._readers[way.module] = Readers(way.module)
            uses = self._readers[way.module].of.get(way.node, [])
            if len(visited) > self.reach.ask.state.limits.chain.value:
                self._cut.add(token)
                return False
            if not (uses or way.node in way.module.tested):
                return False
            for use in uses:
                onward = self._onward(use, way, token)
                if onward is None:
                    return False
                ways += onward
        return True

    def _onward(self, use: Use, way: Way, token: ir.Str) -> list[Way] | None:
        """Return what one use makes of it; nothing where it ends as the key of a body, None where it is used for something else."""
        node = use.node
        match use.role:
            case "def" if isinstance(node, ir.Function):
                ways = list(self._named(str(use.at), node, way, token))
                plain = isinstance(way.node, (ir.Str, ir.Dict, ir.Seq))
                return ways if ways or plain else None  # what nobody here reads may be read from outside
            case "field":
                return list(self._as_member(str(use.at), way, token)) if not self._is_whole(use) else None
            case "store" if isinstance(node, ir.Assignment):
                name = member_of(node.target)
                return list(self._as_member(name, way, token)) if name and not way.steps else None
            case "return" | "yield" if isinstance(node, ir.Function):
                more = (EACH,) if use.role == "yield" else ()
                callers = self.reach.ask.graph.callers(node)
                call_ways = [way.to(caller.placed.call, *more, module=caller.placed.scope.module) for caller in callers]
                return call_ways or None
            case "test" if isinstance(node, ir.Test):
                return self._key(node.of, use.scope, way)
            case "tested":
                return [] if isinstance(way.first, str) else None
            case _ if isinstance(node, ir.Node):
                return self._in_expression(use, node, way)
            case _:
                return None

    def _in_expression(self, use: Use, node: ir.Node, way: Way) -> list[Way] | None:
        match node:
            case ir.Call():
                return self._in_call(use, node, way)
            case ir.Item() if use.role == "key":
                stored = node in self._readers[way.module].stored
                return self._key(node.of, use.scope, way, stored=stored)
            case ir.Item():
                return steps.picked(node, node.key, way)
            case ir.Attr():
                return steps.member(node, way)
            case _ if use.role in ("entry key", "made key"):
                return [] if not way.steps and self.reach.records.get(("dict", node)) else None
            case _:
                return steps.within(use, node, way)

    def _key(self, of: ir.Node, scope: ir.Function, way: Way, *, stored: bool = False) -> list[Way] | None:
        """Return it names a key of something: of a body or not. Where a key is set is looked at for each caller by itself."""
        knowledge = self.reach.of_expression(of, scope)
        away = not stored and any(record.target.kind == "other" for record in knowledge.records)
        return [] if not way.steps and knowledge.records and not knowledge.mixed and not away else None

    def _in_call(self, use: Use, call: ir.Call, way: Way) -> list[Way] | None:
        if use.role == "callee":
            return steps.by_method(call, way)
        if call in self.reach.ask.project.inner:
            return []  # the call that the library makes of it is looked at instead
        name = tail(call.of)
        if not way.steps and name in _KEYED and use.at == 0 and isinstance(call.of, ir.Attr):
            return self._key(call.of.of, use.scope, way)
        if name in _TELLS:
            return []
        ways = self._given(call, use, way)
        return (
            ways
            if ways is not None
            else steps.by_library(call, use.at, way, body=bool(self.reach.records.get(("dict", call))))
        )

    def _given(self, call: ir.Call, use: Use, way: Way) -> list[Way] | None:
        """Return a function of the tree, or a class of it, is given it."""
        ask = self.reach.ask
        ways: list[Way] = []
        is_known = False
        for alt in ask.value(call.of, Frame(use.scope)):
            of, function = alt.value, None
            if isinstance(of, Kind):
                function = ask.classes.method(of.cls, "__init__")
                if function is None:
                    names = [field for kind in reversed(ask.classes.line(of.cls)) for field in kind.fields]
                    place = names[use.at] if isinstance(use.at, int) and use.at < len(names) else use.at
                    is_known |= not way.steps
                    ways += self._as_member(str(place), way, None)
            elif isinstance(of, Fn):
                function = of.function
            if function is not None:
                is_known = True
                bound = enter(
                    ask.project, Fn(function, Inst(function.owner) if function.owner else None), call, None
                ).bound
                name = _name_at(function, use.at + bound) if isinstance(use.at, int) else use.at
                if not name or all(param.name != name for param in function.params):
                    return None
                ways += self._named(name, function, way, None)
        return ways if is_known else None

    def _named(self, name: str, scope: ir.Function, way: Way, token: ir.Str | None) -> Iterator[Way]:
        """Yield every place where a name is read."""
        names = self.reach.ask.project.also_named(name) if scope.outer is None else [name]
        for read_name in (use for alias in names for use in self._names.get(alias, ())):
            if (_sees(read_name, scope) or scope.outer is None) and self._gives(read_name, read_name.scope, way, token):
                yield way.to(read_name, module=read_name.scope.module)
        for read, module in self._members.get(name, ()) if scope.outer is None else ():
            values = self.reach.ask.value(read.of, Frame(scope_of(read, module)))
            if any(isinstance(alt.value, Mod) and alt.value.module is scope.module for alt in values):
                yield way.to(read, module=module)

    def _as_member(self, name: str, way: Way, token: ir.Str | None) -> Iterator[Way]:
        """Yield every place where a member of this name is read."""
        for read, module in self._members.get(name, ()):
            if self._gives(read, scope_of(read, module), way, token):
                yield way.to(read, module=module)

    def _gives(self, node: ir.Node, scope: ir.Function, way: Way, token: ir.Str | None) -> bool:
        """Return whether an expression may have the value that is followed."""
        site = way.steps[0][1] if way.steps else None
        if token is None and site is None:
            return True
        for alt in self.reach.ask.value(node, Frame(scope)):
            value = alt.value
            if site is not None and isinstance(value, (Obj, Many)) and value.site is site:
                return True
            if site is None and way.steps:
                return True
            if isinstance(value, Txt) and not way.steps and any(constant is token for constant in value.tokens):
                return True
        return False

    def _is_whole(self, use: Use) -> bool:
        """Return whether something goes through all members of a class, or asks for one that only the run knows."""
        name = use.node.name if isinstance(use.node, ir.Class) else ""
        enum = isinstance(use.node, ir.Class) and any("Enum" in tail(base) for base in use.node.bases)
        for read_name in (
            read_name for alias in self.reach.ask.project.also_named(name) for read_name in self._names.get(alias, ())
        ):
            module = read_name.scope.module
            if module not in self._readers:
                self._readers[module] = Readers(module)
            for member_use in self._readers[module].of.get(read_name, ()):
                is_printed = isinstance(member_use.node, ir.Call) and tail(member_use.node.of) in _TELLS
                by_run = isinstance(member_use.node, ir.Item) and not isinstance(member_use.node.key, ir.Str)
                if (
                    member_use.role in ("each", "spread", "tested")
                    or (member_use.role == "arg" and not is_printed)
                    or by_run
                ):
                    return True
                if member_use.role == "callee" and enum:
                    return True
        return False


def member_of(node: ir.Node | None) -> str:
    """Return the name of the member that is read, where the source says it."""
    if isinstance(node, ir.Attr):
        return node.name
    return node.key.value if isinstance(node, ir.Item) and isinstance(node.key, ir.Str) else ""


def _name_at(function: ir.Function, place: int) -> str:
    plain = [param.name for param in function.params if not param.kind]
    return plain[place] if place < len(plain) else ""


def _sees(name: ir.Name, scope: ir.Function) -> bool:
    """Return whether a name stands where one of a function can be read, and no other binding hides that."""
    inside: ir.Function | None = name.scope
    while inside is not None and inside is not scope:
        if name.id in inside.defs or any(param.name == name.id for param in inside.params):
            return False
        inside = inside.outer
    return inside is not None
