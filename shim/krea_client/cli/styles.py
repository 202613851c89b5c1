"""`krea-client styles`: find trained styles, train one, share it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from krea_client._spec.catalogue import catalogue
from krea_client.cli import clients, inputs, progress, text_layout
from krea_client.cli.command_run import Delivery, Errand

if TYPE_CHECKING:
    from krea_client.client import Krea
    from krea_client.resources.styles import Style

    ClientMaker = Callable[[], Krea]


class Search(NamedTuple):
    """Which styles to list; `most` is how many at most."""

    owner: str | None = None
    model: str | None = None
    liked: bool = False
    most: int = 20


class Lesson(NamedTuple):
    """A training as it was typed."""

    name: str
    pictures: Sequence[str]
    fields: Sequence[str] = ()
    wait: bool = True
    webhook_url: str | None = None


def list_found(search: Search, *, as_json: bool = False, open_client: ClientMaker | None = None) -> int:
    """Prints styles; gives the exit code."""

    def work() -> None:
        with (open_client or clients.real)() as krea:
            found = krea.styles.search(filter=search.owner, model=search.model, liked=search.liked or None)
            styles = list(islice(found, search.most))
        if as_json:
            click.echo(json.dumps([style.raw for style in styles], indent=2, ensure_ascii=False))
        elif styles:
            click.echo(text_layout.table(("STYLE", "MODELS", "TITLE"), map(_cells, styles)))
        else:
            click.echo("krea-client: no style fits", err=True)

    return Errand(Delivery()).run(work)


def _cells(style: Style) -> tuple[str, ...]:
    return style.id, ", ".join(style.models) or "-", style.title or "-"


def show(style_id: str, *, as_json: bool = False, open_client: ClientMaker | None = None) -> int:
    """Prints one style; gives the exit code."""

    def work() -> None:
        with (open_client or clients.real)() as krea:
            style = krea.styles.get(style_id)
        if as_json:
            click.echo(json.dumps(style.raw, indent=2, ensure_ascii=False))
            return
        facts = [
            ("Title", style.title or "-"),
            ("Models", ", ".join(style.models) or "-"),
            ("Owner", style.owner_name or "-"),
            ("Public", "yes" if style.public else "no"),
            ("Made", f"{style.created_at:%Y-%m-%d}" if style.created_at else "-"),
            *[("" if number else "Pictures", url) for number, url in enumerate(style.urls)],
        ]
        click.echo(f"{text_layout.heading(style.id)}\n{text_layout.paragraphs(facts, indent=0)}")

    return Errand(Delivery()).run(work)


def train(lesson: Lesson, delivery: Delivery, open_client: ClientMaker | None = None) -> int:
    """Trains a style and prints its id; gives the exit code."""
    errand = Errand(delivery)

    def work() -> None:
        operation = catalogue().operation("train_style")
        typed = inputs.gather(operation, None, lesson.fields, None)
        errand.places.update(typed.places)
        pictures = [inputs.local_file("urls", text) for text in lesson.pictures]
        body: dict[str, Any] = {**typed.body, "name": lesson.name, "urls": pictures}
        with (open_client or clients.real)() as krea, progress.line("training") as line:
            line.say("submitting")
            job = errand.keep(krea.styles.train(body, webhook_url=lesson.webhook_url))
            if lesson.wait:
                errand.bring_home(krea, job, line)
        style_id = errand.job.style_id if errand.job else None
        if delivery.as_json:
            errand.print_result()
        else:
            click.echo(style_id or job.id)

    return errand.run(work)


def share(style_id: str, *, shared: bool, as_json: bool = False, open_client: ClientMaker | None = None) -> int:
    """Shares a style with the workspace or takes it back; gives the exit code."""

    def work() -> None:
        with (open_client or clients.real)() as krea:
            (krea.styles.share if shared else krea.styles.unshare)(style_id)
        if as_json:
            click.echo(json.dumps({"style_id": style_id, "shared": shared}, indent=2))
        else:
            click.echo(f"krea-client: style {style_id} is {'shared' if shared else 'no longer shared'}", err=True)

    return Errand(Delivery()).run(work)


def link(style_id: str, *, as_json: bool = False, open_client: ClientMaker | None = None) -> int:
    """Prints a link by which others can use a style; gives the exit code."""

    def work() -> None:
        with (open_client or clients.real)() as krea:
            address = krea.styles.share_link(style_id)
        click.echo(json.dumps({"style_id": style_id, "link": address}, indent=2) if as_json else address)

    return Errand(Delivery()).run(work)
