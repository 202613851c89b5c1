"""Equal differences of many operations as one, so that a change of what they share is read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from krea_client.cli.document_diff.comparison import OperationDiff
from krea_client.cli.document_diff.differences import Difference

_FEWEST = 4
_NAMED = 3


class Group(NamedTuple):
    """One difference that several operations have, with the verdicts on them."""

    difference: Difference
    verdicts: tuple[OperationDiff, ...]

    def __str__(self) -> str:
        names = ", ".join(verdict.name for verdict in self.verdicts[:_NAMED])
        return f"{len(self.verdicts)} operations: {self.difference.text} ({names}, ...)"


def grouped(verdicts: Iterable[OperationDiff]) -> tuple[list[Group], list[OperationDiff]]:
    """Return the differences that at least four operations have, and the verdicts without them."""
    verdicts = list(verdicts)
    owners: dict[tuple[str, str, str], list[tuple[Difference, OperationDiff]]] = {}
    for verdict in verdicts:
        for difference in verdict.differences:
            if difference.about:
                owners.setdefault(_key(difference), []).append((difference, verdict))
    groups = [
        Group(pairs[0][0], tuple(verdict for _, verdict in pairs)) for pairs in owners.values() if len(pairs) >= _FEWEST
    ]
    common = {_key(group.difference) for group in groups}
    single = [
        replace(verdict, differences=tuple(item for item in verdict.differences if _key(item) not in common))
        for verdict in verdicts
    ]
    return groups, single


def _key(difference: Difference) -> tuple[str, str, str]:
    return difference.kind, difference.about, difference.text
