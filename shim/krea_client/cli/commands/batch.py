"""`krea-client batch`: many requests from a file to a folder, durable: it may be killed, and goes on where it was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from krea_client.cli import clients, options

if TYPE_CHECKING:
    from krea_client.cli.batch_runs import BatchInput

_file = click.argument("file", type=click.Path())
_folder = click.argument("folder", metavar="FOLDER")
_set = click.option(
    "--set",
    "values",
    multiple=True,
    metavar="NAME=VALUE",
    help="A field, or model, of all items that have none of their own. May be repeated.",
)
_media = click.option(
    "--media",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False),
    help="The folder of local files that the input names as @name; each is uploaded once.",
)
_at_once = click.option(
    "--at-once", type=click.IntRange(min=1), default=8, show_default=True, help="How many jobs at a time."
)
_journal = click.option(
    "--journal",
    metavar="URL",
    help="Where the journal is: postgresql://... for many machines, or a folder. [default: KREA_BULK_JOURNAL, else FOLDER]",
)
_no_check = click.option("--no-check", is_flag=True, help="Send requests without checking them first.")


@click.group()
def batch() -> None:
    """Run many requests from a file, and lose none.

    Each paid request is recorded before it is sent. A run that was stopped, killed or cut off goes on with the same command,
    and nothing is paid twice. What nobody can know is told, not guessed.

    \b
    krea-client batch plan prompts.csv --set model=z-image/z-image
    krea-client batch run prompts.csv --set model=z-image/z-image -o pictures
    """  # noqa: D301 - click asks for a real \b before lines that it shall not wrap


def _input(file: str, values: tuple[str, ...], media: str | None, *, no_check: bool) -> BatchInput:
    from krea_client.cli.batch_runs import BatchInput

    return BatchInput(file, values, media, check=not no_check)


def _practice_client(budget: float | None = None) -> Any:
    return clients.practice_client(aliases=clients.alias_policy(), budget=budget)


def _api_client(budget: float | None = None) -> Any:
    return clients.api_client(aliases=clients.alias_policy(), budget=budget)


@batch.command()
@_file
@_set
@_media
@_at_once
@_no_check
@options.as_json
def plan(file: str, values: tuple[str, ...], media: str | None, at_once: int, no_check: bool, as_json: bool) -> int:
    """Check FILE line by line, and print price and time.

    Nothing is sent, and no token is needed. FILE is .jsonl (custom_id, model, body), .csv or .parquet.
    """
    from krea_client.cli import batch_runs

    batch_input = _input(file, values, media, no_check=no_check)
    return batch_runs.reported(partial(batch_runs.plan, batch_input, at_once, _api_client, as_json=as_json))


@batch.command()
@_file
@click.option(
    "-o", "--output", "target", required=True, metavar="FOLDER", help="Where results go; s3://... takes them too."
)
@_set
@_media
@_at_once
@click.option("--budget", type=click.FloatRange(min=0), metavar="USD", help="Send nothing that would pass this sum.")
@click.option(
    "--lane",
    metavar="N|auto",
    default="auto",
    show_default=True,
    help="How many requests may be unanswered at a time. With 1 a kill leaves nothing unknown; auto is 1 while no slot stands idle.",
)
@_journal
@click.option(
    "--resend-absent",
    is_flag=True,
    help="Send an interrupted request again when its job is not in the account's list after the settle time.",
)
@click.option(
    "--settle",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="How long an interrupted request may still create a job. [default: 65]",
)
@click.option("--shared", is_flag=True, help="Another program uses the account: adopt no job.")
@click.option(
    "--downloads",
    type=click.IntRange(min=0),
    help="Downloads at a time; 0 leaves them to `work`. [default: 8, up to 24 with more than 128 jobs at once]",
)
@click.option(
    "--webhook",
    metavar="URL",
    help="Where the API reaches this computer; it then calls when a job has ended, and each call also names the job of a lost answer.",
)
@click.option(
    "--webhook-listen",
    metavar="HOST:PORT",
    default="127.0.0.1:8787",
    show_default=True,
    help="Where calls for --webhook arrive, such as from a reverse proxy.",
)
@_no_check
@options.as_json
@options.sandbox
def run(
    *,
    file: str,
    target: str,
    values: tuple[str, ...],
    media: str | None,
    lane: str,
    settle: float | None,
    shared: bool,
    no_check: bool,
    as_json: bool,
    sandbox: bool,
    **settings: Any,
) -> int:
    """Run the items of FILE, and save their results.

    On a folder that was begun it goes on. Exit code: 0 all saved, 1 some failed, 2 bad input and nothing sent, 3 some are
    unknown, 4 stopped early and can go on, 75 another process works on it, 130 Ctrl-C.
    """
    from krea_client.cli import batch_runs

    if lane != "auto" and not (lane.isdigit() and int(lane)):
        raise click.BadParameter(f"{lane!r} is neither a number nor auto", param_hint="--lane")
    options_of_run = {
        **settings,
        "lane": None if lane == "auto" else int(lane),
        "settle_seconds": settle,
        "shared": True if shared else None,
    }
    batch_input = _input(file, values, media, no_check=no_check)
    open_client = partial(_practice_client if sandbox else _api_client, budget=settings["budget"])
    work = partial(batch_runs.run, batch_input, target, options_of_run, open_client, as_json=as_json)
    return batch_runs.reported(work)


@batch.command()
@_folder
@_journal
@options.as_json
def status(folder: str, journal: str | None, as_json: bool) -> int:
    """Print how far the run of FOLDER is."""
    from krea_client.cli import batch_runs

    place = batch_runs.local_place(folder, journal)
    return batch_runs.reported(partial(batch_runs.status, place, as_json=as_json))


@batch.command()
@_folder
@_journal
@options.as_json
def unknown(folder: str, journal: str | None, as_json: bool) -> int:
    """List the items whose outcome nobody knows."""
    from krea_client.cli import batch_runs

    place = batch_runs.local_place(folder, journal)
    return batch_runs.reported(partial(batch_runs.unknown, place, as_json=as_json))


@batch.command()
@_folder
@click.argument("key")
@options.job_id
@_journal
def claim(folder: str, key: str, job_id: str, journal: str | None) -> int:
    """Decide that job ID is that of the unknown item KEY.

    The next run takes its results.
    """
    from krea_client.cli import batch_runs

    return batch_runs.reported(partial(batch_runs.claim, batch_runs.local_place(folder, journal), key, job_id))


@batch.command()
@_folder
@click.argument("key")
@_journal
def release(folder: str, key: str, journal: str | None) -> int:
    """Decide that the unknown item KEY has no job.

    The next run sends it again.
    """
    from krea_client.cli import batch_runs

    return batch_runs.reported(partial(batch_runs.release, batch_runs.local_place(folder, journal), key))


@batch.command()
@_folder
@click.option("--failed", is_flag=True, help="Items whose job failed or was cancelled.")
@click.option("--empty", is_flag=True, help="Items whose job has no result.")
@click.option("--refused", is_flag=True, help="Items that the API refused.")
@_journal
def retry(folder: str, failed: bool, empty: bool, refused: bool, journal: str | None) -> int:
    """Plan items without a result again, for the next run."""
    from krea_client.cli import batch_runs

    place = batch_runs.local_place(folder, journal)
    return batch_runs.reported(partial(batch_runs.retry, place, failed=failed, empty=empty, refused=refused))


@batch.command()
@_folder
@click.option("--format", "output_format", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@_journal
def export(folder: str, output_format: str, journal: str | None) -> int:
    """Print the manifest of the whole run."""
    from krea_client.cli import batch_runs

    place = batch_runs.local_place(folder, journal)
    return batch_runs.reported(partial(batch_runs.export, place, output_format))


@batch.command()
@_folder
@_journal
def cancel(folder: str, journal: str | None) -> int:
    """Cancel the jobs of a stopped run that have not ended."""
    from krea_client.cli import batch_runs

    place = batch_runs.local_place(folder, journal)
    return batch_runs.reported(partial(batch_runs.cancel, place, _api_client))


@batch.command()
@_folder
@click.option(
    "--at-once", type=click.IntRange(min=1), default=8, show_default=True, help="How many downloads at a time."
)
@click.option(
    "--lease", type=click.FloatRange(min=1), default=300.0, show_default=True, help="Seconds for one download."
)
@_journal
@click.option("--webhook", metavar="URL", hidden=True)
def work(folder: str, at_once: int, lease: float, journal: str | None, webhook: str | None) -> int:
    """Download what has ended in a run that another machine leads.

    Needs a journal in PostgreSQL, and the run begun with --downloads 0. It ends when every item of the run is at rest. Webhooks
    are for the machine that leads: see `run --webhook`.
    """
    from krea_client.cli import batch_runs

    if webhook is not None:
        raise click.UsageError(
            "batch work --webhook: a worker submits nothing, so no call is for it; give --webhook to `krea-client batch run`, and let "
            "the proxy at that URL pass calls on to the machine that leads the run"
        )
    place = batch_runs.local_place(folder, journal)
    return batch_runs.reported(partial(batch_runs.work, place, _api_client, at_once=at_once, lease=lease))


COMMAND = batch
