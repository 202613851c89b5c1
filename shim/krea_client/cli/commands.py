"""The commands and their options, as help shows them. What they do stands in generate.py and serving.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from krea_client.cli.interrupts import INTERRUPTED

if TYPE_CHECKING:
    from krea_client.exchange import OnInterrupt


def run(arguments: Sequence[str]) -> int:
    """Runs one command and gives the exit code."""
    try:
        code = cli.main(list(arguments), prog_name="krea-client", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return 1
    return code if isinstance(code, int) else 0


def _forget_stdout() -> None:
    # The reader of the pipe is gone; without this the interpreter complains when it flushes at its end.
    import os
    import sys

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"krea-client {version('krea-client')}")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
def cli() -> None:
    """Pictures from the Krea API. An unofficial client.

    The token is read from KREA_API_TOKEN (or KREA_API_KEY). Results go to standard output, everything else to standard
    error. Exit code: 0 ok, 1 the API or the job failed, 2 usage or bad input, 130 interrupted.
    """


# Options that several commands take.
_output = click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="Where to save: a file, or a folder (one that exists, or a name with / at its end). Without it the addresses of the results "
    "are printed.",
)
_overwrite = click.option("--overwrite", is_flag=True, help="Replace a file that is already there.")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print the job as JSON, with the saved files.")
_on_interrupt = click.option(
    "--on-interrupt",
    type=click.Choice(["keep", "cancel"]),
    default="keep",
    show_default=True,
    help="What becomes of the job at Krea on Ctrl-C. A second Ctrl-C leaves at once.",
)


@cli.command()
@click.argument("model")
@click.option("-p", "--prompt", help="What to show, in words.")
@click.option(
    "-i",
    "--input",
    "fields",
    multiple=True,
    metavar="FIELD=VALUE",
    help="A field of the request, typed by the model's schema: numbers, true or false, JSON for lists and objects. FIELD:=JSON "
    "is taken as JSON whatever the field. May be repeated.",
)
@click.option(
    "--json-body", metavar="FILE", help="The request as a JSON file, or - for standard input. -p and -i win over it."
)
@_output
@_overwrite
@click.option("--no-wait", is_flag=True, help="Submit only, and print the job's id.")
@_as_json
@click.option("--webhook-url", metavar="URL", help="An address that Krea calls once when the job has ended.")
@_on_interrupt
@click.option("--no-check", is_flag=True, help="Send the request without checking it first.")
@click.option(
    "--sandbox",
    is_flag=True,
    help="Practise: a sandbox inside this program answers in Krea's place; nothing is charged.",
)
def generate(
    model: str,
    prompt: str | None,
    fields: tuple[str, ...],
    json_body: str | None,
    output: str | None,
    overwrite: bool,
    no_wait: bool,
    as_json: bool,
    webhook_url: str | None,
    on_interrupt: OnInterrupt,
    no_check: bool,
    sandbox: bool,
) -> int:
    """Make something with MODEL, wait for it and save it.

    MODEL is an id such as z-image/z-image, or the path of an operation.

    \b
    krea-client generate z-image/z-image -p "a gothic cathedral" \\
        -i aspect_ratio=16:9 -i resolution=1K -o cathedral.png
    """  # noqa: D301 - click asks for a real \b before lines that it shall not wrap
    from krea_client.cli import generate as work
    from krea_client.cli.errand import Delivery

    order = work.Order(
        model=model,
        prompt=prompt,
        fields=fields,
        json_body=json_body,
        delivery=Delivery(output, overwrite, as_json),
        wait=not no_wait,
        webhook_url=webhook_url,
        on_interrupt=on_interrupt,
        check=not no_check,
        sandbox=sandbox,
    )
    return work.carry_out(order)


@cli.group()
def jobs() -> None:
    """Look at, wait for or cancel a job that was submitted before."""


@jobs.command("show")
@click.argument("job_id", metavar="ID")
@_as_json
def show_job(job_id: str, as_json: bool) -> int:
    """Print the state of job ID and the addresses of its results."""
    from krea_client.cli import jobs as work

    return work.show(job_id, as_json)


@jobs.command("wait")
@click.argument("job_id", metavar="ID")
@_output
@_overwrite
@_as_json
@_on_interrupt
def wait_for_job(job_id: str, output: str | None, overwrite: bool, as_json: bool, on_interrupt: OnInterrupt) -> int:
    """Wait for job ID and save its results."""
    from krea_client.cli import jobs as work
    from krea_client.cli.errand import Delivery

    return work.wait(job_id, Delivery(output, overwrite, as_json), on_interrupt)


@jobs.command("cancel")
@click.argument("job_id", metavar="ID")
def cancel_job(job_id: str) -> int:
    """Cancel job ID. Cancelled jobs are not billed."""
    from krea_client.cli import jobs as work

    return work.cancel(job_id)


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8787, show_default=True, help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Keep it on loopback unless you know why.")
@click.option(
    "--date", help="The sandbox's today, such as 2026-06-18: before 2026-06-19 it accepts old names. [default: now]"
)
@click.option("--balance", type=click.FloatRange(min=0), default=10.0, show_default=True, help="USD that may be spent.")
@click.option(
    "--concurrent", type=click.IntRange(min=1), default=8, show_default=True, help="Jobs at once; beyond it 429."
)
@click.option(
    "--time-scale", type=click.FloatRange(min=0), default=1.0, show_default=True, help="Its seconds in one of ours."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Fixes the job ids.")
def sandbox(
    port: int, host: str, date: str | None, balance: float, concurrent: int, time_scale: float, seed: int
) -> int:
    """Serve a Krea API of your own on this computer, for tests and practice.

    Its address is printed when it is ready. It keeps everything in memory, draws its pictures itself and bills nothing.
    """
    from krea_client.cli import serving

    return serving.carry_out(
        serving.Wish(
            port=port, host=host, date=date, balance=balance, concurrent=concurrent, time_scale=time_scale, seed=seed
        )
    )
