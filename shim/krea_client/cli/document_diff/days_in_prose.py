"""Days that a text tells, as `2027-03-01`, `March 1, 2027` or `1 March 2027`."""

from __future__ import annotations

import re
from datetime import datetime

_ISO = re.compile(r"\b(\d{4}-\d{2}-\d{2})(?!\d)")
_MONTH_DAY = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Z][a-z]{2,8})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b"
)
# Words for an end; a text that has none may still give the day of a deprecation.
_ENDING = re.compile(
    r"sunset|retire|discontinu|\bstop|remov|no longer|(?:turn|shut|switch)(?:ed|s)?[ -]?(?:off|down)|phased out"
    r"|decommission|end[- ]of[- ]life|\bends? (?:on|of)\b",
    re.IGNORECASE,
)
_DEPRECATION = re.compile(r"deprecat", re.IGNORECASE)
# A full stop ends a sentence, except behind a month (`Mar. 1`).
_SENTENCE_END = re.compile(r"\n|(?<!\b[A-Z][a-z]{2})[.!](?:\s|$)")


def day_in(text: str) -> str | None:
    """Return the first day that a text tells."""
    if match := _ISO.search(text):
        return match[1]
    for match in _MONTH_DAY.finditer(text):
        words = f"{match[1] or match[3]} {match[2][:3]} {match[4]}"
        try:
            return datetime.strptime(words, "%d %b %Y").date().isoformat()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


def sunset_in(text: str) -> str | None:
    """Return the day on which a text says that something ends."""
    sentences = _SENTENCE_END.split(text)
    for words in (_ENDING, _DEPRECATION):
        for sentence in sentences:
            match = words.search(sentence)
            if match and (day := day_in(sentence[match.end() :]) or day_in(sentence[: match.start()])):
                return day
    return None
