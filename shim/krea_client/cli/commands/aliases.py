"""`krea-client aliases`: the tables of deprecated field names."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from datetime import date as Date
from itertools import groupby
from operator import itemgetter

import click

from krea_client._spec.catalogue import Catalogue
from krea_client.cli import console, deprecated_fields, options, shell_completion, text_layout
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.cli.current_catalogue import current_catalogue
from krea_client.cli.model_ids import operation_of


@click.command()
@click.argument("model", required=False, shell_complete=shell_completion.models)
@options.as_json
def aliases(model: str | None, as_json: bool) -> int:
    """Show the deprecated field names of MODEL, or of all models.

    Each with the present name and the day until which the API took the deprecated one. This client goes on translating them.
    Where the field itself was retired it says so and refuses.
    """
    return run_aliases(model, as_json=as_json)


def run_aliases(
    model: str | None, *, as_json: bool, models_catalogue: Catalogue | None = None, today: Date | None = None
) -> int:
    """Print the deprecated names of one model or of all, and return the exit code."""
    day = today or datetime.now(UTC).date()
    return CommandRun(OutputOptions()).run(
        lambda: _show(model, models_catalogue or current_catalogue(), day, as_json=as_json)
    )


def _show(model: str | None, models_catalogue: Catalogue, today: Date, *, as_json: bool) -> None:
    operations = (
        [operation_of(model, models_catalogue)]
        if model
        else [models_catalogue.operation(name) for name in models_catalogue.models.values()]
    )
    rows = [row for operation in operations for row in deprecated_fields.rows(operation, today)]
    if as_json:
        console.result(json.dumps(rows, indent=2, ensure_ascii=False))
    elif rows:
        groups = groupby(rows, key=itemgetter("model"))
        cells = [(name, [*map(deprecated_fields.cells, members)]) for name, members in groups]
        text_layout.show(text_layout.grouped(cells))
    else:
        console.message(f"krea-client: {model or 'no model'} has no deprecated field names")


COMMAND = aliases
