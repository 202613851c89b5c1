"""Pages of the list of jobs, for whoever looks at many jobs with one request: batches and bulk runs.

The list is ordered by creation, newest first, and a cursor means "created before". A page costs the API about as much as three single
looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from krea_client.jobs import Job

LARGEST_PAGE = 1000  # jobs, by the API's documentation
SMALLEST_PAGE = 20
SINGLES = 3  # so many single looks cost as much as one page
SHORTEST_PAUSE = 0.12  # seconds between two pages


class Look(NamedTuple):
    """One request to be made.

    Attributes:
        sweep: which round of looks it belongs to.
        job_id: the job to get; None for a page of the list.
        types: only jobs of these types; empty for all.
        before: the cursor of the page.
        limit: jobs of the page.
    """

    sweep: int
    job_id: str | None = None
    types: tuple[str, ...] = ()
    before: datetime | None = None
    limit: int = LARGEST_PAGE

    def query(self) -> dict[str, str]:
        """Return the query parameters of a page."""
        query = {"limit": str(self.limit)}
        if self.before is not None:
            query["cursor"] = self.before.isoformat().replace("+00:00", "Z")
        if self.types:
            query["types"] = ",".join(self.types)
        return query


class CreationTick:
    """The resolution of the API's creation times: one that is cut to whole seconds lies up to a second later in truth."""

    def __init__(self) -> None:
        self.value: timedelta = timedelta(seconds=1)

    def learn(self, jobs: Iterable[Job]) -> None:
        """Take creation times that the API has shown."""
        for job in jobs:
            part = job.created_at.microsecond if job.created_at is not None else 0
            if part:
                self.value = min(self.value, timedelta(microseconds=1 if part % 1_000 else 1_000))


def page_size(expected: int) -> int:
    """Return the size of a page on which so many jobs are expected."""
    return min(LARGEST_PAGE, max(SMALLEST_PAGE, expected + expected // 10 + SINGLES))


def following_page(look: Look, moments: Sequence[datetime], tick: timedelta) -> Look:
    """Return the look at the page behind one that showed jobs of these creation times.

    Jobs of one creation time may be cut apart by the page's edge, so the next page begins a tick earlier.
    """
    before = min(moments) + tick
    if look.before is None or before < look.before:
        return look._replace(before=before)
    if look.limit < LARGEST_PAGE:  # the whole page had one creation time
        return look._replace(limit=LARGEST_PAGE)
    return look._replace(before=min(moments))
