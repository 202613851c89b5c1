"""What an expression may stand for, asked from the end: names back to their bindings, members, parameters to arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from krea_migrate import ir
from krea_migrate.flow import files
from krea_migrate.flow.callers import WHOLE, Touched
from krea_migrate.flow.imports import Imports
from krea_migrate.flow.project import Project
from krea_migrate.flow.values import (
    NONE,
    RECURSION,
    Ext,
    Fn,
    Frame,
    GuardedValue,
    Inst,
    Key,
    Kind,
    Kw,
    Many,
    Mod,
    Obj,
    Origin,
    Pair,
    Txt,
    Unknown,
    come_in,
    earlier,
    meet,
    origin_of,
    path_condition,
    restricted,
)
from krea_migrate.holes import HOLE
from krea_migrate.limits import LIMITS, Limit, Limits

_HOISTED = (ir.Function, ir.Class, ir.Import)


class _Answer(NamedTuple):
    """What was found for a question; the node and the frame keep their identities taken."""

    node: ir.Node
    frame: Frame | None
    values: list[GuardedValue]
    touched: Touched
    hits: frozenset[str]


class Evaluator(Imports):
    """Follows values through a project."""

    def __init__(self, project: Project, limits: Limits = LIMITS) -> None:
        super().__init__(project, limits)
        # What was followed to its end without knowing a caller is the same for every question; the node keeps its identity taken.
        self._known: dict[tuple[int, Key | None, int], _Answer] = {}
        self._ways: dict[type[ir.Node], Callable[[Any, Frame | None], list[GuardedValue]]] = {
            ir.Name: self._name,
            ir.Attr: self._attr,
            ir.Item: self._item,
            ir.Dict: self.literal,
            ir.Call: self.call,
            ir.Text: lambda node, frame: self._text(node.parts, frame),
            ir.Phi: self._either,
            ir.Element: lambda node, frame: list(self.each(node, frame)),
        }

    def value(self, node: ir.Node | None, frame: Frame | None) -> list[GuardedValue]:
        """Everything that an expression may stand for; what cannot be followed is Unknown."""
        if node is None:
            return [GuardedValue(Unknown())]
        self.work += 1
        kept = (id(node), frame.key if frame is not None else None, id(self.asked))
        known = self._known.get(kept)
        if known is not None:
            self.touches(known.touched)
            self.hits |= known.hits
            return known.values
        key = kept[:2]
        self.steps = self.steps + 1 if self.active else 0
        depth = len(self.active)
        if key in self.active:
            self.cut(self.active[key])
            return [GuardedValue(RECURSION)]
        limit = self._limit_hit(depth)
        if limit is not None:
            return [self.exceeded(limit)]
        low, before, hits = self.low, self.untouched(), self.hits
        self.low, self.hits = WHOLE, set()
        self.active[key] = depth
        try:
            found = self._value(node, frame)
        finally:
            del self.active[key]
        if isinstance(node, (ir.Call, ir.Element)):
            found = [come_in(alt, node) for alt in found]
        found = self.limited(found) or [GuardedValue(Unknown())]
        whole = self.low >= depth
        self.low = low if whole else min(low, self.low)
        if whole:
            touched = self.touched, self.own_touched, self.outer_touched
            self._known[kept] = _Answer(node, frame, found, touched, frozenset(self.hits))
        self.touches(before)
        self.hits |= hits
        return found

    def _limit_hit(self, depth: int) -> Limit | None:
        """The limit that one more question would pass, if any."""
        if depth > self.limits.depth.value:
            return self.limits.depth
        if self.steps > self.limits.question.value:
            return self.limits.question
        return self.limits.work if self.work > self.most_work else None

    def limited(self, found: list[GuardedValue]) -> list[GuardedValue]:
        """The values, and where they are too many the first of them and an unknown."""
        limit = self.limits.alternatives
        if len(found) <= limit.value:
            return found
        self.hits.add(limit.told)
        return [*found[: limit.value], GuardedValue(Unknown(limit=limit.told))]

    def _value(self, node: ir.Node, frame: Frame | None) -> list[GuardedValue]:
        follow = self._ways.get(type(node))
        if follow is not None:
            return follow(node, frame)
        match node:
            case ir.Str():
                return [GuardedValue(Txt(node.value, "", (node,)))]
            case ir.Comprehension():
                return [GuardedValue(Obj(node, frame))]
            case ir.Seq():
                return [GuardedValue(Many(node, frame))]
            case ir.Closure():
                return [GuardedValue(Fn(node.function, frame.own if frame else None, None, _maker(frame)))]
            case _:
                return [GuardedValue(Unknown())]

    def _either(self, node: ir.Phi, frame: Frame | None) -> list[GuardedValue]:
        block = node.block or f"either:{id(node)}"
        found: list[GuardedValue] = []
        for number, option in enumerate(node.options):
            if not isinstance(option, ir.Opaque) or number == 0:
                found += restricted(self.value(option, frame), frozenset({(block, number ^ node.first)}))
        known = [alt for alt in found if not isinstance(alt.value, Unknown)]
        return found if known else found[:1]

    def _text(self, parts: list[ir.Node], frame: Frame | None) -> list[GuardedValue]:
        built = [GuardedValue(Txt(""))]
        for part in parts:
            grown: list[GuardedValue] = []
            for alt in self.value(part, frame):
                piece = alt.value if isinstance(alt.value, Txt) else Txt(HOLE, self.hint(part, alt.value))
                for old in built:
                    both = meet((old.yes, old.no), (alt.yes, alt.no))
                    if both is not None and isinstance(old.value, Txt):
                        before = old.value
                        text = before.text + piece.text
                        grown.append(
                            GuardedValue(
                                Txt(text, f"{before.hint} {piece.hint}".strip(), before.tokens + piece.tokens), *both
                            )
                        )
            built = self.limited(grown)
            if not built:
                return [GuardedValue(Txt(HOLE))]
        return built

    def hint(self, node: ir.Node, value: object = None) -> str:
        """How the source names an expression."""
        if isinstance(value, Unknown) and value.hint:
            return value.hint
        links: list[str] = []
        while isinstance(node, (ir.Attr, ir.Call, ir.Item)) and len(links) < self.limits.links.value:
            if isinstance(node, ir.Attr):
                links.append(f".{node.name}")
            elif isinstance(node, ir.Call):
                links.append("".join(f" {given.value}" for given in node.args if isinstance(given, ir.Str)))
            else:
                links.append(f" {node.key.value if isinstance(node.key, ir.Str) else ''}")
            node = node.of
        if isinstance(node, (ir.Attr, ir.Call, ir.Item)):
            self.hits.add(self.limits.links.told)
        return (node.id if isinstance(node, ir.Name) else "") + "".join(reversed(links))

    def _name(self, name: ir.Name, frame: Frame | None) -> list[GuardedValue]:
        scope: ir.Function | None = name.scope
        while scope is not None:
            here = frame.of(scope) if frame is not None else None
            if scope is name.scope:
                found, free = self._reaching(scope.defs.get(name.id, []), name)
            else:
                found, free = [(one, path_condition(one.path), NONE) for one in scope.defs.get(name.id, [])], True
            alts = [
                alt
                for one, yes, no in found
                for alt in restricted(self.bound(one, scope, here or Frame(scope)), yes, no)
            ]
            if found and scope is name.scope and found[0][0].order > name.order:
                alts = earlier(alts)  # it was set in an earlier round of a loop
            if free and (own := self.parameter(name.id, scope, here)) is not None:
                alts += own
            if alts or found:
                return alts
            scope = scope.outer
        return self._global(name)

    def _global(self, name: ir.Name) -> list[GuardedValue]:
        for star in name.scope.module.stars:
            module = self.project.imported(star, name.scope.module)
            if module is not None and name.id in module.top.defs:
                return self.in_module(module, name.id)
        return [GuardedValue(Ext(name.id))]

    def _reaching(
        self, defs: list[ir.Def], name: ir.Name
    ) -> tuple[list[tuple[ir.Def, frozenset[tuple[str, int]], frozenset[tuple[str, int]]]], bool]:
        """The bindings that a name may see, last first, and whether none of them surely stands before it."""
        before = [one for one in defs if one.order < name.order]
        rounds = {step for step in name.path if step[0].startswith("loop:")}
        # A later one counts in the next round of a loop, and where it is known before it runs: body = dict(body) does not see itself.
        later = [one for one in defs if isinstance(one.value, _HOISTED) or not rounds.isdisjoint(one.path)]
        here = path_condition(name.path)
        found: list[tuple[ir.Def, frozenset[tuple[str, int]], frozenset[tuple[str, int]]]] = []
        no: frozenset[tuple[str, int]] = NONE
        for one in sorted(before or later, key=lambda one: -one.order):
            yes = path_condition(one.path)
            if meet((yes, NONE), (here, NONE)) is None:
                continue
            found.append((one, yes, no))
            if set(one.path) <= set(name.path) and (before or isinstance(one.value, _HOISTED)):
                return found, False
            missed = yes - here
            if len(missed) == 1 and len(one.path) - len(yes) == 0:
                no |= missed
        return found, True

    def bound(self, one: ir.Def, scope: ir.Function, frame: Frame) -> list[GuardedValue]:
        """What one binding of a name gives."""
        match one.value:
            case ir.Function():
                return [GuardedValue(Fn(one.value, None, None, _maker(frame)))]
            case ir.Class():
                return [GuardedValue(Kind(one.value))]
            case ir.Import():
                return self.imported(one.value, scope.module)
            case None:
                return [GuardedValue(Unknown())]
            case _:
                found = self.value(one.value, frame)
                named = self.annotated(one.annotation, scope.module)
                return [*named] if named and all(isinstance(alt.value, Unknown) for alt in found) else found

    def _attr(self, node: ir.Attr, frame: Frame | None) -> list[GuardedValue]:
        return [
            GuardedValue(alt.value, *both)
            for of in self.value(node.of, frame)
            for alt in self.member(of.value, node)
            if (both := meet((of.yes, of.no), (alt.yes, alt.no))) is not None
        ]

    def member(self, of: object, node: ir.Attr) -> list[GuardedValue]:
        """`of.name`."""
        name = node.name
        match of:
            case Mod():
                return self.in_module(of.module, name)
            case Inst():
                return self.of_instance(of, name)
            case Kind():
                return self.of_instance(Inst(of.cls), name)
            case Ext():
                return [GuardedValue(files.attribute(of, name))]
            case Obj() | Kw():
                held = [GuardedValue(of)] if name == "value" and _is_script(of.frame) else []  # of ref({...})
                return self.entry(of, name) or held or [GuardedValue(Unknown(f"{self.hint(node.of)}.{name}"))]
            case Txt() if name == "value":  # of an Enum
                return [GuardedValue(of)]
            case _:
                origin = origin_of(of)
                return [GuardedValue(Unknown(f"{self.hint(node.of)}.{name}", (*origin, "." + name) if origin else ()))]

    def _item(self, node: ir.Item, frame: Frame | None) -> list[GuardedValue]:
        keys = self.value(node.key, frame)
        found: list[GuardedValue] = []
        for of in self.value(node.of, frame):
            for key in keys:
                both = meet((of.yes, of.no), (key.yes, key.no))
                if both is not None:
                    found += restricted(self.part(of.value, key.value), *both)
        hint = self.hint(node)
        return [
            GuardedValue(Unknown(hint, alt.value.origin), *alt[1:]) if isinstance(alt.value, Unknown) else alt
            for alt in found
        ]

    def part(self, of: object, key: object) -> list[GuardedValue]:
        """`of[key]`."""
        text = key.text if isinstance(key, Txt) and HOLE not in key.text else None
        match of:
            case Obj() | Kw():
                return (self.entry(of, text) if text is not None else self.entries(of)) or [GuardedValue(Unknown())]
            case Kind() | Inst() if text is not None:  # of an enum, this[name]
                return self.of_instance(of if isinstance(of, Inst) else Inst(of.cls), text)
            case Pair():
                return [GuardedValue(of.key)] if text == "0" else self.value(of.value, of.frame)
            case Many():
                items = of.site.items
                if text is not None and text.isdigit() and int(text) < len(items):
                    return self.value(items[int(text)], of.frame)
                return [alt for one in items for alt in self.value(one, of.frame)] or [GuardedValue(Unknown())]
            case Ext() if files.is_file(of):
                return [GuardedValue(files.member(of, files.ANY if text is None or text.isdigit() else text))]
            case Unknown() | Ext() if text is not None and (origin := origin_of(of)):
                return [*self._set_on(origin, text), GuardedValue(Unknown("", (*origin, text)))]
            case _:
                return [GuardedValue(Unknown())]

    def _set_on(self, origin: Origin, key: str) -> Iterator[GuardedValue]:
        """item["body"] = ..., where nothing else is known of item."""
        for store in self.project.sets.get(key, ()):
            if not isinstance(store.target, ir.Item) or store.drops or not isinstance(store.target.of, ir.Name):
                continue
            held = self.value(store.target.of, Frame(store.scope))
            if any(origin_of(alt.value) == origin for alt in held):
                yield from self.value(store.value, Frame(store.scope))


def _is_script(frame: Frame | None) -> bool:
    return frame is not None and frame.function.module.language == "script"


def _maker(frame: Frame | None) -> Frame | None:
    """The call that makes a function within another one."""
    return frame if frame is not None and frame.call is not None else None
