"""`krea-client usage`: what the workspace used."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from krea_client.cli import clients, console, options, text_layout
from krea_client.cli.command_run import CommandRun, OutputOptions

if TYPE_CHECKING:
    from krea_client.client import Krea
    from krea_client.resources.reports import Usage


@click.command()
@click.argument("start")
@click.argument("end")
@options.as_json
@options.sandbox
def usage(start: str, end: str, as_json: bool, sandbox: bool) -> int:
    """Print what the workspace used from day START to day END, in compute units.

    Days are written as 2026-11-01. Needs a token that may read usage; ordinary ones may not.
    """
    return run_usage(start, end, clients.maker(sandbox=sandbox), as_json=as_json)


def run_usage(start: str, end: str, open_client: Callable[[], Krea], *, as_json: bool = False) -> int:
    """Print what was used from one day to another, and return the exit code."""

    def work() -> None:
        with open_client() as krea:
            report = krea.reports.usage(start, end)
        if as_json:
            console.result(json.dumps(_as_json(report), indent=2))
        else:
            text_layout.show(_as_table(report))

    return CommandRun(OutputOptions()).run(work)


def _as_json(report: Usage) -> dict[str, object]:
    return {"compute_units": report.compute_units, "jobs": [asdict(job) for job in report.jobs]}


def _as_table(report: Usage) -> str:
    rows = [(f"{job.compute_units or 0:g}", job.job_id, job.type or "-") for job in report.jobs]
    return text_layout.table(("UNITS", "JOB", "TYPE"), [*rows, (f"{report.compute_units:g}", "in all", "")])


COMMAND = usage
