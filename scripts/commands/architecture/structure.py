"""What the pictures are drawn from: the layers of pyproject.toml, and which package imports which."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import grimp

CLIENT, CODEMOD, GENERATED = "krea_client", "krea_migrate", "krea_api"


class Structure(NamedTuple):
    """The project's modules and imports.

    Attributes:
        layers: the client's layers from the highest to the lowest, each with its modules or packages, without the prefix `krea_client.`.
        edges: (importer, imported) for the parts of the client (without prefix) and the other two packages.
        modules: every module of the three packages, with its full name.
    """

    layers: list[list[str]]
    edges: frozenset[tuple[str, str]]
    modules: frozenset[str]


def read(root: Path) -> Structure:
    """Return the structure of a checkout whose packages are importable."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [contract] = [
        contract for contract in contracts if contract["type"] == "layers" and contract["containers"] == [CLIENT]
    ]
    graph = grimp.build_graph(CLIENT, CODEMOD, GENERATED, cache_dir=None)
    edges = {
        (part_of(importer), part_of(imported))
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    }
    return Structure(
        [[name.strip() for name in layer.split(":")] for layer in contract["layers"]],
        frozenset(
            (importer, imported)
            for importer, imported in edges
            if importer != imported and CLIENT not in (importer, imported)
        ),
        frozenset(graph.modules),
    )


def part_of(module: str) -> str:
    """Return the part of the picture that a module belongs to: `_core` for `krea_client._core.polling`."""
    root, _, below = module.partition(".")
    return below.split(".")[0] if root == CLIENT and below else root


def reduced(edges: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the edges that no longer path replaces, sorted (the transitive reduction of an acyclic graph)."""
    targets: dict[str, set[str]] = {}
    for importer, imported in edges:
        targets.setdefault(importer, set()).add(imported)
    return sorted(
        (importer, imported)
        for importer, direct in targets.items()
        for imported in direct
        if not any(imported in reachable(targets, sibling) for sibling in direct - {imported})
    )


def reachable(targets: dict[str, set[str]], start: str) -> set[str]:
    """Return everything that can be reached from a node."""
    visited: set[str] = set()
    pending = [start]
    while pending:
        new = targets.get(pending.pop(), set()) - visited
        visited |= new
        pending.extend(new)
    return visited


def upward(structure: Structure) -> list[tuple[str, str]]:
    """Return the imports of the client that lead to a higher layer."""
    level = {name: depth for depth, layer in enumerate(structure.layers) for name in layer}
    return [
        (importer, imported)
        for importer, imported in sorted(structure.edges)
        if importer in level and imported in level and level[importer] > level[imported]
    ]
