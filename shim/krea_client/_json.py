"""Reading JSON that somebody else wrote: each function takes whatever is there, and says what there is of the wanted kind."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from datetime import date as Date
from typing import Any, cast


def document(text: bytes | str) -> object:
    """The value that a JSON text stands for; None for one that is no JSON (and for "null")."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        return None


def is_object(value: object) -> bool:
    """True for a JSON object."""
    return isinstance(value, dict)


def members(value: object) -> dict[str, Any]:
    """The members of a JSON object; none for anything else."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """The items of a JSON array; none for anything else."""
    return cast("list[object]", value) if isinstance(value, list) else []


def text(value: object) -> str | None:
    """A JSON string that is not empty; None for anything else."""
    return value if isinstance(value, str) and value else None


def mapping(value: object) -> Mapping[object, object] | None:
    """The same mapping, if it is one: for values that a caller gave."""
    return cast("Mapping[object, object]", value) if isinstance(value, Mapping) else None


def sequence(value: object) -> Sequence[object] | None:
    """The same list or tuple, if it is one: for values that a caller gave."""
    return cast("Sequence[object]", value) if isinstance(value, (list, tuple)) else None


def number(value: object) -> float | None:
    """A JSON number; None for anything else, and for one beyond all floats."""
    try:
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    except OverflowError:
        return None


def moment(value: object) -> datetime | None:
    """A date and time in ISO form, aware (UTC where it names no zone); None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day(value: object) -> Date | None:
    """A date in ISO form, or the date of a date and time; None for anything else."""
    try:
        return Date.fromisoformat((text(value) or "")[:10])
    except ValueError:
        return None
