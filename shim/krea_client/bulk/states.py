"""The states of an item of a bulk run, and the transitions between them; any other transition is a defect and raises."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum


class ItemState(IntEnum):
    """Where an item is. The numbers are stored in journals and never change.

    Members:
        PLANNED: not sent; usually the item has no row at all.
        INTENT: its POST may be under way; durable before the first byte is sent.
        ACCEPTED: its job has an id.
        REFUSED: the answer says that no job was made.
        UNKNOWN: a job may exist; the item keeps what is known of it.
        ENDED: the job is completed and its results are not saved yet.
        SAVED: every result is a whole file.
        FAILED: the job failed or was cancelled; it is not billed.
        EMPTY: the job is completed without a result.
    """

    PLANNED = 0
    INTENT = 1
    ACCEPTED = 2
    REFUSED = 3
    UNKNOWN = 4
    ENDED = 5
    SAVED = 6
    FAILED = 7
    EMPTY = 8


_S = ItemState
STEPS: Mapping[ItemState, frozenset[ItemState]] = {
    _S.PLANNED: frozenset({_S.INTENT, _S.REFUSED}),
    # Back to planned: the answer says for certain that nothing was accepted, or the user has said to send it again.
    _S.INTENT: frozenset({_S.ACCEPTED, _S.REFUSED, _S.UNKNOWN, _S.PLANNED}),
    _S.ACCEPTED: frozenset({_S.ENDED, _S.FAILED, _S.EMPTY}),
    _S.REFUSED: frozenset({_S.PLANNED}),
    _S.UNKNOWN: frozenset({_S.ACCEPTED, _S.PLANNED}),
    _S.ENDED: frozenset({_S.SAVED, _S.EMPTY}),
    _S.SAVED: frozenset(),
    _S.FAILED: frozenset({_S.PLANNED}),
    _S.EMPTY: frozenset({_S.PLANNED}),
}
OPEN: frozenset[ItemState] = frozenset({_S.PLANNED, _S.INTENT, _S.ACCEPTED, _S.ENDED})  # a run still works on them
MAY_BE_BILLED: frozenset[ItemState] = frozenset({_S.INTENT, _S.ACCEPTED, _S.UNKNOWN, _S.ENDED, _S.SAVED, _S.EMPTY})


class IllegalStep(RuntimeError):
    """A step between two states that the design does not have: a defect of this program, caught before it is recorded."""


def check_step(before: ItemState, after: ItemState) -> None:
    """Check that an item may go from one state to the other.

    Raises:
        IllegalStep: it may not.
    """
    if after not in STEPS[before]:
        raise IllegalStep(f"an item cannot go from {before.name.lower()} to {after.name.lower()}")
