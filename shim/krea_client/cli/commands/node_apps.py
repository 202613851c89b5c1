"""`krea-client node-apps`: what a node app takes, and a run of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from krea_client._spec import schema_fields
from krea_client.cli import clients, console, inputs, options, progress, text_layout
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.cli.current_catalogue import current_catalogue
from krea_client.jobs import COMPLETED, Job

if TYPE_CHECKING:
    from krea_client.client import Krea
    from krea_client.resources.node_apps import NodeApp

    ClientMaker = Callable[[], Krea]

_app_id = click.argument("app_id", metavar="ID")


@click.group("node-apps")
def node_apps() -> None:
    """Look at a node app, run it."""


@node_apps.command("show")
@_app_id
@options.as_json
@options.sandbox
def show_node_app(app_id: str, as_json: bool, sandbox: bool) -> int:
    """Show what node app ID takes and gives."""
    return run_show(app_id, clients.maker(sandbox=sandbox), as_json=as_json)


def run_show(app_id: str, open_client: ClientMaker, *, as_json: bool = False) -> int:
    """Print a node app with what it takes, and return the exit code."""

    def work() -> None:
        with open_client() as krea:
            app = krea.node_apps.get(app_id)
        if as_json:
            console.result(json.dumps(app.raw, indent=2, ensure_ascii=False))
        else:
            text_layout.show("\n\n".join(_parts(app)))

    return CommandRun(OutputOptions()).run(work)


def _parts(app: NodeApp) -> Iterator[str]:
    about = f"\n{text_layout.prose(app.description)}" if app.description else ""
    yield f"{text_layout.heading(app.name or app.id)}{about}"
    for head, schema in (("Inputs", app.input_schema), ("Outputs", app.output_schema)):
        if schema:
            rows = [
                (f"{row.path}{' *' if row.required else ''}", f"{row.kind}{f'. {row.about}' if row.about else ''}")
                for row in schema_fields.fields(schema)
            ]
            legend = " (* must be given)" if head == "Inputs" else ""
            yield f"{text_layout.heading(head)}{legend}\n{text_layout.paragraphs(rows)}"


@node_apps.command("run")
@_app_id
@options.fields
@options.json_body
@options.output
@options.overwrite
@click.option("--no-wait", is_flag=True, help="Submit only, and print the ids of its jobs.")
@options.deadline
@options.job_as_json
@options.sandbox
def run_node_app(
    app_id: str,
    fields: tuple[str, ...],
    json_body: str | None,
    target: str | None,
    overwrite: bool,
    no_wait: bool,
    deadline: float | None,
    as_json: bool,
    sandbox: bool,
) -> int:
    """Run node app ID, wait for its jobs and save what they made.

    Its inputs are typed by its own schema; a file here is given as FIELD=@PATH.
    """
    delivery = OutputOptions(target, overwrite, as_json, deadline)
    execution = NodeAppExecution(app_id, fields, json_body, not no_wait, delivery, sandbox)
    return run_execution(execution, clients.maker(sandbox=sandbox))


@dataclass(frozen=True)
class NodeAppExecution:
    """The options of a run; `delivery` is where its results go."""

    app_id: str
    fields: Sequence[str] = ()
    json_body: str | None = None
    wait: bool = True
    delivery: OutputOptions = field(default_factory=OutputOptions)
    sandbox: bool = False


def run_execution(execution: NodeAppExecution, open_client: ClientMaker) -> int:
    """Run a node app, print what it made, the jobs in the API's order, and return the exit code."""
    run = CommandRun(execution.delivery, practice=execution.sandbox)
    return run.run(lambda: _execute(execution, run, open_client))


def _execute(execution: NodeAppExecution, run: CommandRun, open_client: ClientMaker) -> None:
    delivery = execution.delivery
    delivery.check()
    with open_client() as krea, progress.line("node app") as line:
        app = krea.node_apps.get(execution.app_id)
        body = _request_body(krea, app, execution, run)
        with run.submitting(f"node app {app.id}"):
            jobs = [run.paid(job, f"node app {app.id}") for job in krea.node_apps.execute(app, body)]
        if not execution.wait:
            console.result("\n".join(job.id for job in jobs))
            return
        if len(jobs) > 1:  # should one of them fail, the others can still be found
            console.message(f"krea-client: the jobs are {', '.join(job.id for job in jobs)}")
        finished = [
            run.update(krea.wait(run.update(job), deadline=delivery.deadline, on_update=line.show_job)) for job in jobs
        ]
        combined = _combined(finished)
        files = run.save(krea, combined, line)
    if delivery.as_json:
        content = {"jobs": [job.raw for job in finished], "files": [str(path) for path in files]}
        console.result(json.dumps(content, indent=2))
    elif not delivery.to_stdout:
        console.result("\n".join([*map(str, files)] or combined.urls))


def _combined(finished: Sequence[Job]) -> Job:
    """Return the results of several jobs as those of one, each output a kind of its own, so that its file is named by its content."""
    urls = [{"type": result.key or result.kind, "url": result.url} for job in finished for result in job.outputs]
    return Job.from_dict({"job_id": finished[0].id, "status": COMPLETED, "result": {"urls": urls}})


def _request_body(krea: Krea, app: NodeApp, execution: NodeAppExecution, run: CommandRun) -> Mapping[str, Any]:
    """Return what the app gets, typed by its own schema; `FIELD=@PATH` is uploaded."""
    operation = current_catalogue().operation("execute_node_app")
    typed = replace(operation, schema=app.input_schema or operation.schema)
    request = inputs.gather(typed, None, execution.fields, execution.json_body)
    run.locations.update(request.locations)
    body: dict[str, Any] = dict(request.body)
    for name, location in request.locations.items():
        value: Any = body[name]
        if location.line is None and isinstance(value, str) and value.startswith("@"):
            file = inputs.local_file(name, value)
            body[name] = krea.assets.upload(file).url if isinstance(file, Path) else file
    return body


COMMAND = node_apps
