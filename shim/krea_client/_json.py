"""Tolerant access to JSON written by others: each function takes any value and returns the part of the expected type, if any."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from datetime import date as Date
from typing import Any, cast


def document(text: bytes | str) -> object:
    """Return the value of a JSON text; None for text that is not JSON (and for "null")."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        return None


def is_object(value: object) -> bool:
    """Return True for a JSON object."""
    return isinstance(value, dict)


def members(value: object) -> dict[str, Any]:
    """Return the members of a JSON object; an empty dict for anything else."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """Return the items of a JSON array; an empty list for anything else."""
    return cast("list[object]", value) if isinstance(value, list) else []


def text(value: object) -> str | None:
    """Return a JSON string that is not empty; None for anything else."""
    return value if isinstance(value, str) and value else None


def mapping(value: object) -> Mapping[object, object] | None:
    """Return a caller's value if it is a mapping, else None."""
    return cast("Mapping[object, object]", value) if isinstance(value, Mapping) else None


def sequence(value: object) -> Sequence[object] | None:
    """Return a caller's value if it is a list or tuple, else None."""
    return cast("Sequence[object]", value) if isinstance(value, (list, tuple)) else None


def number(value: object) -> float | None:
    """Return a JSON number; None for anything else, and for one that no float can hold."""
    try:
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    except OverflowError:
        return None


def moment(value: object) -> datetime | None:
    """Return a date and time in ISO form, aware (UTC where it names no zone); None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def day(value: object) -> Date | None:
    """Return a date in ISO form, or the date of a date and time; None for anything else."""
    try:
        return Date.fromisoformat((text(value) or "")[:10])
    except ValueError:
        return None


def copied(value: object) -> Any:
    """Return a copy of a JSON value that shares no dict or list with it; its nesting may be of any depth."""
    root: list[object] = [value]
    pending: list[tuple[Any, Any]] = [(root, 0)]  # containers of the copy, and where in them a value is to be copied
    while pending:
        container, key = pending.pop()
        part = container[key]
        if isinstance(part, dict):
            container[key] = members_copy = {**cast("dict[str, object]", part)}
            pending += [(members_copy, name) for name in members_copy]
        elif isinstance(part, list):
            container[key] = items_copy = [*cast("list[object]", part)]
            pending += [(items_copy, index) for index in range(len(items_copy))]
    return root[0]
