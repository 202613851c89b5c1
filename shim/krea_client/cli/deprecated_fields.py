"""Deprecated field names of a model: until when the API took them, and what became of the fields they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from typing import Any

from krea_client._spec.catalogue import Alias, Operation


def rows(operation: Operation, today: Date) -> Iterator[dict[str, Any]]:
    """Yield each deprecated name as data for other programs."""
    for alias in operation.aliases.values():
        retired = _retired_target(operation, alias)
        yield {
            "model": operation.model,
            "old": alias.old,
            "new": alias.new,
            "accepted_until": alias.sunset.isoformat(),
            "accepted": today < alias.sunset,
            "target": "gone" if retired is not None else "alive",
            **(retired or {}),
        }


def _retired_target(operation: Operation, alias: Alias) -> dict[str, str | None] | None:
    """Return what is known of the end of the field that a deprecated name stands for; None where the field exists."""
    if alias.new in operation.fields:
        return None
    retired = operation.retired.get(alias.new)
    return {
        "last_seen": retired.last_seen if retired else None,
        "gone_by": retired.gone_by if retired else None,
        "use": retired.use if retired else None,
    }


def cells(row: dict[str, Any]) -> tuple[str, ...]:
    """Return a row as text: the deprecated name, the present one, until when it was accepted, what this client does."""
    until = f"{'accepted until' if row['accepted'] else 'ended'} {row['accepted_until']}"
    outcome = "translated"
    if row["target"] == "gone":
        when = f" by {row['gone_by']}" if row["gone_by"] else ""
        use = f"; use {row['use']}" if row["use"] else ""
        outcome = f"refused: the field was retired{when}{use}"
    return row["old"], row["new"], until, outcome


def in_pairs(operation: Operation) -> Iterator[tuple[str, str]]:
    """Yield each deprecated name of a model with the present one and its state today."""
    for alias in operation.aliases.values():
        state = "; the field was retired" if _retired_target(operation, alias) is not None else ""
        yield alias.old, f"{alias.new} (accepted until {alias.sunset}{state})"
