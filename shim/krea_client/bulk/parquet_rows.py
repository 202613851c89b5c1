"""Rows of a Parquet file as JSON values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from krea_client import _json

_JSON = "extension<arrow.json>"


def json_row(row: Mapping[str, Any], types: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a row as the JSON from which it was made.

    A struct has each of its members in every row, so a null leaves its member out. A map is an object, a column of the type JSON is
    parsed, a decimal is a number, and a date or UUID is its text: programs that read JSON lines guess these types.

    Args:
        row: the values by the name of their column, as pyarrow has them.
        types: the Arrow type of each column.

    Raises:
        ValueError: a text of the type JSON is none.
    """
    return {name: _json_value(value, types[name]) for name, value in row.items() if value is not None}


def _json_value(value: Any, kind: Any) -> Any:
    if isinstance(value, (str, int, float)) or value is None:
        return json.loads(value) if isinstance(value, str) and str(kind) == _JSON else value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (UUID, date)) and not isinstance(value, datetime):
        return str(value)
    return _nested_value(value, kind)


def _nested_value(value: Any, kind: Any) -> Any:
    if isinstance(value, dict):
        return {
            member.name: _json_value(value[member.name], member.type)
            for member in kind
            if value[member.name] is not None
        }
    if hasattr(kind, "item_type"):  # a map, as a list of pairs
        return {key: _json_value(item, kind.item_type) for key, item in value}
    items = _json.sequence(value)
    return value if items is None else [_json_value(item, kind.value_type) for item in items]
