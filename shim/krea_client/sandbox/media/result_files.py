"""What is in a result's file. Equal requests get equal files; the last ones are kept, up to 8 MB."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from krea_client.sandbox.http_messages import Response, refusal
from krea_client.sandbox.media import dimensions
from krea_client.sandbox.media.byte_cache import ByteCache

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

cache: ByteCache = ByteCache(CACHED_BYTES)


def recipe(path: str, fields: Mapping[str, Any], mark: str = "") -> bytes:
    """Write down everything that a file depends on: the operation, the fields, and which of several files it is."""
    return json.dumps([path, mark, fields], sort_keys=True).encode()


def file(ending: str, recipe: bytes, of_solid: bool = False) -> Response:
    """Answer with the file of that ending; `of_solid` asks for the picture of a 3D model."""
    if ending == "mp4" and not _films_can_be_made():
        text = "A film takes a Pillow that writes AVIF, which this one does not: pip install --upgrade 'pillow>=11.3'"
        return refusal(501, text)
    return _answer(ending, cache.get((ending, recipe), lambda: _make(ending, recipe, of_solid)))


def preview(recipe: bytes) -> Response:
    """Answer with a small picture of what is on its way."""
    return _answer("png", cache.get(("preview", recipe), lambda: _preview(recipe)))


def export(file_format: str, recipe: bytes) -> Response:
    """Answer with a ZIP of a 3D model in another format."""
    from krea_client.sandbox.media import mesh_exports, meshes

    return _answer(
        "zip", cache.get((file_format, recipe), lambda: mesh_exports.archive(meshes.gem(_seed(recipe)), file_format))
    )


def _answer(ending: str, content: bytes) -> Response:
    return Response(200, {"content-type": TYPES[ending]}, content)


def _make(ending: str, recipe: bytes, of_solid: bool) -> bytes:
    # Pillow takes time and memory to import: only what is drawn pays for it.
    fields, seed = _fields(recipe), _seed(recipe)
    if ending == "mp4":
        from krea_client.sandbox.media import videos

        return videos.film(_words(fields), seed, *dimensions.film_size(fields), dimensions.film_seconds(fields))
    if ending == "wav":
        from krea_client.sandbox.media import sounds

        return sounds.sound(seed, dimensions.sound_seconds(fields))
    if ending == "glb":
        from krea_client.sandbox.media import meshes

        return meshes.glb(meshes.gem(seed))
    if of_solid:
        from krea_client.sandbox.media import mesh_views, meshes

        return mesh_views.view(meshes.gem(seed))
    from krea_client.sandbox.media import landscapes

    return landscapes.paint(_words(fields), seed, *dimensions.picture_size(fields), _FORMATS[ending])


def _films_can_be_made() -> bool:
    from PIL import features

    return bool(features.check("avif"))


def _preview(recipe: bytes) -> bytes:
    from krea_client.sandbox.media import landscapes

    fields, path = _fields(recipe), json.loads(recipe)[0]
    size = dimensions.film_size(fields) if "/video/" in path else dimensions.picture_size(fields)
    width, height = (max(dimensions.LEAST_SIDE, side // PREVIEW_SHARE) for side in size)
    return landscapes.paint(_words(fields), _seed(recipe), width, height)


def _fields(recipe: bytes) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(recipe)[2]
    return fields


def _words(fields: Mapping[str, Any]) -> str:
    return str(fields.get("prompt") or "")


def _seed(recipe: bytes) -> int:
    return int.from_bytes(hashlib.sha256(recipe).digest()[:8])
