"""Members of instances: methods, properties, what a class declares, what methods and other code set."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import ir
from krea_migrate.flow.class_hierarchy import ClassHierarchy
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.values import Fn, Frame, GuardedValue, Inst, Unknown
from krea_migrate.ir import tail

_MAKERS = ("__init__", "constructor")


class Instances:
    """Looks members of instances up.

    Args:
        follower: gives what an expression stands for.
        classes: the classes of the tree.
    """

    def __init__(self, follower: Follower, classes: ClassHierarchy) -> None:
        self._follower = follower
        self._project = follower.state.project
        self._classes = classes

    def member(self, of: Inst, name: str) -> list[GuardedValue]:
        """Return a member of an instance."""
        values = list(self._set_outside(of, name))
        for cls in self._inherited(of):
            method = cls.methods.get(name)
            if method is not None and method.marks & {"property", "cached_property", "get"}:
                return self._returned(method, of) or [GuardedValue(Unknown(name))]
            if method is not None:
                return [GuardedValue(Fn(method, Inst(of.cls, of.call, of.frame)))]
            declared = cls.fields.get(name)
            if declared is not None and (argument := self._argument(of, cls, name)) is not None:
                return [*values, *self._follower.value(argument, of.frame)]
            values += self._set_in_methods(of, cls, name)
            if not values and declared is not None and declared.value is not None:
                return self._follower.value(declared.value, Frame(cls.module.top))
            if values:
                return values
        return self._of_heirs(of, name) or [GuardedValue(Unknown(f"{of.cls.name}.{name}"))]

    def written(self, of: Inst) -> list[GuardedValue]:
        """Return what an instance is in JSON, where its class says so by toJSON()."""
        method = self._classes.method(of.cls, "toJSON")
        return self._returned(method, of) if method else []

    def _returned(self, method: ir.Function, of: Inst) -> list[GuardedValue]:
        inside = Frame(method, None, None, of)
        return [alt for node in method.returns for alt in self._follower.value(node, inside)]

    def _set_in_methods(self, of: Inst, cls: ir.Class, name: str) -> list[GuardedValue]:
        """Return what methods of a class set a member to."""
        return [
            alt
            for store in self._project.members.get((cls, name), ())
            for inside in self._inside(of, store)
            for alt in self._follower.value(store.value, inside)
        ]

    def _inherited(self, of: Inst) -> list[ir.Class]:
        line = self._classes.line(of.cls)
        return line[line.index(of.above) + 1 :] if of.above in line else line

    def _of_heirs(self, of: Inst, name: str) -> list[GuardedValue]:
        """Return what only the heirs of a class set or have, for a method of the class."""
        if of.call is not None:
            return []
        values: list[GuardedValue] = []
        for cls in self._classes.heirs(of.cls):
            if name in cls.methods:
                values.append(GuardedValue(Fn(cls.methods[name], Inst(cls))))
            values += self._set_in_methods(Inst(cls), cls, name)
        return values

    def _set_outside(self, of: Inst, name: str) -> Iterator[GuardedValue]:
        """Yield what request.path = path sets, after request was made."""
        if of.call is None or of.frame is None:
            return
        for store in self._project.sets.get(name, ()):
            target = store.target
            if store.scope.module is not of.frame.function.module or not isinstance(target, ir.Attr) or store.drops:
                continue
            if isinstance(target.of, ir.Name) and target.of.id in ("self", "this"):
                continue
            owners = [alt.value for alt in self._follower.value(target.of, Frame(store.scope))]
            if any(isinstance(owner, Inst) and owner.call is of.call for owner in owners):
                yield from self._follower.value(store.value, of.frame.of(store.scope) or Frame(store.scope))

    def _inside(self, of: Inst, store: ir.Assignment) -> Iterator[Frame]:
        """Yield the method that sets a member, as this instance runs it."""
        bound = store.scope.module.dialect.self_is_parameter
        if store.scope.name not in _MAKERS or of.call is None:
            yield Frame(store.scope, None, None, of, bound and store.scope.name in _MAKERS)
            return
        maker = self._classes.method(of.cls, store.scope.name)
        frame = Frame(maker or store.scope, of.call, of.frame, of, bound)
        visited: set[ir.Function] = set()
        while frame.function not in visited:
            if frame.function is store.scope:
                yield frame
                return
            visited.add(frame.function)
            frame = self._called_above(frame, of) or frame
        yield Frame(store.scope, None, None, of)

    def _called_above(self, frame: Frame, of: Inst) -> Frame | None:
        """Return the constructor that one calls: super().__init__(...), Other.__init__(self, ...), super(...)."""
        line = self._classes.line(of.cls)
        here = frame.function.owner
        name = frame.function.name
        ancestors = line[line.index(here) + 1 :] if here in line else []
        maker = next((cls.methods[name] for cls in ancestors if name in cls.methods), None)
        for site in (*self._project.placed.get("__init__", ()), *self._project.placed.get("super", ())):
            call = site.call
            if site.scope is not frame.function or maker is None:
                continue
            if tail(call.of) == "__init__" and isinstance(call.of, ir.Attr):
                bound = isinstance(call.of.of, ir.Call)
                return Frame(maker, call, frame, of, bound)
            if not frame.function.module.dialect.self_is_parameter:
                return Frame(maker, call, frame, of)
        return None

    def _argument(self, of: Inst, cls: ir.Class, name: str) -> ir.Node | None:
        """Return what Request(prompt="x") gives a field, by the constructor that a dataclass or a model has by itself."""
        if (
            of.call is None
            or not cls.module.dialect.fields_are_arguments
            or self._classes.method(of.cls, "__init__") is not None
        ):
            return None
        for word in of.call.words:
            if word.name == name:
                return word.value
        place = list(cls.fields).index(name)
        return of.call.args[place] if place < len(of.call.args) else None
