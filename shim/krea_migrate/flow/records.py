"""What is known of a dict that goes somewhere."""

from __future__ import annotations

from typing import NamedTuple

from krea_migrate import ir, names
from krea_migrate.flow.values import Ext, Frame, Origin, PathCondition, origin_of


class Record(NamedTuple):
    """An address that a dict reaches, on some branches."""

    target: names.Target
    yes: PathCondition
    no: PathCondition
    weak: bool
    aware: bool  # the names around the call speak of Krea
    file: str = ""  # of the call
    group: int = 0  # the body itself: what becomes part of the same one has the same number
    chain: tuple[ir.Call, ...] = ()  # the calls in which the dict was made, the last one first
    own: ir.Class | None = None  # what self was where it was made
    without: frozenset[str] = frozenset()  # members that were taken out on the way
    limits: frozenset[str] = frozenset()  # of the analysis, that were hit on the way

    @property
    def body(self) -> tuple[object, ...]:
        """What all records of one body have in common."""
        return (self.group,) if self.group else (self.group, self.file, self.target)

    @property
    def is_merged(self) -> bool:
        """It says nothing of the calls and branches that lead there."""
        return self.group == 0 and not self.chain and self.own is None and not self.yes and not self.no

    def made_in(self, frame: Frame | None) -> Record:
        """Return the same for a dict that was made in a frame."""
        if frame is None:
            return self._replace(chain=(), own=None)
        return self._replace(chain=frame.chain, own=frame.own.cls if frame.own is not None else None)


# "dict" | "kw" | "class" | "text" | "key" and the identity of its node, or "given" and where it came in
Site = tuple[str, object]


class Held(NamedTuple):
    """What is known of the dict that an expression stands for.

    Attributes:
        records: the addresses that it reaches.
        mixed: it may also be something that reaches nothing.
        given: where it came into the program, when it was made by somebody else.
        limits: the limits of the analysis that were hit.
    """

    records: list[Record]
    mixed: bool
    given: Origin
    limits: frozenset[str] = frozenset()


def given_by(value: object) -> Origin:
    """Return where a body came in that somebody else made: a parameter, an answer, a file."""
    if isinstance(value, Ext) and value.dotted.startswith(("file:", "items", "entries")):
        return ()
    return origin_of(value)
