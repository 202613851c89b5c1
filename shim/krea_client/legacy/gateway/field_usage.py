"""What passed through a gateway: calls, deprecated fields by program and operation. Bounded, so memory stays flat."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from threading import Lock
from typing import Any, NamedTuple

MOST_ROWS = 10_000  # different combinations that are kept apart; further ones are counted together
LOG_AGAIN = 60.0  # seconds after which a use that goes on is logged again

log: logging.Logger = logging.getLogger("krea_client.gateway")


class RequestSource(NamedTuple):
    """Who sent a request: its User-Agent header, or None, and the address that it came from."""

    user_agent: str | None
    address: str


class FieldUse(NamedTuple):
    """One deprecated, retired or conflicting field of a request body.

    Attributes:
        operation: the model, such as "z-image/z-image".
        old: the name in the body.
        new: the name to use instead, or None.
        date: the day from which the API refuses `old`, as ISO text, or None.
        action: what was done: "renamed", "dropped", or "left" where nothing could be done.
        advice: one sentence for the program's owner.
    """

    operation: str
    old: str
    new: str | None
    date: str | None
    action: str
    advice: str


class Row:
    """How often one program used one field."""

    __slots__ = ("count", "first", "last", "logged")

    def __init__(self, now: datetime) -> None:
        self.count: int = 0
        self.first: datetime = now
        self.last: datetime = now
        self.logged: datetime | None = None


class UsageLog:
    """Counts, and logs each use as one line of JSON: the first one at once, one that goes on every minute."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rows: dict[tuple[FieldUse, RequestSource], Row] = {}
        self.calls: int = 0
        self.accepted: int = 0
        self.with_deprecated_fields: int = 0
        self.uncounted: int = 0
        self.documents_without_deprecated_names: int = 0
        self.documents_with_deprecated_names: int = 0

    def count_call(self, uses: Sequence[FieldUse] = ()) -> None:
        """Count one call to the API."""
        with self._lock:
            self.calls += 1
            self.with_deprecated_fields += bool(uses)

    def count_response(self, path: str | None, status: int) -> None:
        """Count what became of a call; responses of other hosts (`path` None) are not counted."""
        if path is not None and status < 400:
            with self._lock:
                self.accepted += 1

    def count_document(self, *, changed: bool) -> None:
        """Count that a program read the API's document; `changed` where the deprecated names were put back."""
        with self._lock:
            self.documents_with_deprecated_names += changed
            self.documents_without_deprecated_names += not changed

    def note(self, uses: Sequence[FieldUse], caller: RequestSource, now: datetime | None = None) -> None:
        """Count each use of a field, and log those that are due."""
        moment = now or datetime.now(UTC)
        for use in uses:
            with self._lock:
                row = self._row((use, caller), moment)
                if row is None:
                    continue
                row.count += 1
                row.last = moment
                due = row.logged is None or (moment - row.logged).total_seconds() >= LOG_AGAIN
                if due:
                    row.logged = moment
                count = row.count
            if due:
                log.warning("%s", json.dumps(_record(use, caller, count, moment)))

    def _row(self, key: tuple[FieldUse, RequestSource], now: datetime) -> Row | None:
        row = self._rows.get(key)
        if row is None and len(self._rows) >= MOST_ROWS:
            self.uncounted += 1
        elif row is None:
            row = self._rows[key] = Row(now)
        return row

    def rows(self) -> list[tuple[FieldUse, RequestSource, Row]]:
        """Return all rows, the most frequent first."""
        with self._lock:
            rows = [(use, caller, row) for (use, caller), row in self._rows.items()]
        return sorted(rows, key=lambda entry: (-entry[2].count, entry[0]))

    def as_dict(self) -> dict[str, Any]:
        """Return the counts and rows, for JSON."""
        return {
            "calls": self.calls,
            "accepted": self.accepted,
            "with_deprecated_fields": self.with_deprecated_fields,
            "not_kept_apart": self.uncounted,
            "fields": [
                {**_record(use, caller, row.count, row.last), "first": row.first.isoformat(timespec="seconds")}
                for use, caller, row in self.rows()
            ],
        }

    def summary(self) -> str:
        """Return one sentence, such as "3 requests, 3 accepted, 2 had deprecated fields"."""
        requests = "1 request" if self.calls == 1 else f"{self.calls} requests"
        return f"{requests}, {self.accepted} accepted, {self.with_deprecated_fields} had deprecated fields"


def _record(use: FieldUse, caller: RequestSource, count: int, now: datetime) -> dict[str, Any]:
    return {
        "event": "deprecated_field",
        "time": now.isoformat(timespec="seconds"),
        "operation": use.operation,
        "old": use.old,
        "new": use.new,
        "refused_since": use.date,
        "action": use.action,
        "advice": use.advice,
        "user_agent": caller.user_agent,
        "peer": caller.address,
        "count": count,
    }
