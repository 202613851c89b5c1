"""When the last job of each block of items was created, in an SQLite journal: a search for recent jobs reads few rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from krea_client.bulk.journal import MICRO, UNDATED, BulkItem

TABLE = "CREATE TABLE IF NOT EXISTS blocks(number INTEGER PRIMARY KEY, latest INT);"
ADDED_LATER = f"{TABLE} INSERT OR REPLACE INTO settings VALUES ('{UNDATED}', '1');"  # noqa: S608  # no foreign text

_ITEMS = 1_000  # of a block
# the list may give another creation time of a job than the answer to its POST, but not by so much
_MARGIN = 600 * MICRO
_UPSERT = "INSERT INTO blocks VALUES (?, ?) ON CONFLICT(number) DO UPDATE SET latest = max(latest, excluded.latest)"
_ALL = "SELECT job FROM items WHERE job IN (SELECT job FROM asked)"
_RECENT = (
    "SELECT job FROM blocks CROSS JOIN items ON ordinal BETWEEN number * ? AND number * ? + ? "
    "WHERE latest >= ? AND job IN (SELECT job FROM asked)"
)


class JobBlocks:
    """What one process has written of the blocks."""

    def __init__(self) -> None:
        self._latest: dict[int, int] = {}

    def write(self, database: sqlite3.Connection, items: Iterable[BulkItem]) -> None:
        """Record the creation times of the jobs of items, within the caller's transaction."""
        later: dict[int, int] = {}
        for item in items:
            block = item.ordinal // _ITEMS
            if item.job_id is not None and item.server_time > later.get(block, self._latest.get(block, 0)):
                later[block] = item.server_time
        if later:
            database.executemany(_UPSERT, later.items())
            self._latest.update(later)


def jobs_that_were_asked_for(database: sqlite3.Connection, since: int) -> list[bytes | str]:
    """Return the jobs of the table `asked` that belong to items.

    Reads the blocks whose last job was created at or after `since`, in microseconds; all where that is 0, or a job has no creation time.
    """
    if not since or database.execute("SELECT 1 FROM settings WHERE name = ?", (UNDATED,)).fetchone():
        rows = database.execute(_ALL)
    else:
        rows = database.execute(_RECENT, (_ITEMS, _ITEMS, _ITEMS - 1, since - _MARGIN))
    return [row[0] for row in rows.fetchall()]
