"""The picture of the layers: one band for each layer of the client, beside it the codemod and the generated package."""

from __future__ import annotations

from typing import NamedTuple

from . import svg
from .structure import CODEMOD, GENERATED, Structure, reduced, upward

ROLES = {
    "cli": "the command krea-client",
    "pytest_plugin": "fixtures for tests",
    "sandbox": "a local imitation of the API",
    "legacy": "adapters for other clients",
    "client": "Krea",
    "async_client": "AsyncKrea",
    "_base_client": "shared by Krea and AsyncKrea",
    "resources": "assets, jobs, styles, node apps, reports",
    "_session": "state of one client",
    "_settings": "arguments and environment variables",
    "_transport": "HTTP, drivers, files: the only I/O",
    "_core": "operations as generators, without I/O",
    "aliases": "translate bodies",
    "webhooks": "parse webhooks",
    "codemod_profile": "this API, for the codemod",
    "_request": "arguments to one valid JSON body",
    "_redaction": "hides secrets",
    "_generated": "finds krea_api",
    "_cassette_filter": "cassettes",
    "_forks": "after a fork",
    "_pyinstaller": "hooks for frozen programs",
    "_spec": "catalogue of operations, prices",
    "errors": "every error and warning",
    "jobs": "Job, Output, RunResult",
    "_json": "JSON access",
    "_clock": "Clock protocol",
    "_version": "",
}
CODEMOD_PARTS = {
    "languages": "read programs and documents",
    "ir": "one representation for all",
    "flow": "follow values to requests",
    "rules": "findings and their edits",
}
PUBLIC, PRIVATE, OTHER = "#dbeafe", "#f1f5f9", "#dcfce7"
LEFT, WIDTH, TOP, BAND, HEIGHT = 32, 672, 72, 62, 42
SIDE, SIDE_WIDTH = 768, 226


class Box(NamedTuple):
    """Where a part of the client stands."""

    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        """Return the horizontal centre."""
        return self.x + self.width / 2


def draw(structure: Structure) -> str:
    """Return the picture as SVG.

    Raises:
        ValueError: a description has no part, or an import leads to a higher layer.
    """
    parts = {name for layer in structure.layers for name in layer}
    if obsolete := set(ROLES) - parts:
        raise ValueError(
            f"ROLES in scripts/commands/architecture/layers.py: no such parts: {', '.join(sorted(obsolete))}"
        )
    if missing := [name for name in CODEMOD_PARTS if f"{CODEMOD}.{name}" not in structure.modules]:
        raise ValueError(f"layers.py: krea_migrate has no {', '.join(missing)}")
    if against := upward(structure):
        raise ValueError(f"these imports lead to a higher layer: {against}")
    boxes = {
        name: place
        for depth, layer in enumerate(structure.layers)
        for name, place in zip(layer, _row(depth, len(layer)), strict=True)
    }
    height = TOP + BAND * len(structure.layers) + 20
    drawn = parts - set(structure.layers[-1])  # nearly everything imports the lowest layer
    edges = reduced(edge for edge in structure.edges if set(edge) <= drawn)
    return svg.document(
        SIDE + SIDE_WIDTH + 32,
        height,
        "The layers of krea-client and the imports between them",
        [
            svg.box(LEFT - 16, 16, WIDTH + 32, height - 32, "#fbfcfd"),
            svg.text(LEFT, 42, "krea_client", size=15, anchor="start", weight="bold", mono=True),
            svg.text(LEFT + WIDTH, 42, "a layer imports only from layers below", fill=svg.MUTED, anchor="end"),
            *(_edge(boxes[importer], boxes[imported]) for importer, imported in edges),
            *(shape for name, place in boxes.items() for shape in _part(name, place)),
            *_neighbours(boxes, structure),
        ],
    )


def _row(depth: int, count: int) -> list[Box]:
    gap = 16
    width = {1: 300.0, 2: 220.0, 3: 190.0}.get(count, (WIDTH - gap * (count - 1)) / count)
    start = LEFT + (WIDTH - count * width - gap * (count - 1)) / 2
    return [Box(start + index * (width + gap), TOP + BAND * depth, width) for index in range(count)]


def _part(name: str, place: Box) -> list[str]:
    fill = PRIVATE if name.startswith("_") else PUBLIC
    role = ROLES.get(name, "")
    name_size = min(13, int((place.width - 8) / (0.64 * len(name))))
    shapes = [
        svg.box(*place, HEIGHT, fill),
        svg.text(place.middle, place.y + 18, name, size=name_size, mono=True, weight="bold"),
    ]
    return [*shapes, svg.text(place.middle, place.y + 34, role, size=11, fill=svg.MUTED)]


def _edge(importer: Box, imported: Box) -> str:
    if importer.y == imported.y:
        ends = (
            (importer.x, imported.x + imported.width + 1)
            if importer.x > imported.x
            else (importer.x + importer.width, imported.x - 1)
        )
        return svg.path(f"M{ends[0]:g},{importer.y + HEIGHT / 2:g} H{ends[1]:g}")
    start, end = importer.y + HEIGHT, imported.y
    bend = min(60.0, (end - start) / 2)
    curve = f"{importer.middle:g},{start + bend:g} {imported.middle:g},{end - bend:g} {imported.middle:g},{end - 1:g}"
    return svg.path(f"M{importer.middle:g},{start:g} C{curve}")


def _neighbours(boxes: dict[str, Box], structure: Structure) -> list[str]:
    profile, command, middle = boxes["codemod_profile"], boxes["cli"], SIDE + SIDE_WIDTH / 2
    bottom, generated = command.y + 64 + 52 * len(CODEMOD_PARTS) + 4, boxes["_spec"].y
    shapes = [
        svg.box(SIDE, command.y, SIDE_WIDTH, bottom - command.y, OTHER),
        svg.text(middle, command.y + 26, CODEMOD, size=15, mono=True, weight="bold"),
        svg.text(middle, command.y + 44, "the codemod: check, migrate", size=11, fill=svg.MUTED),
        svg.path(f"M{command.middle:g},{command.y:g} V{command.y - 12:g} H{middle:g} V{command.y - 1:g}"),
        svg.path(f"M{middle:g},{bottom:g} V{profile.y + HEIGHT / 2:g} H{profile.x + profile.width + 1:g}"),
    ]
    for index, (name, role) in enumerate(CODEMOD_PARTS.items()):
        top = command.y + 64 + index * 52
        shapes += [
            svg.box(SIDE + 16, top, SIDE_WIDTH - 32, 40, svg.PAPER),
            svg.text(middle, top + 17, name, size=12, mono=True, weight="bold"),
        ]
        shapes.append(svg.text(middle, top + 32, role, size=10, fill=svg.MUTED))
    importers = sorted((name for name in boxes if (name, GENERATED) in structure.edges), key=lambda name: boxes[name].y)
    return [
        *shapes,
        svg.box(SIDE, generated, SIDE_WIDTH, 68, OTHER),
        svg.text(middle, generated + 24, GENERATED, size=15, mono=True, weight="bold"),
        svg.text(middle, generated + 42, "generated from spec/", size=11, fill=svg.MUTED),
        svg.text(middle, generated + 57, f"imported by {', '.join(importers)}", size=10, fill=svg.MUTED),
    ]
