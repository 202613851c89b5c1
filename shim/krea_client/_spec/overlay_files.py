"""The compact form of an overlay: one file with the merged index and, line by line, the operations that are new or different.

A file is taken only where its digest is right and it was made from the catalogue of this version.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from krea_client import _generated, _json
from krea_client._spec.catalogue import Catalogue
from krea_client._version import __version__

if TYPE_CHECKING:
    from krea_client._spec.live_overlay import Overlay

_MAGIC = b"krea-client overlay 1"


class OverlayFile(NamedTuple):
    """An overlay as it is stored.

    Attributes:
        catalogue: the catalogue of this version with the overlay.
        document: the digest of the document that the overlay was made from.
    """

    catalogue: Catalogue
    document: str


def digest(content: bytes) -> str:
    """Return the digest by which contents are compared."""
    return hashlib.sha256(content).hexdigest()


def base() -> str:
    """Return what identifies the catalogue of this version."""
    return f"{__version__} {digest(_generated.data('operations/index.json'))}"


def written(overlay: Overlay, document: str) -> bytes:
    """Return an overlay as the content of a file; `document` is the digest of what it was made from."""
    lines = [_line(overlay.index), *map(_line, overlay.entries.values())]
    header = {"base": base(), "document": document, "entries": list(overlay.entries)}
    content = b"\n".join([_line(header), *lines])
    return b"%s %s\n%s" % (_MAGIC, digest(content).encode(), content)


def _line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()


def read(content: bytes) -> OverlayFile | None:
    """Return the overlay of a file; None where it is damaged, or of another version."""
    head, _, content_behind = content.partition(b"\n")
    if head != b"%s %s" % (_MAGIC, digest(content_behind).encode()):
        return None
    first, index, *lines = content_behind.split(b"\n")
    header = _json.members(_json.document(first))
    if header.get("base") != base() or len(header["entries"]) != len(lines):
        return None
    return OverlayFile(with_entries(index, dict(zip(header["entries"], lines, strict=True))), header["document"])


def with_entries(index: bytes, entries: Mapping[str, bytes]) -> Catalogue:
    """Return a catalogue that reads these texts, and those of this version for all other operations."""

    def read_text(name: str) -> bytes:
        if name == "index.json":
            return index
        text = entries.get(name.removesuffix(".json"))
        return _generated.data(f"operations/{name}") if text is None else text

    return Catalogue(read_text)


def catalogue_of(overlay: Overlay) -> Catalogue:
    """Return the catalogue of this version with an overlay."""
    return with_entries(_line(overlay.index), {name: _line(entry) for name, entry in overlay.entries.items()})
