"""A whole file is told from a broken one by its own marks; each format with a small real file."""

import io
import struct
import wave
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from krea_client._request.file_formats import (
    extension_by_signature,
    extension_for,
    find_defect,
    is_page,
)


def picture(kind: str) -> bytes:
    held = io.BytesIO()
    Image.radial_gradient("L").resize((64, 48)).convert("RGB").save(held, kind)
    return held.getvalue()


def sound() -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\x00\x01" * 200)
    return held.getvalue()


def box(kind: bytes, content: bytes = b"", *, large: bool = False) -> bytes:
    if large:
        return struct.pack(">I4sQ", 1, kind, 16 + len(content)) + content
    return struct.pack(">I4s", 8 + len(content), kind) + content


def film(brand: bytes = b"isom", index: bytes = b"moov", *, large: bool = False) -> bytes:
    return box(b"ftyp", brand + b"\0" * 4) + box(b"mdat", b"\1" * 500, large=large) + box(index, b"\2" * 60)


def model() -> bytes:
    content = b'{"asset":{"version":"2.0"}}  '
    return struct.pack("<4sIIII", b"glTF", 2, 20 + len(content), len(content), 0x4E4F534A) + content


def archive(comment: bytes = b"") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("a.obj", "v 0 0 0\n" * 30)
        file.comment = comment
    return held.getvalue()


FILES = {
    "png": (".png", picture("PNG")),
    "jpg": (".jpg", picture("JPEG")),
    "jpg padded": (".jpg", picture("JPEG") + b"\0" * 9),
    "gif": (".gif", picture("GIF")),
    "webp": (".webp", picture("WEBP")),
    "wav": (".wav", sound()),
    "mp4": (".mp4", film()),
    "mp4 large": (".mp4", film(large=True)),
    "mp4 in pieces": (".mp4", film(index=b"moof")),
    "mov": (".mov", film(b"qt  ")),
    "avif": (".avif", film(b"avif", b"meta")),
    "heic": (".heic", film(b"heic", b"meta")),
    "glb": (".glb", model()),
    "zip": (".zip", archive()),
    "zip with a comment": (".zip", archive(b"x" * 60_000)),
}
each = pytest.mark.parametrize(("ending", "whole"), FILES.values(), ids=FILES)


def fault(content: bytes) -> str | None:
    return find_defect(io.BytesIO(content))


@each
def test_a_whole_file_has_no_fault_and_is_known_by_its_first_bytes(ending: str, whole: bytes) -> None:
    assert fault(whole) is None
    assert extension_by_signature(whole[:32]) == ending


@each
def test_a_cut_file_is_found_out_wherever_it_was_cut(ending: str, whole: bytes) -> None:
    end = len(whole.rstrip(b"\0")) if ending == ".jpg" else len(whole)
    cuts = {*range(32, min(end, 400), 7), end // 2, end * 9 // 10, end - 1}
    passed = [cut for cut in cuts if fault(whole[:cut]) is None]
    # A GIF ends with ";" and one of its bytes may be one; nothing else in it tells.
    assert passed == [] or (ending == ".gif" and all(whole[cut - 1 : cut] == b";" for cut in passed))


def test_an_empty_file_is_no_result() -> None:
    assert fault(b"") == "it is empty"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (picture("PNG")[:-1], "its PNG end chunk is missing"),
        (picture("JPEG")[:-2], "its JPEG end marker is missing"),
        (sound()[:-1], "it states 444 bytes and has 443"),
        (film()[:-1], "its boxes end at byte 592 and it has 591"),
        (film(index=b"free"), "it has no index (moov box)"),
        (film() + b"\0\0\0\4free", "its box at byte 592 is broken"),
        (film() + b"xyz", "its box at byte 592 is broken"),
        (archive()[:-10][:-12], "its ZIP end record is missing"),
    ],
)
def test_a_fault_says_what_is_wrong(content: bytes, told: str) -> None:
    assert fault(content) == told


def test_the_last_box_may_run_to_the_end() -> None:
    assert fault(box(b"ftyp", b"isom") + box(b"moov") + struct.pack(">I4s", 0, b"mdat") + b"\1" * 99) is None


def test_a_sound_that_was_streamed_states_no_size() -> None:
    streamed = b"RIFF\xff\xff\xff\xff" + sound()[8:]
    assert fault(streamed) is None


def test_a_format_without_a_stated_end_passes() -> None:
    for content in (b"fLaC" + b"\0" * 40, b"OggS" + b"\0" * 40, b"ID3" + b"\0" * 40, b"solid cube"):
        assert fault(content) is None


@pytest.mark.parametrize(
    ("content_type", "head", "ending"),
    [
        ("image/png", b"", ".png"),
        ("Image/PNG; charset=binary", b"\xff\xd8\xff", ".png"),
        ("image/jpeg", b"", ".jpg"),
        ("model/gltf-binary", b"", ".glb"),
        ("application/octet-stream", b"\x89PNG\r\n\x1a\n", ".png"),
        ("binary/octet-stream", b"glTF", ".glb"),
        (None, b"RIFF\0\0\0\0WEBP", ".webp"),
        ("", b"PK\x03\x04", ".zip"),
        (None, b"v 0 0 0", ""),
        (None, b"", ""),
    ],
)
def test_an_ending_comes_from_the_content_type_or_else_the_first_bytes(
    content_type: str | None, head: bytes, ending: str
) -> None:
    assert extension_for(content_type, head) == ending


@pytest.mark.parametrize(
    ("content_type", "head", "page"),
    [
        ("text/html; charset=utf-8", b"anything", True),
        ("application/json", b'{"error": "expired"}', True),
        ("application/xml", b"<Error><Code>AccessDenied", True),
        ("text/plain", b"not found", True),
        ("text/plain", b"\x89PNG\r\n\x1a\n", False),
        ("image/png", b" \n<!DOCTYPE html><html>", True),
        (None, b"<HTML><head>", True),
        ("image/svg+xml", b"<svg xmlns=", False),
        ("image/png", b"\x89PNG\r\n\x1a\n", False),
        (None, b"", False),
    ],
)
def test_a_page_is_told_from_a_file(content_type: str | None, head: bytes, page: bool) -> None:
    assert is_page(content_type, head) is page


HEADS = st.sampled_from([whole[:40] for _, whole in FILES.values()] + [b""])


@given(HEADS, st.binary(max_size=80))
def test_no_bytes_break_the_tests_of_a_file(head: bytes, rest: bytes) -> None:
    found = fault(head + rest)
    assert found is None or found.startswith("it")
