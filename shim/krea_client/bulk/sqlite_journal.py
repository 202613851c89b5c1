"""The journal of a run on one computer: an SQLite file. A write is durable when it returns (WAL, synchronous=FULL)."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from krea_client.bulk import job_blocks
from krea_client.bulk.job_blocks import JobBlocks
from krea_client.bulk.journal import (
    BulkItem,
    Checkpoint,
    Counts,
    JournalError,
    JournalLost,
    StoredFile,
    Tally,
    Write,
)
from krea_client.bulk.result_names import result_name
from krea_client.bulk.run_lock import RunLock
from krea_client.bulk.states import OPEN, ItemState

_APPLICATION = 0x6B726561  # "krea"
_VERSION = 2
_PAGE = 1_000  # rows read at a time
_OPEN = ", ".join(str(int(state)) for state in sorted(OPEN))
_SCHEMA = f"""
CREATE TABLE items(ordinal INTEGER PRIMARY KEY, key TEXT, state INT, model INT, job, time INT, seconds INT, price INT, files BLOB);
CREATE INDEX open_items ON items(state) WHERE state IN ({_OPEN});
CREATE TABLE details(ordinal INTEGER PRIMARY KEY, content TEXT);
CREATE TABLE models(number INTEGER PRIMARY KEY, name TEXT UNIQUE);
{job_blocks.TABLE}
CREATE TABLE checkpoints(ordinal INTEGER PRIMARY KEY, position INT);
CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
"""
_VERSION_WITHOUT_BLOCKS = 1
_ROW = "ordinal, key, state, model, job, time, seconds, price, files"
_COUNTS, _GENERATION = "-counts", "-generation"  # settings of the journal's own


class SqliteJournal:
    """A journal in a file. Readers of other processes may open it while it is led.

    Args:
        path: the file; it is created with the first write. The lock stands beside it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = RunLock(path.parent)
        self._guard = Lock()  # the connection serves one thread at a time
        self._database: sqlite3.Connection | None = None
        self._models: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._tally = Tally()
        self._blocks = JobBlocks()
        self._generation = 0
        self._worked_on: dict[int, str] = {}

    @property
    def address(self) -> str:
        """Return the path."""
        return str(self._path)

    def lead(self, leader: str) -> None:
        """Become the leader; see `Journal.lead`."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise JournalError(f"{self._path.parent}: {fault.strerror or fault}; give another folder") from fault
        self._lock.acquire(leader)
        try:
            self._refuse_older()
        except BaseException:
            self.close()
            raise

    def _refuse_older(self) -> None:
        witness = self._lock.witness()
        if witness and not self._path.exists():
            raise JournalError(
                f"{self._path}: the journal of this run is gone, and with it what was paid for; put it back, or give another folder"
            )
        with self._reading():
            self._tally, self._generation = self._read_counts()
        if self._generation < witness:
            raise JournalError(
                f"{self._path}: older than the run that it belongs to (write {self._generation} of {witness}), as if restored from "
                f"a backup: jobs that it does not know would be paid for again; put the newest copy back, or give another folder"
            )

    def _connection(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False, timeout=10.0)
            self._prepare(self._database)
        return self._database

    def _prepare(self, database: sqlite3.Connection) -> None:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and _is_empty(database):
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("BEGIN IMMEDIATE")  # another process may open the new journal at the same time
            for statement in _SCHEMA.split(";") if _is_empty(database) else ():
                database.execute(statement)
            database.execute("COMMIT")
        elif database.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
            raise JournalError(f"{self._path}: not a journal of krea-client; give another folder")
        elif version > _VERSION:
            raise JournalError(f"{self._path}: written by a newer krea-client; update this one")
        elif version == _VERSION_WITHOUT_BLOCKS:
            database.executescript(
                f"BEGIN IMMEDIATE; {job_blocks.ADDED_LATER} PRAGMA user_version = {_VERSION}; COMMIT"
            )
        database.execute("PRAGMA synchronous=FULL")
        for number, name in database.execute("SELECT number, name FROM models"):
            self._models[name], self._names[number] = number, name

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        with self._guard:
            try:
                yield self._connection()
            except sqlite3.Error as fault:
                raise JournalError(f"{self._path}: {fault}; the journal cannot be read") from fault

    def settings(self) -> dict[str, str]:
        """Return the settings."""
        if not self._path.exists():
            return {}
        with self._reading() as database:
            rows = database.execute("SELECT name, value FROM settings WHERE name NOT IN (?, ?)", (_COUNTS, _GENERATION))
            return dict(rows.fetchall())

    def write(self, write: Write) -> None:
        """Record everything; see `Journal.write`."""
        if not self._lock.is_held:
            raise JournalLost(f"{self._path}: this process does not lead the journal; lead it first")
        with self._guard:
            try:
                database = self._connection()
                database.execute("BEGIN IMMEDIATE")
                self._write_items(database, write.items)
                self._blocks.write(database, write.items)
                database.executemany("INSERT OR REPLACE INTO checkpoints VALUES (?, ?)", write.checkpoints)
                self._write_settings(database, write)
                database.execute("COMMIT")
            except (sqlite3.Error, OSError) as fault:
                self._roll_back()
                raise JournalLost(f"{self._path}: {fault}; nothing is sent without the journal") from fault
            self._lock.advance(self._generation)

    def _roll_back(self) -> None:
        try:
            if self._database is not None and self._database.in_transaction:
                self._database.execute("ROLLBACK")
        except sqlite3.Error:
            pass
        self._tally, self._blocks = Tally(), JobBlocks()  # whoever goes on reads anew

    def _write_items(self, database: sqlite3.Connection, items: Sequence[BulkItem]) -> None:
        for item in items:
            before = database.execute("SELECT state, price FROM items WHERE ordinal = ?", (item.ordinal,)).fetchone()
            old = None if before is None else (ItemState(before[0]), before[1] or 0)
            self._tally.change(old, (item.state, item.price or 0))
            database.execute("INSERT OR REPLACE INTO items VALUES (?,?,?,?,?,?,?,?,?)", self._row(database, item))
            details = _details(item)
            if details is not None:
                database.execute("INSERT OR REPLACE INTO details VALUES (?, ?)", (item.ordinal, details))
            elif before is not None:
                database.execute("DELETE FROM details WHERE ordinal = ?", (item.ordinal,))

    def _write_settings(self, database: sqlite3.Connection, write: Write) -> None:
        for name, value in write.settings.items():
            if value is None:
                database.execute("DELETE FROM settings WHERE name = ?", (name,))
            else:
                database.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))
        self._generation += 1
        counts = self._tally.counts()
        text = json.dumps([[state, count, counts.prices.get(state, 0)] for state, count in counts.items.items()])
        rows = ((_COUNTS, text), (_GENERATION, str(self._generation)))
        database.executemany("INSERT OR REPLACE INTO settings VALUES (?, ?)", rows)

    def _row(self, database: sqlite3.Connection, item: BulkItem) -> tuple[object, ...]:
        if item.model not in self._models:
            number = database.execute("INSERT INTO models(name) VALUES (?)", (item.model,)).lastrowid or 0
            self._models[item.model], self._names[number] = number, item.model
        seconds = None if item.seconds is None else round(item.seconds * 1_000)
        time = item.server_time if item.state in OPEN and item.server_time else None
        return (
            item.ordinal,
            item.key,
            int(item.state),
            self._models[item.model],
            _packed_job(item.job_id),
            time,
            seconds,
            item.price,
            _packed_files(item),
        )

    def _item(self, row: tuple[Any, ...], details: str | None) -> BulkItem:
        ordinal, key, state, model, job, time, seconds, price, files = row
        item = BulkItem(
            ordinal,
            key,
            ItemState(state),
            self._name(model),
            _unpacked_job(job),
            time or 0,
            None if seconds is None else seconds / 1_000,
            price,
            _unpacked_files(ordinal, key, files),
        )
        if details is None:
            return item
        content = json.loads(details)
        return item._replace(
            candidates=tuple(content.get("candidates", ())),
            urls=tuple(content.get("urls", ())),
            reason=content.get("reason", ""),
        )

    def _name(self, number: int) -> str:
        if number not in self._names:  # another process has added it meanwhile
            rows = self._connection().execute("SELECT number, name FROM models")
            self._names = dict(rows.fetchall())
        return self._names[number]

    def _select(self, condition: str, parameters: Sequence[object] = (), limit: int = -1) -> list[BulkItem]:
        columns = ", ".join(f"items.{name.strip()}" for name in _ROW.split(","))
        query = (
            f"SELECT {columns}, details.content FROM items LEFT JOIN details USING (ordinal) "  # noqa: S608  # no foreign text
            f"WHERE {condition} ORDER BY ordinal LIMIT {limit}"
        )
        if not self._path.exists():
            return []
        with self._reading() as database:
            return [self._item(row[:-1], row[-1]) for row in database.execute(query, parameters).fetchall()]

    def _read_counts(self) -> tuple[Tally, int]:
        rows = dict(
            self._connection()
            .execute("SELECT name, value FROM settings WHERE name IN (?, ?)", (_COUNTS, _GENERATION))
            .fetchall()
        )
        counts = Counts({}, {})
        if _COUNTS in rows:
            triples = json.loads(rows[_COUNTS])
            counts = Counts(
                {ItemState(state): count for state, count, _ in triples},
                {ItemState(state): price for state, _, price in triples},
            )
        return Tally(counts), int(rows.get(_GENERATION, 0))

    def counts(self) -> Counts:
        """Return the counts."""
        if not self._path.exists():
            return Counts({}, {})
        with self._reading():
            return self._read_counts()[0].counts()

    def next_ordinal(self) -> int:
        """Return the number behind the largest that has a row."""
        if not self._path.exists():
            return 0
        with self._reading() as database:
            largest = database.execute("SELECT max(ordinal) FROM items").fetchone()[0]
            return 0 if largest is None else int(largest) + 1

    def checkpoint(self, ordinal: int) -> Checkpoint:
        """Return the last checkpoint at or before an item."""
        if not self._path.exists():
            return Checkpoint(0, 0)
        query = "SELECT ordinal, position FROM checkpoints WHERE ordinal <= ? ORDER BY ordinal DESC LIMIT 1"
        with self._reading() as database:
            row = database.execute(query, (ordinal,)).fetchone()
        return Checkpoint(*row) if row else Checkpoint(0, 0)

    def open_items(self) -> list[BulkItem]:
        """Return the open items."""
        return self._select(f"state IN ({_OPEN})")

    def items(self, states: Collection[ItemState] | None = None, first: int = 0) -> Iterator[BulkItem]:
        """Yield the items; see `Journal.items`."""
        condition = "" if states is None else f" AND state IN ({', '.join(str(int(state)) for state in states)})"
        last = first - 1
        while page := self._select(f"ordinal > ?{condition}", (last,), _PAGE):
            yield from page
            last = page[-1].ordinal

    def find(self, key: str) -> BulkItem | None:
        """Return the item with this key; the first search makes an index."""
        if self._lock.is_held:
            with self._reading() as database:
                database.execute("CREATE INDEX IF NOT EXISTS by_key ON items(key)")
        return next(iter(self._select("key = ?", (key,), 1)), None)

    def known(self, job_ids: Iterable[str], since: int = 0) -> set[str]:
        """Return those of the jobs that belong to an item: from the blocks that may have them, which is every one where `since` is 0."""
        jobs = [(_packed_job(job_id),) for job_id in job_ids]
        if not jobs or not self._path.exists():
            return set()
        with self._reading() as database:
            database.execute("CREATE TEMP TABLE IF NOT EXISTS asked(job PRIMARY KEY)")
            database.execute("DELETE FROM asked")
            database.executemany("INSERT OR IGNORE INTO asked VALUES (?)", jobs)
            rows = job_blocks.jobs_that_were_asked_for(database, since)
        return {job_id for job in rows if (job_id := _unpacked_job(job)) is not None}

    def take_ended(
        self,
        worker: str,
        limit: int,
        lease: float,  # noqa: ARG002  # one process works on a file
        *,
        except_for: Collection[int] = (),
        ends_with_process: bool = False,  # noqa: ARG002  # so does every lease here
    ) -> list[BulkItem]:
        """Return ended items that no other worker of this process has."""
        ended = self._select(f"state = {int(ItemState.ENDED)} AND state IN ({_OPEN})")
        candidates = [item for item in ended if item.ordinal not in except_for]
        free = [item for item in candidates if self._worked_on.get(item.ordinal, worker) == worker][:limit]
        self._worked_on.update({item.ordinal: worker for item in free})
        return free

    def write_saved(self, items: Sequence[BulkItem]) -> None:
        """Record items that a worker has saved."""
        ended = {item.ordinal for item in self._select(f"state = {int(ItemState.ENDED)} AND state IN ({_OPEN})")}
        self.write(Write([item for item in items if item.ordinal in ended]))

    def close(self) -> None:
        """Close the file, and end the leadership."""
        with self._guard:
            if self._database is not None:
                self._database.close()
                self._database = None
        self._lock.release()


def _is_empty(database: sqlite3.Connection) -> bool:
    return not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _packed_job(job_id: str | None) -> bytes | str | None:
    """Return a job id in 16 bytes where it is a UUID as the API writes it, else unchanged."""
    if job_id is None or len(job_id) != 36:
        return job_id
    try:
        packed = uuid.UUID(job_id)
    except ValueError:
        return job_id
    return packed.bytes if str(packed) == job_id else job_id


def _unpacked_job(value: bytes | str | None) -> str | None:
    return str(uuid.UUID(bytes=value)) if isinstance(value, bytes) else value


def _packed_files(item: BulkItem) -> bytes | None:
    """Return sha256, size and name of each file; of a name that follows from the item, the extension alone."""
    parts: list[bytes] = []
    for number, file in enumerate(item.files, 1):
        stem = result_name(item.ordinal, item.key, number)
        short = f"\0{file.name[len(stem) :]}" if file.name.startswith(f"{stem}.") else file.name
        name = short.encode()
        size = file.size.to_bytes(6, "big").lstrip(b"\0")
        parts.append(bytes.fromhex(file.sha256) + bytes([len(size)]) + size + len(name).to_bytes(2, "big") + name)
    return b"".join(parts) or None


def _unpacked_files(ordinal: int, key: str, packed: bytes | None) -> tuple[StoredFile, ...]:
    files: list[StoredFile] = []
    at = 0
    while packed is not None and at < len(packed):
        sha256 = packed[at : at + 32].hex()
        width = packed[at + 32]
        size = int.from_bytes(packed[at + 33 : at + 33 + width], "big")
        at += 33 + width
        length = int.from_bytes(packed[at : at + 2], "big")
        name = packed[at + 2 : at + 2 + length].decode()
        at += 2 + length
        files.append(
            StoredFile(result_name(ordinal, key, len(files) + 1) + name[1:] if name[:1] == "\0" else name, size, sha256)
        )
    return tuple(files)


def _details(item: BulkItem) -> str | None:
    content = {"candidates": item.candidates, "urls": item.urls, "reason": item.reason}
    content = {name: value for name, value in content.items() if value}
    return json.dumps(content, ensure_ascii=False) if content else None
