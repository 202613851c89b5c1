"""A whole file is told from a broken one by its own marks; each format with a small real file."""

import io
import struct
import wave
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from krea_client._request.file_checks import find_defect, is_binary_stl
from krea_client._request.file_formats import (
    content_type_for,
    extension_by_signature,
    extension_for,
    extension_in,
    foreign_text,
    lacks_signature,
)


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.radial_gradient("L").resize((64, 48)).convert("RGB").save(file, kind)
    return file.getvalue()


def sound() -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\x00\x01" * 200)
    return buffer.getvalue()


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
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("a.obj", "v 0 0 0\n" * 30)
        file.comment = comment
    return buffer.getvalue()


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
for_each_format = pytest.mark.parametrize(("ending", "content"), FILES.values(), ids=FILES)


def fault(content: bytes) -> str | None:
    return find_defect(io.BytesIO(content))


@for_each_format
def test_a_whole_file_has_no_fault_and_is_known_by_its_first_bytes(ending: str, content: bytes) -> None:
    assert fault(content) is None
    assert extension_by_signature(content[:32]) == ending


@for_each_format
def test_a_cut_file_is_found_out_wherever_it_was_cut(ending: str, content: bytes) -> None:
    end = len(content.rstrip(b"\0")) if ending == ".jpg" else len(content)
    cuts = {*range(32, min(end, 400), 7), end // 2, end * 9 // 10, end - 1}
    accepted_cuts = [cut for cut in cuts if fault(content[:cut]) is None]
    assert accepted_cuts == []


def test_an_empty_file_is_no_result() -> None:
    assert fault(b"") == "it is empty"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (picture("PNG")[:-1], "its PNG end chunk is missing"),
        (picture("JPEG")[:-2], "its JPEG end marker is missing"),
        (sound()[:-1], "it states 444 bytes and has 443"),
        (film()[:-1], "its boxes end at byte 592 and it has 591"),
        (film(index=b"free"), "it has no index (moov box)"),
        (film() + b"\0\0\0\4free", "its box at byte 592 is broken"),
        (archive()[:-10][:-12], "its ZIP end record is missing"),
    ],
)
def test_a_fault_says_what_is_wrong(content: bytes, message: str) -> None:
    assert fault(content) == message


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
        ("Image/PNG; charset=binary", b"", ".png"),
        ("image/png", b"\xff\xd8\xff", ".jpg"),
        ("image/jpeg", b"", ".jpg"),
        ("model/gltf-binary", b"", ".glb"),
        ("application/octet-stream", b"\x89PNG\r\n\x1a\n", ".png"),
        ("binary/octet-stream", b"glTF", ".glb"),
        (None, b"RIFF\0\0\0\0WEBP", ".webp"),
        ("", b"PK\x03\x04", ".zip"),
        (None, b"what is this", ""),
        (None, b"", ""),
    ],
)
def test_an_ending_comes_from_the_content_type_or_else_the_first_bytes(
    content_type: str | None, head: bytes, ending: str
) -> None:
    assert extension_for(content_type, head) == ending


OBJ = b"# a triangle\nmtllib a.mtl\nv 0 0 0\nf 1 1 1\n"
DOCTYPE = b'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">\n'
TEXTS = {
    ".svg": DOCTYPE + b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    ".obj": OBJ,
    ".mtl": b"# made by a program\nnewmtl red\nKd 1 0 0\n",
    ".stl": b"solid cube\n facet normal 0 0 1\nendsolid cube\n",
    ".ply": b"ply\nformat ascii 1.0\nend_header\n",
    ".usda": b"#usda 1.0\n",
    ".dae": b'<?xml version="1.0"?>\n<COLLADA version="1.4.1"></COLLADA>',
    ".gltf": b'{"asset": {"version": "2.0"}}',
    ".json": b'{"frames": [1, 2]}',
    ".vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n",
    ".srt": b"1\n00:00:01,000 --> 00:00:02,000\nhello\n",
    ".xml": b'<?xml version="1.0"?>\n<captions/>',
    ".ass": b"[Script Info]\nTitle: a fox\n",
    ".lrc": b"[ar:Nobody]\n[00:01.00] a fox\n",
    ".fbx": b"; FBX 7.3.0 project file\n",
}


@pytest.mark.parametrize("ending", TEXTS)
@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/octet-stream", "application/json", "text/xml", None]
)
def test_a_text_of_a_known_format_is_a_result_whatever_it_is_called(ending: str, content_type: str | None) -> None:
    text = TEXTS[ending]
    assert foreign_text(content_type, text, url_extension="", name_extension="") is None
    assert extension_for(content_type, text) == ending
    assert fault(text) is None


@pytest.mark.parametrize(
    "text",
    [
        b'{"result": "a fox", "error": null}',
        b'{"error": null, "caption": "' + b"a fox " * 1000 + b'"}',
        b'{"errors": [], "data": {"score": 1}}',
        b'{"error": 0.02, "steps": 7}',
        b'{"message": "a fox", "score": 0.9}',
        b'{"code": 200, "data": {"caption": "a fox"}}',
        b'{"detail": "high", "objects": ["a fox"]}',
        b'{"prompt": "a fox"}\n{"prompt": "a cat"}\n',
        b"[1, 2]\r\n[3, 4]",
    ],
)
def test_json_of_a_node_app_is_a_result(text: bytes) -> None:
    assert foreign_text("application/json", text[:4096], url_extension="", name_extension="") is None
    assert fault(text) is None


@pytest.mark.parametrize("text", [b'{"a": 1}\n{"a": ', b"[1, 2", b'{"a": [1,\n2]'])
def test_json_that_breaks_off_is_no_result(text: bytes) -> None:
    assert fault(text) == "it is not complete JSON"


def test_a_drawing_is_a_result_whatever_it_is_called() -> None:
    assert foreign_text("text/html", TEXTS[".svg"], url_extension="", name_extension="") is None


@pytest.mark.parametrize(
    ("content_type", "head"),
    [
        ("application/json", b'{"error": {"message": "gone"}, "result": null}'),
        ("application/json", b'{"error": null, "message": "gone", "statusCode": 404}'),
        ("application/json", b'{"code": "gone", "requestId": "1"}'),
        ("application/json", b'{"detail": [' + b'{"loc": ["body"]}, ' * 300),
        ("text/html; charset=utf-8", b"anything"),
        ("application/json", b'{"error": "expired"}'),
        ("application/json", b'{"message": "gone", "code": 7}'),
        (None, b'{"errors": [' + b'"long", ' * 2000),
        ("application/xml", b"<?xml version='1.0'?>\n<Error><Code>AccessDenied"),
        ("text/plain", b"not found"),
        ("image/png", b" \n<!DOCTYPE html><html>"),
        ("image/svg+xml", b"<!-- made by hand --><html>"),
        (None, b"<HTML><head>"),
    ],
)
def test_a_page_or_a_message_is_no_result(content_type: str | None, head: bytes) -> None:
    assert foreign_text(content_type, head, url_extension="", name_extension="")


@pytest.mark.parametrize(
    ("content_type", "head", "url_extension", "name_extension", "is_result"),
    [
        ("text/plain", b"hello", "", ".txt", True),
        ("text/plain", b"hello", ".txt", "", True),
        ("text/plain", b"hello", ".png", "", False),
        ("application/json", b"[1]", ".png", "", False),
        ("text/plain", b"\x89PNG\r\n\x1a\n", ".png", "", True),
        ("text/plain", b"qoif\0\0\0\x08", "", "", True),  # a picture whose format is not known here
        ("text/plain", b"qoif\0\0\0\x08", ".qoi", "", True),
        ("text/plain", b"\xff\xfeg\0o\0n\0e\0", "", "", False),  # UTF-16
        ("text/plain", b"qoif\0\0\0\x08", ".png", "", False),
        ("image/png", b"\x89PNG\r\n\x1a\n", "", "", True),
        (None, b"", "", "", True),
    ],
)
def test_the_names_say_whether_a_text_is_expected(
    content_type: str | None, head: bytes, url_extension: str, name_extension: str, is_result: bool
) -> None:
    text = foreign_text(content_type, head, url_extension=url_extension, name_extension=name_extension)
    assert (text is None) is is_result


@pytest.mark.parametrize("suffix", [b"maker trailer 1234", b"\0" * 300, b"\xff\xd9\xff", film(), b"x" * 9])
@pytest.mark.parametrize("name", ["png", "jpg", "gif", "webp", "wav", "mp4", "mov", "avif", "heic", "glb"])
def test_bytes_after_the_end_do_no_harm(name: str, suffix: bytes) -> None:
    assert fault(FILES[name][1] + suffix) is None


@pytest.mark.parametrize("first", ["moov", "mdat", "wide", "free", "skip", "styp"])
def test_a_film_may_lack_the_box_of_its_brand(first: str) -> None:
    content = box(first.encode(), b"\1" * 40) + box(b"mdat", b"\1" * 40) + box(b"moov", b"\2" * 60)
    assert extension_for("video/quicktime", content) == ".mov"
    assert extension_for("video/mp4", content) == ".mp4"
    assert not lacks_signature("video/mp4", content)
    assert fault(content) is None
    assert fault(content[:-1])


def test_a_sound_may_lack_the_zero_behind_its_odd_end() -> None:
    even = sound()
    odd = even[:40] + struct.pack("<I", 401) + even[44:] + b"\7"
    assert fault(b"RIFF" + struct.pack("<I", len(odd) - 7) + odd[8:]) is None
    assert fault(b"RIFF" + struct.pack("<I", len(odd) - 6) + odd[8:])
    assert fault(even[:-1])


@pytest.mark.parametrize("comment", [b"PK\x05\x06", b"PK\x05\x06" + b"x" * 40, b"PK\x05\x06" * 9_000])
def test_a_comment_of_an_archive_may_hold_the_mark_of_its_end(comment: bytes) -> None:
    assert fault(archive(comment)) is None


def test_an_archive_may_be_empty() -> None:
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    assert not lacks_signature("application/zip", buffer.getvalue())
    assert fault(buffer.getvalue()) is None


@pytest.mark.parametrize(
    ("content_type", "head", "url_extension", "ending"),
    [
        ("application/zip", b"PK\x03\x04", ".usdz", ".usdz"),
        ("application/octet-stream", b"PK\x03\x04", ".npz", ".npz"),
        ("application/zip", b"PK\x03\x04", ".png", ".zip"),
        ("image/tiff", b"II*\0", ".dng", ".dng"),
        ("image/svg+xml", b"\x1f\x8b", ".svgz", ".svgz"),
        ("application/json", b'{"a": 1}', ".geojson", ".geojson"),
        ("application/x-ndjson", b'{"a": 1}', "", ".ndjson"),
        ("application/octet-stream", b"?", ".splat", ".splat"),
        ("image/png", b"\x89PNG\r\n\x1a\n", ".jpg", ".png"),
    ],
)
def test_the_address_tells_what_content_and_type_leave_open(
    content_type: str, head: bytes, url_extension: str, ending: str
) -> None:
    assert extension_for(content_type, head, url_extension) == ending


@pytest.mark.parametrize("size", [b"\xff\xff\xff\xff", b"\x00\x00\xff\x7f", b"\0\0\0\0"])
def test_a_streamed_sound_is_complete(size: bytes) -> None:
    assert fault(b"RIFF" + size + sound()[8:]) is None


@pytest.mark.parametrize(
    ("brands", "ending", "content_type"),
    [
        (b"M4A \0\0\2\0M4A mp42isom", ".m4a", "audio/mp4"),
        (b"avis\0\0\0\0avismsf1", ".avif", "image/avif"),
        (b"mif1\0\0\0\0mif1avif", ".avif", "image/avif"),
        (b"mif1\0\0\0\0mif1heic", ".heic", "image/heic"),
        (b"msf1\0\0\0\0msf1hevc", ".heic", "image/heic"),
        (b"mif1\0\0\0\0mif1", ".heif", "image/heif"),
        (b"heix\0\0\0\0mif1", ".heic", "image/heic"),
        (b"isom\0\0\2\0isomavc1", ".mp4", "video/mp4"),
        (b"avc1\0\0\0\0isom", ".mp4", "video/mp4"),
        (b"avci\0\0\0\0mif1", ".avci", "image/avci"),
    ],
)
def test_the_brands_of_a_file_tell_its_type(brands: bytes, ending: str, content_type: str) -> None:
    assert extension_by_signature(box(b"ftyp", brands)) == ending
    assert content_type_for(ending) == content_type


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("fox.png", ".png"),
        ("FOX.JPG", ".jpg"),
        ("fox.tmp", ".tmp"),
        ("fox v2.0", ""),
        ("Dr. Fox", ""),
        ("fox", ""),
        ("a.3mf", ".3mf"),
    ],
)
def test_what_follows_the_last_dot_counts_only_when_it_is_an_extension(name: str, extension: str) -> None:
    assert extension_in(name) == extension


HEADS = st.sampled_from([content[:40] for _, content in FILES.values()] + [b""])


@given(HEADS, st.binary(max_size=80))
def test_no_bytes_break_the_tests_of_a_file(head: bytes, suffix: bytes) -> None:
    defect = fault(head + suffix)
    assert defect is None or defect.startswith("it")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (bytes(80) + struct.pack("<I", 2) + bytes(100), True),
        (bytes(80) + struct.pack("<I", 2) + bytes(99), False),
        (bytes(84), False),
        (b"", False),
    ],
)
def test_a_binary_stl_is_known_by_its_size(content: bytes, expected: bool) -> None:
    assert is_binary_stl(io.BytesIO(content)) is expected
