"""`krea-client jobs`, as help shows it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from krea_client.cli import options

if TYPE_CHECKING:
    from krea_client._core.retrying import OnInterrupt


@click.group()
def jobs() -> None:
    """List jobs, look at one, wait for it, cancel it."""


@jobs.command("list")
@click.option("--status", help="Only jobs in this state, such as completed or queued.")
@click.option("--types", help="Only jobs of these types.")
@click.option(
    "--before",
    type=options.moment,
    metavar="TIME",
    help="Only jobs made before this time, such as 2026-06-18T12:00:00Z.",
)
@click.option("--since", type=options.moment, metavar="TIME", help="Only jobs made at this time or later.")
@click.option(
    "-n", "--most", type=click.IntRange(min=1), default=20, show_default=True, help="How many jobs to list at most."
)
@click.option("--all", "everything", is_flag=True, help="List all jobs, however many.")
@options.as_json
def list_jobs(
    status: str | None,
    types: str | None,
    before: datetime | None,
    since: datetime | None,
    most: int,
    everything: bool,
    as_json: bool,
) -> int:
    """List the jobs of the account, the newest first."""
    from krea_client.cli import jobs as work

    return work.list_found(work.Search(status, types, before, since, None if everything else most), as_json)


@jobs.command("show")
@options.job_id
@options.job_as_json
def show_job(job_id: str, as_json: bool) -> int:
    """Print the state of job ID and the addresses of its results."""
    from krea_client.cli import jobs as work

    return work.show(job_id, as_json)


@jobs.command("wait")
@options.job_id
@options.output
@options.overwrite
@options.deadline
@options.job_as_json
@options.on_interrupt
def wait_for_job(
    job_id: str,
    output: str | None,
    overwrite: bool,
    deadline: float | None,
    as_json: bool,
    on_interrupt: OnInterrupt,
) -> int:
    """Wait for job ID and save its results."""
    from krea_client.cli import jobs as work
    from krea_client.cli.command_run import Delivery

    return work.wait(job_id, Delivery(output, overwrite, as_json, deadline), on_interrupt)


@jobs.command("cancel")
@options.job_id
@options.as_json
def cancel_job(job_id: str, as_json: bool) -> int:
    """Cancel job ID. Cancelled jobs are not billed."""
    from krea_client.cli import jobs as work

    return work.cancel(job_id, as_json)
