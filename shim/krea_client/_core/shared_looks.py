"""Looks that many jobs of a batch share: one page of the account's list instead of one request for each job."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Self, cast

from krea_client import _json
from krea_client._core import responses
from krea_client._core.effects import Answer, ApiCall
from krea_client._core.list_pages import (
    LARGEST_PAGE,
    SHORTEST_PAUSE,
    SINGLES,
    SMALLEST_PAGE,
    CreationTick,
    Look,
    following_page,
)
from krea_client._core.policies import RETRYABLE_READS
from krea_client._spec.catalogue import catalogue
from krea_client.jobs import Job

PAGE_SLOT = 0  # the number of a page among the calls of a batch, whose slots begin with 1
PATIENCE = 2.0  # seconds that a look that is due waits for a page in flight
PAGE_SECONDS = 10.0  # time-out of a page; the looks behind it have gone their own way long before
REST = 30.0  # seconds without pages after one that was of no use
_MOST_PAGES = 4  # of one walk through the list
_MOST_FACTOR = 8  # times the rows that the jobs would need if they were the account's last ones
_NEWEST = Look(0)


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
    _look: Look = _NEWEST  # the page in flight, or the last one
    _following: Look | None = None  # the page behind it, where jobs that wait were not on it
    _pages: int = 0  # of the walk so far
    _unseen: set[int] = field(default_factory=set[int])  # slots whose jobs were not on a page of the walk
    _tick: CreationTick = field(default_factory=CreationTick)

    @classmethod
    def off(cls) -> Self:
        """Return looks that are not shared."""
        return cls(_rest_until=math.inf)

    def shared_by(self) -> int:
        """Return the number of jobs that the next look is about, with the one that asks."""
        count = len(self.watched) + 1
        return count if count >= SINGLES and self._rest_until < math.inf else 1

    def wait_for_page(self, number: int, now: float) -> float | None:
        """Return until when a slot whose look is due should wait for a page, or None where it should look by itself."""
        if number not in self.watched:
            return None
        if self._in_flight_since is not None:
            until = self._in_flight_since + PATIENCE
        elif len(self.watched) < SINGLES or now < self._rest_until:
            return None
        elif now < self._last_page + SHORTEST_PAUSE:
            return self._last_page + SHORTEST_PAUSE
        else:
            until = now + PATIENCE
        if until <= now:
            return None
        self.due.add(number)
        return until

    def next_page(self, now: float) -> ApiCall | None:
        """Return the call for the page that slots wait for, once."""
        if self._in_flight_since is not None:
            return None
        if not self.due:
            self._following = None
            return None
        self._in_flight_since = self._last_page = now
        if self._following is None:
            rows = min(LARGEST_PAGE, max(SMALLEST_PAGE, self._factor * len(self.watched)))
            self._look, self._pages, self._unseen = _NEWEST._replace(limit=rows), 0, set(self.watched)
        else:
            self._look, self._following = self._following, None
        self._pages += 1
        operation = catalogue().operation("list_jobs")
        return ApiCall(operation.method, operation.path, self._look.query(), timeout=min(self.timeout, PAGE_SECONDS))

    def forget(self, number: int) -> None:
        """Take note that a slot goes on: it has been looked at, or looks by itself."""
        self.watched.pop(number, None)
        self.due.discard(number)

    def read(self, call_outcome: object, now: float) -> dict[int, Job | None]:
        """Return what a page says: the jobs of slots that may go on, None for those that have to look by themselves."""
        self._in_flight_since, self._last_page = None, now
        page = _page(call_outcome)
        if page is None:
            self._rest_until = math.inf if _is_final(call_outcome) else now + REST
            return dict.fromkeys(sorted(self.due))
        seen: dict[int, Job | None] = {}
        for number, job_id in self.watched.items():
            row = page.rows.get(_key(job_id))
            if row is None:
                continue
            self._unseen.discard(number)
            if row.finished and not row.urls and not row.style_id:
                seen[number] = None  # a list says less about a failure than the job itself
            else:
                seen[number] = row if row.id == job_id else replace(row, id=job_id)
        missing = self._unseen & self.watched.keys()
        if missing & self.due and (following := self._page_behind(page)) is not None:
            self._following = following
            return seen
        self._end_walk(len(missing), now)
        return seen | dict.fromkeys(sorted(missing & self.due))

    def _page_behind(self, page: _ListedJobs) -> Look | None:
        """Return the look at the next page, where the list goes on and has creation times."""
        jobs = page.rows.values()
        self._tick.learn(jobs)
        moments = [job.created_at for job in jobs if job.created_at is not None]
        if not page.more or not moments or self._pages >= _MOST_PAGES:
            return None
        return following_page(self._look, moments, self._tick.value)

    def _end_walk(self, missing: int, now: float) -> None:
        if (missing or self._pages > 1) and self._factor < _MOST_FACTOR:
            self._factor *= 2
        elif missing * 2 > len(self.watched):  # other programs of this account make most of the jobs
            self._rest_until = now + REST


class _ListedJobs(NamedTuple):
    """The jobs on a page by their ids, and whether the list goes on behind it."""

    rows: Mapping[str, Job]
    more: bool


def _page(call_outcome: object) -> _ListedJobs | None:
    """Return a page, or None for a response that is none."""
    if not isinstance(call_outcome, Answer) or not 200 <= call_outcome.status < 300:
        return None
    try:
        members = _json.members(_json.document(call_outcome.body))
        items = members.get("items")
        if not isinstance(items, list):
            return None
        rows = map(_json.members, cast("list[object]", items))
        jobs = [Job.from_dict(row) for row in rows if row.get("job_id")]
    except ValueError:
        return None
    return _ListedJobs({_key(job.id): job for job in jobs}, members.get("next_cursor") is not None)


def _is_final(call_outcome: object) -> bool:
    """Return True for a response that will not be another one later."""
    return isinstance(call_outcome, Answer) and call_outcome.status not in RETRYABLE_READS


def _key(job_id: str) -> str:
    return responses.id_key(job_id)
