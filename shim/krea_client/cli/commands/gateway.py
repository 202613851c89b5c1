"""`krea-client gateway`: a reverse proxy that translates deprecated fields for programs in any language."""

from __future__ import annotations

import click


@click.command()
@click.option("--port", default=8765, show_default=True, help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--upstream",
    metavar="URL",
    help="Pass requests on to this address instead of the API's; KREA_BASE_URL where not given.",
)
@click.option("--sandbox", is_flag=True, help="Pass requests on to a sandbox that runs beside the gateway.")
@click.option("--date", metavar="DATE", help="The day on which the sandbox believes to be, such as 2026-06-18.")
@click.option(
    "--time-scale",
    type=click.FloatRange(min=0),
    metavar="N",
    help="Seconds of the sandbox in one real second.  [default: 1.0]",
)
@click.option(
    "--compat-document", is_flag=True, help="Keep the deprecated names in the API document that programs read."
)
def gateway(
    port: int,
    host: str,
    upstream: str | None,
    sandbox: bool,
    date: str | None,
    time_scale: float | None,
    compat_document: bool,
) -> int:
    """Serve a reverse proxy that translates deprecated fields.

    Programs in any language that can be given an address use it in place of Krea's. Only request bodies of generations are changed; the
    token is passed on and kept nowhere. Each use of a deprecated field is logged as a line of JSON, and shown with what to change on the
    page /__gateway__; /__gateway__/health is for monitors. SIGTERM and Ctrl-C end it after the requests under way.
    """
    from krea_client.cli import gateway_commands

    return gateway_commands.serve_gateway(
        gateway_commands.GatewayOptions(
            port, host, upstream, gateway_commands.sandbox_options(sandbox, date, time_scale), compat_document
        )
    )


COMMAND = gateway
