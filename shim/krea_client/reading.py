"""Reading JSON that somebody else wrote: each function takes whatever is there, and says what there is of the wanted kind."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
