"""Values of a caller as plain JSON values: subclasses, numpy numbers, named tuples and other mappings become what they stand for."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from krea_client import _json

_PLAIN_SCALARS = frozenset({str, int, float, bool, type(None)})
_DEEPEST = (
    200  # levels; a field that is nested deeper, or contains itself, stays as it is and is refused when it is written
)


def plain_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body of plain JSON values; what stands for no JSON value stays as it is. The input is never changed."""
    return {name: value if type(value) in _PLAIN_SCALARS else plain(value) for name, value in body.items()}


def plain(value: Any) -> Any:
    """Return the plain JSON value that a value stands for, or the value itself where there is none."""
    try:
        return _plain(value, 0)
    except RecursionError:
        return value


def _plain(value: object, depth: int) -> Any:
    if type(value) in _PLAIN_SCALARS:
        return value
    if depth > _DEEPEST:
        raise RecursionError
    if (members := _json.mapping(value)) is not None:
        plain_members = {_plain_key(key): _plain(member, depth + 1) for key, member in members.items()}
        # Two keys with one text, such as 1 and "1", are left to be refused.
        return plain_members if len(plain_members) == len(members) else members
    if (items := _json.sequence(value)) is not None:
        return [_plain(item, depth + 1) for item in items]
    return _plain_scalar(value)


def _plain_key(key: Any) -> Any:
    if isinstance(key, str):
        return str.__str__(key)
    if key is None or isinstance(key, (bool, int)) or (isinstance(key, float) and math.isfinite(key)):
        return json.dumps(_plain(key, 0))  # as json.dumps writes it
    return key


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, float):
        return float.__float__(value)
    import numbers  # which bodies of plain values need not

    if isinstance(value, numbers.Integral):  # numpy.int64 and its like
        return int(value)
    if isinstance(value, numbers.Real):  # numpy.float32 and its like
        return float(value)
    if getattr(value, "shape", None) == () and hasattr(value, "item"):  # numpy.bool_, an array without dimensions
        return value.item()
    return value
