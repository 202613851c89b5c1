"""`krea-client mcp`: a server for agents, on standard input and output."""

from __future__ import annotations

from pathlib import Path

import click

from krea_client.cli import clients, options
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.cli.extras import require


@click.command()
@click.option(
    "--budget",
    type=click.FloatRange(min=0),
    required=True,
    metavar="USD",
    help="What the agent may spend in one session; a request beyond it is refused, and so is one whose price is unknown.",
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("krea-results"),
    show_default=True,
    help="The folder for results.",
)
@options.sandbox
def mcp(budget: float, folder: Path, *, sandbox: bool) -> int:
    """Serve the Model Context Protocol on standard input and output, for agents: search, prices, generate, wait, fetch.

    An agent's configuration names this command, such as `krea-client mcp --budget 2`, with KREA_API_TOKEN in its environment.
    """
    return CommandRun(OutputOptions()).run(lambda: _serve(budget, folder, sandbox=sandbox))


def _serve(budget: float, folder: Path, *, sandbox: bool) -> None:
    require("mcp", "krea-client mcp", "mcp.server")
    from krea_client import tool_server

    make_client = clients.async_practice_client if sandbox else clients.async_api_client
    tool_server.server(lambda: make_client(budget=budget), folder).run("stdio")


COMMAND = mcp
