"""What the classes of the tree inherit, and who inherits them."""

from __future__ import annotations

from krea_migrate import ir
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.values import Frame, Kind


class ClassHierarchy:
    """Bases, heirs and methods.

    Args:
        follower: gives what the expression of a base class stands for.
    """

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._project = follower.state.project
        self._lines: dict[ir.Class, list[ir.Class]] = {}

    def heirs(self, cls: ir.Class) -> list[ir.Class]:
        """Return the classes that have a class among their bases, or the bases of those."""
        heirs: list[ir.Class] = []
        names = [cls.name]
        while names:
            for heir in self._project.heirs.get(names.pop(), ()):
                if heir not in heirs and heir is not cls:
                    heirs.append(heir)
                    names.append(heir.name)
        return heirs

    def line(self, cls: ir.Class) -> list[ir.Class]:
        """Return a class and its bases in the tree."""
        cached = self._lines.get(cls)
        if cached is not None:
            return cached
        line = self._lines[cls] = [cls]  # the answer for a class that inherits itself
        for base in cls.bases:
            for alt in self._follower.value(base, Frame(cls.module.top)):
                if isinstance(alt.value, Kind) and alt.value.cls not in line:
                    line += [ancestor for ancestor in self.line(alt.value.cls) if ancestor not in line]
        return line

    def method(self, cls: ir.Class, name: str) -> ir.Function | None:
        """Return a method by its name, own or inherited."""
        return next((owner.methods[name] for owner in self.line(cls) if name in owner.methods), None)

    def selves(self, function: ir.Function) -> list[ir.Class]:
        """Return the classes that self may be of in a method, when nobody is known to call it."""
        if function.owner is None:
            return []
        family = [function.owner, *self.heirs(function.owner)]
        runs = [cls for cls in family if self.method(cls, function.name) is function]
        instantiated = [cls for cls in runs if self._project.placed.get(cls.name) or not self.heirs(cls)]
        return instantiated or runs
