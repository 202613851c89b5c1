"""What names are bound to: definitions, imports, the names of other modules, annotations."""

from __future__ import annotations

from krea_migrate import ir
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.files import named
from krea_migrate.flow.values import (
    Ext,
    Fn,
    Frame,
    GuardedValue,
    Inst,
    Kind,
    Mod,
    Unknown,
    made_within,
    path_condition,
    restricted,
)


class Bindings:
    """Goes from a binding to what it gives.

    Args:
        follower: gives what an expression stands for.
    """

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._state = follower.state
        self._project = follower.state.project
        self._importing: dict[tuple[ir.Import, str], int] = {}  # imports that are being followed, and the depth
        self._annotated: set[tuple[str, str]] = set()  # annotations that are being looked up
        self._star_sources: dict[ir.Module, list[ir.Module]] = {}  # all that `import *` of a module brings names from

    def bound(self, definition: ir.Def, scope: ir.Function, frame: Frame) -> list[GuardedValue]:
        """Return what one binding of a name gives."""
        match definition.value:
            case ir.Function():
                return [GuardedValue(Fn(definition.value, None, None, made_within(frame)))]
            case ir.Class():
                return [GuardedValue(Kind(definition.value))]
            case ir.Import():
                return self._imported(definition.value, scope.module)
            case None:
                return [GuardedValue(Unknown())]
            case _:
                values = self._follower.value(definition.value, frame)
                instances = self.annotated(definition.annotation, scope.module)
                return instances if instances and all(isinstance(alt.value, Unknown) for alt in values) else values

    def in_module(self, module: ir.Module, name: str) -> list[GuardedValue]:
        """Return what a module's name stands for at its end."""
        defs = module.top.defs.get(name)
        if defs is None:
            source = self.star_imported(name, module)
            return self.in_module(source, name) if source is not None else [GuardedValue(Unknown(name))]
        frame = Frame(module.top)
        return [
            alt
            for definition in defs
            for alt in restricted(self.bound(definition, module.top, frame), path_condition(definition.path))
        ]

    def _imported(self, wanted_import: ir.Import, importer: ir.Module) -> list[GuardedValue]:
        """Return what an import gives: a module or a name of the tree, or something of a library."""
        key = (wanted_import, importer.file)
        if key in self._importing:
            self._state.cut(self._importing[key])
            return [GuardedValue(Unknown())]
        self._importing[key] = self._state.innermost
        try:
            module = self._project.imported(wanted_import, importer)
            return _outside(wanted_import, importer) if module is None else self._inside(wanted_import, module)
        finally:
            del self._importing[key]

    def _inside(self, wanted_import: ir.Import, module: ir.Module) -> list[GuardedValue]:
        if wanted_import.name is None:
            return [GuardedValue(Mod(module))]
        if wanted_import.name in module.top.defs or module.stars:
            return self.in_module(module, wanted_import.name)
        last = module.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        return (
            [GuardedValue(Mod(module))] if last == wanted_import.name else [GuardedValue(Unknown(wanted_import.name))]
        )

    def star_imported(self, name: str, module: ir.Module) -> ir.Module | None:
        """Return the module from which `import *` brings a name, also through modules that pass it on like that."""
        if module not in self._star_sources:
            sources = [module]
            for importer in sources:  # it grows
                imported = (self._project.imported(star, importer) for star in importer.stars)
                sources += dict.fromkeys(source for source in imported if source is not None and source not in sources)
            self._star_sources[module] = sources[1:]
        return next((source for source in self._star_sources[module] if name in source.top.defs), None)

    def annotated(self, annotation: str, module: ir.Module) -> list[GuardedValue]:
        """Return an instance of the class of the tree that an annotation names."""
        word = annotation.strip("\"' ").removeprefix("Optional[").rstrip("]").split("|")[0].strip().rsplit(".", 1)[-1]
        if not word.isidentifier() or (word, module.file) in self._annotated:  # schema: schema = None
            return []
        self._annotated.add((word, module.file))
        try:
            values = [alt.value for alt in self.in_module(module, word)]
        finally:
            self._annotated.discard((word, module.file))
        return [GuardedValue(Inst(value.cls)) for value in values if isinstance(value, Kind)]


def _outside(wanted_import: ir.Import, importer: ir.Module) -> list[GuardedValue]:
    """Return what is imported from no module of the tree: a file of data, or something of a library."""
    path = named(wanted_import.module) if importer.dialect.imports_data else None
    if path is not None:  # import presets from "./presets.json"
        return [GuardedValue(Ext("file:" + path))]
    return [
        GuardedValue(
            Ext(f"{wanted_import.module}.{wanted_import.name}" if wanted_import.name else wanted_import.module)
        )
    ]
