"""What is in a result's file. Equal requests get equal files; the last ones are kept, up to 8 MB."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from . import sizes
from .keeping import Keeping
from .messages import Response, refusal

CACHED_BYTES = 8 << 20
PREVIEW_SHARE = 4
EXPORTS = ("obj", "fbx", "stl", "ply")
TYPES: Mapping[str, str] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "wav": "audio/wav",
    "glb": "model/gltf-binary",
    "zip": "application/zip",
}
_FORMATS: Mapping[str, str] = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}

kept: Keeping = Keeping(CACHED_BYTES)


def recipe(path: str, fields: Mapping[str, Any], mark: str = "") -> bytes:
    """Write down everything that a file depends on: the operation, the fields, and which of several files it is."""
    return json.dumps([path, mark, fields], sort_keys=True).encode()


def file(ending: str, recipe: bytes, of_solid: bool = False) -> Response:
    """Answer with the file of that ending; `of_solid` asks for the picture of a 3D model."""
    if ending == "mp4" and not _films_can_be_made():
        text = "A film takes a Pillow that writes AVIF, which this one does not: pip install --upgrade 'pillow>=11.3'"
        return refusal(501, text)
    return _answer(ending, kept.get((ending, recipe), lambda: _make(ending, recipe, of_solid)))


def preview(recipe: bytes) -> Response:
    """Answer with a small picture of what is on its way."""
    return _answer("png", kept.get(("preview", recipe), lambda: _preview(recipe)))


def export(file_format: str, recipe: bytes) -> Response:
    """Answer with a ZIP of a 3D model in another format."""
    from . import exports, solids

    return _answer(
        "zip", kept.get((file_format, recipe), lambda: exports.archive(solids.gem(_seed(recipe)), file_format))
    )


def _answer(ending: str, content: bytes) -> Response:
    return Response(200, {"content-type": TYPES[ending]}, content)


def _make(ending: str, recipe: bytes, of_solid: bool) -> bytes:
    # Pillow takes time and memory to import: only what is drawn pays for it.
    fields, seed = _fields(recipe), _seed(recipe)
    if ending == "mp4":
        from . import films

        return films.film(_words(fields), seed, *sizes.film_size(fields), sizes.film_seconds(fields))
    if ending == "wav":
        from . import sounds

        return sounds.sound(seed, sizes.sound_seconds(fields))
    if ending == "glb":
        from . import solids

        return solids.glb(solids.gem(seed))
    if of_solid:
        from . import solids, views

        return views.view(solids.gem(seed))
    from . import painting

    return painting.paint(_words(fields), seed, *sizes.picture_size(fields), _FORMATS[ending])


def _films_can_be_made() -> bool:
    from PIL import features

    return bool(features.check("avif"))


def _preview(recipe: bytes) -> bytes:
    from . import painting

    fields, path = _fields(recipe), json.loads(recipe)[0]
    size = sizes.film_size(fields) if "/video/" in path else sizes.picture_size(fields)
    width, height = (max(sizes.LEAST_SIDE, side // PREVIEW_SHARE) for side in size)
    return painting.paint(_words(fields), _seed(recipe), width, height)


def _fields(recipe: bytes) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(recipe)[2]
    return fields


def _words(fields: Mapping[str, Any]) -> str:
    return str(fields.get("prompt") or "")


def _seed(recipe: bytes) -> int:
    return int.from_bytes(hashlib.sha256(recipe).digest()[:8])
