"""Silhouettes that can stand in a picture. Each draws on two stencils: its body, and the lamps behind its windows.

A motif gets the middle of its foot (x, y) and its height, in pixels, and draws upwards from there.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from krea_client.sandbox.media.canvas import Stencil


def _lancet(lamps: Stencil, x: float, y: float, wide: float, high: float) -> None:
    """Draw a pointed window: `y` is its sill."""
    lamps.box(x - wide / 2, y - high * 0.7, x + wide / 2, y)
    lamps.polygon([(x - wide / 2, y - high * 0.68), (x, y - high), (x + wide / 2, y - high * 0.68)])


def _spire(body: Stencil, x: float, y: float, wide: float, high: float) -> None:
    body.polygon([(x - wide / 2, y), (x, y - high), (x + wide / 2, y)])
    body.line([(x, y - high * 1.1), (x, y - high * 0.9)], max(0.6, wide * 0.06))


def _gothic_tower(body: Stencil, lamps: Stencil, x: float, y: float, wide: float, high: float) -> None:
    top = y - high * 0.58
    body.box(x - wide / 2, top, x + wide / 2, y)
    _spire(body, x, top, wide * 0.8, high * 0.42)
    for side in (-1, 1):
        corner = x + side * wide * 0.44
        body.box(corner - wide * 0.08, top - high * 0.02, corner + wide * 0.08, y)
        _spire(body, corner, top - high * 0.02, wide * 0.18, high * 0.12)
    for level in (0.16, 0.34):
        for side in (-1, 1):
            _lancet(lamps, x + side * wide * 0.17, top + high * level, wide * 0.1, high * 0.12)


def cathedral(body: Stencil, lamps: Stencil, chance: random.Random, x: float, y: float, high: float) -> None:
    """Draw two towers with a rose between them, a nave with pinnacles and buttresses, and a crossing spire."""
    wide = high * 0.17
    side = chance.choice((-1, 1))
    middle = x - side * high * 0.28
    for offset in (-1, 1):
        _gothic_tower(body, lamps, middle + offset * wide * 0.95, y, wide, high * (1.0 if offset == side else 0.95))
    front = high * 0.46
    body.box(middle - wide * 0.6, y - front, middle + wide * 0.6, y)
    body.polygon([(middle - wide * 0.6, y - front), (middle, y - high * 0.62), (middle + wide * 0.6, y - front)])
    lamps.disc(middle, y - high * 0.4, wide * 0.24)
    _lancet(lamps, middle, y, wide * 0.3, high * 0.17)
    start, end = middle + side * wide * 1.3, middle + side * high * 0.86
    ridge, eaves = y - high * 0.44, y - high * 0.3
    body.polygon([(start, ridge), (end - side * high * 0.04, ridge), (end, eaves), (end, y), (start, y)])
    _spire(body, middle + side * high * 0.56, ridge + 1, high * 0.09, high * 0.34)
    bays = 6
    for bay in range(bays):
        at = start + (end - start) * (bay + 0.5) / bays
        foot = at + (end - start) / bays * 0.5
        body.box(foot - high * 0.012, y - high * 0.34, foot + high * 0.012, y)
        _spire(body, foot, y - high * 0.34, high * 0.03, high * 0.08)
        _lancet(lamps, at, y - high * 0.1, high * 0.03, high * 0.15)


def castle(body: Stencil, lamps: Stencil, chance: random.Random, x: float, y: float, high: float) -> None:
    """Draw round towers under pointed roofs behind a wall with teeth."""
    wall = high * 0.22
    body.box(x - high * 0.5, y - wall, x + high * 0.5, y)
    for tooth in range(-10, 11):
        body.box(
            x + tooth * high * 0.05 - high * 0.012, y - wall - high * 0.03, x + tooth * high * 0.05 + high * 0.012, y
        )
    for place, reach in ((-0.48, 0.5), (-0.22, 0.72), (0.02, 1.0), (0.2, 0.62), (0.46, 0.55)):
        at, tall = x + place * high, reach * high * chance.uniform(0.92, 1.05)
        wide = high * chance.uniform(0.09, 0.13)
        body.box(at - wide / 2, y - tall * 0.68, at + wide / 2, y)
        body.box(at - wide * 0.6, y - tall * 0.7, at + wide * 0.6, y - tall * 0.64)
        _spire(body, at, y - tall * 0.69, wide * 1.3, tall * 0.31)
        for level in (0.3, 0.5):
            if chance.random() < 0.8:
                _lancet(lamps, at, y - tall * level, wide * 0.18, tall * 0.06)


def pagoda(body: Stencil, lamps: Stencil, chance: random.Random, x: float, y: float, high: float) -> None:
    """Draw a monastery of stacked roofs on a cliff, a tall one between two lower ones."""
    cliff = high * 0.5
    _crag(body, chance, x, y, high, cliff)
    for place, reach, floors in ((-0.3, 0.32, 2), (0.27, 0.26, 2), (0.0, 0.58, 4)):
        base = y - cliff * (0.94 if floors == 4 else 0.86)
        at, wide, storey = x + place * high, high * (0.15 if floors == 2 else 0.17), reach * high / floors
        for floor in range(floors):
            _roofed(body, lamps, at, base - floor * storey, wide * (1 - floor * 0.17) / 1.3, storey)
        _spire(body, at, base - reach * high + 1, wide * 0.2, high * 0.1)


def _roofed(body: Stencil, lamps: Stencil, x: float, y: float, offset: float, storey: float) -> None:
    """Draw one storey under a roof with lifted eaves."""
    body.box(x - offset * 0.72, y - storey, x + offset * 0.72, y + storey)
    eaves, top = y - storey * 0.62, y - storey
    tip = eaves - storey * 0.1
    body.polygon(
        [
            (x - offset * 1.35, tip),
            (x - offset * 0.9, eaves),
            (x + offset * 0.9, eaves),
            (x + offset * 1.35, tip),
            (x + offset * 0.5, top),
            (x - offset * 0.5, top),
        ]
    )
    for pane in (-1, 0, 1):
        at = x + pane * offset * 0.42
        lamps.box(at - offset * 0.1, y - storey * 0.42, at + offset * 0.1, y - storey * 0.14)


def _crag(body: Stencil, chance: random.Random, x: float, y: float, high: float, cliff: float) -> None:
    """Draw a rock with steep sides in steps and a flat head."""
    left, right = [(x - high * 0.42, y - cliff)], [(x + high * 0.4, y - cliff)]
    for side, sign in ((left, -1), (right, 1)):
        at, down = side[0]
        while down < y:
            at, down = at + sign * high * chance.uniform(-0.012, 0.03), down + cliff * chance.uniform(0.05, 0.22)
            side.append((at, down))
            at += sign * high * chance.uniform(0.004, 0.05)
            side.append((at, down + cliff * chance.uniform(0.01, 0.06)))
    body.polygon([*reversed(left), (x - high * 0.1, y - cliff * 1.02), *right])


def city(body: Stencil, lamps: Stencil, chance: random.Random, x: float, y: float, high: float) -> None:
    """Draw blocks of every height with lit panes, tallest towards the middle."""
    at = x - high * 1.3
    while at < x + high * 1.3:
        wide = high * chance.uniform(0.07, 0.16)
        tall = high * chance.uniform(0.25, 1.0) * (1 - 0.6 * abs(at + wide / 2 - x) / (high * 1.3))
        body.box(at, y - tall, at + wide, y)
        if chance.random() < 0.35:
            _spire(body, at + wide / 2, y - tall, wide * 0.16, tall * 0.22)
        pane = high * 0.016
        for row in range(1, int(tall / pane / 2)):
            for column in range(1, int(wide / pane / 2)):
                if chance.random() < 0.42:
                    left, sill = at + column * pane * 2 - pane * 0.5, y - tall + row * pane * 2
                    lamps.box(left, sill - pane * 0.7, left + pane * 0.8, sill)
        at += wide * chance.uniform(0.85, 1.15)


def lighthouse(body: Stencil, lamps: Stencil, _: random.Random, x: float, y: float, high: float) -> None:
    """Draw a tower on a rock with its lamp lit."""
    body.polygon(
        [
            (x - high * 0.7, y + high * 0.1),
            (x - high * 0.3, y - high * 0.12),
            (x + high * 0.1, y - high * 0.16),
            (x + high * 0.34, y - high * 0.08),
            (x + high * 0.6, y + high * 0.1),
        ]
    )
    foot, top = y - high * 0.14, y - high * 0.82
    body.polygon([(x - high * 0.075, foot), (x - high * 0.05, top), (x + high * 0.05, top), (x + high * 0.075, foot)])
    body.box(x - high * 0.075, top - high * 0.015, x + high * 0.075, top + high * 0.01)
    lamps.box(x - high * 0.034, top - high * 0.085, x + high * 0.034, top - high * 0.015)
    _spire(body, x, top - high * 0.085, high * 0.11, high * 0.07)
    body.box(x + high * 0.12, foot - high * 0.08, x + high * 0.28, foot + high * 0.04)
    body.polygon(
        [
            (x + high * 0.1, foot - high * 0.08),
            (x + high * 0.2, foot - high * 0.15),
            (x + high * 0.3, foot - high * 0.08),
        ]
    )
    lamps.box(x + high * 0.16, foot - high * 0.05, x + high * 0.19, foot - high * 0.02)


MOTIFS: Mapping[str, Callable[[Stencil, Stencil, random.Random, float, float, float], None]] = {
    "cathedral": cathedral,
    "castle": castle,
    "pagoda": pagoda,
    "city": city,
    "lighthouse": lighthouse,
}
