"""The picture of a 3D result: the solid from the front and a little from above, lit from one side."""

from __future__ import annotations

import io
import math

from krea_client.sandbox.media.canvas import Stencil, lay, vertical
from krea_client.sandbox.media.meshes import Mesh, Point, normal
from krea_client.sandbox.media.palettes import Colour

SIDE = 512
TURN, TILT = 0.5, 0.45  # radians
LIGHT = (-0.45, 0.75, 0.49)
BACKDROP: tuple[Colour, Colour] = ((226, 229, 236), (168, 174, 188))


def view(solid: Mesh, side: int = SIDE) -> bytes:
    """Draw a solid as a square PNG."""
    picture = vertical((side, side), BACKDROP)
    rotated = [tuple(_turned(corner) for corner in triangle) for triangle in solid.triangles]
    heights = [y for triangle in rotated for _, y, _ in triangle]
    middle = (min(heights) + max(heights)) / 2
    for (a, b, c), colour in zip(rotated, solid.colours, strict=True):
        facing = normal(a, b, c)
        if facing[2] <= 0:  # seen from behind: hidden, since the solid is convex
            continue
        lit = 0.55 + 0.5 * max(0.0, sum(a * b for a, b in zip(facing, LIGHT, strict=True)))
        red, green, blue = (min(255, round(255 * part * lit)) for part in colour)
        stencil = Stencil((side, side))
        stencil.polygon([(side * (0.5 + 0.78 * x), side * (0.5 - 0.78 * (y - middle))) for x, y, _ in (a, b, c)])
        lay(picture, (red, green, blue), stencil.mask())
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _turned(point: Point) -> Point:
    x, y, z = point
    x, z = x * math.cos(TURN) + z * math.sin(TURN), z * math.cos(TURN) - x * math.sin(TURN)
    return x, y * math.cos(TILT) - z * math.sin(TILT), y * math.sin(TILT) + z * math.cos(TILT)
