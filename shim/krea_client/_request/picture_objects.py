"""Pictures in memory as PNG files: those of Pillow, and arrays as numpy has them. Neither library is imported."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

_COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}  # of PNG, by the number of channels
_PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16"})  # that Pillow can write as PNG
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def is_picture(value: object) -> bool:
    """Return True for a picture of Pillow, and for an array that may be one."""
    return _is_pillow_image(value) or (hasattr(value, "__array_interface__") and getattr(value, "shape", ()) != ())


def png_of(value: object) -> bytes:
    """Return a picture as a PNG file.

    Raises:
        ValueError: an array is none; the text says what to give, as "<what is wrong>: <what to do>".
    """
    picture: Any = value
    if not _is_pillow_image(value):
        return _png_of_array(picture)
    if picture.mode not in _PNG_MODES:
        picture = picture.convert("RGB")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _is_pillow_image(value: object) -> bool:
    return all(hasattr(value, name) for name in ("mode", "size", "convert", "save", "tobytes"))


def _png_of_array(array: Any) -> bytes:
    shape = tuple(array.shape)
    height, width, channels = (*shape, 1)[:3] if len(shape) in (2, 3) else (0, 0, 0)
    if channels not in _COLOUR_TYPES or not height or not width:
        raise ValueError(
            f"is an array of the shape {shape}: give rows, columns and up to 4 channels, such as (768, 1024, 3)"
        )
    kind = str(array.__array_interface__["typestr"])[1:]
    if kind not in ("u1", "b1"):
        raise ValueError(f"is an array of the type {array.dtype}: give uint8, such as (picture * 255).astype('uint8')")
    content: bytes = array.tobytes()
    if kind == "b1":  # a mask
        content = content.replace(b"\x01", b"\xff")
    stride = width * channels
    rows = b"".join(b"\x00" + content[start : start + stride] for start in range(0, len(content), stride))
    header = struct.pack(">IIBBBBB", width, height, 8, _COLOUR_TYPES[channels], 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
