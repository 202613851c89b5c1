"""`krea-client upload`, `export` and `usage`: files to the account, results in other formats, what was used."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from krea_client.cli import clients, progress, text_layout
from krea_client.cli.command_run import Delivery, Errand
from krea_client.cli.inputs import BadInput

if TYPE_CHECKING:
    from krea_client.cli.progress import Line
    from krea_client.client import Krea
    from krea_client.resources.reports import Usage

    ClientMaker = Callable[[], Krea]


def upload(
    files: Sequence[str], description: str | None, *, as_json: bool = False, open_client: ClientMaker | None = None
) -> int:
    """Uploads files and prints the address of each; gives the exit code."""

    def work() -> None:
        lost = [name for name in files if not Path(name).is_file()]
        if lost:
            raise BadInput(f"there is no file {', '.join(lost)}; nothing was uploaded")
        with (open_client or clients.real)() as krea, progress.line("upload") as line:
            for name in files:
                asset = krea.assets.upload(Path(name), description=description, on_progress=_percent(line, name))
                click.echo(json.dumps(asset.raw, ensure_ascii=False) if as_json else asset.url)

    return Errand(Delivery()).run(work)


def _percent(line: Line, name: str) -> Callable[[int, int], None]:
    return lambda read, size: line.say(f"{name}  {100 * read // max(size, 1)} %")


def export(job_id: str, form: str, key: str | None, delivery: Delivery, open_client: ClientMaker | None = None) -> int:
    """Prints the address of a 3D result in another format, or saves it; gives the exit code."""
    from krea_client.jobs import COMPLETED, Job

    errand = Errand(delivery)

    def work() -> None:
        delivery.refuse_what_cannot_be_written()
        with (open_client or clients.real)() as krea:
            url = krea.reports.export_3d(job_id, form, node_app_key=key)
            exported = Job.from_dict({"job_id": job_id, "status": COMPLETED, "result": {"urls": [url]}})
            files = krea.save(exported, delivery.output, overwrite=delivery.overwrite) if delivery.output else ()
        if delivery.as_json:
            click.echo(json.dumps({"job_id": job_id, "url": url, "files": [str(path) for path in files]}, indent=2))
        else:
            click.echo("\n".join(map(str, files)) or url)

    return errand.run(work)


def usage(start: str, end: str, *, as_json: bool = False, open_client: ClientMaker | None = None) -> int:
    """Prints what was used from one day to another; gives the exit code."""

    def work() -> None:
        with (open_client or clients.real)() as krea:
            used = krea.reports.usage(start, end)
        click.echo(json.dumps(_as_json(used), indent=2) if as_json else _as_table(used))

    return Errand(Delivery()).run(work)


def _as_json(used: Usage) -> dict[str, object]:
    return {"compute_units": used.compute_units, "jobs": [asdict(job) for job in used.jobs]}


def _as_table(used: Usage) -> str:
    rows = [(f"{job.compute_units or 0:g}", job.job_id, job.type or "-") for job in used.jobs]
    return text_layout.table(("UNITS", "JOB", "TYPE"), [*rows, (f"{used.compute_units:g}", "in all", "")])
