"""`krea-client jobs`: look at a job that was submitted before, wait for it, cancel it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from krea_client.cli import clients, progress
from krea_client.cli.errand import Delivery, Errand

if TYPE_CHECKING:
    from krea_client.client import Krea
    from krea_client.exchange import OnInterrupt

    ClientMaker = Callable[[OnInterrupt], Krea]


def show(job_id: str, as_json: bool, open_client: ClientMaker = clients.real) -> int:
    """Prints where a job stands; gives the exit code."""
    errand = Errand(Delivery(as_json=as_json))

    def work() -> None:
        with open_client("keep") as krea:
            job = errand.keep(krea.jobs.get(job_id))
        if as_json:
            errand.print_result()
        else:
            click.echo("\n".join([job.status or "running", *job.urls, *([str(job.error)] if job.error else [])]))

    return errand.run(work)


def wait(
    job_id: str, delivery: Delivery, on_interrupt: OnInterrupt = "keep", open_client: ClientMaker = clients.real
) -> int:
    """Waits for a job and saves its results; gives the exit code."""
    errand = Errand(delivery)

    def work() -> None:
        delivery.refuse_what_cannot_be_written()
        with open_client(on_interrupt) as krea, progress.line("job") as line:
            job = errand.keep(krea.jobs.get(job_id))
            files = errand.bring_home(krea, job, line)
        errand.print_result(files)

    return errand.run(work)


def cancel(job_id: str, open_client: ClientMaker = clients.real) -> int:
    """Cancels a job; gives the exit code."""

    def work() -> None:
        with open_client("keep") as krea:
            krea.jobs.cancel(job_id)
        click.echo(f"krea-client: job {job_id} was cancelled", err=True)

    return Errand(Delivery()).run(work)
