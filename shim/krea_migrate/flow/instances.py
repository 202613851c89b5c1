"""Members of instances: methods, properties, what a class declares, what methods and other code set."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import ir
from krea_migrate.flow.loads import Loads
from krea_migrate.flow.project import tail
from krea_migrate.flow.values import Fn, Frame, GuardedValue, Inst, Unknown

_MAKERS = ("__init__", "constructor")


class Instances(Loads):
    """Looks members of instances up."""

    def of_instance(self, of: Inst, name: str) -> list[GuardedValue]:
        """A member of an instance."""
        found = list(self._set_outside(of, name))
        for cls in self._inherited(of):
            method = cls.methods.get(name)
            if method is not None and method.marks & {"property", "cached_property", "get"}:
                inside = Frame(method, None, None, of)
                return [alt for one in method.returns for alt in self.value(one, inside)] or [
                    GuardedValue(Unknown(name))
                ]
            if method is not None:
                return [GuardedValue(Fn(method, Inst(of.cls, of.call, of.frame)))]
            declared = cls.fields.get(name)
            if declared is not None and (given := self._given(of, cls, name)) is not None:
                return [*found, *self.value(given, of.frame)]
            for store in self.project.members.get((id(cls), name), ()):
                found += [alt for inside in self._inside(of, store) for alt in self.value(store.value, inside)]
            if not found and declared is not None and declared.value is not None:
                return self.value(declared.value, Frame(cls.module.top))
            if found:
                return found
        return self._of_heirs(of, name) or [GuardedValue(Unknown(f"{of.cls.name}.{name}"))]

    def written(self, of: Inst) -> list[GuardedValue]:
        """What an instance is in JSON, where its class says so by toJSON()."""
        method = self.method(of.cls, "toJSON")
        return (
            [alt for one in method.returns for alt in self.value(one, Frame(method, None, None, of))] if method else []
        )

    def _inherited(self, of: Inst) -> list[ir.Class]:
        line = self.line(of.cls)
        return line[line.index(of.above) + 1 :] if of.above in line else line

    def _of_heirs(self, of: Inst, name: str) -> list[GuardedValue]:
        """What only the heirs of a class set or have, for a method of the class."""
        if of.call is not None:
            return []
        found: list[GuardedValue] = []
        for cls in self.heirs(of.cls):
            if name in cls.methods:
                found.append(GuardedValue(Fn(cls.methods[name], Inst(cls))))
            for store in self.project.members.get((id(cls), name), ()):
                found += [alt for inside in self._inside(Inst(cls), store) for alt in self.value(store.value, inside)]
        return found

    def _set_outside(self, of: Inst, name: str) -> Iterator[GuardedValue]:
        """request.path = path, after request was made."""
        if of.call is None or of.frame is None:
            return
        for store in self.project.sets.get(name, ()):
            if (
                store.scope.module is not of.frame.function.module
                or not isinstance(store.target, ir.Attr)
                or store.drops
            ):
                continue
            if isinstance(store.target.of, ir.Name) and store.target.of.id in ("self", "this"):
                continue
            held = [alt.value for alt in self.value(store.target.of, Frame(store.scope))]
            if any(isinstance(one, Inst) and one.call is of.call for one in held):
                yield from self.value(store.value, of.frame.of(store.scope) or Frame(store.scope))

    def _inside(self, of: Inst, store: ir.Assignment) -> Iterator[Frame]:
        """The method that sets a member, as this instance runs it."""
        if store.scope.name not in _MAKERS or of.call is None:
            python = store.scope.module.language == "python"
            yield Frame(store.scope, None, None, of, python and store.scope.name in _MAKERS)
            return
        maker = self.method(of.cls, store.scope.name)
        frame = Frame(maker or store.scope, of.call, of.frame, of, store.scope.module.language == "python")
        seen: set[int] = set()
        while id(frame.function) not in seen:
            if frame.function is store.scope:
                yield frame
                return
            seen.add(id(frame.function))
            frame = self._called_above(frame, of) or frame
        yield Frame(store.scope, None, None, of)

    def _called_above(self, frame: Frame, of: Inst) -> Frame | None:
        """super().__init__(...), Other.__init__(self, ...), super(...)."""
        line = self.line(of.cls)
        here = frame.function.owner
        above = line[line.index(here) + 1 :] if here in line else []
        maker = next((one.methods[frame.function.name] for one in above if frame.function.name in one.methods), None)
        for placed in (*self.project.placed.get("__init__", ()), *self.project.placed.get("super", ())):
            called = placed.call
            if placed.scope is not frame.function or maker is None:
                continue
            if tail(called.of) == "__init__" and isinstance(called.of, ir.Attr):
                bound = isinstance(called.of.of, ir.Call)
                return Frame(maker, called, frame, of, bound)
            if frame.function.module.language != "python":
                return Frame(maker, called, frame, of)
        return None

    def _given(self, of: Inst, cls: ir.Class, name: str) -> ir.Node | None:
        # Request(prompt="x"): the constructor that a dataclass or a model has by itself
        if of.call is None or cls.module.language != "python" or self.method(of.cls, "__init__") is not None:
            return None
        for word in of.call.words:
            if word.name == name:
                return word.value
        place = list(cls.fields).index(name)
        return of.call.args[place] if place < len(of.call.args) else None
