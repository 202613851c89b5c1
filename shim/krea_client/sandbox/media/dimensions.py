"""How large and how long a result is: the fields of a request, read as pixels and seconds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MOST_SIDE = 4096
LEAST_SIDE = 16
STEP = 1024
# Above it the two numbers of an aspect ratio are the pixels themselves (`1280:720`).
LARGEST_RATIO = 100
MOST_SECONDS = 600.0
# The sandbox's own, where neither the request nor the document says anything.
FILM_SECONDS = 5.0
SOUND_SECONDS = 5.0
FILM_LINES = 720
WORDS_A_SECOND = 2.5

_LINES = re.compile(r"([0-9]{3,4})p", re.ASCII)


def picture_size(fields: Mapping[str, Any]) -> tuple[int, int]:
    """Return a picture's width and height in pixels.

    `width` and `height` are taken as they are, within 16 to 4096. Otherwise the longer side has 1024 pixels per K of
    `resolution` (1K when there is none) and `aspect_ratio` (1:1 when there is none) gives the other.
    """
    scale = str(fields.get("resolution") or "1K").upper().removesuffix("K")
    longer = round(STEP * _number(scale, 1.0))
    across, down = _ratio(fields, (1.0, 1.0))
    ratio = across / down
    width, height = (longer, longer / ratio) if ratio >= 1 else (longer * ratio, longer)
    return _side(fields.get("width"), width), _side(fields.get("height"), height)


def film_size(fields: Mapping[str, Any]) -> tuple[int, int]:
    """Return a film's width and height in pixels, both even.

    `width` and `height`, `target_width` and `target_height`, or a ratio in pixels (`1280:720`) are taken as they are.
    Otherwise the shorter side has the lines of `resolution` (`1080p`, `4k`; 720 without one).
    """
    across, down = _ratio(fields, (16.0, 9.0))
    if across > LARGEST_RATIO and down > LARGEST_RATIO:
        width, height = across, down
    else:
        lines = _lines(str(fields.get("resolution") or ""))
        ratio = across / down
        width, height = (lines * ratio, lines) if ratio >= 1 else (lines, lines / ratio)
    wide = _side(fields.get("width", fields.get("target_width")), width)
    high = _side(fields.get("height", fields.get("target_height")), height)
    return wide // 2 * 2, high // 2 * 2


def film_seconds(fields: Mapping[str, Any]) -> float:
    """Return a film's length: its `duration`, else its `num_frames` at 24 a second, else five seconds."""
    frames = _positive(fields.get("num_frames"))
    return min(_positive(fields.get("duration")) or (frames or 0.0) / 24 or FILM_SECONDS, MOST_SECONDS)


def sound_seconds(fields: Mapping[str, Any]) -> float:
    """Return a sound's length: its `music_length_ms`; of a voice, what reading the prompt takes."""
    length = _positive(fields.get("music_length_ms"))
    if length is None and "voice_id" in fields:
        length = 1000 * max(1.0, len(str(fields.get("prompt") or "").split()) / WORDS_A_SECOND)
    return min((length or SOUND_SECONDS * 1000) / 1000, MOST_SECONDS)


def _lines(text: str) -> float:
    match = _LINES.fullmatch(text)
    return float(match[1]) if match else {"4K": 2160.0, "2K": 1440.0}.get(text.upper(), FILM_LINES)


def _ratio(fields: Mapping[str, Any], otherwise: tuple[float, float]) -> tuple[float, float]:
    across, _, down = str(fields.get("aspect_ratio") or fields.get("ratio") or "").partition(":")
    width, height = _number(across, 0.0), _number(down, 0.0)
    return (width, height) if width and height else otherwise


def _side(value: object, default: float) -> int:
    side = value if isinstance(value, (int, float)) and not isinstance(value, bool) else default
    return round(min(max(side, LEAST_SIDE), MOST_SIDE))


def _positive(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0 else None


def _number(text: str, otherwise: float) -> float:
    try:
        number = float(text)
    except ValueError:
        return otherwise
    return number if 0 < number < float("inf") else otherwise
