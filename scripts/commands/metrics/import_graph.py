"""Which module of the project imports which, wherever the import stands: deferred and TYPE_CHECKING imports count.

Importing `a.b.c` counts as an import of that module only, not of the packages around it, as import-linter counts.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from .codebase import SourceModule

Graph = Mapping[str, frozenset[str]]


def import_graph(modules: Sequence[SourceModule]) -> Graph:
    """Return for each module the modules of the project that it imports."""
    names = frozenset(module.name for module in modules)
    return {
        module.name: frozenset(target for target, _, _ in imported_names(module, names) if target != module.name)
        for module in modules
    }


def imported_names(module: SourceModule, names: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (module of the project, name in it or "", local name) for each import."""
    for node in module.imports:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in names:
                    yield alias.name, "", alias.asname or alias.name
        else:
            source = _absolute(module, node)
            for alias in node.names:
                submodule = f"{source}.{alias.name}"
                if submodule in names:
                    yield submodule, "", alias.asname or alias.name
                elif source in names:
                    yield source, alias.name, alias.asname or alias.name


def _absolute(module: SourceModule, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.name.split(".") if module.is_package else module.name.split(".")[:-1]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def cycles(graph: Graph) -> list[list[str]]:
    """Return the groups of modules that import each other in a circle, each sorted by name."""
    return sorted(sorted(group) for group in _components(graph) if len(group) > 1)


def _components(graph: Graph) -> Iterator[list[str]]:
    """Yield the strongly connected components (Kosaraju's algorithm, without recursion)."""
    order = _finishing_order(graph)
    importers: dict[str, set[str]] = {name: set() for name in graph}
    for name, targets in graph.items():
        for target in targets:
            importers[target].add(name)
    visited: set[str] = set()
    for start in reversed(order):
        component, stack = [], [start]
        while stack:
            name = stack.pop()
            if name not in visited:
                visited.add(name)
                component.append(name)
                stack.extend(importers[name] - visited)
        if component:
            yield component


def _finishing_order(graph: Graph) -> list[str]:
    visited: set[str] = set()
    order = []
    for start in graph:
        stack = [(start, False)]
        while stack:
            name, finished = stack.pop()
            if finished:
                order.append(name)
            elif name not in visited:
                visited.add(name)
                stack.append((name, True))
                stack.extend((target, False) for target in graph[name])
    return order
