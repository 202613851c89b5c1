"""Conditions on the fields of a body, as prices and rules of the spec name them: `{mode: pro, image_url: {given: true}}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from krea_client import _json


def fits(condition: Any, body: Mapping[str, Any]) -> bool:
    """Return whether a body, filled with the server's defaults, has every value that the condition names."""
    return all(_fits(body.get(name), expected) for name, expected in _json.members(condition).items())


def _fits(value: Any, expected: Any) -> bool:
    if _json.is_object(expected):
        return bool(value) is _json.members(expected).get("given")
    return bool(value == expected and isinstance(value, bool) is isinstance(expected, bool))


def in_words(condition: Any) -> str:
    """Return a condition as a message says it, such as "'mode' is 'pro' and 'image_url' is given"."""
    return " and ".join(_in_words(name, expected) for name, expected in _json.members(condition).items())


def _in_words(name: str, expected: Any) -> str:
    if _json.is_object(expected):
        return f"{name!r} is {'given' if _json.members(expected).get('given') else 'not given'}"
    value = {True: "true", False: "false"}[expected] if isinstance(expected, bool) else repr(expected)
    return f"{name!r} is {value}"
