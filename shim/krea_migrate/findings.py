"""What was found: where, how certain, why, and what would be written instead."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple, Protocol


class Certainty(StrEnum):
    """How certain a finding is, the most certain first.

    CERTAIN: no run of the program is made worse by the edit. Everything that the body may reach was seen, all of it is this API, and
        the new name is right for every operation that knows either name; the others refuse both names, before and after.
        `migrate --write` writes it.
    LIKELY: the body goes to this API, but something speaks against writing unseen: only names say so, a limit of the analysis was hit,
        the same dict is given to something that could not be followed. `migrate --write --likely` writes it.
    UNSURE: a person has to look: the body also goes elsewhere, both names are in use, the name cannot be replaced where it stands, or
        there is no new name. Never written.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"

    @property
    def doubt(self) -> int:
        """The less certain, the more."""
        return CERTAINTIES.index(self)


CERTAINTIES: tuple[Certainty, ...] = tuple(Certainty)


def weakest(certainties: Iterable[Certainty]) -> Certainty:
    """Return the least certain of them; CERTAIN where there is none."""
    return max(certainties, key=lambda certainty: certainty.doubt, default=Certainty.CERTAIN)


class Edit(NamedTuple):
    """Bytes of a file that are replaced."""

    start: int
    end: int
    new: str

    @classmethod
    def of_name(cls, at: int, name: str) -> Edit:
        """Return the edit of a name that stands there as it is; "{}" stands for the new one."""
        return cls(at, at + len(name), "{}")


class Placed(Protocol):
    """What stands in a file, from one byte to another."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


class Finding(NamedTuple):
    """One place of a file.

    Attributes:
        rule: the code of the rule, such as "KREA101".
        file: the path as it was given, or under the folder that was given.
        start, end: where it stands, in bytes.
        old: the name or model that was found.
        new: the name that replaces it, or None when nothing is to be written.
        certainty: whether it is written.
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

    @classmethod
    def by_hand(cls, rule: str, file: str, place: Placed, old: str, reason: str, new: str | None = None) -> Finding:
        """Return the finding of a place that a person has to look at."""
        return cls(rule, file, place.start, place.end, old, new, Certainty.UNSURE, reason)

    def at_most(self, certainty: Certainty, reason: str | None = None) -> Finding:
        """Return the finding, no more certain than that; where it was, with the reason for it."""
        if self.certainty.doubt >= certainty.doubt:
            return self
        return self._replace(certainty=certainty, reason=self.reason if reason is None else reason)
