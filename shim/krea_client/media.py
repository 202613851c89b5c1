"""Telling a whole file from a broken one by its own marks: its first bytes, its end, the sizes that it states."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import BinaryIO

# By content type, the ending of a file name.
_ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/heic": ".heic",
    "image/svg+xml": ".svg",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/flac": ".flac",
    "model/gltf-binary": ".glb",
    "application/zip": ".zip",
}
_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", ".png"),
    (0, b"\xff\xd8\xff", ".jpg"),
    (0, b"GIF8", ".gif"),
    (8, b"WEBP", ".webp"),
    (8, b"WAVE", ".wav"),
    (4, b"ftypqt", ".mov"),
    (4, b"ftypavif", ".avif"),
    (4, b"ftyphei", ".heic"),
    (4, b"ftyp", ".mp4"),
    (0, b"\x1aE\xdf\xa3", ".webm"),
    (0, b"glTF", ".glb"),
    (0, b"PK\x03\x04", ".zip"),
    (0, b"ID3", ".mp3"),
    (0, b"\xff\xfb", ".mp3"),
    (0, b"fLaC", ".flac"),
    (0, b"OggS", ".ogg"),
)


def ending_for(content_type: str | None, head: bytes) -> str:
    """The ending for a file of this content type, or else by its first bytes; "" when neither tells."""
    plain = (content_type or "").partition(";")[0].strip().lower()
    return _ENDINGS.get(plain) or ending_by_marks(head)


def ending_by_marks(head: bytes) -> str:
    """The ending that a file's first bytes call for; "" when they are not known."""
    return next((ending for place, mark, ending in _MARKS if head[place : place + len(mark)] == mark), "")


def is_page(content_type: str | None, head: bytes) -> bool:
    """True for a text that a server sends instead of a file: an HTML page, JSON, an XML error."""
    plain = (content_type or "").partition(";")[0].strip().lower()
    if plain in ("text/html", "application/xhtml+xml", "application/json", "application/xml", "text/xml", "text/plain"):
        return not ending_by_marks(head)
    return head.lstrip()[:15].lower().startswith((b"<!doctype", b"<html"))


def fault_in(file: BinaryIO) -> str | None:
    """What shows that a file of a known format is not whole, or None. Formats that state no end pass."""
    size = file.seek(0, os.SEEK_END)
    head = _at(file, 0, 32)
    if not size:
        return "it is empty"
    test = _TESTS.get(ending_by_marks(head))
    return test(file, size, head) if test else None


def _at(file: BinaryIO, place: int, count: int) -> bytes:
    file.seek(place)
    return file.read(count)


def _png(file: BinaryIO, size: int, head: bytes) -> str | None:
    end = b"\x00\x00\x00\x00IEND\xaeB`\x82"
    return None if _at(file, max(0, size - 12), 12) == end else "its PNG end chunk is missing"


def _jpeg(file: BinaryIO, size: int, head: bytes) -> str | None:
    # Some writers pad with zeros after the end of image marker.
    return None if b"\xff\xd9" in _at(file, max(0, size - 64), 64) else "its JPEG end marker is missing"


def _gif(file: BinaryIO, size: int, head: bytes) -> str | None:
    return None if _at(file, size - 1, 1) == b";" else "its GIF trailer is missing"


def _riff(file: BinaryIO, size: int, head: bytes) -> str | None:
    stated = int.from_bytes(head[4:8], "little") + 8
    return None if size >= stated else f"it states {stated} bytes and has {size}"


def _glb(file: BinaryIO, size: int, head: bytes) -> str | None:
    stated = int.from_bytes(head[8:12], "little")
    return None if size >= stated else f"it states {stated} bytes and has {size}"


def _zip(file: BinaryIO, size: int, head: bytes) -> str | None:
    tail = _at(file, max(0, size - 65_557), 65_557)  # the end record and its longest comment
    return None if b"PK\x05\x06" in tail else "its ZIP end record is missing"


def _boxes(file: BinaryIO, size: int, head: bytes) -> str | None:
    place, kinds = 0, set()
    while place < size:
        box = _at(file, place, 16)
        length = int.from_bytes(box[:4], "big")
        if length == 1:
            length = int.from_bytes(box[8:16], "big")
        elif length == 0:  # the last box may run to the end of the file
            length = size - place
        if len(box) < 8 or length < 8:
            return f"its box at byte {place} is broken"
        kinds.add(box[4:8])
        place += length
    if place > size:
        return f"its boxes end at byte {place} and it has {size}"
    return None if b"moov" in kinds or b"meta" in kinds or b"moof" in kinds else "it has no index (moov box)"


_TESTS: dict[str, Callable[[BinaryIO, int, bytes], str | None]] = {
    ".png": _png,
    ".jpg": _jpeg,
    ".gif": _gif,
    ".webp": _riff,
    ".wav": _riff,
    ".glb": _glb,
    ".zip": _zip,
    ".mp4": _boxes,
    ".mov": _boxes,
    ".avif": _boxes,
    ".heic": _boxes,
}
