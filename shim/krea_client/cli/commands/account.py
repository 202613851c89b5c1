"""`krea-client upload`, `export` and `usage`, as help shows them."""

from __future__ import annotations

import click

from krea_client.cli import options


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--description", help="What to say of it.")
@click.option("--json", "as_json", is_flag=True, help="Print each asset as JSON, a line each.")
def upload(files: tuple[str, ...], description: str | None, as_json: bool) -> int:
    """Upload each FILE and print its address, which requests take.

    A request takes local files itself (-i image_url=@in.png); this is for those that are used again and again.
    """
    from krea_client.cli import account as work

    return work.upload(files, description, as_json=as_json)


@click.command()
@click.argument("job_id", metavar="ID")
@click.argument("form", metavar="FORMAT")
@click.option("--key", help="With a job of a node app: which of its outputs.")
@options.output
@options.overwrite
@options.as_json
def export(job_id: str, form: str, key: str | None, output: str | None, overwrite: bool, as_json: bool) -> int:
    """Get the 3D result of job ID in another FORMAT, such as obj or stl, as a ZIP file."""
    from krea_client.cli import account as work
    from krea_client.cli.command_run import Delivery

    return work.export(job_id, form, key, Delivery(output, overwrite, as_json))


@click.command()
@click.argument("start")
@click.argument("end")
@options.as_json
def usage(start: str, end: str, as_json: bool) -> int:
    """Print what the workspace used from day START to day END, in compute units.

    Days are written as 2026-11-01. Needs a token that may read usage; ordinary ones may not.
    """
    from krea_client.cli import account as work

    return work.usage(start, end, as_json=as_json)
