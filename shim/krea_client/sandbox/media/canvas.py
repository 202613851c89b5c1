"""The few things that Pillow is asked for: smooth gradients, glows, clouds of noise, sharp shapes without jagged edges."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, cast

from PIL import Image, ImageChops, ImageDraw

from krea_client.sandbox.media.palettes import Colour, mix

FINE = 2  # shapes are drawn that many times larger and shrunk, which smooths their edges

Point = tuple[float, float]


def stretch(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Make the picture that large, smoothly."""
    untyped: Any = picture  # Pillow's own types speak of numpy, which is not here
    resized: Image.Image = untyped.resize(size, Image.Resampling.BICUBIC)
    return resized


def _widened(column: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Make a column of one pixel's width that large: the bytes of `stretch`, without its work on equal pixels."""
    untyped: Any = stretch(column, (1, size[1]))
    repeated: Image.Image = untyped.resize(size, Image.Resampling.NEAREST)
    return repeated


def nearer(picture: Image.Image, times: float) -> Image.Image:
    """Show the middle of a picture, that many times larger, in the size of the whole."""
    (width, height), untyped = picture.size, cast("Any", picture)  # as above
    left, top = width * (1 - 1 / times) / 2, height * (1 - 1 / times) / 2
    enlarged: Image.Image = untyped.resize(
        (width, height), Image.Resampling.BILINEAR, box=(left, top, width - left, height - top)
    )
    return enlarged


def tone(mask: Image.Image, curve: Callable[[int], float]) -> Image.Image:
    """Change every level (0 to 255) of a mask as the curve says; what leaves that range is cut to it."""
    untyped: Any = mask  # as above
    changed: Image.Image = untyped.point([min(255, max(0, round(curve(level)))) for level in range(256)])
    return changed


def vertical(size: tuple[int, int], stops: Sequence[Colour]) -> Image.Image:
    """Make a picture that runs through the colours from top to bottom."""
    column = Image.new("RGB", (1, 256))
    last = len(stops) - 1
    for y in range(256):
        at = y / 255 * last
        index = min(int(at), last - 1)
        column.putpixel((0, y), mix(stops[index], stops[index + 1], at - index))
    return _widened(column, size)


def glow(radius: float, falloff: float, strength: float) -> Image.Image:
    """Make a round mask that is brightest in the middle."""
    side = max(2, round(radius * 2))
    # radial_gradient is 0 in the middle and 255 from the edge on.
    disc = tone(Image.radial_gradient("L"), lambda level: 255 * strength * max(0.0, 1 - level / 180) ** falloff)
    return stretch(disc, (side, side))


def noise(chance: random.Random, size: tuple[int, int], cells: tuple[int, int], octaves: int = 4) -> Image.Image:
    """Make smooth grey noise; `cells` is how many lumps the coarsest octave has across and down."""
    across, down = cells
    picture = Image.new("L", size, 128)
    share = 0.6
    for _ in range(octaves):
        grain = Image.frombytes("L", (across, down), chance.randbytes(across * down))
        picture = Image.blend(picture, stretch(grain, size), share)
        across, down, share = across * 2, down * 2, share * 0.55
    return picture


def lay(picture: Image.Image, colour: Colour | Image.Image, mask: Image.Image, at: tuple[int, int] = (0, 0)) -> None:
    """Put a colour, or another picture, where the mask says; parts outside are cut off."""
    if isinstance(colour, Image.Image):
        picture.paste(colour, at, mask)
    else:
        picture.paste(colour, (*at, at[0] + mask.width, at[1] + mask.height), mask)


def fade(mask: Image.Image, curve: Callable[[float], float]) -> Image.Image:
    """Weaken a mask from top (0) to bottom (1) as the curve says (0 to 1)."""
    column = tone(Image.linear_gradient("L").crop((0, 0, 1, 256)), lambda level: 255 * curve(level / 255))
    return ImageChops.multiply(mask, _widened(column, mask.size))


class Stencil:
    """A mask of sharp shapes; coordinates are those of the picture."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._large = Image.new("L", (size[0] * FINE, size[1] * FINE))
        self._pen = ImageDraw.Draw(self._large)

    def polygon(self, points: Sequence[Point], level: int = 255) -> None:
        """Fill a polygon."""
        if len(points) > 2:
            self._pen.polygon([(x * FINE, y * FINE) for x, y in points], fill=level)

    def box(self, left: float, top: float, right: float, bottom: float, level: int = 255) -> None:
        """Fill a rectangle; its sides may come in any order."""
        xs, ys = sorted((left * FINE, right * FINE)), sorted((top * FINE, bottom * FINE))
        self._pen.rectangle((xs[0], ys[0], xs[1], ys[1]), fill=level)

    def disc(self, x: float, y: float, radius: float, level: int = 255) -> None:
        """Fill a circle."""
        x, y, radius = x * FINE, y * FINE, radius * FINE
        self._pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=level)

    def line(self, points: Sequence[Point], width: float, level: int = 255) -> None:
        """Draw a line through the points."""
        self._pen.line([(x * FINE, y * FINE) for x, y in points], fill=level, width=max(1, round(width * FINE)))

    def mask(self) -> Image.Image:
        """Return the mask, smoothed."""
        return self._large.reduce(FINE)
