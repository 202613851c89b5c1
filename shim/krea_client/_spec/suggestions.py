"""Suggestions for a misspelt word."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PARTS = re.compile(r"\d+|[a-z]+|[^a-z\d]")  # of a name in lower case: numbers, words, signs


def nearest(word: str, candidates: list[str], limit: int = 3) -> list[str]:
    """Return the candidates most like a word, best first; for error messages only, it is slow."""
    import difflib

    folded = {name.lower().replace("_", "").replace("-", ""): name for name in reversed(candidates)}
    key = word.lower().replace("_", "").replace("-", "")
    close = difflib.get_close_matches(key, list(folded), n=len(folded) or 1, cutoff=0.6)
    # "16:10" shares more letters with "1:1" than with "16:9", but fewer whole parts.
    parts = _PARTS.findall(key)
    close.sort(key=lambda name: -_similarity(key, name) - _similarity(parts, _PARTS.findall(name)))
    matches = [folded[name] for name in close]
    holding = [
        name for name in candidates if len(key) > 2 and key in name.lower().replace("-", "") and name not in matches
    ]
    return (matches + holding)[:limit]


def _similarity(first: Sequence[str], second: Sequence[str]) -> float:
    import difflib

    return difflib.SequenceMatcher(None, second, first).ratio()
