"""`krea-client spec` and `krea-client spec diff`, as help shows them."""

from __future__ import annotations

import click

from krea_client.cli import options


@click.group(invoke_without_command=True)
@click.option("--format", "form", type=click.Choice(["json", "yaml"]), default="json", show_default=True)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.pass_context
def spec(context: click.Context, form: str) -> int | None:
    """Print the API's OpenAPI 3.1 document.

    This client is made from it. It describes the whole API as far as this version knows it, for other programs and generators.
    """
    if context.invoked_subcommand is not None:
        return None
    from krea_client.cli import document

    return document.carry_out(form)


@spec.command()
@click.option(
    "--against", required=True, metavar="FILE|URL", help="An OpenAPI 3.x document, such as the one the API publishes."
)
@options.as_json
def diff(against: str, as_json: bool) -> int:
    """Say where a document of the API differs from the one this client is made from.

    So one sees whether this version is behind the API, and in what. Differences that were looked at and decided when
    it was made are not told. Exit code: 0 same, 1 differs, 2 could not be read.
    """
    from krea_client.cli import behind

    return behind.carry_out(against, as_json=as_json)
