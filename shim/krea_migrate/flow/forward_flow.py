"""Which expressions may hold one of some dicts, or a list one of some constants: from these forward.

Members are told apart by their names only, whosever they are, so that more is found than a run can do. What a call calls is asked of the
call graph, for those calls only that one of them comes to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.flow.callers import enter
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.higher_order import AROUND
from krea_migrate.flow.known_functions import ALTERED, COPIES, LOADS, READS, SAME, SAME_IN_FULL
from krea_migrate.flow.rows import ROWS, TABLE
from krea_migrate.flow.values import Fn, Frame, Kind, Txt, Unknown
from krea_migrate.ir import tail
from krea_migrate.limits import PRECISION

_OPENING = READS | {"values", "items", "entries"}
_LISTING = frozenset({"append", "push"})
# Of what is called outside the project, only these give what they are given, or a part of it.
_PASSING = (
    (SAME | COPIES | ALTERED | LOADS | AROUND | _OPENING | TABLE)
    | {name.rpartition(".")[2] for name in SAME_IN_FULL | ROWS}
    | {"partial", "partialmethod", "removesuffix", "removeprefix", "replace", "getattr", "DataFrame"}
)


class _Step(NamedTuple):
    """How a value passes into another one: what comes of the value itself, and of what only contains it.

    Each of both is a pair: it may come to be the other value, it may come to be inside of it.
    """

    whole_value: tuple[bool, bool]
    inside: tuple[bool, bool]


_COPIED = _Step((True, False), (False, True))
_WRAPPED = _Step((False, True), (False, True))
_OPENED = _Step((False, False), (True, True))
_MIXED = _Step((True, True), (True, True))


def _through(outer: _Step, inner: _Step) -> _Step:
    """Return the step that two make, `inner` first; where their mixture has no name, one that lets more through."""
    if outer is _COPIED or inner is _OPENED:
        return inner
    return outer if inner is _COPIED or inner is outer else _MIXED


class _Member(NamedTuple):
    """Every member, name of a module and field of this name."""

    name: str


class _Reached(NamedTuple):
    """That something comes to a call: to what is called, or to what that is given."""

    call: ir.Call


class _List(NamedTuple):
    """The list that a call adds to, or what it adds."""

    call: ir.Call
    added: bool


_Link = tuple[Hashable, Hashable, _Step]  # from, to, how


class FlowGraph:
    """How values pass from one expression of a project to another one.

    Args:
        ask: gives what is called.
        constants: the texts that are values to be followed.
    """

    def __init__(self, ask: Evaluator, constants: frozenset[str]) -> None:
        self._ask = ask
        self._project = ask.project
        self._constants = constants
        self.into: dict[Hashable, list[_Link]] = defaultdict(list)
        self.back: dict[Hashable, list[Hashable]] = defaultdict(list)
        self._new: list[_Link] = []
        self._entered: set[ir.Call] = set()
        self._seen: set[ir.Node] = set()
        self._visible: dict[tuple[ir.Function, str], tuple[Hashable, ...]] = {}
        modules = list(ask.project.modules.values())
        self._scopes = {site.call: site.scope for sites in ask.project.placed.values() for site in sites}
        self._has_pages = any(module.dialect.has_pages for module in modules)
        self._unread: list[ir.Node] = [*self._scopes]  # calls, dicts and lists that were seen in others
        for module in modules:
            self._read_module(module)
        self._read_inside()

    def _add(self, target: Hashable, node: ir.Node, step: _Step = _COPIED) -> None:
        """Link everything that an expression takes its value from to what it is given to."""
        for source, through in self.sources(node):
            self._link(source, target, _through(step, through))

    def _link(self, source: Hashable, target: Hashable, step: _Step = _COPIED) -> None:
        link = source, target, step
        self.into[source].append(link)
        self.back[target].append(source)
        self._new.append(link)

    def sources(self, node: ir.Node) -> Iterator[tuple[Hashable, _Step]]:
        """Yield what an expression may take its value from, and how."""
        nodes: list[tuple[ir.Node, _Step]] = [(node, _COPIED)]
        while nodes:
            node, step = nodes.pop()
            nodes += [(inner, _through(step, further)) for inner, further in self._parts(node)]
            match node:
                case ir.Name():
                    yield from ((visible, step) for visible in self._named(node.id, node.scope))
                case ir.Attr():
                    yield _Member(node.name), step
                case ir.Item(key=ir.Str(value=key)):
                    yield _Member(key), step
                case ir.Call() | ir.Dict() | ir.Seq():
                    self._unread.append(node)
                    yield node, step
                case ir.Str() if node.value in self._constants:
                    yield node, step
                case ir.Closure():
                    yield node.function, step
                case _:
                    pass

    def _parts(self, node: ir.Node) -> list[tuple[ir.Node, _Step]]:
        match node:
            case ir.Attr(name="value") if self._has_pages:  # ref({...}).value
                return [(node.of, _COPIED)]
            case ir.Item() | ir.Element():
                return [(node.of, _OPENED)]
            case ir.Phi():
                return [(option, _COPIED) for option in node.options]
            case ir.Spread():
                return [(node.value, _COPIED)]
            case ir.Comprehension():
                return [(node.value, _WRAPPED)]
            case _:
                return []

    def _named(self, name: str, scope: ir.Function) -> tuple[Hashable, ...]:
        """Return every binding that a name may see; without one, what other modules call so."""
        key = scope, name
        if key not in self._visible:
            bindings: list[Hashable] = []
            around: ir.Function | None = scope
            while around is not None:
                if name in around.defs or any(param.name == name for param in around.params):
                    bindings.append((around, name))
                around = around.outer
            self._visible[key] = tuple(bindings) or (_Member(name),)
        return self._visible[key]

    def _read_module(self, module: ir.Module) -> None:
        for scope in (module.top, *module.functions):
            self._read_scope(scope)
        for name in module.top.defs:
            self._link((module.top, name), _Member(name))
        for store in module.stores:
            if isinstance(store.target, ir.Attr):
                self._add(_Member(store.target.name), store.value)
            elif isinstance(store.target.key, ir.Str):
                self._add(_Member(store.target.key.value), store.value)
        for cls in module.classes:
            for field in cls.fields.values():
                if field.value is not None:
                    self._add(_Member(field.name), field.value)
            for name, method in cls.methods.items():
                self._link(method, _Member(name))

    def _read_scope(self, scope: ir.Function) -> None:
        for name, defs in scope.defs.items():
            for definition in defs:
                self._bind((scope, name), definition.value, scope.module)
        for node in (*scope.returns, *scope.yielded.items):
            self._add(scope, node, _MIXED if scope.yielded.items else _COPIED)
        for param in scope.params:
            if param.default is not None:
                self._add((scope, param.name), param.default)
        for site in scope.called:
            self._enter(Fn(scope), site.call, site.scope)

    def _bind(self, target: tuple[ir.Function, str], value: object, module: ir.Module) -> None:
        if isinstance(value, ir.Function):
            self._link(value, target)
        elif isinstance(value, ir.Import) and value.name is not None:
            self._link(_Member(value.name), target)
        elif isinstance(value, ir.Import) and not module.dialect.self_is_parameter:
            self._link(_Member("default"), target)
        elif isinstance(value, ir.Node):
            self._add(target, value)

    def enter(self, call: ir.Call) -> list[_Link]:
        """Link what a call gives, and the parameters of what it calls; return the new links."""
        self._new.clear()
        scope = self._scopes.get(call)
        if scope is not None and call not in self._entered:
            self._entered.add(call)
            self._call(call, scope)
            self._read_inside()
        return list(self._new)

    def _call(self, call: ir.Call, scope: ir.Function) -> None:
        for callee in (alt.value for alt in self._ask.graph.callees(call.of, Frame(scope))):
            if isinstance(callee, Fn):
                self._link(callee.function, call)
                self._enter(callee, call, scope)
                for function in self._overriding(callee.function):
                    self._enter(Fn(function), call, scope)
            elif isinstance(callee, Kind):
                self._make(callee.cls, call, scope)
            elif isinstance(callee, (Unknown, Txt)):
                # A text is the name that a task or a worker is called by.
                name = callee.text.rpartition(".")[2] if isinstance(callee, Txt) else tail(call.of)
                self._pass_on(call)
                for function in self._project.functions.get(name, ()):
                    self._enter(Fn(function), call, scope)
        if tail(call.of) == "super" and scope.owner is not None:
            self._make(scope.owner, call, scope)

    def _overriding(self, function: ir.Function) -> list[ir.Function]:
        heirs = self._ask.classes.heirs(function.owner) if function.owner is not None else []
        return [heir.methods[function.name] for heir in heirs if function.name in heir.methods]

    def _make(self, cls: ir.Class, call: ir.Call, scope: ir.Function) -> None:
        """Link the fields of a class, and the parameters of its constructors, to what a call gives them."""
        self._pass_on(call)  # of an Enum
        for ancestor in self._ask.classes.line(cls):
            for field, argument in zip(ancestor.fields, call.args, strict=False):
                self._add(_Member(field), argument)
            for maker in ("__init__", "constructor"):
                if maker in ancestor.methods:
                    self._enter(Fn(ancestor.methods[maker]), call, scope)
        self._read_members(call)

    def _enter(self, of: Fn, call: ir.Call, scope: ir.Function) -> None:
        """Link the parameters of a function to what a call gives it."""
        function = of.function
        frame = enter(self._project, of, call, Frame(scope))
        call = frame.call or call
        spread = [argument for argument in call.args if isinstance(argument, ir.Spread)]
        members = [word.value for word in call.words if word.name is None]
        for place, param in enumerate(function.params):
            target = function, param.name
            # Whether the first parameter is the object depends on how it is called.
            for argument in call.args[max(0, place - 1) : None if param.kind == "*" else place + 1]:
                self._add(target, argument, _WRAPPED if param.kind == "*" else _COPIED)
            for node in (*spread, *members):
                self._add(target, node, _MIXED)
            for word in call.words:
                if param.kind == "**" or word.name == param.name:
                    self._add(target, word.value, _WRAPPED if param.kind == "**" else _COPIED)
            if param.kind == "**":
                self._read_members(call)

    def _pass_on(self, call: ir.Call) -> None:
        own = [call.of.of] if isinstance(call.of, ir.Attr) else []
        for node in (*own, *call.args, *(word.value for word in call.words)):
            self._add(call, node, _OPENED if node in own and tail(call.of) in _OPENING else _MIXED)

    def _read_members(self, call: ir.Call) -> None:
        for word in call.words:
            if word.name is not None:
                self._add(_Member(word.name), word.value)

    def _read_inside(self) -> None:
        """Read calls, dicts and lists, and those that stand in them."""
        while self._unread:
            node = self._unread.pop()
            if node in self._seen:
                continue
            self._seen.add(node)
            match node:
                case ir.Call():
                    self._read_call(node)
                case ir.Dict():
                    for entry in node.entries:
                        self._add(node, entry.value, _OPENED if entry.key is None else _WRAPPED)
                        if isinstance(entry.key, ir.Str):
                            self._add(_Member(entry.key.value), entry.value)
                case ir.Seq():
                    for item in node.items:
                        self._add(node, item, _COPIED if isinstance(item, ir.Spread) else _WRAPPED)
                case _:
                    pass

    def _read_call(self, call: ir.Call) -> None:
        name = tail(call.of)
        for node in (call.of, *call.args, *(word.value for word in call.words)):
            self._add(_Reached(call), node, _MIXED)
        if call not in self._scopes:  # a reader made it, for what comes of it
            self._add(call, call.of, _MIXED)
        if name in _PASSING or call not in self._scopes:
            self._pass_on(call)
        if name in COPIES:
            self._read_members(call)
        if name in _LISTING and isinstance(call.of, ir.Attr) and call.args:
            self._add(_List(call, added=True), call.args[0])
            self._add(_List(call, added=False), call.of.of)
        for argument in call.args if name in READS or name == "getattr" else ():
            if isinstance(argument, ir.Str):
                self._link(_Member(argument.value), call)


class ForwardFlow:
    """The expressions of a project that may hold one of some others.

    Args:
        graph: how values pass.
        starts: the dicts and constants that are looked for.
    """

    def __init__(self, graph: FlowGraph, starts: Iterable[ir.Node]) -> None:
        self._graph = graph
        self._values: set[Hashable] = set()
        self._inside: set[Hashable] = set()
        self._pending: list[tuple[Hashable, bool]] = [(start, True) for start in starts]
        self._close()

    def may_hold(self, node: ir.Node) -> bool:
        """Return whether an expression may be one of them."""
        return self._comes_to(node, 0)

    def may_contain(self, node: ir.Node) -> bool:
        """Return whether one of them may be inside of an expression, as in a list."""
        return self._comes_to(node, 1)

    def _comes_to(self, node: ir.Node, place: int) -> bool:
        """Return whether one of them comes to an expression; `place` in the pairs of a step: 0 as its value, 1 inside of it."""
        return any(
            (step.whole_value[place] and source in self._values) or (step.inside[place] and source in self._inside)
            for source, step in self._graph.sources(node)
        )

    def _close(self) -> None:
        """Follow all links: through calls, and into lists under other names."""
        lists: set[Hashable] = set()  # what may be a list that is added to
        while self._pending:
            source, is_value = self._pending.pop()
            reached_states = self._values if is_value else self._inside
            if source in reached_states:
                continue
            reached_states.add(source)
            for _, target, step in self._graph.into.get(source, ()):
                self._pass(target, step, is_value=is_value)
            if isinstance(source, _Reached):
                for link in self._graph.enter(source.call):
                    self._pass_new(link)
            elif isinstance(source, _List) and source.added:
                self._pending += [(listed, False) for listed in self._back(_List(source.call, added=False), lists)]

    def _pass(self, target: Hashable, step: _Step, *, is_value: bool) -> None:
        becomes_value, comes_inside = step.whole_value if is_value else step.inside
        self._pending += [(target, True)] if becomes_value else []
        self._pending += [(target, False)] if comes_inside else []

    def _pass_new(self, link: _Link) -> None:
        source, target, step = link
        if source in self._values:
            self._pass(target, step, is_value=True)
        if source in self._inside:
            self._pass(target, step, is_value=False)

    def _back(self, target: Hashable, lists: set[Hashable]) -> list[ir.Seq]:
        """Return the literals that may come to be a list, but those that were returned before."""
        literals: list[ir.Seq] = []
        pending = [target]
        while pending:
            source = pending.pop()
            if source not in lists:
                lists.add(source)
                literals += [source] if isinstance(source, ir.Seq) else []
                pending += self._graph.back.get(source, ())
        return literals


class EscapeCandidates:
    """Which expressions are worth evaluating where some dicts or constants are looked for.

    All are, as long as that is cheap; then those that may hold one.

    Args:
        ask: the evaluator, whose steps count.
        graph: gives the graph of the project.
        starts: the dicts and constants.
    """

    def __init__(self, ask: Evaluator, graph: Callable[[], FlowGraph], starts: Collection[ir.Node]) -> None:
        self._ask = ask
        self._graph = graph
        self._starts = starts
        self._budget = ask.state.work + PRECISION.backward

    @cached_property
    def _flow(self) -> ForwardFlow:
        return ForwardFlow(self._graph(), self._starts)

    def may_hold(self, node: ir.Node) -> bool:
        """Return whether an expression may be one of them, as far as that is looked for."""
        return self._ask.state.work <= self._budget or self._flow.may_hold(node)

    def may_contain(self, node: ir.Node) -> bool:
        """Return whether one of them may be inside of an expression, as far as that is looked for."""
        return self._ask.state.work <= self._budget or self._flow.may_contain(node)
