"""`krea-client sandbox`: the sandbox on loopback until Ctrl-C."""

from __future__ import annotations

import json
from dataclasses import dataclass

import click

from krea_client.cli import clients, error_reports
from krea_client.sandbox import optional_packages


@dataclass(frozen=True)
class Wish:
    """The options of the command; `time_scale` is the sandbox's seconds in one real second, `balance` is USD."""

    port: int
    host: str
    date: str | None
    balance: float
    concurrent: int
    time_scale: float
    seed: int
    as_json: bool = False


def carry_out(wish: Wish) -> int:
    """Serves until Ctrl-C, which is its regular end; gives the exit code."""
    try:
        clients.need(*optional_packages.PACKAGES, "uvicorn")
    except ModuleNotFoundError as missing:
        return error_reports.say_missing("sandbox", "the sandbox", missing)
    from krea_client.sandbox import Sandbox, serve

    try:
        box = Sandbox(
            date=wish.date, balance=wish.balance, concurrent=wish.concurrent, time_scale=wish.time_scale, seed=wish.seed
        )
    except ValueError as wrong:
        return error_reports.say(f"--date {wish.date}: {wrong}; write it like 2026-06-18", error_reports.USAGE)
    try:
        serve(box, wish.port, wish.host, ready=_announce_as_json if wish.as_json else _announce)
    except KeyboardInterrupt:
        return 0
    except OSError as wrong:
        text = f"cannot listen on {wish.host}, port {wish.port}: {wrong.strerror}; choose another --port (0 takes any free one)"
        return error_reports.say(text, error_reports.USAGE)
    return 0


def _announce(url: str) -> None:
    click.echo(url)
    click.echo(
        f"krea-client: the sandbox is ready; use it with Krea(token='sandbox', base_url='{url}'). Ctrl-C ends it.",
        err=True,
    )


def _announce_as_json(url: str) -> None:
    click.echo(json.dumps({"url": url}))
