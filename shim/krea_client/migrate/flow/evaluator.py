"""What an expression may stand for, asked from the end: names back to their bindings, members, parameters to arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from krea_client.migrate.flow.calls import Calls
from krea_client.migrate.flow.project import tail
from krea_client.migrate.flow.values import (
    HOLE,
    NONE,
    Alt,
    Ext,
    Fn,
    Frame,
    Inst,
    Kind,
    Kw,
    Many,
    Mod,
    Obj,
    Pair,
    Txt,
    Unknown,
    choices,
    together,
    under,
)
from krea_client.migrate.languages import tree as t

MOST = 64  # values that one expression may have before it counts as unknown
DEEP = 40


class Evaluator(Calls):
    """Follows values through a project."""

    def value(self, node: t.Node | None, frame: Frame | None) -> list[Alt]:
        """Everything that an expression may stand for; what cannot be followed is Unknown."""
        if node is None:
            return [Alt(Unknown())]
        key = (id(node), frame)
        if key in self.active or len(self.active) > DEEP:
            return [Alt(Unknown("recursion"))]
        self.active.add(key)
        try:
            found = self._value(node, frame)
        finally:
            self.active.discard(key)
        return found if 0 < len(found) <= MOST else [Alt(Unknown())]

    def _value(self, node: t.Node, frame: Frame | None) -> list[Alt]:
        match node:
            case t.Str():
                return [Alt(Txt(node.value, "", (node,)))]
            case t.Name():
                return self._name(node, frame)
            case t.Attr():
                return self._attr(node, frame)
            case t.Item():
                return self._item(node, frame)
            case t.Call():
                return self.call(node, frame)
            case t.Dict() | t.Comprehension():
                return [Alt(Obj(node, frame))]
            case t.Seq():
                return [Alt(Many(node, frame))]
            case t.Text():
                return self._text(node.parts, frame)
            case t.Either():
                return self._either(node, frame)
            case t.Each():
                return list(self._each(node, frame))
            case t.Made():
                return [Alt(Fn(node.function, frame.own if frame else None))]
            case _:
                return [Alt(Unknown())]

    def _either(self, node: t.Either, frame: Frame | None) -> list[Alt]:
        block = f"either:{id(node)}"
        found: list[Alt] = []
        for number, option in enumerate(node.options):
            if not isinstance(option, t.Opaque) or number == 0:
                found += under(self.value(option, frame), frozenset({(block, number)}))
        known = [alt for alt in found if not isinstance(alt.value, Unknown)]
        return found if known else found[:1]

    def _text(self, parts: list[t.Node], frame: Frame | None) -> list[Alt]:
        built = [Alt(Txt(""))]
        for part in parts:
            grown: list[Alt] = []
            for alt in self.value(part, frame):
                piece = alt.value if isinstance(alt.value, Txt) else Txt(HOLE, self.hint(part, alt.value))
                for old in built:
                    both = together((old.yes, old.no), (alt.yes, alt.no))
                    if both is not None and isinstance(old.value, Txt):
                        before = old.value
                        text = before.text + piece.text
                        grown.append(
                            Alt(Txt(text, f"{before.hint} {piece.hint}".strip(), before.tokens + piece.tokens), *both)
                        )
            built = grown
            if not 0 < len(built) <= MOST:
                return [Alt(Txt(HOLE))]
        return built

    def hint(self, node: t.Node, value: object = None) -> str:
        """How the source names an expression."""
        if isinstance(value, Unknown) and value.hint:
            return value.hint
        if isinstance(node, t.Attr):
            return f"{self.hint(node.of)}.{node.name}"
        if isinstance(node, t.Call):
            return " ".join([self.hint(node.of), *(one.value for one in node.args if isinstance(one, t.Str))])
        if isinstance(node, t.Item):
            return f"{self.hint(node.of)} {node.key.value if isinstance(node.key, t.Str) else ''}"
        return node.id if isinstance(node, t.Name) else ""

    def _name(self, name: t.Name, frame: Frame | None) -> list[Alt]:
        scope: t.Function | None = name.scope
        while scope is not None:
            here = frame.of(scope) if frame is not None else None
            if scope is name.scope:
                found, free = self._reaching(scope.defs.get(name.id, []), name)
            else:
                found, free = [(one, choices(one.path), NONE) for one in scope.defs.get(name.id, [])], True
            alts = [
                alt for one, yes, no in found for alt in under(self._bound(one, scope, here or Frame(scope)), yes, no)
            ]
            if free and (own := self.parameter(name.id, scope, here)) is not None:
                alts += own
            if alts or found:
                return alts
            scope = scope.outer
        return self._global(name)

    def _global(self, name: t.Name) -> list[Alt]:
        for star in name.scope.module.stars:
            module = self.project.imported(star, name.scope.module)
            if module is not None and name.id in module.top.defs:
                return self.in_module(module, name.id)
        return [Alt(Ext(name.id))]

    def _reaching(
        self, defs: list[t.Def], name: t.Name
    ) -> tuple[list[tuple[t.Def, frozenset[tuple[str, int]], frozenset[tuple[str, int]]]], bool]:
        """The bindings that a name may see, last first, and whether none of them surely stands before it."""
        before = [one for one in defs if one.order < name.order]
        here = choices(name.path)
        found: list[tuple[t.Def, frozenset[tuple[str, int]], frozenset[tuple[str, int]]]] = []
        no: frozenset[tuple[str, int]] = NONE
        for one in sorted(before or defs, key=lambda one: -one.order):
            yes = choices(one.path)
            if together((yes, NONE), (here, NONE)) is None:
                continue
            found.append((one, yes, no))
            if set(one.path) <= set(name.path):
                return found, False
            missed = yes - here
            if len(missed) == 1 and len(one.path) - len(yes) == 0:
                no |= missed
        return found, not before or bool(found) or True

    def _bound(self, one: t.Def, scope: t.Function, frame: Frame) -> list[Alt]:
        match one.value:
            case t.Function():
                return [Alt(Fn(one.value))]
            case t.Class():
                return [Alt(Kind(one.value))]
            case t.Import():
                return self._import(one.value, scope.module)
            case None:
                return [Alt(Unknown())]
            case _:
                found = self.value(one.value, frame)
                named = self.annotated(one.annotation, scope.module)
                return [*named] if named and all(isinstance(alt.value, Unknown) for alt in found) else found

    def annotated(self, annotation: str, module: t.Module) -> list[Alt]:
        """An instance of the class of the tree that an annotation names."""
        word = annotation.strip("\"' ").removeprefix("Optional[").rstrip("]").split("|")[0].strip().rsplit(".", 1)[-1]
        if not word.isidentifier():
            return []
        found = [alt for alt in self.in_module(module, word) if isinstance(alt.value, Kind)]
        return [Alt(Inst(alt.value.cls)) for alt in found if isinstance(alt.value, Kind)]

    def in_module(self, module: t.Module, name: str) -> list[Alt]:
        """What a module's name stands for at its end."""
        defs = module.top.defs.get(name)
        if defs is None:
            for star in module.stars:
                other = self.project.imported(star, module)
                if other is not None and other is not module and name in other.top.defs:
                    return self.in_module(other, name)
            return [Alt(Unknown(name))]
        frame = Frame(module.top)
        return [alt for one in defs for alt in under(self._bound(one, module.top, frame), choices(one.path))]

    def _import(self, wanted: t.Import, importer: t.Module) -> list[Alt]:
        key = (id(wanted), importer.file)
        if key in self.importing:
            return [Alt(Unknown())]
        self.importing.add(key)
        try:
            module = self.project.imported(wanted, importer)
            if module is None:
                dotted = f"{wanted.module}.{wanted.name}" if wanted.name else wanted.module
                return [Alt(Ext(dotted))]
            if wanted.name is None:
                return [Alt(Mod(module))]
            if wanted.name in module.top.defs or module.stars:
                return self.in_module(module, wanted.name)
            last = module.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
            return [Alt(Mod(module))] if last == wanted.name else [Alt(Unknown(wanted.name))]
        finally:
            self.importing.discard(key)

    def _attr(self, node: t.Attr, frame: Frame | None) -> list[Alt]:
        return [
            Alt(alt.value, *both)
            for of in self.value(node.of, frame)
            for alt in self.member(of.value, node, frame)
            if (both := together((of.yes, of.no), (alt.yes, alt.no))) is not None
        ]

    def member(self, of: object, node: t.Attr, frame: Frame | None) -> list[Alt]:
        """`of.name`."""
        name = node.name
        match of:
            case Mod():
                return self.in_module(of.module, name)
            case Inst():
                return self.of_instance(of, name, node)
            case Kind():
                return self.of_instance(Inst(of.cls), name, node)
            case Ext():
                return [Alt(Ext(f"{of.dotted}.{name}", of.made, of.frame))]
            case Obj() | Kw():
                return self.entry(of, name) or [Alt(Unknown(f"{self.hint(node.of)}.{name}"))]
            case Txt() if name == "value":  # of an Enum
                return [Alt(of)]
            case _:
                return [Alt(Unknown(f"{self.hint(node.of)}.{name}"))]

    def _item(self, node: t.Item, frame: Frame | None) -> list[Alt]:
        keys = self.value(node.key, frame)
        found: list[Alt] = []
        for of in self.value(node.of, frame):
            for key in keys:
                both = together((of.yes, of.no), (key.yes, key.no))
                if both is not None:
                    found += under(self.part(of.value, key.value), *both)
        hint = self.hint(node)
        return [Alt(Unknown(hint), *alt[1:]) if isinstance(alt.value, Unknown) else alt for alt in found]

    def part(self, of: object, key: object) -> list[Alt]:
        """`of[key]`."""
        text = key.text if isinstance(key, Txt) and HOLE not in key.text else None
        match of:
            case Obj() | Kw():
                return (self.entry(of, text) if text is not None else self.entries(of)) or [Alt(Unknown())]
            case Pair():
                return [Alt(of.key)] if text == "0" else self.value(of.value, of.frame)
            case Many():
                items = of.site.items
                if text is not None and text.isdigit() and int(text) < len(items):
                    return self.value(items[int(text)], of.frame)
                return [alt for one in items for alt in self.value(one, of.frame)] or [Alt(Unknown())]
            case _:
                return [Alt(Unknown())]

    def _each(self, node: t.Each, frame: Frame | None) -> Iterator[Alt]:
        block, number = f"each:{id(node)}", 0
        for of in self.value(node.of, frame):
            for alt in self._elements(of.value):
                both = together((of.yes, of.no), (alt.yes | {(block, number)}, alt.no))
                number += 1
                if both is not None:
                    yield Alt(alt.value, *both)

    def _elements(self, of: object) -> Iterable[Alt]:
        if isinstance(of, Many):
            for one in of.site.items:
                if isinstance(one, t.Spread):
                    for alt in self.value(one.value, of.frame):
                        yield from self._elements(alt.value)
                else:
                    yield from self.value(one, of.frame)
            yield from self._appended(of)
        elif isinstance(of, Ext) and of.made is not None and tail(of.made.of) in ("items", "entries"):
            yield from self.pairs(of.made, of.frame)
        elif isinstance(of, Obj) and isinstance(of.site, t.Dict):
            for entry in of.site.entries:
                if entry.key is not None:
                    yield from self.value(entry.key, of.frame)
        else:
            yield Alt(Unknown())

    def _appended(self, of: Many) -> Iterator[Alt]:
        """What list.append() and array.push() add, in the module of the list."""
        module = of.frame.function.module if of.frame is not None else None
        for placed in (*self.project.placed["append"], *self.project.placed["push"]):
            call = placed.call
            if placed.scope.module is module and isinstance(call.of, t.Attr) and call.args:
                held = self.value(call.of.of, Frame(placed.scope))
                if any(isinstance(alt.value, Many) and alt.value.site is of.site for alt in held):
                    yield from self.value(call.args[0], Frame(placed.scope))
