"""The sandbox's films: a painted landscape that comes slowly nearer, as AV1 in an MP4 file.

Pillow can write AVIF sequences, and such a file is an MP4 but for its labels, so no video program is needed.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from krea_client.sandbox.media.canvas import nearer
from krea_client.sandbox.media.landscapes import picture

MAX_PIXELS = 16_000_000  # of all frames together: half a second of work
MIN_FRAMES, MAX_FRAMES = 4, 24
MAX_RATE = 8  # frames a second
QUALITY = 40
APPROACH = 0.25  # how much larger the last frame shows the landscape

_HOUSES = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
_BRANDS = b"isom" + bytes(4) + b"isomiso6mp41av01"


def film(prompt: str, seed: int, width: int, height: int, seconds: float) -> bytes:
    """Make a film of that size and length as an MP4; the same arguments give the same bytes. Width and height are even."""
    count = max(MIN_FRAMES, min(MAX_FRAMES, MAX_PIXELS // (width * height), round(seconds * MAX_RATE)))
    still = picture(prompt, seed, width, height)
    frames = [nearer(still, 1 + APPROACH * place / (count - 1)) for place in range(count)]
    buffer = io.BytesIO()
    # One thread: several would divide the picture, and other bytes would come out on another computer.
    frames[0].save(
        buffer,
        "AVIF",
        save_all=True,
        append_images=frames[1:],
        duration=round(seconds * 1000 / count),
        quality=QUALITY,
        speed=10,
        max_threads=1,
    )
    return _as_mp4(bytearray(buffer.getvalue()), seconds)


def _as_mp4(file: bytearray, seconds: float) -> bytes:
    """Change the labels that make an AVIF sequence of it; nothing is moved, so all offsets stay right."""
    for kind, start, end in _boxes(file, 0, len(file)):
        if kind == b"ftyp":
            _label(file, start, end)
        elif kind in (b"meta", b"edts", b"ccst"):  # a still picture's description, endless repetition, an AVIF rule
            file[start - 4 : start] = b"free"
        elif kind == b"hdlr":
            file[start + 8 : start + 12] = b"vide"
        elif kind in (b"mvhd", b"tkhd", b"mdhd"):
            _time(file, kind, start, seconds)
    return bytes(file)


def _boxes(file: bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    while start < end:
        (length,) = struct.unpack_from(">I", file, start)
        kind = bytes(file[start + 4 : start + 8])
        yield kind, start + 8, start + length
        if kind in _HOUSES:
            yield from _boxes(file, start + 8, start + length)
        start += length


def _label(file: bytearray, start: int, end: int) -> None:
    spare = end - start - len(_BRANDS)
    file[start:end] = _BRANDS + b"av01" * (spare // 4)


def _time(file: bytearray, kind: bytes, start: int, seconds: float) -> None:
    """Fill in the length, which a repeating picture leaves open, and wipe out when the file was made."""
    file[start + 4 : start + 20] = bytes(16)
    if kind == b"mdhd":
        return
    # A second has 1000 units in both; a track's number stands before its length (ISO/IEC 14496-12, 8.2.2 and 8.3.2).
    struct.pack_into(">Q", file, start + (24 if kind == b"mvhd" else 28), round(seconds * 1000))
