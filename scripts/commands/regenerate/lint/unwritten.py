"""Rules for texts that `scripts/adopt` leaves to be written: each is found, one by one, until it is in our words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regenerate.bundle import Document
from regenerate.sources import Address

Findings = Iterator[tuple[Address, str]]
MARK = "TODO"


def words_are_written(document: Document) -> Findings:
    """Report each text that begins with TODO: a person has to write it or to look at it."""
    for address, text in _texts(document, ()):
        if text.startswith(MARK):
            proposal = text.removeprefix(MARK).strip(": ")
            yield address, f"write it in words of ours{f'; proposed: {proposal}' if proposal else ''}"


def _texts(value: Any, address: Address) -> Iterator[tuple[Address, str]]:
    if isinstance(value, str):
        yield address, value
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(item, (*address, key))


RULES = (words_are_written,)
