"""The sandbox's 3D results: a cut gem, its shape and colour drawn by lot, as a glTF binary (GLB)."""

from __future__ import annotations

import colorsys
import json
import math
import random
import struct
from typing import NamedTuple

Point = tuple[float, float, float]

_GLTF, _JSON, _BIN = 0x46546C67, 0x4E4F534A, 0x004E4942
_FLOAT, _TRIANGLES, _VERTICES = 5126, 4, 34962  # glTF 2.0: component type, mode, buffer target


class Mesh(NamedTuple):
    """Triangles, each with three corners (metres, y upwards, seen from outside against the clock), and one colour per triangle."""

    triangles: tuple[tuple[Point, Point, Point], ...]
    colours: tuple[Point, ...]

    @property
    def points(self) -> list[Point]:
        """All corners, three per triangle."""
        return [corner for triangle in self.triangles for corner in triangle]


def gem(seed: int) -> Mesh:
    """Cut a gem; equal seeds give equal ones."""
    chance = random.Random(seed)
    sides, girdle, crown, table = chance.randrange(6, 11), 0.5, chance.uniform(0.18, 0.32), chance.uniform(0.2, 0.34)
    foot, hue = chance.uniform(-0.75, -0.5), chance.random()
    wide, high = _ring(sides, girdle, 0.0, 0.0), _ring(sides, table, crown, 0.5)
    triangles: list[tuple[Point, Point, Point]] = []
    for side in range(sides):
        after = (side + 1) % sides
        triangles += [
            (wide[side], (0.0, foot, 0.0), wide[after]),
            (wide[side], wide[after], high[side]),
            (high[side], wide[after], high[after]),
            (high[side], high[after], (0.0, crown, 0.0)),
        ]
    shades = [chance.uniform(-0.12, 0.12) for _ in triangles]
    colours = tuple(colorsys.hls_to_rgb(hue + shade / 4, 0.5 + shade, 0.65) for shade in shades)
    return Mesh(tuple((a, c, b) for a, b, c in triangles), colours)


def glb(solid: Mesh) -> bytes:
    """Write a solid as a GLB file."""
    points, count = solid.points, 3 * len(solid.triangles)
    colours = [colour for colour in solid.colours for _ in range(3)]
    normals = [normal(*triangle) for triangle in solid.triangles for _ in range(3)]
    packed = b"".join(struct.pack("<3f", *numbers) for numbers in (*points, *normals, *colours))
    size = 12 * count
    description = _description(points, count, size)
    text = json.dumps(description, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    length = 12 + 8 + len(text) + 8 + len(packed)
    head = struct.pack("<III", _GLTF, 2, length) + struct.pack("<II", len(text), _JSON)
    return head + text + struct.pack("<II", len(packed), _BIN) + packed


def normal(a: Point, b: Point, c: Point) -> Point:
    """Return the direction in which a triangle looks, one metre long."""
    ax, ay, az = (b - a for a, b in zip(a, b, strict=True))
    bx, by, bz = (b - a for a, b in zip(a, c, strict=True))
    x, y, z = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    length = math.sqrt(x * x + y * y + z * z)
    return x / length, y / length, z / length


def _ring(sides: int, radius: float, height: float, turn: float) -> list[Point]:
    angles = [math.tau * (side + turn) / sides for side in range(sides)]
    return [(radius * math.cos(angle), height, radius * math.sin(angle)) for angle in angles]


def _description(points: list[Point], count: int, size: int) -> dict[str, object]:
    names = ("POSITION", "NORMAL", "COLOR_0")
    accessors: list[dict[str, object]] = [
        {"bufferView": place, "componentType": _FLOAT, "count": count, "type": "VEC3"} for place in range(len(names))
    ]
    # The positions' bounds are required (glTF 2.0, 3.7.2.1), in the single precision of the file.
    rounded = [struct.unpack("<3f", struct.pack("<3f", *point)) for point in points]
    accessors[0] |= {"min": [min(axis) for axis in zip(*rounded, strict=True)]}
    accessors[0] |= {"max": [max(axis) for axis in zip(*rounded, strict=True)]}
    attributes = {name: place for place, name in enumerate(names)}
    material = {"pbrMetallicRoughness": {"metallicFactor": 0.1, "roughnessFactor": 0.35}}
    return {
        "asset": {"version": "2.0", "generator": "krea-client sandbox"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0, "name": "gem"}],
        "meshes": [{"primitives": [{"attributes": attributes, "material": 0, "mode": _TRIANGLES}]}],
        "materials": [material],
        "accessors": accessors,
        "bufferViews": [
            {"buffer": 0, "byteOffset": place * size, "byteLength": size, "target": _VERTICES}
            for place in range(len(names))
        ],
        "buffers": [{"byteLength": len(names) * size}],
    }
