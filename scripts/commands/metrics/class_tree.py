"""Classes of the project with what they inherit inside it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .codebase import SourceModule, line_span
from .import_graph import imported_names


class ProjectClass(NamedTuple):
    """A class and its ancestors inside the project.

    Attributes:
        place: file and line.
        own_lines: from `class` to its last line.
        inherited_lines: its own lines and those of all its ancestors inside the project.
        chain: steps to the farthest of these ancestors; 0 without one.
    """

    name: str
    module: str
    place: str
    own_lines: int
    inherited_lines: int
    chain: int


class _Definition(NamedTuple):
    module: SourceModule
    node: ast.ClassDef


class _BaseResolver:
    """Finds the definition that a base class's expression names."""

    def __init__(self, modules: Sequence[SourceModule]) -> None:
        names = frozenset(module.name for module in modules)
        self.definitions: dict[tuple[str, str], _Definition] = {
            (module.name, node.name): _Definition(module, node) for module in modules for node in module.classes()
        }
        self.imports: dict[str, dict[str, tuple[str, str]]] = {
            module.name: {local: (target, name) for target, name, local in imported_names(module, names)}
            for module in modules
        }

    def bases(self, definition: _Definition) -> list[_Definition]:
        expressions = [_dotted(base) for base in definition.node.bases]
        resolved = [self._lookup(definition.module.name, name) for name in expressions]
        return [base for base in resolved if base and base.node is not definition.node]

    def _lookup(self, module: str, name: str, depth: int = 0) -> _Definition | None:
        """Follow a name through imports and re-exports to its class."""
        if (module, name) in self.definitions:
            return self.definitions[module, name]
        if depth > 10:
            return None
        imports = self.imports.get(module, {})
        if name in imports:
            return self._lookup(*imports[name], depth + 1)
        prefix, _, last = name.rpartition(".")
        if prefix in imports and not imports[prefix][1]:
            return self._lookup(imports[prefix][0], last, depth + 1)
        return None


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript):
        return _dotted(node.value)
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def project_classes(modules: Sequence[SourceModule]) -> list[ProjectClass]:
    """Return every class of these modules, measured with its ancestors."""
    resolver = _BaseResolver(modules)
    return [_measured(definition, resolver) for definition in resolver.definitions.values()]


def _measured(definition: _Definition, resolver: _BaseResolver) -> ProjectClass:
    generations: list[list[_Definition]] = [[definition]]
    ancestors = {id(definition.node): definition}
    while parents := [base for child in generations[-1] for base in resolver.bases(child)]:
        generations.append(parents)
        ancestors |= {id(parent.node): parent for parent in parents}
    module, node = definition
    total = sum(line_span(ancestor.node) for ancestor in ancestors.values())
    place = f"{module.path}:{node.lineno}"
    return ProjectClass(node.name, module.name, place, line_span(node), total, len(generations) - 1)


def duplicate_class_names(classes: Sequence[ProjectClass]) -> Mapping[str, list[str]]:
    """Return the names that classes of several modules have, with the places."""
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for project_class in classes:
        places[project_class.name].setdefault(project_class.module, project_class.place)
    return {name: sorted(by_module.values()) for name, by_module in sorted(places.items()) if len(by_module) > 1}


def duplicate_module_names(modules: Sequence[SourceModule]) -> Mapping[str, list[str]]:
    """Return the last parts that several modules or packages have; __main__ says nothing and is left out."""
    places: dict[str, list[str]] = defaultdict(list)
    for module in modules:
        stem = module.name.rpartition(".")[2]
        if stem != "__main__":
            places[stem.lstrip("_")].append(str(module.path))
    return {stem: sorted(paths) for stem, paths in sorted(places.items()) if len(paths) > 1}
