"""`krea-client aliases`: the tables of old names, until when the API took them, and what became of the fields they stand for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from datetime import date as Date
from itertools import groupby
from operator import itemgetter
from typing import Any

import click

from krea_client._spec.catalogue import Alias, Catalogue, Operation, catalogue
from krea_client.cli import text_layout
from krea_client.cli.command_run import Delivery, Errand


def show(model: str | None, *, as_json: bool, known: Catalogue | None = None, today: Date | None = None) -> int:
    """Prints the old names of one model or of all; gives the exit code."""
    day = today or datetime.now(UTC).date()
    return Errand(Delivery()).run(lambda: _show(model, known or catalogue(), day, as_json=as_json))


def _show(model: str | None, known: Catalogue, today: Date, *, as_json: bool) -> None:
    chosen = [known.of_model(model)] if model else [known.operation(name) for name in known.models.values()]
    rows = [row for operation in chosen for row in _rows(operation, today)]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif rows:
        groups = groupby(rows, key=itemgetter("model"))
        click.echo(text_layout.grouped((name, [*map(_cells, members)]) for name, members in groups))
    else:
        click.echo(f"krea-client: {model or 'no model'} has no old names", err=True)


def _rows(operation: Operation, today: Date) -> Iterator[dict[str, Any]]:
    for alias in operation.aliases.values():
        gone = _gone(operation, alias)
        yield {
            "model": operation.model,
            "old": alias.old,
            "new": alias.new,
            "accepted_until": alias.sunset.isoformat(),
            "accepted": today < alias.sunset,
            "target": "gone" if gone is not None else "alive",
            **(gone or {}),
        }


def _gone(operation: Operation, alias: Alias) -> dict[str, str | None] | None:
    """What is known of the end of the field that an old name stands for; None where the field is there."""
    if alias.new in operation.fields:
        return None
    retired = operation.retired.get(alias.new)
    return {
        "last_seen": retired.last_seen if retired else None,
        "gone_by": retired.gone_by if retired else None,
        "use": retired.use if retired else None,
    }


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    until = f"{'accepted until' if row['accepted'] else 'ended'} {row['accepted_until']}"
    told = "translated"
    if row["target"] == "gone":
        when = f" by {row['gone_by']}" if row["gone_by"] else ""
        use = f"; use {row['use']}" if row["use"] else ""
        told = f"refused: the field is gone{when}{use}"
    return row["old"], row["new"], until, told


def in_pairs(operation: Operation) -> Iterator[tuple[str, str]]:
    """Each old name of a model with the new one and what it is worth today."""
    for alias in operation.aliases.values():
        gone = _gone(operation, alias)
        yield (
            alias.old,
            f"{alias.new} (accepted until {alias.sunset}{'; the field is no more' if gone is not None else ''})",
        )
