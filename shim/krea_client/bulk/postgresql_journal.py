"""A journal in PostgreSQL: runs of many machines, with one leader by an advisory lock."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from krea_client.bulk import postgresql_sql as sql
from krea_client.bulk.journal import (
    BulkItem,
    Checkpoint,
    Counts,
    JournalError,
    JournalLost,
    LedByAnother,
    StoredFile,
    Write,
)
from krea_client.bulk.states import OPEN, ItemState

if TYPE_CHECKING:
    import psycopg

DEFAULT_RUN = "bulk"
PAGE = 1_000  # items that a reader holds at once
LOCK_CLASS = 0x6B726561  # "krea": the advisory locks of leaders are (this, number of the run)
SCHEMA_LOCK = 0x6B7265615F62756C

# Both ends notice within 7 s that the other one is gone without a word, so that another machine leads within 10 s.
KEEPALIVE: Mapping[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 3,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 7_000,
}
SERVER_KEEPALIVE = "set tcp_keepalives_idle = 3; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 2; set tcp_user_timeout = 7000"


class PostgresqlJournal:
    """A journal in a PostgreSQL database, shared by all machines of a run.

    Only the connection that holds the leader's lock commits what the leader writes: where the database or the lock is lost, nothing
    becomes durable, and so no POST follows. A pooler that changes connections between transactions is noticed, and refused.

    Args:
        url: such as "postgresql://user@host/database", as libpq reads it.
        run: the name of the run; runs of one database know nothing of each other.

    Raises:
        JournalError: psycopg is not installed, or the database cannot be reached or used.
    """

    def __init__(self, url: str, run: str = DEFAULT_RUN) -> None:
        self._url, self._run_name = url, run
        self._connection: psycopg.Connection[Any] | None = None
        self._run = 0
        self._backend: int | None = None  # the server process that holds the lock; None: this journal does not lead
        self._lost = False
        self._worker_lock = secrets.randbelow(1 << 31)
        self._locked: psycopg.Connection[Any] | None = None  # the connection that holds the lock of a worker
        with self._reading():
            self._connect()

    @property
    def address(self) -> str:
        """The URL without user and password, and the name of the run."""
        parts = urlsplit(self._url)
        host = parts.netloc.rpartition("@")[2]
        return f"postgresql://{host}{parts.path}, run {self._run_name}"

    def lead(self, leader: str) -> None:
        """Become the leader; see `Journal.lead`."""
        with self._reading():
            connection = self._connect()
            connection.execute(SERVER_KEEPALIVE)
            if _value(connection.execute("show synchronous_commit")) == "off":
                connection.execute("set synchronous_commit = on")
            if not _value(connection.execute("select pg_try_advisory_lock(%s, %s)", (LOCK_CLASS, self._run))):
                row = connection.execute("select leader from krea_bulk.runs where run = %s", (self._run,)).fetchone()
                other = str(row[0] or "another process") if row else "another process"
                raise LedByAnother(f"{self.address}: {other} leads this run; wait for it, or stop it", other)
            self._backend = int(_value(connection.execute("select pg_backend_pid()")))
            connection.execute("update krea_bulk.runs set leader = %s where run = %s", (leader, self._run))

    def settings(self) -> dict[str, str]:
        """Return the settings of the run."""
        with self._reading():
            rows = self._connect().execute("select name, value from krea_bulk.settings where run = %s", (self._run,))
            return {json.loads(name): json.loads(value) for name, value in rows}

    def write(self, write: Write) -> None:
        """Record everything in one transaction; see `Journal.write`."""
        if self._backend is None or self._lost or self._connection is None:
            raise JournalLost(f"{self.address}: this process does not lead the run (any more); nothing was recorded")
        connection, run = self._connection, self._run
        with self._writing(), connection.pipeline(), connection.transaction():
            # Another server process answers only behind a pooler, and it does not hold the lock.
            connection.execute("select 1 / (pg_backend_pid() = %s)::int", (self._backend,))
            if write.items:
                ordinals = [item.ordinal for item in write.items]
                connection.execute(sql.WRITE.encode(), (*_arrays(write.items), run, ordinals, run, run))
            for checkpoint in write.checkpoints:
                connection.execute(sql.WRITE_CHECKPOINT, (run, *checkpoint))
            for name, value in write.settings.items():
                if value is None:
                    connection.execute(sql.DELETE_SETTING, (run, json.dumps(name)))
                else:
                    connection.execute(sql.WRITE_SETTING, (run, json.dumps(name), json.dumps(value)))

    def counts(self) -> Counts:
        """Return how many items are in each state."""
        with self._reading():
            query = "select state, items, price from krea_bulk.tallies where run = %s and items > 0"
            rows = self._connect().execute(query, (self._run,)).fetchall()
        return Counts(
            {ItemState(state): int(items) for state, items, _ in rows},
            {ItemState(state): int(price) for state, _, price in rows},
        )

    def next_ordinal(self) -> int:
        """Return the number behind the largest that has a row."""
        with self._reading():
            query = "select coalesce(max(ordinal), -1) + 1 from krea_bulk.items where run = %s"
            return int(_value(self._connect().execute(query, (self._run,))))

    def checkpoint(self, ordinal: int) -> Checkpoint:
        """Return the last checkpoint at or before an item."""
        with self._reading():
            row = self._connect().execute(sql.CHECKPOINT, (self._run, ordinal)).fetchone()
        return Checkpoint(*row) if row else Checkpoint(0, 0)

    def open_items(self) -> list[BulkItem]:
        """Return the open items."""
        return sorted(self.items(OPEN))

    def items(self, states: Collection[ItemState] | None = None, first: int = 0) -> Iterator[BulkItem]:
        """Yield the items by ordinal, a page at a time; see `Journal.items`."""
        wanted = [int(state) for state in (ItemState if states is None else states)]
        last = first - 1
        while True:
            page = self._page(wanted, last)
            yield from page
            if len(page) < PAGE:
                return
            last = page[-1].ordinal

    def _page(self, states: list[int], last: int) -> list[BulkItem]:
        with self._reading():
            return [_item(row) for row in self._connect().execute(sql.PAGE.encode(), (self._run, last, states, PAGE))]

    def find(self, key: str) -> BulkItem | None:
        """Return the item with this key."""
        encoded = _bytes(key)
        with self._reading():
            row = self._connect().execute(sql.FIND.encode(), (self._run, encoded, encoded)).fetchone()
        return _item(row) if row else None

    def known(self, job_ids: Iterable[str], since: int = 0) -> set[str]:  # noqa: ARG002  # there is an index
        """Return those of the jobs that belong to an item."""
        encoded = [_bytes(job_id) for job_id in job_ids]
        with self._reading():
            return {_text(row[0]) for row in self._connect().execute(sql.KNOWN, (encoded, self._run))}

    def take_ended(
        self,
        worker: str,
        limit: int,
        lease: float,
        *,
        except_for: Collection[int] = (),
        ends_with_process: bool = False,
    ) -> list[BulkItem]:
        """Return ended items for a worker, which no other one gets while the lease lasts; see `Journal.take_ended`."""
        with self._reading():
            connection = self._connect()
            if ends_with_process:
                worker = self._locked_name(connection, worker)
            values = (self._run, list(except_for), worker, limit, worker, lease, self._run)
            return sorted(_item(row) for row in connection.execute(sql.TAKE.encode(), values))

    def _locked_name(self, connection: psycopg.Connection[Any], worker: str) -> str:
        """Hold the lock of this worker, and return the name under which its items are free as soon as nobody holds that lock."""
        if self._locked is not connection:
            connection.execute(SERVER_KEEPALIVE)
            connection.execute("select pg_advisory_lock_shared(%s, %s)", (sql.WORKER_LOCK_CLASS, self._worker_lock))
            self._locked = connection
        return f"{worker}{sql.SESSION}{self._worker_lock}"

    def write_saved(self, items: Sequence[BulkItem]) -> None:
        """Record items that a worker has saved; see `Journal.write_saved`."""
        if not items:
            return
        with self._writing():
            ordinals = [item.ordinal for item in items]
            self._connect().execute(
                sql.WRITE_SAVED.encode(), (*_arrays(items), self._run, ordinals, self._run, self._run)
            )

    def close(self) -> None:
        """End the leadership and the connection."""
        leads, self._backend = self._backend is not None, None
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if leads or self._locked is connection:
            # The server notices the end of a connection later; the next leader, and other workers, need not wait for that.
            with suppress(JournalError), self._reading():
                connection.execute("select pg_advisory_unlock_all()")
        connection.close()

    def _connect(self) -> psycopg.Connection[Any]:
        """Return the connection; one that does not lead may be made anew."""
        if self._connection is not None and not self._connection.closed:
            return self._connection
        if self._backend is not None:
            self._lost = True
            raise JournalLost(f"{self.address}: the connection that leads the run is lost; run it again")
        import psycopg

        connection = psycopg.connect(
            self._url, autocommit=True, connect_timeout=10, application_name="krea-client", **KEEPALIVE
        )
        try:
            self._run = _prepare(connection, self._run_name)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    @contextmanager
    def _reading(self) -> Generator[None]:
        with self._translated(JournalError, "the database cannot be used"):
            yield

    @contextmanager
    def _writing(self) -> Generator[None]:
        try:
            with self._translated(JournalLost, "nothing was recorded, or nobody knows whether it was"):
                yield
        except JournalLost:
            # After a failed commit this process must not go on as the leader, even where the connection still works.
            self._lost = self._backend is not None
            raise

    @contextmanager
    def _translated(self, kind: type[JournalError], meaning: str) -> Generator[None]:
        try:
            import psycopg
        except ImportError:
            text = f"{self.address}: needs the extra `postgres`; run: pip install 'krea-client[postgres]'"
            raise JournalError(text) from None
        try:
            yield
        except psycopg.Error as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise kind(f"{self.address}: {meaning}: {reason}") from error


def _prepare(connection: psycopg.Connection[Any], name: str) -> int:
    """Make the tables where they are missing, and return the number of the run."""
    if _value(connection.execute("select to_regclass('krea_bulk.versions')")) is None:
        with connection.transaction():
            connection.execute("select pg_advisory_xact_lock(%s)", (SCHEMA_LOCK,))
            connection.execute(sql.SCHEMA.encode())
    version = _value(connection.execute("select version from krea_bulk.versions"))
    if version != sql.SCHEMA_VERSION:
        raise JournalError(
            f"the tables of schema krea_bulk have version {version}, and this krea-client reads version {sql.SCHEMA_VERSION}; "
            "use the krea-client that made them"
        )
    connection.execute("insert into krea_bulk.runs (name) values (%s) on conflict do nothing", (name,))
    return int(_value(connection.execute("select run from krea_bulk.runs where name = %s", (name,))))


def _value(cursor: psycopg.Cursor[Any]) -> Any:
    row = cursor.fetchone()
    return None if row is None else row[0]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(content: bytes) -> str:
    return bytes(content).decode("utf-8", "surrogatepass")


def _details(item: BulkItem) -> str | None:
    details = {
        "files": [list(file) for file in item.files],
        "candidates": item.candidates,
        "urls": item.urls,
        "reason": item.reason,
    }
    filled = {name: value for name, value in details.items() if value}
    return json.dumps(filled, separators=(",", ":")) if filled else None


def _arrays(items: Sequence[BulkItem]) -> tuple[list[Any], ...]:
    return (
        [item.ordinal for item in items],
        [_bytes(item.key) for item in items],
        [int(item.state) for item in items],
        [item.model for item in items],
        [None if item.job_id is None else _bytes(item.job_id) for item in items],
        [item.server_time for item in items],
        [item.seconds for item in items],
        [item.price for item in items],
        [_details(item) for item in items],
    )


def _item(row: Sequence[Any]) -> BulkItem:
    ordinal, key, state, model, job_id, server_time, seconds, price, details = row
    more: dict[str, Any] = json.loads(details) if details else {}
    return BulkItem(
        ordinal,
        _text(key),
        ItemState(state),
        model,
        None if job_id is None else _text(job_id),
        server_time,
        seconds,
        price,
        tuple(StoredFile(*file) for file in more.get("files", ())),
        tuple(more.get("candidates", ())),
        tuple(more.get("urls", ())),
        more.get("reason", ""),
    )
