"""The records of all dicts: which addresses each of them reaches, told apart as finely as their number allows."""

from __future__ import annotations

from collections import defaultdict

from krea_migrate.flow.class_hierarchy import ClassHierarchy
from krea_migrate.flow.records import Record, Site
from krea_migrate.flow.values import NONE, Frame
from krea_migrate.limits import PRECISION


class RecordTable:
    """Records by the dict, keyword or text that they belong to.

    Args:
        classes: the classes of the tree.
        size: of the project, in expressions.

    Attributes:
        steps: how many values were followed to note records; beyond a number of them, one destination of each dict is told apart.
    """

    def __init__(self, classes: ClassHierarchy, size: int) -> None:
        self.records: dict[Site, list[Record]] = defaultdict(list)
        self.steps = 0
        self._most_steps = min(PRECISION.all_records, PRECISION.spreads * max(size, 1_000))
        self._classes = classes
        self._noted: set[tuple[Site, Record]] = set()

    @property
    def size(self) -> int:
        """How many records there are."""
        return sum(map(len, self.records.values()))

    def note(self, site: Site, record: Record) -> bool:
        """Add a record, and return whether it is new."""
        if (site, record) in self._noted:
            return False
        self._noted.add((site, record))
        self.records[site].append(record)
        return True

    def merged(self, site: Site, record: Record) -> Record:
        """Return the record as it is noted: of a dict with many of them, whatever the calls and branches that lead to it."""
        if len(self.records.get(site, ())) < (PRECISION.records if self.steps < self._most_steps else 1):
            return record
        return record._replace(yes=NONE, no=NONE, group=0, chain=(), own=None)

    def agreeing(self, site: Site, frame: Frame | None, *, any_call: bool) -> list[Record]:
        """Return the records of a dict that may be the one which was made in a frame, not in another call of the same function."""
        records = self.records.get(site, ())
        if frame is None or not records:
            return list(records)
        chain, own = frame.chain, frame.own.cls if frame.own is not None else None
        lines = {cls: set(self._classes.line(cls)) for cls in {record.own for record in records if record.own}}
        return [
            record
            for record in records
            if (any_call or all(made is here for made, here in zip(record.chain, chain, strict=False)))
            and (own is None or record.own is None or own in lines[record.own])
        ]
