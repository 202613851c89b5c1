"""Which known words are most like a misspelt one."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PARTS = re.compile(r"\d+|[a-z]+|[^a-z\d]")  # of a name in lower case: numbers, words, signs


def nearest(word: str, known: list[str], most: int = 3) -> list[str]:
    """The known words most like this one, best first; for error messages only, it is slow."""
    import difflib

    folded = {name.lower().replace("_", "").replace("-", ""): name for name in reversed(known)}
    key = word.lower().replace("_", "").replace("-", "")
    close = difflib.get_close_matches(key, list(folded), n=len(folded) or 1, cutoff=0.6)
    # "16:10" shares more letters with "1:1" than with "16:9", but fewer whole parts.
    parts = _PARTS.findall(key)
    close.sort(key=lambda name: -_alike(key, name) - _alike(parts, _PARTS.findall(name)))
    found = [folded[name] for name in close]
    holding = [name for name in known if len(key) > 2 and key in name.lower().replace("-", "") and name not in found]
    return (found + holding)[:most]


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    import difflib

    return difflib.SequenceMatcher(None, other, one).ratio()
