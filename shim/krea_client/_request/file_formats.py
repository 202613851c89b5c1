"""Telling a whole file from a broken one by its own marks: its first bytes, its end, the sizes that it states."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import BinaryIO, NamedTuple

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


def extension_for(content_type: str | None, head: bytes) -> str:
    """The ending for a file of this content type, or else by its first bytes; "" when neither tells."""
    plain = (content_type or "").partition(";")[0].strip().lower()
    return _ENDINGS.get(plain) or extension_by_signature(head)


def extension_by_signature(head: bytes) -> str:
    """The ending that a file's first bytes call for; "" when they are not known."""
    return next((ending for place, mark, ending in _MARKS if head[place : place + len(mark)] == mark), "")


def content_type_for(ending: str) -> str | None:
    """The content type of files with this ending, or None."""
    return next((kind for kind, known in _ENDINGS.items() if known == ending), None)


def lacks_signature(content_type: str | None, head: bytes) -> bool:
    """True for bytes that lack the mark which every file of this content type begins with."""
    plain = (content_type or "").partition(";")[0].strip().lower()
    return _ENDINGS.get(plain) in _TESTS and not extension_by_signature(head)


def is_page(content_type: str | None, head: bytes) -> bool:
    """True for a text that a server sends instead of a file: an HTML page, JSON, an XML error."""
    plain = (content_type or "").partition(";")[0].strip().lower()
    if plain in ("text/html", "application/xhtml+xml", "application/json", "application/xml", "text/xml", "text/plain"):
        return not extension_by_signature(head)
    return head.lstrip()[:15].lower().startswith((b"<!doctype", b"<html"))


class _File(NamedTuple):
    """A file with what every test wants to know of it."""

    file: BinaryIO
    size: int
    head: bytes

    def at(self, place: int, count: int) -> bytes:
        self.file.seek(place)
        return self.file.read(count)

    def tail(self, count: int) -> bytes:
        return self.at(max(0, self.size - count), count)


def find_defect(file: BinaryIO) -> str | None:
    """What shows that a file of a known format is not whole, or None. Formats that state no end pass."""
    size = file.seek(0, os.SEEK_END)
    if not size:
        return "it is empty"
    whole = _File(file, size, _File(file, size, b"").at(0, 32))
    test = _TESTS.get(extension_by_signature(whole.head))
    return test(whole) if test else None


def _png(it: _File) -> str | None:
    return None if it.tail(12) == b"\x00\x00\x00\x00IEND\xaeB`\x82" else "its PNG end chunk is missing"


def _jpeg(it: _File) -> str | None:
    # Some writers pad with zeros after the end of image marker.
    return None if it.tail(64).rstrip(b"\0").endswith(b"\xff\xd9") else "its JPEG end marker is missing"


def _gif(it: _File) -> str | None:
    return None if it.tail(1) == b";" else "its GIF trailer is missing"


def _riff(it: _File) -> str | None:
    stated = it.head[4:8]
    if stated == b"\xff\xff\xff\xff":  # written as a stream, before the size was known
        return None
    return _stated(it, int.from_bytes(stated, "little") + 8)


def _glb(it: _File) -> str | None:
    return _stated(it, int.from_bytes(it.head[8:12], "little"))


def _stated(it: _File, size: int) -> str | None:
    return None if it.size >= size else f"it states {size} bytes and has {it.size}"


def _zip(it: _File) -> str | None:
    longest = 65_557  # the end record with the longest comment
    _, mark, record = it.tail(longest).rpartition(b"PK\x05\x06")
    whole = mark and len(record) >= 18 + int.from_bytes(record[16:18], "little")
    return None if whole else "its ZIP end record is missing"


def _boxes(it: _File) -> str | None:
    place = 0
    kinds: set[bytes] = set()
    while place < it.size:
        box = it.at(place, 16)
        length = int.from_bytes(box[:4], "big")
        if length == 1:
            length = int.from_bytes(box[8:16], "big")
        elif length == 0:  # the last box may run to the end of the file
            length = it.size - place
        if len(box) < 8 or length < 8:
            return f"its box at byte {place} is broken"
        kinds.add(box[4:8])
        place += length
    if place > it.size:
        return f"its boxes end at byte {place} and it has {it.size}"
    return None if kinds & {b"moov", b"meta", b"moof"} else "it has no index (moov box)"


_TESTS: dict[str, Callable[[_File], str | None]] = {
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
