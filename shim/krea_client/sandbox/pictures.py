"""Which picture a request gets: its size, the seed of its drawing, and the PNG, kept for a while."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from .messages import Response

MOST_SIDE = 4096
LEAST_SIDE = 16
STEP = 1024
PREVIEW_SHARE = 4
CACHED_BYTES = 8 << 20

_cache: OrderedDict[tuple[bytes, bool], bytes] = OrderedDict()
_guard = Lock()


def recipe(path: str, fields: Mapping[str, Any]) -> bytes:
    """Write down everything that a picture depends on; equal requests have equal recipes."""
    return json.dumps([path, fields], sort_keys=True).encode()


def size(fields: Mapping[str, Any]) -> tuple[int, int]:
    """Give the picture's width and height in pixels.

    `width` and `height` are taken as they are, within 16 to 4096. Otherwise the longer side has 1024 pixels per K of
    `resolution` (1K when there is none) and `aspect_ratio` (1:1 when there is none) gives the other.
    """
    scale = str(fields.get("resolution") or "1K").upper().removesuffix("K")
    longer = round(STEP * _number(scale, 1.0))
    across, _, down = str(fields.get("aspect_ratio") or "1:1").partition(":")
    ratio = _number(across, 1.0) / _number(down, 1.0)
    width, height = (longer, longer / ratio) if ratio >= 1 else (longer * ratio, longer)
    return _side(fields.get("width"), width), _side(fields.get("height"), height)


def response(recipe: bytes, preview: bool) -> Response:
    """Answer with the picture of that recipe, or with its small preview."""
    return Response(200, {"content-type": "image/png"}, png(recipe, preview))


def png(recipe: bytes, preview: bool = False) -> bytes:
    """Draw the picture of that recipe as a PNG; the last ones are kept, up to 8 MB."""
    with _guard:
        if (recipe, preview) in _cache:
            _cache.move_to_end((recipe, preview))
            return _cache[recipe, preview]
    drawn = _draw(recipe, preview)
    with _guard:
        _cache[recipe, preview] = drawn
        while len(_cache) > 1 and sum(map(len, _cache.values())) > CACHED_BYTES:
            _cache.popitem(last=False)
    return drawn


def _draw(recipe: bytes, preview: bool) -> bytes:
    # Pillow takes time and memory to import: only a drawn picture pays for it.
    from . import painting

    fields = json.loads(recipe)[1]
    width, height = size(fields)
    if preview:
        width, height = (max(LEAST_SIDE, side // PREVIEW_SHARE) for side in (width, height))
    seed = int.from_bytes(hashlib.sha256(recipe).digest()[:8])
    return painting.paint(str(fields.get("prompt") or ""), seed, width, height)


def _side(asked: object, otherwise: float) -> int:
    side = asked if isinstance(asked, (int, float)) and not isinstance(asked, bool) else otherwise
    return round(min(max(side, LEAST_SIDE), MOST_SIDE))


def _number(text: str, otherwise: float) -> float:
    try:
        number = float(text)
    except ValueError:
        return otherwise
    return number if 0 < number < float("inf") else otherwise
