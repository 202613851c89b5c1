"""`krea-client upload`: local files to the account."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from krea_client.cli import clients, console, options, progress
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.cli.inputs import BadInput

if TYPE_CHECKING:
    from krea_client.cli.progress import ProgressLine
    from krea_client.client import Krea


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option("--description", help="What to say of it.")
@click.option("--json", "as_json", is_flag=True, help="Print each asset as JSON, a line each.")
@options.sandbox
def upload(files: tuple[str, ...], description: str | None, as_json: bool, sandbox: bool) -> int:
    """Upload each FILE and print its address, which requests take.

    A request takes local files itself (-i image_url=@in.png); this is for those that are used again and again.
    """
    return run_upload(files, description, clients.maker(sandbox=sandbox), as_json=as_json)


def run_upload(
    files: Sequence[str], description: str | None, open_client: Callable[[], Krea], *, as_json: bool = False
) -> int:
    """Upload files, print the address of each, and return the exit code."""

    def work() -> None:
        missing = [name for name in files if not Path(name).is_file()]
        if missing:
            raise BadInput(f"there is no file {', '.join(missing)}; nothing was uploaded")
        with open_client() as krea, progress.line("upload") as line:
            for name in files:
                asset = krea.assets.upload(Path(name), description=description, on_progress=_percent(line, name))
                console.result(json.dumps(asset.raw, ensure_ascii=False) if as_json else asset.url)

    return CommandRun(OutputOptions()).run(work)


def _percent(line: ProgressLine, name: str) -> Callable[[int, int], None]:
    return lambda read, size: line.show_state(f"{name}  {100 * read // max(size, 1)} %")


COMMAND = upload
