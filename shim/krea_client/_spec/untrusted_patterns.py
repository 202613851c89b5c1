"""Which regular expressions of a document from outside are surely fast, so that a check of a request cannot hang."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from krea_client import _json


class PatternLimits(NamedTuple):
    """What a pattern may have.

    Attributes:
        length: characters; the longest of the API has 130.
        loops: unbounded repetitions; each one may multiply the time by the length of the text.
        repeats: the largest number of a counted repetition.
    """

    length: int = 500
    loops: int = 3
    repeats: int = 1000


_LIMITS = PatternLimits()
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_COUNT = re.compile(r"\{(\d{1,9})(,?)(\d{0,9})\}")
_PLAIN_GROUP = re.compile(r"\((?:\?:|(?!\?))")


def is_fast(pattern: object) -> bool:
    """Return whether a pattern compiles and takes time in proportion to its text at worst, or to a small power of it.

    A group whose text can be split in several ways (it holds a choice, or a repetition of no fixed number) must not be repeated itself;
    lookarounds, backreferences and flags are not taken.
    """
    text = _json.text(pattern)
    return text is not None and is_supported(text) and _is_fast(text)


def is_supported(pattern: str) -> bool:
    """Return whether a pattern is short, and written with what Python and this module know.

    Others may be honest: JSON Schema has lookarounds, and JavaScript has properties of characters, which Python has not.
    """
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return len(pattern) <= _LIMITS.length and _has_known_items(pattern)


def _has_known_items(pattern: str) -> bool:
    position = 0
    while position < len(pattern):
        length = _length_of_item(pattern, position)
        if length == 0:
            return False
        position += length
    return True


def _is_fast(pattern: str) -> bool:
    groups: list[bool] = [False]  # of each open group, whether its text can be split in several ways
    position, loops = 0, 0
    repeatable = True  # whether a quantifier may stand behind what was read last
    while position < len(pattern):
        character = pattern[position]
        length = _length_of_item(pattern, position)
        if length == 0:
            return False
        was_repeatable, repeatable = repeatable, True
        if character == "(":
            groups.append(False)
        elif character == ")":
            repeatable = not groups.pop()
            groups[-1] |= not repeatable
        elif character == "|":
            groups[-1] = True
        elif character in "*+?{":
            quantifier = _quantifier(pattern, position)
            if quantifier is None or (not was_repeatable and quantifier.upper > 1):
                return False
            loops += quantifier.upper == math.inf
            groups[-1] |= quantifier.lower != quantifier.upper or not was_repeatable
            length = quantifier.length
        position += length
    return loops <= _LIMITS.loops


def _length_of_item(pattern: str, position: int) -> int:
    """Return how many characters an escape, a class or the beginning of a group has; 0 for what is not taken."""
    character = pattern[position]
    if character == "\\":
        return 0 if pattern[position + 1 : position + 2] in "123456789kgG" else 2
    if character == "(":
        match = _PLAIN_GROUP.match(pattern, position)
        return len(match[0]) if match else 0
    if character == "[":
        match = _CLASS.match(pattern, position)
        return len(match[0]) if match else 1
    return 1


class _Quantifier(NamedTuple):
    lower: float
    upper: float
    length: int


_SIGNS = {"*": (0, math.inf), "+": (1, math.inf), "?": (0, 1)}


def _quantifier(pattern: str, position: int) -> _Quantifier | None:
    """Return how often a quantifier repeats; None where its numbers are too large."""
    length = 1
    if pattern[position] != "{":
        lower, upper = _SIGNS[pattern[position]]
    else:
        match = _COUNT.match(pattern, position)
        if match is None:
            return _Quantifier(1, 1, 1)  # a brace that stands for itself
        lower = int(match[1])
        upper = int(match[3]) if match[3] else math.inf if match[2] else lower
        if max(lower, int(match[3] or 0)) > _LIMITS.repeats:
            return None
        length = len(match[0])
    lazy = pattern[position + length : position + length + 1] in ("?", "+")
    return _Quantifier(lower, upper, length + lazy)
