"""`krea-client node-apps`, as help shows it."""

from __future__ import annotations

import click

from krea_client.cli import options

app_id = click.argument("app_id", metavar="ID")


@click.group("node-apps")
def node_apps() -> None:
    """Look at a node app, run it."""


@node_apps.command("show")
@app_id
@options.as_json
def show_node_app(app_id: str, as_json: bool) -> int:
    """Show what node app ID takes and gives."""
    from krea_client.cli import nodeapps as work

    return work.show(app_id, as_json=as_json)


@node_apps.command("run")
@app_id
@options.fields
@options.json_body
@options.output
@options.overwrite
@click.option("--no-wait", is_flag=True, help="Submit only, and print the ids of its jobs.")
@options.deadline
@options.job_as_json
def run_node_app(
    app_id: str,
    fields: tuple[str, ...],
    json_body: str | None,
    output: str | None,
    overwrite: bool,
    no_wait: bool,
    deadline: float | None,
    as_json: bool,
) -> int:
    """Run node app ID, wait for its jobs and save what they made.

    Its inputs are typed by its own schema; a file here is given as FIELD=@PATH.
    """
    from krea_client.cli import nodeapps as work
    from krea_client.cli.command_run import Delivery

    delivery = Delivery(output, overwrite, as_json, deadline)
    return work.run(work.Run(app_id, fields, json_body, not no_wait, delivery))
