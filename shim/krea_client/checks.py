"""Requests against the spec, before they are paid for: every problem at once, each with its address, rule and remedy."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from jsonschema_rs import Draft202012Validator

from krea_client import reading
from krea_client.errors import Problem, RequestInvalid
from krea_client.operations import Operation
from krea_client.wording import address, in_words

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_validators: WeakKeyDictionary[Operation, Draft202012Validator] = WeakKeyDictionary()


def problems(operation: Operation, body: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a body that JSON can carry, in the body's order, missing fields last; empty when nothing is."""
    found = [problem for error in _validator(operation).iter_errors(body) for problem in in_words(error, operation)]
    order = {name: place for place, name in enumerate(body)}
    found.sort(key=lambda problem: order.get(problem.path.partition(".")[0].partition("[")[0], len(order)))
    return found


def encode(model: str, body: Mapping[str, Any]) -> bytes:
    """The body as JSON text in UTF-8.

    Raises:
        RequestInvalid: it holds something that JSON cannot carry; every such place is named.
    """
    try:
        # Keys that are no strings would silently become some; in a body that is always a mistake.
        if all(type(key) is str for key in body):
            return _ENCODER.encode(body).encode()
    except (TypeError, ValueError, RecursionError):  # a lone surrogate raises UnicodeEncodeError, a ValueError
        pass
    found = list(_beyond_json(body, (), frozenset()))
    raise RequestInvalid(model, found or [Problem("the body", "cannot be written as JSON", "give plain JSON values")])


def _beyond_json(value: object, path: tuple[str | int, ...], above: frozenset[int]) -> Iterator[Problem]:
    where = address(path) or "the body"
    if id(value) in above:
        yield Problem(where, "contains itself", "give each part once")
    elif (members := reading.mapping(value)) is not None:
        for key, part in members.items():
            if isinstance(key, str):
                yield from _beyond_json(part, (*path, key), above | {id(value)})
            else:
                yield Problem(where, f"has the key {key!r}, which is no text", "give keys as text")
    elif (parts := reading.sequence(value)) is not None:
        for place, part in enumerate(parts):
            yield from _beyond_json(part, (*path, place), above | {id(value)})
    else:
        yield from _beyond_json_leaf(value, where)


def _beyond_json_leaf(value: object, where: str) -> Iterator[Problem]:
    if isinstance(value, float):
        if not math.isfinite(value):
            yield Problem(where, f"is {value}, which JSON cannot carry", "give a finite number")
    elif isinstance(value, str):
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            yield Problem(where, "holds half a surrogate pair, which UTF-8 cannot carry", "give whole characters")
    elif value is not None and not isinstance(value, (bool, int)):
        kind = type(value).__name__
        yield Problem(where, f"is a {kind}, which JSON cannot carry", "give text, a number, a list or a dict")


def _validator(operation: Operation) -> Draft202012Validator:
    found = _validators.get(operation)
    if found is None:
        found = Draft202012Validator(_with_media_rule(operation.schema or {}), validate_formats=True)
        _validators[operation] = found
    return found


def _with_media_rule(schema: Any) -> Any:
    # A data: URI is longer than the documented maxLength by nature; the limit is meant for addresses.
    if (parts := reading.sequence(schema)) is not None:
        return [_with_media_rule(part) for part in parts]
    if (members := reading.mapping(schema)) is None:
        return schema
    copy = {key: _with_media_rule(part) for key, part in members.items()}
    if copy.get("x-krea-media") is True and "maxLength" in copy:
        copy["if"] = {"type": "string", "not": {"pattern": "^data:"}}
        copy["then"] = {"maxLength": copy.pop("maxLength")}
    return copy
