"""Scripts inside of pages: Vue, Svelte and Astro components, and HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

ENDINGS = frozenset({"vue", "svelte", "astro", "html", "htm"})
_SCRIPT = re.compile(rb"<script\b(?P<says>[^>]*)>(?P<inside>.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_FRONT = re.compile(rb"\A\s*---\r?\n(?P<inside>.*?)^---\s*$", re.DOTALL | re.MULTILINE)
_TYPED = re.compile(rb"""lang\s*=\s*["']?tsx?\b""")
_DATA = re.compile(rb"""type\s*=\s*["']?[\w/+.-]*(?:json|template|html|importmap|glsl|shader)""", re.IGNORECASE)


def scripts(text: bytes) -> Iterator[tuple[bytes, int, str]]:
    """The scripts of a page: their text, where it begins, and the grammar that reads it."""
    front = _FRONT.search(text)
    if front is not None:  # of Astro
        yield front["inside"], front.start("inside"), "ts"
    for found in _SCRIPT.finditer(text):
        if not _DATA.search(found["says"]):
            kind = "tsx" if b"tsx" in found["says"] else "ts" if _TYPED.search(found["says"]) else "js"
            yield found["inside"], found.start("inside"), kind
