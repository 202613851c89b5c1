"""`krea-client styles`, as help shows it."""

from __future__ import annotations

import click

from krea_client.cli import options

style_id = click.argument("style_id", metavar="ID")


@click.group()
def styles() -> None:
    """Find trained styles, train one, share it."""


@styles.command("list")
@click.option("--filter", "owner", help="Whose styles, such as user, community or krea.")
@click.option("--model", help="Only styles for this model.")
@click.option("--liked", is_flag=True, help="Only styles that you like.")
@click.option(
    "-n", "--most", type=click.IntRange(min=1), default=20, show_default=True, help="How many styles to list at most."
)
@options.as_json
def list_styles(owner: str | None, model: str | None, liked: bool, most: int, as_json: bool) -> int:
    """List styles; their ids go into the field styles of a request."""
    from krea_client.cli import styles as work

    return work.list_found(work.Search(owner, model, liked, most), as_json=as_json)


@styles.command("show")
@style_id
@options.as_json
def show_style(style_id: str, as_json: bool) -> int:
    """Show style ID."""
    from krea_client.cli import styles as work

    return work.show(style_id, as_json=as_json)


@styles.command("train")
@click.argument("name")
@click.argument("pictures", nargs=-1, required=True, metavar="PICTURE...")
@options.fields
@click.option("--no-wait", is_flag=True, help="Submit only, and print the job's id.")
@options.deadline
@options.job_as_json
@click.option("--webhook-url", metavar="URL", help="An address that Krea calls once when the job has ended.")
def train_style(
    name: str,
    pictures: tuple[str, ...],
    fields: tuple[str, ...],
    no_wait: bool,
    deadline: float | None,
    as_json: bool,
    webhook_url: str | None,
) -> int:
    """Train a style called NAME on each PICTURE, a file or an address, and print its id.

    \b
    krea-client styles train "Blue hour" pictures/*.jpg -i model=flux_dev
    """  # noqa: D301 - click asks for a real \b before lines that it shall not wrap
    from krea_client.cli import styles as work
    from krea_client.cli.command_run import Delivery

    lesson = work.Lesson(name, pictures, fields, not no_wait, webhook_url)
    return work.train(lesson, Delivery(as_json=as_json, deadline=deadline))


@styles.command("share")
@style_id
@options.as_json
def share_style(style_id: str, as_json: bool) -> int:
    """Share style ID with your workspace."""
    from krea_client.cli import styles as work

    return work.share(style_id, shared=True, as_json=as_json)


@styles.command("unshare")
@style_id
@options.as_json
def unshare_style(style_id: str, as_json: bool) -> int:
    """Take style ID out of your workspace again."""
    from krea_client.cli import styles as work

    return work.share(style_id, shared=False, as_json=as_json)


@styles.command("link")
@style_id
@options.as_json
def link_style(style_id: str, as_json: bool) -> int:
    """Print a link by which others can use style ID."""
    from krea_client.cli import styles as work

    return work.link(style_id, as_json=as_json)
