"""Looks that many jobs of a batch share: one page of the account's list instead of one request for each job."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self, cast

from krea_client import _json
from krea_client._core import responses
from krea_client._core.effects import Answer, ApiCall
from krea_client._core.policies import RETRYABLE_READS
from krea_client._spec.catalogue import catalogue
from krea_client.jobs import Job

PAGE_SLOT = 0  # the number of a page among the calls of a batch, whose slots begin with 1
LEAST_JOBS = 3  # for fewer a page costs more than a request for each
PATIENCE = 2.0  # seconds that a look that is due waits for a page in flight
DISTANCE = 0.12  # seconds between two pages at least
PAGE_SECONDS = 10.0  # time-out of a page; the looks behind it have gone their own way long before
REST = 30.0  # seconds without pages after one that was of no use
_MOST_ROWS = 1000  # on a page, by the API's documentation
_LEAST_ROWS = 20
_MOST_FACTOR = 8  # times the rows that the jobs would need if they were the account's last ones


@dataclass(slots=True)
class SharedLooks:
    """Which slots of a batch wait for a look at which job, and the page that is in flight for them.

    Attributes:
        timeout: seconds of one exchange.
        watched: the jobs by slot.
        due: slots whose look is due and waits for the page.
    """

    timeout: float = PAGE_SECONDS
    watched: dict[int, str] = field(default_factory=dict[int, str])
    due: set[int] = field(default_factory=set[int])
    _in_flight_since: float | None = None
    _last_page: float = -math.inf
    _rest_until: float = -math.inf
    _factor: int = 2

    @classmethod
    def off(cls) -> Self:
        """Return looks that are not shared."""
        return cls(_rest_until=math.inf)

    def shared_by(self) -> int:
        """Return the number of jobs that the next look is about, with the one that asks."""
        count = len(self.watched) + 1
        return count if count >= LEAST_JOBS and self._rest_until < math.inf else 1

    def wait_for_page(self, number: int, now: float) -> float | None:
        """Return until when a slot whose look is due should wait for a page, or None where it should look by itself."""
        if number not in self.watched:
            return None
        if self._in_flight_since is not None:
            until = self._in_flight_since + PATIENCE
        elif len(self.watched) < LEAST_JOBS or now < self._rest_until:
            return None
        elif now < self._last_page + DISTANCE:
            return self._last_page + DISTANCE
        else:
            until = now + PATIENCE
        if until <= now:
            return None
        self.due.add(number)
        return until

    def next_page(self, now: float) -> ApiCall | None:
        """Return the call for the page that slots wait for, once."""
        if not self.due or self._in_flight_since is not None:
            return None
        self._in_flight_since = self._last_page = now
        rows = min(_MOST_ROWS, max(_LEAST_ROWS, self._factor * len(self.watched)))
        operation = catalogue().operation("list_jobs")
        return ApiCall(operation.method, operation.path, {"limit": str(rows)}, timeout=min(self.timeout, PAGE_SECONDS))

    def forget(self, number: int) -> None:
        """Take note that a slot goes on: it has been looked at, or looks by itself."""
        self.watched.pop(number, None)
        self.due.discard(number)

    def read(self, call_outcome: object, now: float) -> dict[int, Job | None]:
        """Return what a page says: the jobs of slots that may go on, None for those that have to look by themselves."""
        self._in_flight_since, self._last_page = None, now
        rows = _rows(call_outcome)
        if rows is None:
            self._rest_until = math.inf if _is_final(call_outcome) else now + REST
            return dict.fromkeys(sorted(self.due))
        seen: dict[int, Job | None] = {}
        missing = 0
        for number, job_id in self.watched.items():
            row = rows.get(_key(job_id))
            missing += row is None
            if row is None or (row.finished and not row.urls and not row.style_id):
                # A list says less about a failure than the job itself.
                if row is not None or number in self.due:
                    seen[number] = None
            else:
                seen[number] = row if row.id == job_id else replace(row, id=job_id)
        if missing and self._factor < _MOST_FACTOR:
            self._factor *= 2
        elif missing * 2 > len(self.watched):  # other programs of this account make most of the jobs
            self._rest_until = now + REST
        return seen


def _rows(call_outcome: object) -> Mapping[str, Job] | None:
    """Return the jobs on a page by their ids, or None for a response that is no page."""
    if not isinstance(call_outcome, Answer) or not 200 <= call_outcome.status < 300:
        return None
    try:
        items = _json.members(_json.document(call_outcome.body)).get("items")
        if not isinstance(items, list):
            return None
        rows = map(_json.members, cast("list[object]", items))
        jobs = [Job.from_dict(row) for row in rows if row.get("job_id")]
    except ValueError:
        return None
    return {_key(job.id): job for job in jobs}


def _is_final(call_outcome: object) -> bool:
    """Return True for a response that will not be another one later."""
    return isinstance(call_outcome, Answer) and call_outcome.status not in RETRYABLE_READS


def _key(job_id: str) -> str:
    return responses.id_key(job_id)
