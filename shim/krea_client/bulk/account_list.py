"""Read the account's complete list of jobs back to a time, even if a page ends between jobs with equal creation times."""

from __future__ import annotations

from datetime import datetime, timedelta

from krea_client._core import operations
from krea_client._core.effects import Flow
from krea_client._core.operations import EndpointCall
from krea_client._core.retrying import CallContext, RequestOptions
from krea_client.jobs import Job

_PAGE = 1_000
_TICK = timedelta(seconds=1)  # the coarsest resolution of creation times that is expected


def newest_jobs(limit: int, options: RequestOptions, context: CallContext) -> Flow[list[Job]]:
    """Return the newest jobs of the account."""
    jobs, _ = yield from operations.list_page(
        EndpointCall("list_jobs", query={"limit": str(limit)}), options, context, Job.from_dict
    )
    return jobs


def jobs_since(moment: datetime, options: RequestOptions, context: CallContext) -> Flow[list[Job]]:
    """Return every job that was created at or after a moment of the API's clock, and the rest of the last page."""
    jobs: dict[str, Job] = {}
    cursor: str | None = None
    while True:
        query = {"limit": str(_PAGE)} if cursor is None else {"limit": str(_PAGE), "cursor": cursor}
        page, following = yield from operations.list_page(
            EndpointCall("list_jobs", query=query), options, context, Job.from_dict
        )
        fresh = [job for job in page if job.id not in jobs]
        jobs.update((job.id, job) for job in page)
        moments = [job.created_at for job in page if job.created_at is not None]
        if following is None or (moments and min(moments) < moment):
            return list(jobs.values())
        # A tick earlier than the page's end, so that jobs of one creation time are not cut apart; duplicates go by their ids.
        again = (min(moments) + _TICK).isoformat().replace("+00:00", "Z") if moments and fresh else following
        if again == cursor or not fresh:
            again = following
        if again == cursor:
            return list(jobs.values())
        cursor = again
