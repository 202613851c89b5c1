"""`krea-client export`: a 3D result in another format."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from krea_client.cli import clients, console, options, progress
from krea_client.cli.command_run import CommandRun, OutputOptions

if TYPE_CHECKING:
    from krea_client.client import Krea


@click.command()
@options.job_id
@click.argument("file_format", metavar="FORMAT")
@click.option("--key", help="With a job of a node app: which of its outputs.")
@options.output
@options.overwrite
@options.as_json
@options.sandbox
def export(
    job_id: str, file_format: str, key: str | None, target: str | None, overwrite: bool, as_json: bool, sandbox: bool
) -> int:
    """Get the 3D result of job ID in another FORMAT, such as obj or stl, as a ZIP file."""
    delivery = OutputOptions(target, overwrite, as_json)
    return run_export(job_id, file_format, key, delivery, clients.maker(sandbox=sandbox))


def run_export(
    job_id: str, file_format: str, key: str | None, delivery: OutputOptions, open_client: Callable[[], Krea]
) -> int:
    """Print the address of a 3D result in another format, or save it, and return the exit code."""
    from krea_client.jobs import COMPLETED, Job

    run = CommandRun(delivery)

    def work() -> None:
        delivery.check()
        with open_client() as krea, progress.line("export") as line:
            url = krea.reports.export_3d(job_id, file_format, node_app_key=key)
            exported = Job.from_dict({"job_id": job_id, "status": COMPLETED, "result": {"urls": [url]}})
            files = run.save(krea, exported, line)
        if delivery.as_json:
            content = {"job_id": job_id, "url": url, "files": [str(path) for path in files]}
            console.result(json.dumps(content, indent=2))
        elif not delivery.to_stdout:
            console.result("\n".join(map(str, files)) or url)

    return run.run(work)


COMMAND = export
