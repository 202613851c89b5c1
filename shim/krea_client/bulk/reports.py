"""The output of a run apart from its results: manifests and problems, derived from the journal, and the report."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from krea_client.bulk.journal import BulkItem, Counts, Journal
from krea_client.bulk.planning import BulkPlan
from krea_client.bulk.preparing import DeprecatedName
from krea_client.bulk.result_names import ITEMS_PER_FOLDER, folder_of
from krea_client.bulk.states import ItemState
from krea_client.bulk.storage import Storage

_S = ItemState
MANIFEST_NAME, PROBLEMS_NAME = "manifest.jsonl", "problems.jsonl"
PROBLEM_STATES = frozenset({_S.REFUSED, _S.FAILED, _S.EMPTY, _S.UNKNOWN})
_MOST_PROBLEMS = 100_000  # lines of the file; `export` has them all

ALL_SAVED, SOME_FAILED, BAD_INPUT, SOME_UNKNOWN, STOPPED_EARLY, LED_ELSEWHERE = 0, 1, 2, 3, 4, 75


NO_NAMES: Mapping[DeprecatedName, int] = {}


class BulkReport(NamedTuple):
    """How a run ended.

    Attributes:
        counts: items by state.
        total: items of the input, or None where that is not known.
        stopped: why it stopped before its end; "" where nothing was left to do.
        problems: what could not be done and is not a state of an item, such as a download that failed.
        deprecated: how often each deprecated name was translated.
        plan: the plan, where the input was checked in this run; None where that had been done before.
    """

    counts: Counts
    total: int | None
    stopped: str = ""
    problems: tuple[str, ...] = ()
    deprecated: Mapping[DeprecatedName, int] = NO_NAMES
    plan: BulkPlan | None = None

    @property
    def saved(self) -> int:
        """Number of items whose results are saved."""
        return self.counts.of(_S.SAVED)

    @property
    def failed(self) -> int:
        """Number of items that failed, were refused, or have no result."""
        return self.counts.of(_S.FAILED, _S.REFUSED, _S.EMPTY)

    @property
    def unknown(self) -> int:
        """Number of items whose outcome is unknown."""
        return self.counts.of(_S.UNKNOWN)

    @property
    def spent(self) -> float:
        """Upper bound of what may have been billed, in USD."""
        return self.counts.spent / 1_000_000

    @property
    def exit_code(self) -> int:
        """0 all saved, 1 some failed, 3 some unknown, 4 stopped early."""
        if self.stopped or self.problems or self.counts.of(_S.PLANNED, _S.INTENT, _S.ACCEPTED, _S.ENDED):
            return STOPPED_EARLY
        if self.unknown:
            return SOME_UNKNOWN
        return SOME_FAILED if self.failed else ALL_SAVED


def describe_item(item: BulkItem) -> dict[str, Any]:
    """Return an item as a line of a manifest."""
    row: dict[str, Any] = {"key": item.key, "state": item.state.name.lower(), "model": item.model, "job": item.job_id}
    row["files"] = [file._asdict() for file in item.files]
    row["seconds"] = item.seconds
    row["price"] = None if item.price is None else item.price / 1_000_000
    if item.candidates:
        row["candidates"] = list(item.candidates)
    if item.reason:
        row["reason"] = item.reason
    return row


def json_line(item: BulkItem) -> str:
    """Return an item as a JSON line of a manifest."""
    return json.dumps(describe_item(item), ensure_ascii=False)


def write_manifests(journal: Journal, storage: Storage, first: int, changed_folders: Collection[int]) -> None:
    """Write the manifests of the folders from one on, and of those that were changed_folders."""
    rows: list[str] = []
    folder = ""
    for item in _of_folders(journal, first, changed_folders):
        if folder_of(item.ordinal) != folder:
            _put_manifest(storage, folder, rows)
            folder, rows = folder_of(item.ordinal), []
        rows.append(json_line(item))
    _put_manifest(storage, folder, rows)


def _of_folders(journal: Journal, first: int, changed_folders: Collection[int]) -> Iterator[BulkItem]:
    begin = min([first, *changed_folders], default=first) * ITEMS_PER_FOLDER
    for item in journal.items(None, begin):
        folder = item.ordinal // ITEMS_PER_FOLDER
        if folder >= first or folder in changed_folders:
            yield item


def _put_manifest(storage: Storage, folder: str, rows: list[str]) -> None:
    if rows:
        storage.put(f"{folder}/{MANIFEST_NAME}", ("\n".join(rows) + "\n").encode())


def write_problems(journal: Journal, storage: Storage) -> None:
    """Write the file of the items that have no result."""
    rows: list[str] = []
    for item in journal.items(PROBLEM_STATES):
        rows.append(json_line(item))
        if len(rows) == _MOST_PROBLEMS:
            rows.append(json.dumps({"note": "there are more; krea-client batch export has them all"}))
            break
    storage.put(PROBLEMS_NAME, "".join(f"{row}\n" for row in rows).encode())
