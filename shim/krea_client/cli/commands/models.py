"""`krea-client models`, `aliases` and `translate`: what is known of models without asking anybody, as help shows it."""

from __future__ import annotations

import click

from krea_client.cli import options


@click.group()
def models() -> None:
    """List the models, or show all about one."""


@models.command("list")
@click.option("--kind", help="Only models that make this, such as image or video.")
@click.option("--vendor", help="Only models of this vendor, such as openai.")
@options.as_json
def list_models(kind: str | None, vendor: str | None, as_json: bool) -> int:
    """List the models: what each is for, its price and how long it usually takes."""
    from krea_client.cli import models as work

    return work.list_all(kind, vendor, as_json=as_json)


@models.command("show")
@options.model
@options.as_json
def show_model(model: str, as_json: bool) -> int:
    """Show all about MODEL: fields, price, old names, and a call in Python, on the command line and with curl."""
    from krea_client.cli import models as work

    return work.show(model, as_json=as_json)


@click.command()
@options.model
@options.prompt
@options.fields
@options.json_body
@options.as_json
def price(model: str, prompt: str | None, fields: tuple[str, ...], json_body: str | None, as_json: bool) -> int:
    """Print the published price of a request to MODEL, which need not be complete.

    Nothing is sent, and no token is needed.
    """
    from krea_client.cli import price_quotes as work

    return work.carry_out(model, prompt, fields, json_body, as_json=as_json)


@click.command()
@click.argument("model", required=False)
@options.as_json
def aliases(model: str | None, as_json: bool) -> int:
    """Show the old field names of MODEL, or of all models.

    Each with the new name and the day until which the API took the old one. This client goes on translating them. Where the
    field itself is gone it says so and refuses.
    """
    from krea_client.cli import deprecated_fields as work

    return work.show(model, as_json=as_json)


@click.command()
@options.model
@click.argument("file", default="-")
@click.option("--json", "as_json", is_flag=True, help="Report the renamed fields as JSON, on standard error.")
def translate(model: str, file: str, as_json: bool) -> int:
    """Rename old fields in stored requests for MODEL.

    Nothing is sent. Reads FILE, or standard input, and writes it to standard output with new names; everything else stays as
    it was written. The text is one JSON object or many, such as JSON lines. What was renamed is told on standard error, with
    its line.

    \b
    krea-client translate z-image/z-image < old.json > new.json
    """  # noqa: D301 - click asks for a real \b before lines that it shall not wrap
    from krea_client.cli import translating as work

    return work.carry_out(model, file, as_json=as_json)
