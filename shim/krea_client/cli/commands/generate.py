"""`krea-client generate`, as help shows it."""

from __future__ import annotations

from typing import Any

import click

from krea_client.cli import options


@click.command()
@options.model
@options.prompt
@options.fields
@options.json_body
@options.output
@options.overwrite
@click.option("--no-wait", is_flag=True, help="Submit only, and print the job's id.")
@options.deadline
@options.job_as_json
@click.option("--webhook-url", metavar="URL", help="An address that Krea calls once when the job has ended.")
@options.on_interrupt
@click.option("--no-check", is_flag=True, help="Send the request without checking it first.")
@click.option(
    "--sandbox",
    is_flag=True,
    help="Practise: a sandbox inside this program answers in Krea's place; nothing is charged.",
)
@click.option("--dry-run", is_flag=True, help="Print the checked request and its price; send nothing. Needs no token.")
@click.option(
    "--budget",
    type=click.FloatRange(min=0),
    metavar="USD",
    help="Refuse what costs more than this, or what has no published price.",
)
def generate(
    *,
    output: str | None,
    overwrite: bool,
    deadline: float | None,
    as_json: bool,
    no_wait: bool,
    no_check: bool,
    **rest: Any,
) -> int:
    """Make something with MODEL, wait for it and save it.

    MODEL is an id such as z-image/z-image, or the path of an operation. All ids: krea-client models list.

    \b
    krea-client generate z-image/z-image -p "a gothic cathedral" \\
        -i aspect_ratio=16:9 -i resolution=1K -o cathedral.png
    """  # noqa: D301 - click asks for a real \b before lines that it shall not wrap
    from krea_client.cli import generate as work
    from krea_client.cli.command_run import Delivery

    delivery = Delivery(output, overwrite, as_json, deadline)
    # The other options are called as the order calls them.
    return work.carry_out(work.Order(delivery=delivery, wait=not no_wait, check=not no_check, **rest))
