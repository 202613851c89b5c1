"""Plan a bulk run: validate every line and add up prices and durations before anything is paid for."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from krea_client.bulk.input_files import InputLine
from krea_client.bulk.preparing import DeprecatedName, Preparer, describe, price_in_micros
from krea_client.errors import KreaError

SHOWN_PROBLEMS = 1_000
_KEYS_IN_MEMORY = 200_000
_PROGRESS = 2_000  # lines between two reports
_UNKNOWN_SECONDS = 10.0  # a job of a model without a documented time


class InputProblem(NamedTuple):
    """A line that cannot be sent.

    Attributes:
        label: where it is, such as "prompts.csv:12".
        key: its key.
        text: what is wrong with it.
    """

    label: str
    key: str
    text: str


@dataclass
class ModelShare:
    """The items of one model.

    Attributes:
        items: their number.
        price: the most that they cost, in millionths of a USD.
        unpriced: the number of those without a published price.
        seconds: how long their jobs usually take, one after the other.
    """

    items: int = 0
    price: int = 0
    unpriced: int = 0
    seconds: float = 0.0


@dataclass
class BulkPlan:
    """What a run would be.

    Attributes:
        items: number of items.
        models: the items by model.
        problem_count: number of lines that cannot be sent.
        problems: the first of them.
        deprecated: how often each deprecated name was translated.
    """

    items: int = 0
    models: dict[str, ModelShare] = field(default_factory=dict[str, ModelShare])
    problem_count: int = 0
    problems: list[InputProblem] = field(default_factory=list[InputProblem])
    deprecated: Counter[DeprecatedName] = field(default_factory=Counter[DeprecatedName])

    @property
    def price(self) -> float:
        """The most that the items with a published price cost, in USD."""
        return sum(share.price for share in self.models.values()) / 1_000_000

    @property
    def unpriced(self) -> int:
        """Number of items without a published price."""
        return sum(share.unpriced for share in self.models.values())

    def seconds(self, at_once: int) -> float:
        """Return about how long the run takes with so many jobs at once."""
        return sum(share.seconds for share in self.models.values()) / max(1, min(at_once, self.items or 1))

    def add_problem(self, line: InputLine, text: str) -> None:
        """Record a line that cannot be sent."""
        self.problem_count += 1
        if len(self.problems) < SHOWN_PROBLEMS:
            self.problems.append(InputProblem(line.label, line.key, text))


def make_plan(
    lines: Iterable[InputLine], preparer: Preparer, on_progress: Callable[[int], object] | None = None
) -> BulkPlan:
    """Read every line and return the plan; memory does not grow with their number.

    Args:
        lines: the input.
        preparer: makes requests of lines.
        on_progress: called with the number of lines so far, now and then.
    """
    plan = BulkPlan(deprecated=preparer.deprecated)
    keys = _KeySet()
    for line in lines:
        plan.items += 1
        if on_progress is not None and plan.items % _PROGRESS == 0:
            on_progress(plan.items)
        if not keys.add(line.key):
            plan.add_problem(line, f"the key {line.key!r} is there already; give each item a key of its own")
            continue
        try:
            request = preparer.prepare(line)
        except KreaError as error:
            plan.add_problem(line, describe(error))
            continue
        share = plan.models.setdefault(request.operation.model, ModelShare())
        share.items += 1
        share.seconds += request.operation.typical_seconds or _UNKNOWN_SECONDS
        price = price_in_micros(request)[1]
        if price is None:
            share.unpriced += 1
        else:
            share.price += price
    return plan


class _KeySet:
    """Keys that were seen; beyond a number of them on disk, so that memory stays bounded."""

    def __init__(self) -> None:
        self._digests: set[bytes] = set()
        self._database: sqlite3.Connection | None = None

    def add(self, key: str) -> bool:
        """Add a key; return False where it is there already."""
        digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=12).digest()
        if digest in self._digests:
            return False
        query = "SELECT 1 FROM keys WHERE digest = ?"
        if self._database is not None and self._database.execute(query, (digest,)).fetchone():
            return False
        self._digests.add(digest)
        if len(self._digests) >= _KEYS_IN_MEMORY:
            self._spill()
        return True

    def _spill(self) -> None:
        if self._database is None:
            self._database = sqlite3.connect("")  # a temporary file that SQLite removes
            self._database.execute("CREATE TABLE keys(digest BLOB PRIMARY KEY) WITHOUT ROWID")
        rows = ((digest,) for digest in sorted(self._digests))
        self._database.executemany("INSERT INTO keys VALUES (?)", rows)
        self._digests.clear()
