"""What was found: where, how certain, why, and what would be written instead."""

from __future__ import annotations

from typing import Literal, NamedTuple

Certainty = Literal["certain", "likely", "unsure"]
CERTAINTIES: tuple[Certainty, ...] = ("certain", "likely", "unsure")


class Edit(NamedTuple):
    """Bytes of a file that are replaced."""

    start: int
    end: int
    new: str


class Finding(NamedTuple):
    """One place of a file.

    Attributes:
        rule: the code of the rule, such as "KREA101".
        file: the path as it was given, or under the folder that was given.
        start, end: where it stands, in bytes.
        old: the name or model that was found.
        new: the name that replaces it, or None when nothing is to be written.
        certainty: "certain" is written by `migrate --write`, "likely" with `--likely`, "unsure" never.
        reason: why it is so certain, or what to do by hand.
        edits: what is written.
    """

    rule: str
    file: str
    start: int
    end: int
    old: str
    new: str | None
    certainty: Certainty
    reason: str
    edits: tuple[Edit, ...] = ()
