"""`krea-client spec`: the OpenAPI document of this package, and how another document of the API differs from it."""

from __future__ import annotations

import json

import click

from krea_client.cli import console, options, yaml_output
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.sandbox.api_document import shipped


@click.group(invoke_without_command=True)
@click.option("--format", "document_format", type=click.Choice(["json", "yaml"]), default="json", show_default=True)
@click.option("--json", "document_format", flag_value="json", help="The same as --format json.")
@click.option(
    "--openapi",
    "openapi_version",
    type=click.Choice(["3.1", "3.0"]),
    default="3.1",
    show_default=True,
    help="3.0 is for generators that do not read 3.1; it says the same.",
)
@click.pass_context
def spec(context: click.Context, document_format: str, openapi_version: str) -> int | None:
    """Print the API's OpenAPI document.

    This client is made from it. It describes the whole API as far as this version knows it, for other programs and generators.
    """
    if context.invoked_subcommand is not None:
        return None
    return CommandRun(OutputOptions()).run(lambda: _print_document(document_format, openapi_version))


def _print_document(document_format: str, openapi_version: str) -> None:
    content: str | bytes = shipped()
    if openapi_version == "3.0":
        from krea_client.cli.openapi_30 import as_openapi_30

        content = json.dumps(as_openapi_30(json.loads(content)), indent=1, ensure_ascii=False) + "\n"
    console.result(content if document_format == "json" else yaml_output.dump(json.loads(content)), newline=False)


@spec.command()
@click.option(
    "--against", required=True, metavar="FILE|URL", help="An OpenAPI 3.x document, such as the one the API publishes."
)
@options.as_json
def diff(against: str, as_json: bool) -> int:
    """Say where a document of the API differs from the one this client is made from.

    So one sees whether this version is behind the API, and in what. Differences that were looked at and decided when
    it was made are left out. Exit code: 0 same, 1 differs, 2 could not be read.
    """
    from krea_client.cli.spec_diff import run_diff  # what compares is a quarter of the start of `krea-client --help`

    return run_diff(against, as_json=as_json)


@spec.command()
@click.option("--check", is_flag=True, help="Say what it would bring, and store nothing. Exit code 1 where it differs.")
@click.option("--clear", is_flag=True, help="Delete what is stored; this version's own description holds again.")
@options.as_json
def update(check: bool, clear: bool, as_json: bool) -> int:
    """Fetch the document that the API publishes.

    New models and changed fields in it hold for all commands from then on, and for programs with Krea(document="live").
    What this version brings along stays where the document says nothing else. A document that is broken, or older than
    this version, changes nothing. No token is sent.
    """
    from krea_client.cli.stored_document import run_update

    return run_update(check=check, clear=clear, as_json=as_json)


@spec.command()
@options.as_json
def status(as_json: bool) -> int:
    """Say which document of the API is in use beside this version's own, and what it adds."""
    from krea_client.cli.stored_document import run_status

    return run_status(as_json=as_json)


COMMAND = spec
