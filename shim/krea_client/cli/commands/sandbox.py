"""`krea-client sandbox`: the sandbox on loopback until Ctrl-C."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import click

from krea_client.cli import console, error_reports, exit_codes, options
from krea_client.cli.current_catalogue import current_document
from krea_client.cli.extras import ExtraMissing, require
from krea_client.sandbox import optional_packages


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8787, show_default=True, help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Keep it on loopback unless you know why.")
@click.option(
    "--date",
    help="The sandbox's today, such as 2026-06-18, when deprecated field names were still accepted. [default: now]",
)
@click.option("--balance", type=click.FloatRange(min=0), default=10.0, show_default=True, help="USD that may be spent.")
@click.option(
    "--concurrent", type=click.IntRange(min=1), default=8, show_default=True, help="Jobs at once; beyond it 429."
)
@click.option(
    "--time-scale", type=click.FloatRange(min=0), default=1.0, show_default=True, help="Its seconds in one of ours."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Fixes the job ids.")
@click.option(
    "--usage-token",
    "usage_tokens",
    multiple=True,
    metavar="TOKEN",
    help="A token that may read the usage, as only some may. May be repeated.",
)
@click.option(
    "--post-delay",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    help="Seconds until a paid POST is answered; its job exists after half of them.",
)
@click.option(
    "--created-at-step",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    help="Seconds to which created_at is rounded down, so that jobs share it.",
)
@click.option(
    "--results-expire-after",
    type=click.FloatRange(min=0),
    help="Seconds for which the address of a result works after the job was shown. [default: for ever]",
)
@click.option(
    "--foreign-rate",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    help="Jobs of other programs on the account, a second.",
)
@click.option(
    "--document",
    metavar="FILE",
    help="An OpenAPI document of the API whose models are served too. [default: the one that `spec update` stored]",
)
@options.as_json
def sandbox(**settings: Any) -> int:
    """Serve a Krea API of your own, for tests and practice.

    Its address is printed when it is ready. It keeps everything in memory, draws its pictures itself and bills nothing.
    """
    return run_sandbox(ServerSettings(**settings))


@dataclass(frozen=True)
class ServerSettings:
    """The options of the command; `time_scale` is the sandbox's seconds in one real second, `balance` is USD."""

    port: int
    host: str
    date: str | None
    balance: float
    concurrent: int
    time_scale: float
    seed: int
    usage_tokens: tuple[str, ...] = ()
    post_delay: float = 0.0
    created_at_step: float = 0.0
    results_expire_after: float | None = None
    foreign_rate: float = 0.0
    document: str | None = None
    as_json: bool = False


def run_sandbox(settings: ServerSettings) -> int:
    """Serve until Ctrl-C or SIGTERM, which is the regular end, and return the exit code."""
    try:
        require("sandbox", "the sandbox", *optional_packages.PACKAGES, "uvicorn")
    except ExtraMissing as error:
        return error_reports.say(str(error), exit_codes.USAGE)
    from krea_client.sandbox import Sandbox, serve

    try:
        document = _document(settings.document)
    except ValueError as error:
        return error_reports.say(f"--document {settings.document}: {error}", exit_codes.USAGE)
    try:
        served = Sandbox(
            document=document,
            date=settings.date,
            balance=settings.balance,
            concurrent=settings.concurrent,
            time_scale=settings.time_scale,
            seed=settings.seed,
            usage_tokens=settings.usage_tokens,
            post_delay=settings.post_delay,
            created_at_step=settings.created_at_step,
            results_expire_after=settings.results_expire_after,
            foreign_rate=settings.foreign_rate,
        )
    except ValueError as error:
        return error_reports.say(f"--date {settings.date}: {error}; write it like 2026-06-18", exit_codes.USAGE)
    try:
        serve(served, settings.port, settings.host, ready=_announce_as_json if settings.as_json else _announce)
    except KeyboardInterrupt:
        return 0
    except console.OutputFailed:
        raise
    except OSError as error:
        place = f"{settings.host}, port {settings.port}"
        text = f"cannot listen on {place}: {error.strerror}; choose another --port (0 takes any free one)"
        return error_reports.say(text, exit_codes.USAGE)
    return 0


def _document(path: str | None) -> dict[str, Any] | None:
    """Return the document to serve, checked as a client checks it.

    Raises:
        ValueError: it is of no use.
    """
    if path is None:
        return current_document()
    from krea_client._transport.live_catalogue import checked_document

    return checked_document(path)


def _announce(url: str) -> None:
    console.message(
        f"krea-client: the sandbox is ready; use it with Krea(token='sandbox', base_url='{url}'). Ctrl-C ends it."
    )
    console.result(url)  # last: who waits for it may end the sandbox at once


def _announce_as_json(url: str) -> None:
    console.result(json.dumps({"url": url}))


COMMAND = sandbox
