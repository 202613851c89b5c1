"""`krea-client price`: the published price of a request, without sending it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from krea_client.cli import console, inputs, loose_arguments, options, shell_completion
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.cli.model_ids import operation_of


@click.command(cls=shell_completion.LooseCommand, context_settings=options.LOOSE_SETTINGS)
@options.model
@options.loose
@options.prompt
@options.fields
@options.json_body
@options.as_json
def price(
    model: str,
    loose: tuple[str, ...],
    prompt: str | None,
    fields: tuple[str, ...],
    json_body: str | None,
    as_json: bool,
) -> int:
    """Print the published price of a request to MODEL, which need not be complete.

    What the price depends on and is not given is assumed to be its default, and said. Nothing is sent, and no token is needed.
    """
    return run_price(model, loose, prompt, fields, json_body, as_json=as_json)


def run_price(
    model: str,
    loose: Sequence[str] = (),
    prompt: str | None = None,
    fields: Sequence[str] = (),
    json_body: str | None = None,
    *,
    as_json: bool = False,
) -> int:
    """Print the price and return the exit code."""
    from krea_client._request.build import SubmitOptions
    from krea_client.cli import price_quotes

    run = CommandRun(OutputOptions())

    def work() -> None:
        operation = operation_of(model)
        arguments = loose_arguments.merged(operation, loose, prompt, fields)
        request = inputs.gather(operation, arguments.prompt, arguments.fields, json_body)
        run.locations.update(request.locations)
        quote = price_quotes.quote(operation, request.body, "silent", SubmitOptions(require_all=False))
        if as_json:
            content = {**quote.price._asdict(), "assumed": quote.assumed}
            console.result(json.dumps(content, indent=2, ensure_ascii=False))
        else:
            console.result(quote.price_text())

    return run.run(work)


COMMAND = price
