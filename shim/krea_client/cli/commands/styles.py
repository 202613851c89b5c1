"""`krea-client styles`: find trained styles, train one, share it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from krea_client.cli import clients, console, inputs, options, progress, text_layout
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.cli.current_catalogue import current_catalogue

if TYPE_CHECKING:
    from krea_client.client import Krea
    from krea_client.resources.styles import Style

    ClientMaker = Callable[[], Krea]

_style_id = click.argument("style_id", metavar="ID")


@click.group()
def styles() -> None:
    """Find trained styles, train one, share it."""


class StyleSearch(NamedTuple):
    """Which styles to list; `most` is how many at most."""

    owner: str | None = None
    model: str | None = None
    liked: bool = False
    most: int = 20


@styles.command("list")
@click.option("--filter", "owner", help="Whose styles, such as user, community or krea.")
@click.option("--model", help="Only styles for this model.")
@click.option("--liked", is_flag=True, help="Only styles that you like.")
@options.most
@options.as_json
@options.sandbox
def list_styles(owner: str | None, model: str | None, liked: bool, most: int, as_json: bool, sandbox: bool) -> int:
    """List styles; their ids go into the field styles of a request."""
    return run_list(StyleSearch(owner, model, liked, most), clients.maker(sandbox=sandbox), as_json=as_json)


def run_list(search: StyleSearch, open_client: ClientMaker, *, as_json: bool = False) -> int:
    """Print styles and return the exit code."""

    def work() -> None:
        with open_client() as krea:
            matches = krea.styles.search(filter=search.owner, model=search.model, liked=search.liked or None)
            selection = list(islice(matches, search.most))
        if as_json:
            console.result(json.dumps([style.raw for style in selection], indent=2, ensure_ascii=False))
        elif selection:
            text_layout.show(text_layout.table(("STYLE", "MODELS", "TITLE"), map(_cells, selection)))
        else:
            console.message("krea-client: no style fits")

    return CommandRun(OutputOptions()).run(work)


def _cells(style: Style) -> tuple[str, ...]:
    return style.id, ", ".join(style.models) or "-", style.title or "-"


@styles.command("show")
@_style_id
@options.as_json
@options.sandbox
def show_style(style_id: str, as_json: bool, sandbox: bool) -> int:
    """Show style ID."""
    return run_show(style_id, clients.maker(sandbox=sandbox), as_json=as_json)


def run_show(style_id: str, open_client: ClientMaker, *, as_json: bool = False) -> int:
    """Print one style and return the exit code."""

    def work() -> None:
        with open_client() as krea:
            style = krea.styles.get(style_id)
        if as_json:
            console.result(json.dumps(style.raw, indent=2, ensure_ascii=False))
            return
        facts = [
            ("Title", style.title or "-"),
            ("Models", ", ".join(style.models) or "-"),
            ("Owner", style.owner_name or "-"),
            ("Public", "yes" if style.public else "no"),
            ("Made", f"{style.created_at:%Y-%m-%d}" if style.created_at else "-"),
            *[("" if number else "Pictures", url) for number, url in enumerate(style.urls)],
        ]
        console.result(f"{text_layout.heading(style.id)}\n{text_layout.paragraphs(facts, indent=0)}")

    return CommandRun(OutputOptions()).run(work)


class Training(NamedTuple):
    """The options of a training."""

    name: str
    pictures: Sequence[str]
    fields: Sequence[str] = ()
    wait: bool = True
    webhook_url: str | None = None
    sandbox: bool = False


@styles.command("train")
@click.argument("name")
@click.argument("pictures", nargs=-1, required=True, metavar="PICTURE...", type=click.Path())
@options.fields
@options.no_wait
@options.deadline
@options.job_as_json
@options.webhook_url
@options.sandbox
def train_style(*, deadline: float | None, as_json: bool, no_wait: bool, **training: Any) -> int:
    """Train a style called NAME on each PICTURE, a file or an address, and print its id.

    \b
    krea-client styles train "Blue hour" pictures/*.jpg -i model=flux_dev
    """  # noqa: D301 - click asks for a real \b before lines that it shall not wrap
    settings = Training(wait=not no_wait, **training)
    return run_train(
        settings, OutputOptions(as_json=as_json, deadline=deadline), clients.maker(sandbox=settings.sandbox)
    )


def run_train(training: Training, delivery: OutputOptions, open_client: ClientMaker) -> int:
    """Train a style, print its id, and return the exit code."""
    run = CommandRun(delivery, practice=training.sandbox)

    def work() -> None:
        delivery.check()
        operation = current_catalogue().operation("train_style")
        request = inputs.gather(operation, None, training.fields, None)
        run.locations.update(request.locations)
        pictures = [inputs.local_file("urls", text) for text in training.pictures]
        body: dict[str, Any] = {**request.body, "name": training.name, "urls": pictures}
        with open_client() as krea, progress.line("training", operation.typical_seconds) as line:
            line.show_state("submitting")
            with run.submitting(f"training {training.name}"):
                job = run.paid(krea.styles.train(body, webhook_url=training.webhook_url), f"training {training.name}")
            if training.wait:
                run.wait_and_save(krea, job, line)
        style_id = run.job.style_id if run.job else None
        if delivery.as_json:
            run.print_result()
        else:
            console.result(style_id or job.id)

    return run.run(work)


@styles.command("share")
@_style_id
@options.as_json
@options.sandbox
def share_style(style_id: str, as_json: bool, sandbox: bool) -> int:
    """Share style ID with your workspace."""
    return run_share(style_id, clients.maker(sandbox=sandbox), shared=True, as_json=as_json)


@styles.command("unshare")
@_style_id
@options.as_json
@options.sandbox
def unshare_style(style_id: str, as_json: bool, sandbox: bool) -> int:
    """Take style ID out of your workspace again."""
    return run_share(style_id, clients.maker(sandbox=sandbox), shared=False, as_json=as_json)


def run_share(style_id: str, open_client: ClientMaker, *, shared: bool, as_json: bool = False) -> int:
    """Share a style with the workspace or take it back, and return the exit code."""

    def work() -> None:
        with open_client() as krea:
            (krea.styles.share if shared else krea.styles.unshare)(style_id)
        if as_json:
            console.result(json.dumps({"style_id": style_id, "shared": shared}, indent=2))
        else:
            console.message(f"krea-client: style {style_id} is {'shared' if shared else 'no longer shared'}")

    return CommandRun(OutputOptions()).run(work)


@styles.command("link")
@_style_id
@options.as_json
@options.sandbox
def link_style(style_id: str, as_json: bool, sandbox: bool) -> int:
    """Print a link by which others can use style ID."""
    return run_link(style_id, clients.maker(sandbox=sandbox), as_json=as_json)


def run_link(style_id: str, open_client: ClientMaker, *, as_json: bool = False) -> int:
    """Print a link by which others can use a style, and return the exit code."""

    def work() -> None:
        with open_client() as krea:
            address = krea.styles.share_link(style_id)
        console.result(json.dumps({"style_id": style_id, "link": address}, indent=2) if as_json else address)

    return CommandRun(OutputOptions()).run(work)


COMMAND = styles
