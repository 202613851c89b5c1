"""`krea-client spec`: the OpenAPI document that came with this package, for other programs."""

from __future__ import annotations

import json

import click

from krea_client.cli import yaml_output
from krea_client.cli.command_run import Delivery, Errand
from krea_client.sandbox.api_document import location


def carry_out(form: str) -> int:
    """Prints the document as "json" (byte for byte as shipped) or "yaml"; gives the exit code."""
    return Errand(Delivery()).run(lambda: _print(form))


def _print(form: str) -> None:
    text = location().read_bytes()
    click.echo(text if form == "json" else yaml_output.dump(json.loads(text)), nl=False)
