"""Scripts inside of pages: Vue, Svelte and Astro components, and HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

ENDINGS = frozenset({"vue", "svelte", "astro", "html", "htm"})
_OPENING = re.compile(rb"<script\b(?P<says>[^>]{0,2000})>", re.IGNORECASE)
_CLOSING = re.compile(rb"</script\s{0,20}>", re.IGNORECASE)
_FRONT = re.compile(rb"\A\s*---\r?\n(?P<inside>.*?)^---\s*$", re.DOTALL | re.MULTILINE)
_TYPED = re.compile(rb"""lang\s*=\s*["']?tsx?\b""")
_DATA = re.compile(rb"""type\s*=\s*["']?[\w/+.-]*(?:json|template|html|importmap|glsl|shader)""", re.IGNORECASE)


def scripts(text: bytes) -> Iterator[tuple[bytes, int, str]]:
    """Yield the scripts of a page: their text, where it begins, and the grammar that reads it."""
    front = _FRONT.search(text)
    if front is not None:  # of Astro
        yield front["inside"], front.start("inside"), "ts"
    at = 0
    while (opening := _OPENING.search(text, at)) and (closing := _CLOSING.search(text, opening.end())):
        attributes, at = opening["says"], closing.end()
        if not _DATA.search(attributes):
            kind = "tsx" if b"tsx" in attributes else "ts" if _TYPED.search(attributes) else "js"
            yield text[opening.end() : closing.start()], opening.end(), kind
