"""File formats: signatures, content types and name extensions."""

from __future__ import annotations

import json
import mimetypes
import re
from pathlib import PurePath

from krea_client import _json

# By content type, the extension of a file name.
_EXTENSIONS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/avif-sequence": ".avif",
    "image/heic": ".heic",
    "image/heic-sequence": ".heic",
    "image/heif": ".heif",
    "image/heif-sequence": ".heif",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
    "image/avci": ".avci",
    "image/avcs": ".avci",
    "image/jxl": ".jxl",
    "image/jp2": ".jp2",
    "image/ktx2": ".ktx2",
    "image/vnd.adobe.photoshop": ".psd",
    "image/svg+xml": ".svg",
    "image/vnd.radiance": ".hdr",
    "image/x-exr": ".exr",
    "video/mp4": ".mp4",
    "video/x-m4v": ".m4v",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "video/x-matroska": ".mkv",
    "video/ogg": ".ogv",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/wave": ".wav",
    "audio/vnd.wave": ".wav",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/x-m4a": ".m4a",
    "audio/aac": ".aac",
    "audio/aiff": ".aif",
    "audio/ogg": ".ogg",
    "audio/opus": ".opus",
    "audio/webm": ".webm",
    "audio/flac": ".flac",
    "audio/midi": ".mid",
    "model/gltf-binary": ".glb",
    "model/gltf+json": ".gltf",
    "model/obj": ".obj",
    "model/mtl": ".mtl",
    "model/stl": ".stl",
    "model/ply": ".ply",
    "model/vnd.usd+zip": ".usdz",
    "model/vnd.usdz+zip": ".usdz",
    "model/vnd.usda": ".usda",
    "model/vnd.collada+xml": ".dae",
    "model/3mf": ".3mf",
    "application/zip": ".zip",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "application/x-ndjson": ".ndjson",
    "application/jsonl": ".jsonl",
    "application/gzip": ".gz",
    "application/x-subrip": ".srt",
    "application/xml": ".xml",
    "text/vtt": ".vtt",
    "text/csv": ".csv",
    "text/xml": ".xml",
}
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", ".png"),
    (0, b"\xff\xd8\xff", ".jpg"),
    (0, b"GIF8", ".gif"),
    (8, b"WEBP", ".webp"),
    (8, b"WAVE", ".wav"),
    (8, b"AIFF", ".aif"),
    (8, b"AIFC", ".aif"),
    (0, b"\x1aE\xdf\xa3", ".webm"),
    (0, b"glTF", ".glb"),
    (0, b"PK\x03\x04", ".zip"),
    (0, b"PK\x05\x06", ".zip"),  # one without files
    (4, b"moov", ".mov"),  # films without a box that names their brand
    (4, b"mdat", ".mov"),
    (4, b"wide", ".mov"),
    (4, b"free", ".mov"),
    (4, b"skip", ".mov"),
    (4, b"styp", ".mp4"),
    (0, b"ID3", ".mp3"),
    (0, b"\xff\xfb", ".mp3"),
    (0, b"\xff\xfa", ".mp3"),
    (0, b"\xff\xf3", ".mp3"),
    (0, b"\xff\xf2", ".mp3"),
    (0, b"\xff\xf1", ".aac"),
    (0, b"\xff\xf9", ".aac"),
    (0, b"fLaC", ".flac"),
    (0, b"OggS", ".ogg"),
    (0, b"MThd", ".mid"),
    (0, b"%PDF-", ".pdf"),
    (0, b"II*\0", ".tif"),
    (0, b"MM\0*", ".tif"),
    (0, b"v/1\x01", ".exr"),
    (0, b"#?RADIANCE", ".hdr"),
    (0, b"PXR-USDC", ".usdc"),
    (0, b"Kaydara FBX Binary", ".fbx"),
    (0, b"\xff\x0a", ".jxl"),
    (4, b"JXL \r\n\x87\n", ".jxl"),
    (4, b"jP  \r\n\x87\n", ".jp2"),
    (0, b"\xabKTX 20\xbb\r\n\x1a\n", ".ktx2"),
    (0, b"8BPS", ".psd"),
    (0, b"\x1f\x8b", ".gz"),
    (0, b"\x93NUMPY", ".npy"),
)
# Brands of files in the ISO base media format, by their first letters; any other is a film.
_BRANDS: tuple[tuple[bytes, str], ...] = (
    (b"qt", ".mov"),
    (b"avi", ".avif"),  # avif, and avis for sequences
    (b"hei", ".heic"),
    (b"hev", ".heic"),
    (b"avci", ".avci"),
    (b"avcs", ".avci"),
    (b"M4A", ".m4a"),
    (b"M4B", ".m4a"),
    (b"M4P", ".m4a"),
    (b"M4V", ".m4v"),
    (b"3g", ".3gp"),
)
_GENERAL_BRANDS = (b"mif1", b"msf1")  # a picture or sequence whose codec another brand names
# Containers of several types: the content type or the address may say more than the signature.
_REFINEMENTS = {
    ".zip": {".usdz", ".3mf", ".npz", ".lottie"},
    ".gz": {".svgz", ".spz"},
    ".tif": {".dng"},
    ".json": {".geojson", ".jsonl", ".ndjson"},
    ".xml": {".ttml", ".x3d"},
    ".mp4": {".m4a", ".m4v", ".mov"},
    ".mov": {".mp4", ".m4a", ".m4v"},
    ".m4v": {".mp4"},
    ".webm": {".mkv"},
    ".ogg": {".ogv", ".opus"},
    ".heif": {".heic", ".avif"},
}
_GENERAL_EXTENSIONS = {".json", ".xml"}  # the content may be of a format that is written in these
_TEXT_TYPES = {"text/html", "application/xhtml+xml", "application/json", "application/xml", "text/xml", "text/plain"}
_TEXT_EXTENSIONS = frozenset(
    {
        ".ass",
        ".csv",
        ".dae",
        ".fbx",
        ".geojson",
        ".gltf",
        ".json",
        ".jsonl",
        ".lrc",
        ".md",
        ".mtl",
        ".ndjson",
        ".obj",
        ".ply",
        ".srt",
        ".stl",
        ".svg",
        ".ttml",
        ".txt",
        ".usda",
        ".x3d",
    }
    | {".vtt", ".xml", ".yaml", ".yml"}
)
# Endings of results, and of names that a caller may choose, for which there is neither a content type nor a signature here.
_UNREGISTERED = frozenset({
    ".3ds", ".3gp", ".abc", ".amr", ".ase", ".bin", ".blend", ".bvh", ".caf", ".cube", ".dds", ".dng", ".exr", ".fbx", ".gz",
    ".iges", ".ksplat", ".ktx", ".las", ".laz", ".lottie", ".mkv", ".mov", ".mxf", ".npz", ".off", ".opus", ".part", ".pcd",
    ".pcm", ".pt", ".raw", ".safetensors", ".spl", ".splat", ".spz", ".step", ".stp", ".svgz", ".tar", ".tga", ".tmp", ".ts",
    ".usd", ".usdc", ".vdb", ".vox", ".vrm", ".w64", ".wrl", ".xyz",
})  # fmt: skip  # a line each would hide that it is one list
KNOWN_EXTENSIONS: frozenset[str] = (
    frozenset(_EXTENSIONS.values()) | {ending for _, _, ending in _SIGNATURES} | _TEXT_EXTENSIONS | _UNREGISTERED
)

_XML_START = rb"(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*|<!doctype[^<>\[]*(?:\[.*?\]\s*)?>\s*)*"
_TEXTS: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), ending)
    for pattern, ending in (
        (_XML_START + rb"<(?:\w+:)?svg[\s>/]", ".svg"),
        (_XML_START + rb"<collada[\s>]", ".dae"),
        (rb"<\?xml\s", ".xml"),
        (rb"solid\b[^\n]*\n\s*(?:facet|endsolid)", ".stl"),
        (rb"ply\r?\n(?:comment[^\n]*\n)*format ", ".ply"),
        (rb"#usda ", ".usda"),
        (rb"WEBVTT(?:\s|$)", ".vtt"),
        (rb"\d+\s*\n\d+:\d\d:\d\d[,.]\d+\s*-->", ".srt"),
        (rb"\[script info\]", ".ass"),
        (rb"\[(?:\d+:\d\d|[a-z]{2,}:)", ".lrc"),
        (rb"; FBX \d", ".fbx"),
        (rb"(?:\s*#[^\n]*\n|\s*\n)*newmtl\s", ".mtl"),
        (rb"(?:\s*#[^\n]*\n|\s*\n)*(?:mtllib|o|g|v|vn|vt|usemtl|s)\s[^\n]*(?:\n|$)", ".obj"),
    )
)
_ERROR_ROOT = re.compile(_XML_START + rb"<(?:\w+:)?(?:error|html)[\s>]", re.DOTALL | re.IGNORECASE)
_HTML_START = re.compile(rb"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.DOTALL | re.IGNORECASE)
# The beginning of a long error message: a result, too, may have members called error, but with nothing in them.
_ERROR_START = re.compile(
    rb'\{\s*"(?:(?:error|errors)"\s*:\s*+(?!null|false|\[\s*\]|\{\s*\}|""|[-\d])|(?:message|detail)"\s*:)'
)
_ERROR_MARKS = frozenset({"error", "errors", "message", "detail", "code", "statusCode"})
_ERROR_MEMBERS = _ERROR_MARKS | {
    "details", "instance", "messages", "ok", "path", "request_id", "requestId", "status", "status_code", "success", "timestamp", "title",
    "trace_id", "traceId", "type",
}  # fmt: skip  # a line each would hide that it is one list


def media_type_of(content_type: str | None) -> str:
    """Return a content type without its parameters, in small letters."""
    return (content_type or "").partition(";")[0].strip().lower()


def extension_for(content_type: str | None, head: bytes, url_extension: str = "") -> str:
    """Return the extension for a file by its first bytes, or else by its content type, or by its address; "" when none is known."""
    typed = _EXTENSIONS.get(media_type_of(content_type), "")
    signed = extension_by_signature(head)
    known = signed or (typed if typed not in _GENERAL_EXTENSIONS else "") or extension_of_text(head) or typed
    refinements = _REFINEMENTS.get(known, ())
    return next((ending for ending in (typed, url_extension) if ending in refinements), known or url_extension)


def extension_by_signature(head: bytes) -> str:
    """Return the extension that a file's first bytes call for; "" when they are of no known binary format."""
    if head[4:8] == b"ftyp":
        return _extension_by_brand(head)
    return next((ending for place, mark, ending in _SIGNATURES if head[place : place + len(mark)] == mark), "")


def _extension_by_brand(head: bytes) -> str:
    length = int.from_bytes(head[:4], "big")
    brands = head[8:12], *(head[at : at + 4] for at in range(16, min(length, len(head)), 4))
    # The first brand counts; one that leaves the codec open is followed by one that names it.
    named = brands[1:] if brands[0] in _GENERAL_BRANDS else brands[:1]
    for brand in named:
        for letters, ending in _BRANDS:
            if brand.startswith(letters):
                return ending
    return ".heif" if brands[0] in _GENERAL_BRANDS else ".mp4"


def extension_of_text(head: bytes) -> str:
    """Return the extension for a text by its beginning: 3D models, drawings, subtitles, JSON; "" for any other."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    ending = next((ending for pattern, ending in _TEXTS if pattern.match(text)), "")
    if not ending and text[:1] in (b"{", b"["):
        return ".gltf" if b'"asset"' in text and re.search(rb'"version"\s*:', text) else ".json"
    return ending


def content_type_for(extension: str) -> str | None:
    """Return the content type of files with this extension, or None."""
    return next((media_type for media_type, known in _EXTENSIONS.items() if known == extension), None)


def extension_in(name: str) -> str:
    """Return the extension of a file name or of an address's path; "" where what follows its last dot is none."""
    suffix = PurePath(name).suffix.lower()
    if suffix in KNOWN_EXTENSIONS or suffix in mimetypes.types_map or suffix in mimetypes.common_types:
        return suffix
    return ""


def lacks_signature(content_type: str | None, head: bytes) -> bool:
    """Return True for bytes that lack the signature which every file of this content type begins with."""
    return _EXTENSIONS.get(media_type_of(content_type)) in _SIGNED and not extension_by_signature(head)


_SIGNED = frozenset(
    {".png", ".jpg", ".gif", ".webp", ".wav", ".glb", ".zip", ".usdz", ".mp4", ".mov", ".avif", ".heic"}
)


def foreign_text(content_type: str | None, head: bytes, *, url_extension: str, name_extension: str) -> str | None:
    """Return what a text is that a server sent instead of a result: a page or a message; None for what may be a result.

    Args:
        content_type: that header.
        head: the first bytes.
        url_extension: the extension in the address of the result.
        name_extension: the extension in the name to save it under.
    """
    media_type = media_type_of(content_type)
    if extension_by_signature(head) or not head:
        return None
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    written = extension_of_text(head)
    is_page = media_type in ("text/html", "application/xhtml+xml") and written != ".svg"
    if is_page or _HTML_START.match(text):
        return media_type or "a page"
    if (written == ".json" and _is_error(text)) or _ERROR_ROOT.match(text):
        return "an error message"
    if (written or media_type in _TEXT_TYPES) and url_extension in _SIGNED:
        return media_type or "a text"
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):  # no text, whatever its host calls it
        return None
    expects_text = {url_extension, name_extension} & _TEXT_EXTENSIONS
    return media_type if media_type in _TEXT_TYPES and not written and not expects_text else None


def _is_error(text: bytes) -> bool:
    try:
        document: object = json.loads(text)
    except (ValueError, RecursionError):  # longer than what was read
        return bool(_ERROR_START.match(text))
    members = _json.members(document)
    errors = [members.get(name) for name in ("error", "errors")]
    if any(error and isinstance(error, (str, dict, list, bool)) for error in errors):
        return True
    return bool(_ERROR_MARKS & members.keys()) and members.keys() <= _ERROR_MEMBERS
