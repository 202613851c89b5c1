"""Validate requests against the spec before they are paid for: all problems at once, each with place, rule and remedy."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from krea_client import _json
from krea_client._request.sure_validity import is_surely_valid
from krea_client._spec.catalogue import Operation
from krea_client.errors import Problem, RequestInvalid

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_HOLDING = (dict, list, tuple)
_LEAVES = frozenset({str, int, float, bool, type(None)})
_TOP = re.compile(r"[.\[]")
_HALVES = re.compile("[\ud800-\udfff]")
_BITS = 14_000  # about as many as Python writes as digits
_FEW = 5  # bodies of an operation
_checks: WeakKeyDictionary[Operation, int] = WeakKeyDictionary()
_validators: WeakKeyDictionary[Operation, Draft202012Validator] = WeakKeyDictionary()


def problems(operation: Operation, body: Mapping[str, Any]) -> list[Problem]:
    """Return the problems of a body that JSON can carry, in the body's order, missing fields last."""
    try:
        errors = [] if _needs_no_library(operation, body) else [*_validator(operation).iter_errors(body)]
        return _problems_in_order(operation, body, errors) if errors or operation.details.get("rules") else []
    except ImportError:
        return [
            Problem("the body", "cannot be checked: jsonschema-rs is not installed", "install it, or give check=False")
        ]
    except ValueError as fault:  # the library follows a body for some 250 levels
        return [Problem("the body", f"cannot be checked: {fault}", "give plain JSON values, not so deeply nested")]


def _needs_no_library(operation: Operation, body: Mapping[str, Any]) -> bool:
    """Return True for one of the first bodies of an operation, if it is surely valid: the library is slow to begin, and fast then.

    Where the library has no wheel for the platform, as in WebAssembly, all bodies are judged like the first.
    """
    checks = _checks.get(operation, 0)
    if (checks >= _FEW and _library_exists()) or operation in _validators or type(body) is not dict:
        return False
    _checks[operation] = checks + 1
    return is_surely_valid(operation.schema or {}, body)


@cache
def _library_exists() -> bool:
    return find_spec("jsonschema_rs") is not None


def _problems_in_order(operation: Operation, body: Mapping[str, Any], errors: list[ValidationError]) -> list[Problem]:
    # Most requests are valid, so the messages are imported with the first one that is not.
    from krea_client._request.field_rules import broken_rules
    from krea_client._request.validation_messages import address, problems_from

    enums = [error.instance_path for error in errors if error.kind.name == "enum"]
    # A value of a wrong type is not among the choices either, and the choices say more.
    errors = [error for error in errors if error.kind.name != "type" or error.instance_path not in enums]
    result = [problem for error in errors for problem in problems_from(error, operation)]
    result += broken_rules(operation, body)
    if result:
        order = {address([name]): place for place, name in enumerate(body)}
        last = len(order)
        paths = {problem.path for problem in result}
        top = {path: path if path in order else _TOP.split(path, maxsplit=1)[0] for path in paths}
        result.sort(key=lambda problem: order.get(top[problem.path], last))
    return result


def encode(model: str, body: Mapping[str, Any]) -> bytes:
    """Return the body as JSON text in UTF-8.

    Raises:
        RequestInvalid: the body holds something that JSON cannot carry; every such place is named.
    """
    try:
        text = _ENCODER.encode(body).encode()
        # The encoder turns other keys into strings without a word; in a body they are always a mistake.
        if _keys_are_text(body):
            return text
    except (TypeError, ValueError, RecursionError):  # a lone surrogate raises UnicodeEncodeError, a ValueError
        pass
    try:
        places = list(_beyond_json(body, (), frozenset()))
    except RecursionError:
        places = [Problem("the body", "is nested too deeply to be written as JSON", "give a flatter one")]
    raise RequestInvalid(model, places or [Problem("the body", "cannot be written as JSON", "give plain JSON values")])


def _keys_are_text(body: Mapping[str, Any]) -> bool:
    members = _json.members(body)
    if type(body) is dict and all(type(key) is str and type(members[key]) in _LEAVES for key in members):
        return True
    pending: list[object] = [body]
    while pending:
        part = pending.pop()
        if (inside := _json.mapping(part)) is not None:
            if not all(isinstance(key, str) for key in inside):
                return False
            pending += [value for value in inside.values() if isinstance(value, _HOLDING)]
        else:
            pending += [value for value in _json.sequence(part) or () if isinstance(value, _HOLDING)]
    return True


def _beyond_json(value: object, path: tuple[str | int, ...], ancestors: frozenset[int]) -> Iterator[Problem]:
    from krea_client._request.validation_messages import address

    where = address(path) or "the body"
    if id(value) in ancestors:
        yield Problem(where, "contains itself", "give each part once")
    elif (members := _json.mapping(value)) is not None:
        if not issubclass(type(value), dict):
            yield Problem(where, f"is a {type(value).__name__}, which JSON cannot carry", "give a dict")
        for key, part in members.items():
            if not isinstance(key, str):
                yield Problem(where, f"has the key {key!r}, which is no text", "give keys as text")
            elif _HALVES.search(key):
                yield Problem(where, f"has the key {key!r}, which UTF-8 cannot carry", "give whole characters")
            else:
                yield from _beyond_json(part, (*path, key), ancestors | {id(value)})
    elif (parts := _json.sequence(value)) is not None:
        for place, part in enumerate(parts):
            yield from _beyond_json(part, (*path, place), ancestors | {id(value)})
    else:
        yield from _beyond_json_leaf(value, where)


def _beyond_json_leaf(value: object, where: str) -> Iterator[Problem]:
    if isinstance(value, float):
        if not math.isfinite(value):
            remedy = "give a finite number"
            if math.isnan(value):
                remedy = "leave the field out where a table has no value, or give a finite number"
            yield Problem(where, f"is {value}, which JSON cannot carry", remedy)
    elif isinstance(value, str):
        if _HALVES.search(value):
            yield Problem(where, "holds half a surrogate pair, which UTF-8 cannot carry", "give whole characters")
    elif isinstance(value, int):
        if value.bit_length() > _BITS:
            yield Problem(where, "is a whole number of thousands of digits", "give one that fits")
    elif value is not None:
        kind = type(value).__name__
        yield Problem(where, f"is a {kind}, which JSON cannot carry", "give text, a number, a list or a dict")


def _validator(operation: Operation) -> Draft202012Validator:
    validator = _validators.get(operation)
    if validator is None:
        from jsonschema_rs import Draft202012Validator

        validator = Draft202012Validator(_with_media_rule(operation.schema or {}), validate_formats=True)
        _validators[operation] = validator
    return validator


def _with_media_rule(schema: Any) -> Any:
    # A data: URI is longer than the documented maxLength by nature; the limit is meant for addresses.
    if (parts := _json.sequence(schema)) is not None:
        return [_with_media_rule(part) for part in parts]
    if (members := _json.mapping(schema)) is None:
        return schema
    copy = {key: _with_media_rule(part) for key, part in members.items()}
    if copy.get("x-krea-media") is True and "maxLength" in copy:
        copy["if"] = {"type": "string", "not": {"pattern": "^data:"}}
        copy["then"] = {"maxLength": copy.pop("maxLength")}
    return copy
