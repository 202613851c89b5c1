"""`krea-client node-apps`: what a node app takes, and a run of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from krea_client._spec.catalogue import catalogue
from krea_client.cli import clients, inputs, progress, schema_fields, text_layout
from krea_client.cli.command_run import Delivery, Errand
from krea_client.jobs import COMPLETED, Job

if TYPE_CHECKING:
    from krea_client.client import Krea
    from krea_client.resources.node_apps import NodeApp

    ClientMaker = Callable[[], Krea]


@dataclass(frozen=True)
class Run:
    """A run as it was typed."""

    app_id: str
    fields: Sequence[str] = ()
    json_body: str | None = None
    wait: bool = True
    delivery: Delivery = field(default_factory=Delivery)


def show(app_id: str, *, as_json: bool = False, open_client: ClientMaker | None = None) -> int:
    """Prints a node app with what it takes; gives the exit code."""

    def work() -> None:
        with (open_client or clients.real)() as krea:
            app = krea.node_apps.get(app_id)
        click.echo(json.dumps(app.raw, indent=2, ensure_ascii=False) if as_json else "\n\n".join(_parts(app)))

    return Errand(Delivery()).run(work)


def _parts(app: NodeApp) -> Iterator[str]:
    about = f"\n{text_layout.prose(app.description)}" if app.description else ""
    yield f"{text_layout.heading(app.name or app.id)}{about}"
    for head, schema in (("Inputs", app.input_schema), ("Outputs", app.output_schema)):
        if schema:
            rows = [
                (f"{row.path}{' *' if row.required else ''}", f"{row.kind}{f'. {row.about}' if row.about else ''}")
                for row in schema_fields.fields(schema)
            ]
            yield f"{text_layout.heading(head)}{' (* must be given)' if head == 'Inputs' else ''}\n{text_layout.paragraphs(rows)}"


def run(wanted: Run, open_client: ClientMaker | None = None) -> int:
    """Runs a node app and prints what it made, the jobs in the API's order; gives the exit code."""
    delivery = wanted.delivery
    errand = Errand(delivery)

    def work() -> None:
        delivery.refuse_what_cannot_be_written()
        with (open_client or clients.real)() as krea, progress.line("node app") as line:
            app = krea.node_apps.get(wanted.app_id)
            jobs = krea.node_apps.execute(app, _inputs(krea, app, wanted, errand))
            if not wanted.wait:
                click.echo("\n".join(job.id for job in jobs))
                return
            if len(jobs) > 1:  # should one of them fail, the others can still be found
                click.echo(f"krea-client: the jobs are {', '.join(job.id for job in jobs)}", err=True)
            done = [
                errand.keep(krea.wait(errand.keep(job), deadline=delivery.deadline, on_update=line.look))
                for job in jobs
            ]
            made = _together(done)
            files = krea.save(made, delivery.output, overwrite=delivery.overwrite) if delivery.output else []
        if delivery.as_json:
            click.echo(
                json.dumps({"jobs": [job.raw for job in done], "files": [str(path) for path in files]}, indent=2)
            )
        else:
            click.echo("\n".join([*map(str, files)] or made.urls))

    return errand.run(work)


def _together(done: Sequence[Job]) -> Job:
    """The results of several jobs as those of one, each output a kind of its own, so that its file is named by its content."""
    urls = [{"type": output.key or output.kind, "url": output.url} for job in done for output in job.outputs]
    return Job.from_dict({"job_id": done[0].id, "status": COMPLETED, "result": {"urls": urls}})


def _inputs(krea: Krea, app: NodeApp, wanted: Run, errand: Errand) -> Mapping[str, Any]:
    """What the app gets, typed by its own schema; `FIELD=@PATH` is uploaded."""
    plain = catalogue().operation("execute_node_app")
    operation = replace(plain, schema=app.input_schema or plain.schema)
    typed = inputs.gather(operation, None, wanted.fields, wanted.json_body)
    errand.places.update(typed.places)
    body: dict[str, Any] = dict(typed.body)
    for name, place in typed.places.items():
        value: Any = body[name]
        if place.line is None and isinstance(value, str) and value.startswith("@"):
            found = inputs.local_file(name, value)
            body[name] = krea.assets.upload(found).url if isinstance(found, Path) else found
    return body
