"""Messages for broken rules of a request schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from krea_client import _json
from krea_client._spec.catalogue import Operation, RetiredField
from krea_client._spec.suggestions import nearest
from krea_client.errors import Problem, Undocumented

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

_SHOWN = 40  # characters of a value that a message may hold
_NUMBERS = re.compile(r"\[\d+\]")
_MEDIA = "give a whole one, such as https://example.com/in.png, or a local file (in Python a Path)"
_NAMES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def address(path: Iterable[str | int]) -> str:
    """Return a place in a body as text, such as "styles[0].strength"."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:  # a name that could be read as something else is quoted
            name = step if step.replace("-", "_").isidentifier() else repr(step)
            text += f".{name}" if text else name
    return text


def problems_from(error: ValidationError, operation: Operation) -> Iterator[Problem]:
    """Yield the problems behind one error of the JSON Schema library: one, or one for each unknown key."""
    keyword = error.kind.name
    where = address(error.instance_path)
    kind: Any = error.kind
    if keyword in ("additionalProperties", "unevaluatedProperties"):
        for name in kind.unexpected:
            yield unknown_field_problem(
                name, address([*error.instance_path, name]), operation, top=not error.instance_path
            )
    elif keyword == "required":
        schema = (operation.schema or {}) if not error.instance_path else {}
        yield Problem(
            address([*error.instance_path, kind.property]), "is missing", _remedy_for_missing(kind.property, schema)
        )
    elif keyword in ("oneOf", "anyOf"):
        yield from _closest_branch(error, operation)
    else:
        rule, remedy = _RULES.get(keyword, _unnamed_rule)(kind, error)
        if keyword == "format" and _is_media_field(error, operation):
            remedy = _MEDIA
        yield Problem(where or "the body", rule, remedy)


def _closest_branch(error: ValidationError, operation: Operation) -> Iterator[Problem]:
    # The alternative that was meant most likely is of the right type, knows the chosen values, and has the fewest and deepest errors.
    kind: Any = error.kind
    branches: list[list[ValidationError]] = [branch for branch in kind.context if branch]
    if not branches:
        yield Problem(
            address(error.instance_path) or "the body", "fits more than one of the alternatives", "give one of them"
        )
        return
    top, common = len(error.instance_path), _unknown_to_all(branches)
    best = min(
        branches,
        key=lambda branch: (
            _of_wrong_type(branch, top),
            len(_choices(branch).keys() - common.keys()),
            _error_count(branch),
            -_depth(branch),
        ),
    )
    for leaf in best:
        options = common.get(address(leaf.instance_path), []) if leaf.kind.name == "enum" else []
        if options:
            yield Problem(address(leaf.instance_path), *_not_among(leaf.instance, options))
        else:
            yield from problems_from(leaf, operation)


def _choices(branch: list[ValidationError]) -> dict[str, list[object]]:
    # By place: the values that an alternative accepts where another one was given.
    return {address(error.instance_path): list(_options(error)) for error in branch if error.kind.name == "enum"}


def _options(error: ValidationError) -> Iterable[object]:
    kind: Any = error.kind
    options: Iterable[object] = kind.options
    return options


def _unknown_to_all(branches: list[list[ValidationError]]) -> dict[str, list[object]]:
    choices = [_choices(branch) for branch in branches]
    places = set(choices[0]).intersection(*choices[1:])
    return {
        place: list(dict.fromkeys(option for by_place in choices for option in by_place[place])) for place in places
    }


def _of_wrong_type(branch: list[ValidationError], top: int) -> bool:
    return any(error.kind.name == "type" and len(error.instance_path) == top for error in branch)


def _error_count(branch: list[ValidationError]) -> int:
    return sum(len(getattr(error.kind, "unexpected", "1")) for error in branch)


def _depth(branch: list[ValidationError]) -> int:
    return max(len(error.instance_path) for error in branch)


def unknown_field_problem(name: str, path: str, operation: Operation, *, top: bool) -> Problem:
    """Return the problem of a key that the model has not, at a path; `top` where it stands at the top level of the body."""
    retired = operation.retired.get(name) if top else None
    if retired:
        return retired_field_problem(retired)
    suggestions = nearest(name, list(operation.fields)) if top else []
    rule = "is not a field of this model"
    if top and not suggestions:
        fields = ", ".join(operation.fields)
        return Undocumented(path, rule, f"the fields are {fields}" if fields else "leave it out")
    return Problem(path, rule, f"did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else "")


def retired_field_problem(retired: RetiredField) -> Problem:
    """Return the problem of a field that the model no longer has: when it went, and what to use."""
    return Problem(retired.name, _retirement(retired), f"use {retired.use}" if retired.use else "leave it out")


def _retirement(retired: RetiredField) -> str:
    if retired.last_seen and retired.gone_by:
        return f"is no longer a field of this model (seen {retired.last_seen}, gone by {retired.gone_by})"
    if retired.gone_by:
        return f"is a deprecated name that no model takes (gone by {retired.gone_by})"
    return "is no longer a field of this model"


def _remedy_for_missing(name: str, schema: Any) -> str:
    part = schema.get("properties", {}).get(name, {})
    if "$ref" in part:
        part = schema.get("$defs", {}).get(part["$ref"].rsplit("/", 1)[-1], part)
    if "enum" in part:
        return f"give one of {_listed(part['enum'])}"
    if part.get("x-krea-media"):
        return "give an address or a local file"
    kinds = part.get("type")
    return f"give {_kinds([kinds] if isinstance(kinds, str) else kinds)}" if kinds else "give it"


def _listed(options: Iterable[object]) -> str:
    return ", ".join(display_value(option) for option in options)


def _kinds(types: Iterable[str]) -> str:
    return " or ".join(_NAMES.get(name, name) for name in types)


def display_value(value: object) -> str:
    """Return a value as a message shows it: like JSON, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if (parts := _json.sequence(value)) is not None:
        return f"a list of {len(parts)}"
    if isinstance(value, dict):
        return "an object"
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 4]}...{text[-1]}"


def _unnamed_rule(kind: Any, error: ValidationError) -> tuple[str, str]:
    return f"is {display_value(error.instance)}, which breaks the rule {kind.name!r}", ""


def _type(kind: Any, error: ValidationError) -> tuple[str, str]:
    value = error.instance
    remedy = ""
    if isinstance(value, str) and {"number", "integer"} & set(kind.types):
        number = value.strip()
        remedy = f"give {number} without quotes" if number.lstrip("-").replace(".", "", 1).isdigit() else ""
    elif isinstance(value, str) and "boolean" in kind.types and value.lower() in ("true", "false"):
        remedy = f"give {value.lower()} without quotes"
    elif "array" in kind.types and not isinstance(value, (dict, list)):
        remedy = "put it in a list"
    return f"is {display_value(value)}, must be {_kinds(kind.types)}", remedy


def _enum(kind: Any, error: ValidationError) -> tuple[str, str]:
    return _not_among(error.instance, kind.options)


def _not_among(value: object, options: Iterable[object]) -> tuple[str, str]:
    suggestions = nearest(str(value), [str(option) for option in options], 1)
    remedy = f"did you mean {suggestions[0]!r}?" if suggestions and isinstance(value, str) else ""
    return f"is {display_value(value)}, must be one of {_listed(options)}", remedy


def _bound(words: str) -> Callable[[Any, ValidationError], tuple[str, str]]:
    return lambda kind, error: (f"is {display_value(error.instance)}, must be {words} {kind.limit}", "")


def _length(words: str, unit: str) -> Callable[[Any, ValidationError], tuple[str, str]]:
    def message(kind: Any, error: ValidationError) -> tuple[str, str]:
        value: Any = error.instance
        return f"has {len(value)} {unit}, must have {words} {kind.limit}", ""

    return message


def _is_media_field(error: ValidationError, operation: Operation) -> bool:
    place = _NUMBERS.sub("[]", address(error.instance_path))
    return place in operation.details.get("media", ())


def _format(kind: Any, error: ValidationError) -> tuple[str, str]:
    if kind.format == "uri":
        return (
            f"is {display_value(error.instance)}, must be an address",
            "give a whole one, such as https://example.com/in.png",
        )
    return f"is {display_value(error.instance)}, must be in the format {kind.format!r}", ""


_RULES: dict[str, Callable[[Any, ValidationError], tuple[str, str]]] = {
    "type": _type,
    "enum": _enum,
    "format": _format,
    "minimum": _bound("at least"),
    "maximum": _bound("at most"),
    "exclusiveMinimum": _bound("more than"),
    "exclusiveMaximum": _bound("less than"),
    "minLength": _length("at least", "characters"),
    "maxLength": _length("at most", "characters"),
    "minItems": _length("at least", "items"),
    "maxItems": _length("at most", "items"),
    "multipleOf": lambda kind, error: (
        f"is {display_value(error.instance)}, must be a multiple of {kind.multiple_of}",
        "",
    ),
    "const": lambda kind, error: (
        f"is {display_value(error.instance)}, must be {display_value(kind.expected_value)}",
        "",
    ),
    "pattern": lambda kind, error: (f"is {display_value(error.instance)}, must match {kind.pattern}", ""),
}
