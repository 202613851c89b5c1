"""`krea-client jobs`: look at jobs that were submitted before, wait for one, cancel one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

import click

from krea_client._spec.catalogue import catalogue
from krea_client.cli import clients, progress, text_layout
from krea_client.cli.command_run import Delivery, Errand

if TYPE_CHECKING:
    from krea_client._core.retrying import OnInterrupt
    from krea_client.client import Krea
    from krea_client.jobs import Job

    ClientMaker = Callable[[OnInterrupt], Krea]


class Search(NamedTuple):
    """Which jobs to list: made before and since these times; `most` is how many at most, None for all."""

    status: str | None = None
    types: str | None = None
    before: datetime | None = None
    since: datetime | None = None
    most: int | None = 20


def list_found(search: Search, as_json: bool, open_client: ClientMaker | None = None) -> int:
    """Prints jobs, newest first; gives the exit code."""

    def work() -> None:
        with (open_client or clients.real)("keep") as krea:
            found = krea.jobs.list(
                status=search.status, types=search.types, cursor=search.before, limit=_page(search.most)
            )
            recent = takewhile(lambda job: not _older(job, search.since), found)
            jobs = list(islice(recent, search.most))
        if as_json:
            click.echo(json.dumps([job.raw for job in jobs], indent=2, ensure_ascii=False))
        elif jobs:
            click.echo(table(jobs))
        else:
            click.echo("krea-client: no job fits", err=True)

    return Errand(Delivery()).run(work)


def table(jobs: Iterable[Job]) -> str:
    """A line for each job, under a head."""
    return text_layout.table(("JOB", "STATUS", "CREATED", "TOOK"), map(_cells, jobs))


def _older(job: Job, moment: datetime | None) -> bool:
    return moment is not None and job.created_at is not None and job.created_at < moment


def _page(most: int | None) -> int | None:
    """How many jobs to ask for at once: no more than are wanted, and than the API gives."""
    if most is None:
        return None
    limit = catalogue().operation("list_jobs").query.schema
    largest: int = (limit or {})["properties"]["limit"]["maximum"]
    return min(most, largest)


def _cells(job: Job) -> tuple[str, ...]:
    return job.id, job.status or "running", _moment(job.created_at), _took(job)


def _moment(moment: datetime | None) -> str:
    return "-" if moment is None else moment.isoformat(" ", "seconds").replace("+00:00", " UTC")


def _took(job: Job) -> str:
    if job.created_at is None or job.completed_at is None:
        return "-"
    return f"{(job.completed_at - job.created_at).total_seconds():.0f} s"


def show(job_id: str, as_json: bool, open_client: ClientMaker | None = None) -> int:
    """Prints where a job stands; gives the exit code."""
    errand = Errand(Delivery(as_json=as_json))

    def work() -> None:
        with (open_client or clients.real)("keep") as krea:
            job = errand.keep(krea.jobs.get(job_id))
        if as_json:
            errand.print_result()
        else:
            click.echo("\n".join([job.status or "running", *job.urls, *([str(job.error)] if job.error else [])]))

    return errand.run(work)


def wait(
    job_id: str, delivery: Delivery, on_interrupt: OnInterrupt = "keep", open_client: ClientMaker | None = None
) -> int:
    """Waits for a job and saves its results; gives the exit code."""
    errand = Errand(delivery)

    def work() -> None:
        delivery.refuse_what_cannot_be_written()
        with (open_client or clients.real)(on_interrupt) as krea, progress.line("job") as line:
            job = errand.keep(krea.jobs.get(job_id))
            files = errand.bring_home(krea, job, line)
        errand.print_result(files)

    return errand.run(work)


def cancel(job_id: str, as_json: bool = False, open_client: ClientMaker | None = None) -> int:
    """Cancels a job; gives the exit code."""

    def work() -> None:
        with (open_client or clients.real)("keep") as krea:
            krea.jobs.cancel(job_id)
        if as_json:
            click.echo(json.dumps({"job_id": job_id, "cancelled": True}, indent=2))
        else:
            click.echo(f"krea-client: job {job_id} was cancelled", err=True)

    return Errand(Delivery()).run(work)
