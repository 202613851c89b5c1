"""Where each character of a text stands, counted in bytes."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

_RUN = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")


def byte_places(text: str) -> Sequence[int]:
    """Return the place of each character in UTF-8, and that of the end: four bytes for each, or none where all are ASCII."""
    if text.isascii():
        return range(len(text) + 1)
    places = array("I", [0])
    for run in _RUN.finditer(text):
        letters, before = run[0], places[-1]
        if letters.isascii():
            places.extend(range(before + 1, before + len(letters) + 1))
        else:
            for letter in letters:
                before += len(letter.encode("utf-8", "surrogateescape"))
                places.append(before)
    return places
