"""Members of objects, and parameters by the calls that fill them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import NamedTuple

from krea_client.migrate.flow.project import Project, tail
from krea_client.migrate.flow.values import NONE, WEAK, Alt, Fn, Frame, Inst, Kind, Kw, Many, Obj, Unknown, under
from krea_client.migrate.languages import tree as t


class Caller(NamedTuple):
    """A call of a function; `weak`: only the method's name speaks for it."""

    placed: t.Placed
    of: Fn
    weak: bool


class Members(ABC):
    """Knows objects and callers; how an expression is followed is the evaluator's."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.active: set[tuple[int, Frame | None]] = set()
        self.importing: set[tuple[int, str]] = set()
        self.asked: t.Function | None = None  # whose parameters stay open, to be filled by each of its callers in turn
        self.touched = False
        self._callers: dict[int, list[Caller]] = {}
        self._callees: dict[int, list[Alt]] = {}

    @abstractmethod
    def value(self, node: t.Node | None, frame: Frame | None) -> list[Alt]:
        """Everything that an expression may stand for."""

    @abstractmethod
    def annotated(self, annotation: str, module: t.Module) -> list[Alt]:
        """An instance of the class that an annotation names."""

    @abstractmethod
    def hint(self, node: t.Node, value: object = None) -> str:
        """How the source names an expression."""

    @abstractmethod
    def part(self, of: object, key: object) -> list[Alt]:
        """`of[key]`."""

    @abstractmethod
    def entered(self, of: Fn, node: t.Call, frame: Frame | None) -> Frame:
        """A function as a call enters it."""

    def callers(self, function: t.Function) -> list[Caller]:
        """Every call of the tree that reaches a function."""
        found = self._callers.get(id(function))
        if found is None:
            self._callers[id(function)] = []
            asked, self.asked = self.asked, None
            found = self._callers[id(function)] = list(self._find_callers(function))
            self.asked = asked
        return found

    def _find_callers(self, function: t.Function) -> Iterator[Caller]:
        for placed in function.called:
            yield Caller(placed, Fn(function), weak=False)
        maker = function.owner is not None and function.name in ("__init__", "constructor")
        names = [function.name]
        if maker and function.owner is not None:
            names = [function.owner.name, *(one.name for one in self.heirs(function.owner)), "__init__", "super"]
        for name in names:
            for placed in self.project.placed.get(name, ()):
                yield from self._calls(function, placed, maker=maker)

    def _calls(self, function: t.Function, placed: t.Placed, *, maker: bool) -> Iterator[Caller]:
        unknown = False
        callees = self._callees.get(id(placed.call))
        if callees is None:
            callees = self._callees[id(placed.call)] = self.value(placed.call.of, Frame(placed.scope))
        for alt in callees:
            match alt.value:
                case Fn() if alt.value.function is function:
                    yield Caller(placed, alt.value, weak=False)
                    return
                case Kind() if maker and self.method(alt.value.cls, function.name) is function:
                    yield Caller(placed, Fn(function, Inst(alt.value.cls)), weak=False)
                    return
                case Unknown():
                    unknown = True
                case _:
                    pass
        alone = len(self.project.functions[function.name]) == 1 and not maker
        if unknown and alone and function.owner is not None and isinstance(placed.call.of, t.Attr):
            yield Caller(placed, Fn(function, Inst(function.owner)), weak=True)

    def heirs(self, cls: t.Class) -> list[t.Class]:
        """The classes that name a class as their base."""
        return [one for found in self.project.classes.values() for one in found if cls.name in map(tail, one.bases)]

    def line(self, cls: t.Class, most: int = 8) -> list[t.Class]:
        """A class and its bases in the tree."""
        found = [cls]
        for base in cls.bases:
            for alt in self.value(base, Frame(cls.module.top)):
                if isinstance(alt.value, Kind) and alt.value.cls not in found and most:
                    found += [one for one in self.line(alt.value.cls, most - 1) if one not in found]
        return found

    def method(self, cls: t.Class, name: str) -> t.Function | None:
        """A method by its name, own or inherited."""
        return next((one.methods[name] for one in self.line(cls) if name in one.methods), None)

    def of_instance(self, of: Inst, name: str) -> list[Alt]:
        """A member of an instance: method, property, what the class declares, what its methods set."""
        found: list[Alt] = []
        for cls in self.line(of.cls):
            method = cls.methods.get(name)
            if method is not None and method.marks & {"property", "cached_property", "get"}:
                inside = Frame(method, None, None, of)
                return [alt for one in method.returns for alt in self.value(one, inside)] or [Alt(Unknown(name))]
            if method is not None:
                return [Alt(Fn(method, of))]
            declared = cls.fields.get(name)
            if declared is not None and (given := self._given(of, cls, name)) is not None:
                return self.value(given, of.frame)
            for store in self.project.members.get((id(cls), name), ()):
                found += self.value(store.value, self._inside(of, store))
            if not found and declared is not None and declared.value is not None:
                return self.value(declared.value, Frame(cls.module.top))
            if found:
                return found
        return [Alt(Unknown(f"{of.cls.name}.{name}"))]

    def _inside(self, of: Inst, store: t.Store) -> Frame:
        if store.scope.name in ("__init__", "constructor"):
            python = store.scope.module.language == "python"
            return Frame(store.scope, of.call, of.frame if of.call is not None else None, of, python)
        return Frame(store.scope, None, None, of)

    def _given(self, of: Inst, cls: t.Class, name: str) -> t.Node | None:
        # Request(prompt="x"): the constructor that a dataclass or a model has by itself
        if of.call is None or "__init__" in cls.methods or cls.module.language != "python":
            return None
        for word in of.call.words:
            if word.name == name:
                return word.value
        place = list(cls.fields).index(name)
        return of.call.args[place] if place < len(of.call.args) else None

    def parameter(self, name: str, scope: t.Function, frame: Frame | None) -> list[Alt] | None:
        """What a parameter stands for; None when the function has none of this name."""
        if name == "this" and scope.owner is not None:
            return [Alt(frame.own if frame is not None and frame.own is not None else Inst(scope.owner))]
        place = next((number for number, one in enumerate(scope.params) if one.name == name), None)
        if place is None:
            return None
        param = scope.params[place]
        static = "staticmethod" in scope.marks or scope.module.language != "python"
        if place == 0 and scope.owner is not None and not static:
            return [Alt(frame.own if frame is not None and frame.own is not None else Inst(scope.owner))]
        if frame is not None and frame.call is not None:
            return self._filled(param, place, frame)
        if scope is self.asked:
            self.touched = True
            return self._default(param, scope)
        return self._open(param, place, scope)

    def _default(self, param: t.Param, scope: t.Function) -> list[Alt]:
        named = self.annotated(param.annotation, scope.module) if param.annotation else []
        default = self.value(param.default, Frame(scope)) if param.default is not None else []
        return [*(named or [Alt(Unknown(param.name))]), *default]

    def _open(self, param: t.Param, place: int, scope: t.Function) -> list[Alt]:
        callers = self.callers(scope)
        found: list[Alt] = []
        for caller in callers[:24]:
            frame = self.entered(caller.of, caller.placed.call, Frame(caller.placed.scope))
            found += [Alt(alt.value, WEAK if caller.weak else NONE) for alt in self._filled(param, place, frame)]
        return found or self._default(param, scope)

    def _filled(self, param: t.Param, place: int, frame: Frame) -> list[Alt]:
        call = frame.call
        if call is None:
            return [Alt(Unknown(param.name))]
        if param.kind == "**":
            return [Alt(Kw(call, frame.function, frame.parent))]
        if param.kind == "*":
            rest = call.args[place - frame.bound :]
            return [Alt(Many(t.Seq(0, 0, rest), frame.parent))]
        for word in call.words:
            if word.name == param.name:
                return self.value(word.value, frame.parent)
        at = place - frame.bound
        plain = [one for one in call.args[: at + 1] if not isinstance(one, t.Spread)]
        if not param.kind and at < len(call.args) and len(plain) == at + 1:
            return self.value(call.args[at], frame.parent)
        found = self._from_spread(param, at - len(plain), call, frame)
        if found or param.default is None:
            return found or [Alt(Unknown(param.name))]
        return self.value(param.default, Frame(frame.function))

    def _from_spread(self, param: t.Param, place: int, call: t.Call, frame: Frame) -> list[Alt]:
        """f(*values, **members)."""
        spread = [word.value for word in call.words if word.name is None]
        spread += [one.value for one in call.args if isinstance(one, t.Spread)]
        for one in spread:
            for alt in self.value(one, frame.parent):
                found = self.entry(alt.value, param.name) if isinstance(alt.value, (Obj, Kw)) else []
                if isinstance(alt.value, Many) and place < len(alt.value.site.items):
                    found = self.value(alt.value.site.items[place], alt.value.frame)
                if found:
                    return under(found, alt.yes, alt.no)
        return []

    def entry(self, of: Obj | Kw, name: str) -> list[Alt]:
        """The member of a dict by its key; nothing when it is not known."""
        found: list[Alt] = []
        for key, value, frame in self._members(of):
            if key is None:
                for alt in self.value(value, frame):
                    if isinstance(alt.value, (Obj, Kw)):
                        found += under(self.entry(alt.value, name), alt.yes, alt.no)
                    elif isinstance(alt.value, Inst):
                        found += self.of_instance(alt.value, name)
            elif key == name:
                return [*self.value(value, frame), *found]
        return found or self._set_later(of, name)

    def _set_later(self, of: Obj | Kw, name: str) -> list[Alt]:
        """options.body = ..., after options was made without one."""
        module = of.frame.function.module if of.frame is not None else None
        for store in self.project.sets.get(name, ()):
            if store.scope.module is module and not store.drops:
                held = [alt.value for alt in self.value(store.target.of, Frame(store.scope))]
                if any(isinstance(one, Obj) and one.site is of.site for one in held):
                    inside = of.frame.of(store.scope) if of.frame is not None else None
                    return self.value(store.value, inside or Frame(store.scope))
        return []

    def entries(self, of: object) -> list[Alt]:
        """All members of a dict that are known."""
        if not isinstance(of, (Obj, Kw)):
            return []
        return [
            Alt(alt.value, alt.yes | {(f"entry:{id(of.site)}", number)}, alt.no)
            for number, (key, value, frame) in enumerate(self._members(of))
            if key is not None
            for alt in self.value(value, frame)
        ]

    def keys(self, of: Obj | Kw) -> set[str]:
        """The keys that a literal names."""
        return {key for key, _, _ in self._members(of) if key is not None}

    def _members(self, of: Obj | Kw) -> Iterator[tuple[str | None, t.Node, Frame | None]]:
        """Keys and values, the last ones first; None for what is spread."""
        site = of.site
        if isinstance(of, Kw):
            taken = {one.name for one in of.function.params if one.kind in ("", "kw")}
            rows = [(word.name, word.value) for word in reversed(of.site.words) if word.name not in taken]
        elif isinstance(site, t.Dict):
            named = [one for one in reversed(site.entries) if one.key is None or isinstance(one.key, t.Str)]
            rows = [(one.key.value if isinstance(one.key, t.Str) else None, one.value) for one in named]
        elif isinstance(site, t.Call):
            rows = [(word.name, word.value) for word in reversed(site.words)]
            own = [site.of.of] if isinstance(site.of, t.Attr) and not site.args else []
            rows += [(None, one) for one in [*own, *reversed(site.args)]]
        else:
            rows = []
        for key, value in rows:
            yield key, value, of.frame
