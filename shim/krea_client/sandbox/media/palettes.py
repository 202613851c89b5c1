"""Colours and motifs of the sandbox's pictures, and which words of a prompt, by their beginnings, ask for them."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one mood; `sky` goes from the zenith to the horizon, `stars` is how many show (0 to 1)."""

    sky: tuple[Colour, ...]
    sun: Colour
    far: Colour
    near: Colour
    lamp: Colour
    stars: float = 0.0
    aurora: Colour | None = None


def _colour(text: str) -> Colour:
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


def _palette(sky: str, sun: str, far: str, near: str, lamp: str, stars: float = 0.0, aurora: str = "") -> Palette:
    return Palette(
        tuple(_colour(stop) for stop in sky.split()),
        _colour(sun),
        _colour(far),
        _colour(near),
        _colour(lamp),
        stars,
        _colour(aurora) if aurora else None,
    )


PALETTES = {
    "dusk": _palette("191a45 43307a 9c4a8a e8778a ffc58f", "fff0cf", "a3628f", "140f2a", "ffd98a", 0.5),
    "dawn": _palette("3f6ba8 87a9cf e3c6cf ffd9b8 fff0cf", "fff8e4", "b59aae", "1d2238", "ffe2a0"),
    "night": _palette("030716 0a1634 17305c 33578a 5f82a8", "f4f1de", "34547d", "03060f", "ffcf7a", 1.0),
    "aurora": _palette("040a1c 07182f 0b2f47 17505c 3f7f7a", "e6f4ec", "235560", "02080d", "ffd27f", 1.0, "5dffb0"),
    "noon": _palette("1f6fb8 5aa3dc a5d2ee dcf0f5 f8fbf3", "fffdf0", "86b2c4", "12322b", "fff2c0"),
    "autumn": _palette("5a74a0 a3a3ad e2b585 f8c877 ffe7ae", "fff4d6", "b87848", "2a120a", "ffdf90"),
    "winter": _palette("6583a8 9db4cf cbd9e6 eaf0f4 fdf6ee", "fffaf0", "a6b8cb", "1a2738", "ffd890"),
    "desert": _palette("2b5c98 7ba3bf e6cfa8 fbd898 ffedc4", "fffaea", "d3955f", "4a1c10", "ffe3a0"),
    "jade": _palette("9fc3bd c3d9cc e3e8d3 f6efd8 fff8e6", "fffdf4", "93b5a6", "102b27", "ffe09a"),
}
MOODS = (
    ("aurora", "aurora northern polar"),
    ("night", "night moon star midnight dark space galaxy neon"),
    ("dusk", "sunset dusk evening gothic twilight purple cathedral"),
    ("dawn", "dawn morning sunrise pastel pink"),
    ("winter", "snow winter ice frost cold white"),
    ("autumn", "autumn october fall orange gold leaves"),
    ("desert", "desert sand dune canyon mars sahara"),
    ("jade", "monaster bhutan mist fog jade bamboo green forest jungle temple"),
    ("noon", "noon summer blue sea ocean day garden meadow spring"),
)
MOTIFS = (
    ("cathedral", "cathedral gothic church spire abbey minster chapel basilica"),
    ("pagoda", "monaster temple pagoda bhutan shrine tibet japan china"),
    ("castle", "castle fortress knight dragon keep king queen"),
    ("city", "city skyline street skyscraper urban cyber neon building"),
    ("lighthouse", "lighthouse coast harbour harbor beacon"),
    ("pines", "forest tree pine wood cabin mountain fox bear deer wolf"),
)
WATERS = "sea ocean lake river water coast harbour harbor beach island lighthouse boat ship reflect"


def _hit(prompt: str, beginnings: str) -> bool:
    """Return whether a word of the prompt begins like one of those: `ice` is in "icy ice", not in "price"."""
    return any(word.startswith(tuple(beginnings.split())) for word in re.findall(r"\w+", prompt.lower()))


def mood(prompt: str, chance: random.Random) -> Palette:
    """Choose the colours: by the first word of the list that the prompt holds, else by chance."""
    by_chance = chance.choice(sorted(PALETTES))
    return PALETTES[next((name for name, words in MOODS if _hit(prompt, words)), by_chance)]


def motif(prompt: str, chance: random.Random) -> tuple[str, bool]:
    """Choose what stands in the picture, and whether there is water before it."""
    by_chance, wet = chance.choice(("cathedral", "castle", "pagoda", "pines", "pines", "none")), chance.random() < 0.35
    return next((name for name, words in MOTIFS if _hit(prompt, words)), by_chance), wet or _hit(prompt, WATERS)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Blend two colours; share 0 is the first, 1 the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue
