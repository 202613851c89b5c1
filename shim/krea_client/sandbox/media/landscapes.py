"""Draws the sandbox's pictures: a landscape in layers of mist, seeded, in the mood of the prompt."""

from __future__ import annotations

import io
import math
import random
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter

from krea_client.sandbox.media.canvas import Point, Stencil, fade, glow, lay, noise, stretch, tone, vertical
from krea_client.sandbox.media.motifs import MOTIFS
from krea_client.sandbox.media.palettes import Palette, mix, mood, motif

# Drawn at most that large and enlarged beyond: a landscape of soft shapes loses nothing, and 4K takes no gigabyte.
MAX_SIDE = 1280
HORIZON = 0.62


def paint(prompt: str, seed: int, width: int, height: int, file_format: str = "PNG") -> bytes:
    """Draw a picture of exactly that size as a PNG, JPEG or WEBP; the same arguments give the same bytes."""
    out = io.BytesIO()
    # Each format takes the settings that it knows, and leaves the others.
    picture(prompt, seed, width, height).save(out, file_format, compress_level=2, quality=88, method=2)
    return out.getvalue()


def picture(prompt: str, seed: int, width: int, height: int) -> Image.Image:
    """Draw a picture of exactly that size."""
    shrink = min(1.0, MAX_SIDE / max(width, height))
    size = max(1, round(width * shrink)), max(1, round(height * shrink))
    painting = _compose(prompt, random.Random(seed), size)
    return painting if size == (width, height) else stretch(painting, (width, height))


def _compose(prompt: str, chance: random.Random, size: tuple[int, int]) -> Image.Image:
    palette = mood(prompt, chance)
    subject, wet = motif(prompt, chance)
    picture = vertical(size, [*palette.sky, palette.sky[-1]])
    sun = chance.uniform(0.22, 0.78), chance.uniform(0.2, 0.42)
    _stars(picture, palette, chance)
    if palette.aurora:
        _aurora(picture, palette.aurora, chance)
    _sun(picture, palette, sun)
    _clouds(picture, palette, chance)
    _ridges(picture, palette, chance, subject, 1.0 - sun[0])
    if wet:
        _water(picture, palette, chance)
    _foreground(picture, palette, chance, pines=subject not in ("city", "lighthouse"))
    return _vignette(picture)


def _stars(picture: Image.Image, palette: Palette, chance: random.Random) -> None:
    width, height = picture.size
    stencil = Stencil(picture.size)
    for _ in range(round(palette.stars * 420)):
        depth = chance.random() ** 1.6 * HORIZON
        radius = max(width, height) / 1024 * chance.choice((0.5, 0.6, 0.7, 0.9, 1.3))
        bright = round(255 * chance.uniform(0.25, 1.0) * (1 - depth / HORIZON * 0.8) * palette.stars)
        stencil.disc(chance.random() * width, depth * height, radius, bright)
    if palette.stars:
        lay(picture, (255, 250, 240), stencil.mask())


def _aurora(picture: Image.Image, colour: tuple[int, int, int], chance: random.Random) -> None:
    width, height = picture.size
    rays = noise(chance, picture.size, (14, 1), octaves=4)
    for _ in range(2):
        middle, sway, waves = chance.uniform(0.22, 0.4), chance.uniform(0.05, 0.12), chance.uniform(0.8, 1.8)
        turn = chance.uniform(0, math.tau)
        edge = [
            (x * width / 48, height * (middle + sway * math.sin(turn + x / 48 * math.tau * waves))) for x in range(49)
        ]
        curtain = Stencil(picture.size)
        curtain.polygon([*edge, *((x, y - height * 0.3) for x, y in reversed(edge))], 150)
        soft = curtain.mask().filter(ImageFilter.GaussianBlur(height * 0.045))
        lay(picture, colour, ImageChops.multiply(soft, rays))


def _sun(picture: Image.Image, palette: Palette, at: tuple[float, float]) -> None:
    width, height = picture.size
    x, y = at[0] * width, at[1] * height
    unit = math.sqrt(width * height)
    for radius, falloff, strength in ((0.75, 2.6, 0.55), (0.26, 2.0, 0.7)):
        halo = glow(unit * radius, falloff, strength)
        lay(picture, palette.sun, halo, (round(x - halo.width / 2), round(y - halo.height / 2)))
    disc = Stencil(picture.size)
    disc.disc(x, y, unit * 0.045)
    lay(picture, mix(palette.sun, (255, 255, 255), 0.5), disc.mask())


def _clouds(picture: Image.Image, palette: Palette, chance: random.Random) -> None:
    lumps = noise(chance, picture.size, (4, 9), octaves=5)
    floor = chance.choice((120, 130, 142))
    veil = tone(lumps, lambda level: min(205, (level - floor) * 4))
    veil = fade(veil, lambda y: math.sin(min(1.0, y / HORIZON) * math.pi) * 0.75)
    lay(picture, mix(palette.sky[-1], palette.sun, 0.5), veil)


def _ridge(chance: random.Random, width: int, base: float, swing: float, rough: float) -> list[Point]:
    """Return a line of hills from left to right, by halving and shifting; `rough` under 0.5 is soft, above it jagged."""
    heights: list[float] = [chance.uniform(-1, 1), chance.uniform(-1, 1)]
    shift = 1.0
    while len(heights) < 257:
        between = [(a + b) / 2 + chance.uniform(-shift, shift) for a, b in pairwise(heights)]
        last = heights[-1]
        heights = [point for pair in zip(heights, between, strict=False) for point in pair]
        heights.append(last)
        shift *= rough
    return [(index * width / 256, base - swing * height) for index, height in enumerate(heights)]


def _ridges(picture: Image.Image, palette: Palette, chance: random.Random, subject: str, place: float) -> None:
    width, height = picture.size
    layers = 5
    for layer in range(layers):
        share = layer / (layers - 1)
        base = height * (HORIZON - 0.12 + share * 0.2)
        line = _ridge(chance, width, base, height * (0.10 - share * 0.055), 0.56 - share * 0.12)
        if layer == layers - 2 and subject in MOTIFS:
            line = _subject(picture, palette, chance, subject, place, line)
        colour = mix(palette.far, palette.near, share**1.4 * 0.8)
        if layer >= layers - 2:
            _grove(picture, colour, chance, line, math.sqrt(width * height) * (0.02 + share * 0.025))
        _hill(picture, line, colour, mix(colour, palette.sky[-1], 0.55 - share * 0.35))


def _grove(
    picture: Image.Image, colour: tuple[int, int, int], chance: random.Random, line: list[Point], high: float
) -> None:
    """Draw small trees along a ridge, in clumps."""
    stencil = Stencil(picture.size)
    for _ in range(chance.randrange(3, 6)):
        middle, spread = chance.random() * 256, chance.uniform(6, 26)
        for _ in range(round(spread * 0.9)):
            index = round(chance.gauss(middle, spread / 2))
            if 0 <= index <= 256:
                x, y = line[index]
                _pine(stencil, chance, x, y + high * 0.2, high * chance.uniform(0.6, 1.3), tiers=4)
    lay(picture, colour, stencil.mask())


def _hill(picture: Image.Image, line: list[Point], colour: tuple[int, int, int], mist: tuple[int, int, int]) -> None:
    width, height = picture.size
    top = max(0, int(min(y for _, y in line)) - 2)
    if top >= height:
        return
    stencil = Stencil((width, height - top))
    stencil.polygon([(0, height - top), *((x, y - top) for x, y in line), (width, height - top)])
    shades = vertical((width, height - top), (colour, mist, mist, mist))
    lay(picture, shades, stencil.mask(), (0, top))


def _subject(
    picture: Image.Image, palette: Palette, chance: random.Random, subject: str, place: float, line: list[Point]
) -> list[Point]:
    """Draw the motif on level ground, and give the line of hills back with that level in it."""
    width, height = picture.size
    x, high = width * (0.5 + (place - 0.5) * 0.5), min(height * 0.5, width * 0.55)
    reach = high * 0.9
    ground = [y for at, y in line if abs(at - x) < reach]
    foot = sum(ground) / len(ground)
    body, lamps = Stencil(picture.size), Stencil(picture.size)
    MOTIFS[subject](body, lamps, chance, x, foot + high * 0.02, high)
    colour = mix(palette.far, palette.near, 0.62)
    shades = vertical(picture.size, (colour, colour, mix(colour, palette.near, 0.4), mix(colour, palette.sky[-1], 0.4)))
    lay(picture, shades, body.mask())
    lit = lamps.mask()
    lay(picture, palette.lamp, lit.filter(ImageFilter.GaussianBlur(high * 0.02)))
    lay(picture, mix(palette.lamp, (255, 255, 255), 0.25), lit)
    return [(at, foot + (y - foot) * min(1.0, abs(at - x) / reach) ** 3) for at, y in line]


def _water(picture: Image.Image, palette: Palette, chance: random.Random) -> None:
    """Draw the picture on its head below the shore, darker, and each row slipped a little to the side."""
    width, height = picture.size
    shore = round(height * 0.8)
    depth = height - shore
    if depth < 2:
        return
    above = picture.crop((0, max(0, shore - depth * 3), width, shore)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirror = Image.blend(stretch(above, (width, depth)), Image.new("RGB", (width, depth), palette.near), 0.25)
    turn = chance.uniform(0, math.tau)
    for y in range(depth):
        near = y / depth
        slip = round(math.sin(turn + 40 * math.sqrt(near + 0.02)) * width * 0.006 * (0.3 + near))
        picture.paste(ImageChops.offset(mirror.crop((0, y, width, y + 1)), slip, 0), (0, shore + y))
    glints = noise(chance, (width, depth), (3, 40), octaves=3)
    glints = fade(tone(glints, lambda level: min(150, (level - 160) * 5)), lambda y: 0.8 - y * 0.6)
    lay(picture, palette.sky[-1], glints, (0, shore))


def _foreground(picture: Image.Image, palette: Palette, chance: random.Random, pines: bool) -> None:
    width, height = picture.size
    unit = math.sqrt(width * height)
    line = _ridge(chance, width, height * 0.93, height * 0.03, 0.42)
    lift = chance.choice((-1, 1))
    line = [(x, y - lift * (x / width - 0.5) * height * 0.08) for x, y in line]
    stencil = Stencil(picture.size)
    stencil.polygon([(0, height), *line, (width, height)])
    if pines:
        for _ in range(26):
            # Towards the edges, so that the middle stays open.
            across = chance.random() ** 2.2 * 0.5
            x = width * (across if chance.random() < 0.5 + lift * 0.2 else 1 - across)
            foot = line[min(256, int(x / width * 256))][1] + unit * 0.01
            _pine(stencil, chance, x, foot, unit * chance.uniform(0.09, 0.24) * (1.15 - across))
    lay(picture, palette.near, stencil.mask())
    _birds(picture, palette, chance, unit)


def _pine(stencil: Stencil, chance: random.Random, x: float, y: float, high: float, tiers: int = 9) -> None:
    stencil.line([(x, y), (x, y - high * 0.8)], high * 0.02)
    for tier in range(tiers):
        share = tier / tiers
        foot, wide = y - high * (0.1 + share * 0.8), high * 0.2 * (1 - share) + high * 0.012
        wide *= chance.uniform(0.8, 1.15)
        stencil.polygon(
            [(x - wide, foot + high * 0.03), (x, foot - high * 1.44 / tiers), (x + wide, foot + high * 0.03), (x, foot)]
        )


def _birds(picture: Image.Image, palette: Palette, chance: random.Random, unit: float) -> None:
    width, height = picture.size
    stencil = Stencil(picture.size)
    x, y = width * chance.uniform(0.2, 0.8), height * chance.uniform(0.14, 0.34)
    for _ in range(chance.randrange(4, 9)):
        span, dip = unit * chance.uniform(0.006, 0.013), chance.uniform(0.3, 0.6)
        at, up = x + chance.gauss(0, 0.05) * width, y + chance.gauss(0, 0.025) * height
        stencil.line([(at - span, up - span * dip), (at - span / 2, up - span * 0.5), (at, up)], unit * 0.0014)
        stencil.line([(at, up), (at + span / 2, up - span * 0.5), (at + span, up - span * dip)], unit * 0.0014)
    lay(picture, palette.near, tone(stencil.mask(), lambda level: level * 0.7))


def _vignette(picture: Image.Image) -> Image.Image:
    corners = tone(Image.radial_gradient("L"), lambda level: 255 - max(0, level - 110) * 5 / 12)
    shade = stretch(corners, picture.size)
    return ImageChops.multiply(picture, Image.merge("RGB", (shade, shade, shade)))
