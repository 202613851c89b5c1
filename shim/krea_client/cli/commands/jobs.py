"""`krea-client jobs`: look at jobs that were submitted before, wait for one, cancel one, find the ones that got lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

import click

from krea_client.cli import clients, console, options, paid_jobs, progress, text_layout
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.cli.current_catalogue import current_catalogue
from krea_client.errors import KreaError, NotFound

if TYPE_CHECKING:
    from krea_client._core.retrying import OnInterrupt
    from krea_client.client import Krea
    from krea_client.jobs import Job

    ClientMaker = Callable[[OnInterrupt], Krea]

CLOCK_DIFFERENCE = 5.0  # seconds from which on a difference of the clocks is said
_JOB_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{7,}")


@click.group()
def jobs() -> None:
    """List jobs, look at one, wait for it, cancel it, find lost ones."""


class JobSearch(NamedTuple):
    """Which jobs to list: created before and since these times; `most` is how many at most, None for all."""

    status: str | None = None
    types: str | None = None
    before: datetime | None = None
    since: datetime | None = None
    most: int | None = 20


@jobs.command("list")
@click.option("--status", help="Only jobs in this state, such as completed or queued.")
@click.option("--types", help="Only jobs of these types.")
@click.option(
    "--before",
    type=options.time,
    metavar="TIME",
    help="Only jobs made before this time, such as 2026-06-18T12:00:00Z.",
)
@click.option("--since", type=options.time, metavar="TIME", help="Only jobs made at this time or later.")
@options.most
@click.option("--all", "everything", is_flag=True, help="List all jobs, however many.")
@options.as_json
@options.sandbox
def list_jobs(
    status: str | None,
    types: str | None,
    before: datetime | None,
    since: datetime | None,
    most: int,
    everything: bool,
    as_json: bool,
    sandbox: bool,
) -> int:
    """List the jobs of the account, the newest first."""
    search = JobSearch(status, types, before, since, None if everything else most)
    return run_list(search, as_json, clients.maker(sandbox=sandbox))


def run_list(search: JobSearch, as_json: bool, open_client: ClientMaker) -> int:
    """Print jobs, newest first, and return the exit code."""

    def work() -> None:
        with open_client("keep") as krea:
            matches = krea.jobs.list(
                status=search.status, types=search.types, cursor=search.before, limit=_page_size(search.most)
            )
            recent = takewhile(lambda job: not _older(job, search.since), matches)
            selection = list(islice(recent, search.most))
        if as_json:
            console.result(json.dumps([job.raw for job in selection], indent=2, ensure_ascii=False))
        elif selection:
            text_layout.show(table(selection))
        else:
            console.message("krea-client: no job fits")

    return CommandRun(OutputOptions()).run(work)


def table(rows: Iterable[Job]) -> str:
    """Return a line for each job, under a head."""
    return text_layout.table(("JOB", "STATUS", "CREATED", "TOOK"), map(_cells, rows))


def _older(job: Job, moment: datetime | None) -> bool:
    return moment is not None and job.created_at is not None and job.created_at < moment


def _page_size(most: int | None) -> int | None:
    """Return how many jobs to ask for at once: no more than are needed, and than the API gives."""
    if most is None:
        return None
    query = current_catalogue().operation("list_jobs").query.schema
    largest: int = (query or {})["properties"]["limit"]["maximum"]
    return min(most, largest)


def _cells(job: Job) -> tuple[str, ...]:
    return job.id, job.status or "running", _moment(job.created_at), _took(job)


def _moment(moment: datetime | None) -> str:
    return "-" if moment is None else moment.isoformat(" ", "seconds").replace("+00:00", " UTC")


def _took(job: Job) -> str:
    if job.created_at is None or job.completed_at is None:
        return "-"
    return f"{(job.completed_at - job.created_at).total_seconds():.0f} s"


@jobs.command("show")
@options.job_id
@options.job_as_json
@options.sandbox
def show_job(job_id: str, as_json: bool, sandbox: bool) -> int:
    """Print the state of job ID and the addresses of its results."""
    return run_show(job_id, as_json, clients.maker(sandbox=sandbox))


def run_show(job_id: str, as_json: bool, open_client: ClientMaker) -> int:
    """Print where a job stands and return the exit code."""
    run = CommandRun(OutputOptions(as_json=as_json))

    def work() -> None:
        with open_client("keep") as krea:
            job = run.update(krea.jobs.get(job_id))
        if as_json:
            run.print_result()
        else:
            console.result("\n".join([job.status or "running", *job.urls, *([str(job.error)] if job.error else [])]))

    return run.run(work, keeps_records=True)


@jobs.command("wait")
@options.job_id
@options.output
@options.overwrite
@options.deadline
@options.job_as_json
@options.on_interrupt
@options.sandbox
def wait_for_job(
    job_id: str,
    target: str | None,
    overwrite: bool,
    deadline: float | None,
    as_json: bool,
    on_interrupt: OnInterrupt,
    sandbox: bool,
) -> int:
    """Wait for job ID and save its results."""
    delivery = OutputOptions(target, overwrite, as_json, deadline)
    return run_wait(job_id, delivery, on_interrupt, clients.maker(sandbox=sandbox), practice=sandbox)


def run_wait(
    job_id: str,
    delivery: OutputOptions,
    on_interrupt: OnInterrupt,
    open_client: ClientMaker,
    *,
    practice: bool = False,
) -> int:
    """Wait for a job, save its results and return the exit code."""
    run = CommandRun(delivery, practice=practice)

    def work() -> None:
        delivery.check()
        with open_client(on_interrupt) as krea, progress.line("job") as line:
            job = run.update(krea.jobs.get(job_id))
            files = run.wait_and_save(krea, job, line)
        run.print_result(files)

    return run.run(work)


@jobs.command("cancel")
@options.job_id
@options.as_json
@options.sandbox
def cancel_job(job_id: str, as_json: bool, sandbox: bool) -> int:
    """Cancel job ID. Cancelled jobs are not billed."""
    return run_cancel(job_id, as_json, clients.maker(sandbox=sandbox))


def run_cancel(job_id: str, as_json: bool, open_client: ClientMaker) -> int:
    """Cancel a job and return the exit code."""

    def work() -> None:
        with open_client("keep") as krea:
            krea.jobs.cancel(job_id)
        paid_jobs.discard(job_id)
        if as_json:
            console.result(json.dumps({"job_id": job_id, "cancelled": True}, indent=2))
        else:
            console.message(f"krea-client: job {job_id} was cancelled")

    return CommandRun(OutputOptions()).run(work)


@jobs.command("orphans")
@click.option(
    "--since",
    type=options.time,
    metavar="TIME",
    help="When the lost request was sent. Without it this computer's own records decide.",
)
@click.option(
    "--known",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Job ids that are accounted for, anywhere in the lines of a file (a log, a result of --json), or - for standard input.",
)
@options.as_json
def find_orphans(since: datetime | None, known: str | None, as_json: bool) -> int:
    """List the jobs whose results nobody got.

    First the jobs that this command submitted on this computer and whose results it did not hand over: it was ended, or could
    not write them. Then, with --since or after a request of the last day whose outcome is unknown, the jobs that it may have
    created: all jobs of the account made since that time, by whichever clock, that are not among the known ones. The API's
    list has neither prompt nor model, so other programs' jobs are among them, and two lost jobs cannot be told apart before
    their results are looked at. Nothing is cancelled or sent again.
    """
    return run_orphans(since, known, as_json, clients.maker(sandbox=False))


def run_orphans(since: datetime | None, known: str | None, as_json: bool, open_client: ClientMaker) -> int:
    """Print the recorded and the lost jobs, and return the exit code."""
    from krea_client._settings import base_url_for

    def work() -> None:
        accounted = _job_ids(known)
        base_url = base_url_for(None, own_transport=False)
        records = [record for record in paid_jobs.undelivered(base_url) if record.job_id not in accounted]
        start = since or paid_jobs.unanswered_since(base_url)
        orphans: list[Job] = []
        if records or start is not None:
            with open_client("keep") as krea:
                orphans = _orphans(krea, records, start, accounted)
        if as_json:
            console.result(json.dumps([job.raw for job in orphans], indent=2, ensure_ascii=False))
        elif orphans:
            text_layout.show(table(orphans))
        else:
            scope = "every job since then" if start is not None else "every job that this command submitted here"
            console.message(f"krea-client: {scope} is accounted for")

    return CommandRun(OutputOptions(), has_sandbox_option=False).run(work)


def _orphans(
    krea: Krea, records: Iterable[paid_jobs.PaidJob], since: datetime | None, accounted: frozenset[str]
) -> list[Job]:
    from krea_client.jobs import Job

    orphans: dict[str, Job] = {}
    for record in records:
        try:
            orphans[record.job_id] = krea.jobs.get(record.job_id)
        except NotFound:
            orphans[record.job_id] = Job.from_dict({"job_id": record.job_id, "status": "unknown to the API"})
        except KreaError as error:
            console.message(f"krea-client: job {record.job_id} ({record.subject}) could not be looked at: {error}")
            orphans[record.job_id] = Job.from_dict({"job_id": record.job_id, "status": "not reached"})
    if since is not None:
        candidates = krea.jobs.candidates(since=since)
        if sentence := _about_clocks(candidates.clock_offset):
            console.message(f"krea-client: {sentence}")
        orphans |= {job.id: job for job in candidates if job.id not in accounted | orphans.keys()}
    return list(orphans.values())


def _about_clocks(offset: timedelta | None) -> str | None:
    """Return what is worth knowing of the API's clock: that it differs from ours, or that nobody knows."""
    if offset is None:
        return "the API's clock could not be compared with this computer's, so the jobs of a day more are listed"
    seconds = offset.total_seconds()
    if abs(seconds) < CLOCK_DIFFERENCE:
        return None
    side = "ahead of" if seconds > 0 else "behind"
    return f"the API's clock is {abs(seconds):.0f} s {side} this computer's, which the search allows for"


def _job_ids(known: str | None) -> frozenset[str]:
    if known is None:
        return frozenset()
    with click.open_file(known, errors="replace") as lines:
        return frozenset(job_id for line in lines for job_id in _JOB_ID.findall(line))


COMMAND = jobs
