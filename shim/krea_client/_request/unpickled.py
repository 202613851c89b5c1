"""Request objects that an older version pickled: the fields that their classes have got since are filled in."""

from __future__ import annotations

from typing import Any

import attrs

from krea_client import _json


def completed(request: object) -> Any | None:
    """Return a copy of a request object in which fields that it lacks have their defaults; None where that is impossible."""
    if not attrs.has(type(request)):
        return None
    try:
        return _completed(request)
    except LookupError:
        return None


def _completed(value: object) -> object:
    if (items := _json.sequence(value)) is not None:
        return [_completed(item) for item in items]
    kind: Any = type(value)
    if not attrs.has(kind):
        return value
    copy = object.__new__(kind)
    for field in attrs.fields(kind):
        present = hasattr(value, field.name)
        setattr(copy, field.name, _completed(getattr(value, field.name)) if present else _default(field))
    return copy


def _default(field: attrs.Attribute[Any]) -> object:
    default: Any = field.default
    if default is attrs.NOTHING:  # a field that is required today
        raise LookupError(field.name)
    return default.factory() if hasattr(default, "factory") else default
