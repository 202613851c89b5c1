"""Names of other modules."""

from __future__ import annotations

from abc import abstractmethod

from krea_migrate import ir
from krea_migrate.flow.files import named
from krea_migrate.flow.loops import Loops
from krea_migrate.flow.project import Project
from krea_migrate.flow.values import (
    Ext,
    Frame,
    GuardedValue,
    Inst,
    Kind,
    Mod,
    Unknown,
    path_condition,
    restricted,
)
from krea_migrate.limits import LIMITS, Limits


class Imports(Loops):
    """Goes from an import to what is bound there."""

    def __init__(self, project: Project, limits: Limits = LIMITS) -> None:
        super().__init__(project, limits)
        self._importing: dict[tuple[int, str], int] = {}
        self._annotated: set[tuple[str, str]] = set()  # annotations that are being looked up

    @abstractmethod
    def bound(self, one: ir.Def, scope: ir.Function, frame: Frame) -> list[GuardedValue]:
        """What one binding of a name gives."""

    def in_module(self, module: ir.Module, name: str) -> list[GuardedValue]:
        """What a module's name stands for at its end."""
        defs = module.top.defs.get(name)
        if defs is None:
            for star in module.stars:
                other = self.project.imported(star, module)
                if other is not None and other is not module and name in other.top.defs:
                    return self.in_module(other, name)
            return [GuardedValue(Unknown(name))]
        frame = Frame(module.top)
        return [alt for one in defs for alt in restricted(self.bound(one, module.top, frame), path_condition(one.path))]

    def imported(self, wanted: ir.Import, importer: ir.Module) -> list[GuardedValue]:
        """What an import gives: a module or a name of the tree, or something of a library."""
        key = (id(wanted), importer.file)
        if key in self._importing:
            self.cut(self._importing[key])
            return [GuardedValue(Unknown())]
        self._importing[key] = self.innermost
        try:
            module = self.project.imported(wanted, importer)
            if module is None:
                path = named(wanted.module) if importer.language == "script" else None
                if path is not None:  # import presets from "./presets.json"
                    return [GuardedValue(Ext("file:" + path))]
                dotted = f"{wanted.module}.{wanted.name}" if wanted.name else wanted.module
                return [GuardedValue(Ext(dotted))]
            if wanted.name is None:
                return [GuardedValue(Mod(module))]
            if wanted.name in module.top.defs or module.stars:
                return self.in_module(module, wanted.name)
            last = module.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
            return [GuardedValue(Mod(module))] if last == wanted.name else [GuardedValue(Unknown(wanted.name))]
        finally:
            del self._importing[key]

    def annotated(self, annotation: str, module: ir.Module) -> list[GuardedValue]:
        """An instance of the class of the tree that an annotation names."""
        word = annotation.strip("\"' ").removeprefix("Optional[").rstrip("]").split("|")[0].strip().rsplit(".", 1)[-1]
        if not word.isidentifier() or (word, module.file) in self._annotated:  # schema: schema = None
            return []
        self._annotated.add((word, module.file))
        try:
            found = [alt for alt in self.in_module(module, word) if isinstance(alt.value, Kind)]
        finally:
            self._annotated.discard((word, module.file))
        return [GuardedValue(Inst(alt.value.cls)) for alt in found if isinstance(alt.value, Kind)]
