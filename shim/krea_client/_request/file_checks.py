"""Tell a complete file from a broken one by its own structure: chunks, markers, the sizes that it states."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable
from typing import BinaryIO, NamedTuple

from krea_client._request.file_formats import extension_by_signature, extension_of_text

HEAD = 4096  # bytes that tell a format
_PIECE = 1 << 20  # bytes that are searched at once
_MOST_PARTS = 1_000_000  # parts of one file that are followed; a file of more is taken as it is
_MOST_JSON = 64 << 20  # bytes of a JSON file that is parsed to check it
_STREAMED = 0x7FFF0000  # a stated size from here on was written before the size was known
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_BOX_NAMES = frozenset({
    b"ftyp", b"styp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"meta", b"moof", b"mfra", b"sidx", b"ssix", b"prft", b"pdin",
    b"emsg", b"idat", b"meco", b"pnot", b"udta",
})  # fmt: skip  # a line each would hide that it is one list


class _MediaFile(NamedTuple):
    """A file with what every check wants to know of it."""

    file: BinaryIO
    size: int
    head: bytes

    def at(self, place: int, count: int) -> bytes:
        """Return bytes from a place on."""
        self.file.seek(place)
        return self.file.read(count)

    def tail(self, count: int) -> bytes:
        """Return the last bytes."""
        return self.at(max(0, self.size - count), count)

    def find(self, pattern: re.Pattern[bytes], place: int) -> int | None:
        """Return where a pattern of at most 16 bytes is first met from a place on, or None."""
        while place < self.size:
            piece = self.at(place, _PIECE)
            if match := pattern.search(piece):
                return place + match.start()
            place += max(1, len(piece) - 16) if len(piece) == _PIECE else len(piece)
        return None


def find_defect(file: BinaryIO) -> str | None:
    """Return what shows that a file of a known format is not complete, or None. Bytes after its end do no harm."""
    size = file.seek(0, os.SEEK_END)
    if not size:
        return "it is empty"
    head = _MediaFile(file, size, b"").at(0, HEAD)
    media = _MediaFile(file, size, head)
    signed = extension_by_signature(head)
    check = _CHECKS.get(signed) if signed else _TEXT_CHECKS.get(extension_of_text(head))
    return check(media) if check else None


def is_binary_stl(file: BinaryIO) -> bool:
    """Return True for a file of exactly the size that a binary STL states: it has no signature."""
    size = file.seek(0, os.SEEK_END)
    count = int.from_bytes(_MediaFile(file, size, b"").at(80, 4), "little")
    return size > 84 and size == 84 + 50 * count


def _png(media: _MediaFile) -> str | None:
    place = 8
    for _ in range(_MOST_PARTS):
        chunk = media.at(place, 8)
        name = chunk[4:]
        if len(chunk) < 8 or not name.isalpha():
            break
        place += 12 + int.from_bytes(chunk[:4], "big")
        if name == b"IEND" and place <= media.size:
            return None
    else:
        return None
    if len(chunk) == 8 and media.find(re.compile(rb"IEND\xaeB`\x82"), place) is not None:
        return None
    return "its PNG end chunk is missing"


def _jpeg(media: _MediaFile) -> str | None:
    missing = "its JPEG end marker is missing"
    place = 2
    for _ in range(_MOST_PARTS):
        marker = media.at(place, 4)
        if len(marker) < 2:
            return missing
        if marker[0] != 0xFF:  # not as the standard has it; what shows programs read it all the same
            return None if media.find(re.compile(rb"\xff\xd9"), place) is not None else missing
        code = marker[1]
        if code == 0xD9:
            return None
        if code == 0xFF:  # a fill byte
            place += 1
            continue
        if code == 0x01 or 0xD0 <= code <= 0xD7:  # a marker without content
            place += 2
            continue
        place += 2 + int.from_bytes(marker[2:], "big")
        if code == 0xDA:  # the picture itself follows, until the next marker
            following = media.find(_JPEG_MARKER, place)
            if following is None:
                return missing
            place = following
    return None


def _gif(media: _MediaFile) -> str | None:
    missing = "its GIF trailer is missing"
    place = 13 + _color_table(media.at(10, 1))
    for _ in range(_MOST_PARTS):
        kind = media.at(place, 1)
        if kind == b";":
            return None
        if kind == b"!":
            place = _after_blocks(media, place + 2)
        elif kind == b",":
            place = _after_blocks(media, place + 11 + _color_table(media.at(place + 9, 1)))
        elif not kind:
            return missing
        else:
            return None if media.find(re.compile(rb";"), place) is not None else missing
    return None


def _color_table(flags: bytes) -> int:
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _after_blocks(media: _MediaFile, place: int) -> int:
    while (size := media.at(place, 1)) and size != b"\0":
        place += 1 + size[0]
    return place + 1 if size else media.size


def _riff(media: _MediaFile) -> str | None:
    if media.head[:4] in (b"RF64", b"BW64"):  # more than 4 GB; the size stands elsewhere
        return None
    size = int.from_bytes(media.head[4:8], "little")
    if size >= _STREAMED or (size + 8 == media.size + 1 and _lacks_only_padding(media)):
        return None
    return _has_stated_size(media, size + 8)


def _lacks_only_padding(media: _MediaFile) -> bool:
    place = 12
    for _ in range(_MOST_PARTS):
        size = int.from_bytes(media.at(place + 4, 4), "little")
        place += 8 + size
        if place >= media.size:
            return place == media.size and size % 2 == 1  # an odd part should be followed by a zero
        place += size % 2
    return False


def _glb(media: _MediaFile) -> str | None:
    return _has_stated_size(media, int.from_bytes(media.head[8:12], "little"))


def _has_stated_size(media: _MediaFile, size: int) -> str | None:
    return None if media.size >= size else f"it states {size} bytes and has {media.size}"


def _zip(media: _MediaFile) -> str | None:
    longest = 65_557  # the end record with the longest comment
    tail = media.tail(longest)
    for mark in re.finditer(rb"PK\x05\x06", tail):  # the comment may hold it as well
        end = mark.end() + 18
        if end <= len(tail) and end + int.from_bytes(tail[end - 2 : end], "little") <= len(tail):
            return None
    return "its ZIP end record is missing"


def _boxes(media: _MediaFile) -> str | None:
    place = 0
    names: set[bytes] = set()
    for _ in range(_MOST_PARTS):
        if place >= media.size:
            break
        box = media.at(place, 16)
        name, length = box[4:8], int.from_bytes(box[:4], "big")
        if length == 1:
            length = int.from_bytes(box[8:16], "big")
        elif length == 0 and name in _BOX_NAMES:  # the last box may run to the end of the file
            length = media.size - place
        if len(box) < 8 or length < 8 or place + length > media.size:
            if _is_playable(names) and name not in _BOX_NAMES:
                return None  # bytes of another program after the last box
            if len(box) < 8 or length < 8:
                return f"its box at byte {place} is broken"
        names.add(name)
        place += length
    if place > media.size:
        return f"its boxes end at byte {place} and it has {media.size}"
    return None if names & {b"moov", b"meta", b"moof"} else "it has no index (moov box)"


def _is_playable(names: set[bytes]) -> bool:
    return bool(names & {b"moov", b"meta", b"moof"}) and bool(names & {b"mdat", b"idat", b"meta"})


def _svg(media: _MediaFile) -> str | None:
    closed = re.compile(rb"</(?:\w+:)?svg\s*>|/>\s*\Z", re.IGNORECASE)
    return None if closed.search(media.tail(_PIECE)) else "its SVG end tag is missing"


def _json(media: _MediaFile) -> str | None:
    if media.size > _MOST_JSON:
        return None
    text = media.at(0, media.size).removeprefix(b"\xef\xbb\xbf")
    if _is_json([text]) or _is_json(line for line in text.splitlines() if line.strip()):
        return None
    return "it is not complete JSON"


def _is_json(texts: Iterable[bytes]) -> bool:
    try:
        for text in texts:
            json.loads(text)
    except RecursionError:  # deeper than our parser goes
        return True
    except ValueError:
        return False
    return True


_CHECKS: dict[str, Callable[[_MediaFile], str | None]] = {
    ".png": _png,
    ".jpg": _jpeg,
    ".gif": _gif,
    ".webp": _riff,
    ".wav": _riff,
    ".glb": _glb,
    ".zip": _zip,
    ".mp4": _boxes,
    ".m4a": _boxes,
    ".m4v": _boxes,
    ".mov": _boxes,
    ".3gp": _boxes,
    ".avif": _boxes,
    ".heic": _boxes,
    ".heif": _boxes,
}
_TEXT_CHECKS: dict[str, Callable[[_MediaFile], str | None]] = {".svg": _svg, ".json": _json, ".gltf": _json}
