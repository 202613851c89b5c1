"""What a reference page says of one field: the lines below its name."""

from __future__ import annotations

import json
import re
from typing import Any

from krea_client.cli.document_diff.operation_facts import Facts, Unreadable

from .lines import Cursor, Line

_WORD = r"(?:string|number|integer|boolean|object|array|null|any|file|enum<(?:string|number|integer|boolean)>)"
_SINGLE_TYPE = rf"{_WORD}(?:<[\w.-]+>)?(?:\[\])*"
TYPE = re.compile(rf"{_SINGLE_TYPE}(?:\s*\|\s*{_SINGLE_TYPE})*")
_PLACES = frozenset({"header", "query", "path", "cookie", "body"})
_IGNORED = frozenset({"Show child attributes", "Hide child attributes", "read-only", "write-only"})
_NUMBER = r"(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)"
_LENGTHS = {"string": ("minLength", "maxLength"), "array": ("minItems", "maxItems")}
_BOUNDS = {"<=": "maximum", "<": "exclusiveMaximum", ">=": "minimum", ">": "exclusiveMinimum"}
_FROM_LEFT = {"<=": "minimum", "<": "exclusiveMinimum"}
# A line that begins so states a fact; one that is not understood may not pass for a description.
_FACTUAL = re.compile(
    r"(?:(?:Required|Maximum|Minimum|Available|Allowed|Exclusive|Default|Must be|Pattern)\b[^.]*:"
    r"|Must be a multiple of |default\b|deprecated\b)",
)


def is_attribute(text: str) -> bool:
    """Return whether a line below a field's name states something about it, understood or not."""
    return text in {"required", "deprecated", "Example:", *_PLACES, *_IGNORED} or _FACTUAL.match(text) is not None


def typed(text: str) -> tuple[Facts, Facts]:
    """Return the facts of a type line such as `string<uri>[] | null`, and those of the items where it is a list."""
    facts, items = Facts(), Facts()
    types: list[str] = []
    for part in (part.strip() for part in text.split("|")):
        name, lists = part.removesuffix("[]"), part.endswith("[]")
        form = re.fullmatch(r"(enum)?<?(\w+?)>?(?:<([\w.-]+)>)?(?:\[\])*", name)
        if form is None:
            raise Unreadable(f"the type {part!r} is not understood")
        types.append("array" if lists else form[2])
        subject = items if lists else facts
        if lists:
            items["type"] = (form[2],)
        if form[3]:
            subject["format"] = form[3]
    if "any" not in types:
        facts["type"] = tuple(sorted(set(types)))
    return facts, items


def read(cursor: Cursor, line: Line, facts: Facts, items: Facts) -> None:
    """Take one attribute in; `line` is read already, what belongs to it (options) is read here.

    Raises:
        Unreadable: the line states something that is not understood.
    """
    text = line.text
    if text in _PLACES or text in _IGNORED:
        return
    if text in ("required", "deprecated"):
        facts[text] = True
    elif text == "Example:":
        _skip_example(cursor)
    elif text == "Available options:":
        (items if _is_list(facts) else facts)["enum"] = _options(cursor, line, _kind(facts, items))
    elif text.startswith("default:"):
        facts["default"] = value(text.removeprefix("default:"), _kind(facts, items) if not _is_list(facts) else "array")
    elif match := re.fullmatch(r"Allowed values?:\s*(.+)", text):
        facts["enum"] = [value(match[1].strip("`"), _kind(facts, items))]
    elif not (_length(text, facts) or _bound(text, facts)):
        raise Unreadable(f"this fact is not understood: {text}", line.number)


def value(text: str, kind: str) -> Any:
    """Return a value as it is printed on a page, of the type that the field has."""
    text = text.strip()
    if kind == "string":
        return json.loads(text) if re.fullmatch(r'".*"', text) else text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _is_list(facts: Facts) -> bool:
    return "array" in facts.get("type", ())


def _kind(facts: Facts, items: Facts) -> str:
    types = [kind for kind in (items if _is_list(facts) else facts).get("type", ()) if kind != "null"]
    return types[0] if len(types) == 1 else "any"


def _options(cursor: Cursor, line: Line, kind: str) -> list[Any]:
    options: list[Any] = []
    while not cursor.done:
        option = cursor.take().text
        options.append(value(option.removesuffix(","), kind))
        if not option.endswith(","):
            return options
    raise Unreadable("the list of options does not end: its last one must have no comma", line.number)


def _skip_example(cursor: Cursor) -> None:
    while not cursor.done and not cursor.after_blank:
        cursor.take()
    if not cursor.done and cursor.peek()[:1] in '"[{' + "0123456789-":
        while not cursor.done:
            cursor.take()
            if cursor.after_blank:
                return


def _length(text: str, facts: Facts) -> bool:
    if match := re.fullmatch(r"(Minimum|Maximum) (string|array) length: (\d+)(?: elements?| characters?)?", text):
        facts[_LENGTHS[match[2]][match[1] == "Maximum"]] = int(match[3])
    elif match := re.fullmatch(r"Required (string|array) length: (\d+)(?: - (\d+))?(?: elements?| characters?)?", text):
        least, upper = _LENGTHS[match[1]]
        facts[least], facts[upper] = int(match[2]), int(match[3] or match[2])
    elif match := re.fullmatch(r"Pattern:\s*`?(.+?)`?", text):
        facts["pattern"] = match[1]
    else:
        return False
    return True


def _bound(text: str, facts: Facts) -> bool:
    if match := re.fullmatch(rf"Required range: {_NUMBER} (<=?) x (<=?) {_NUMBER}", text):
        facts[_FROM_LEFT[match[2]]], facts[_BOUNDS[match[3]]] = json.loads(match[1]), json.loads(match[4])
    elif match := re.fullmatch(rf"Required range: x ([<>]=?) {_NUMBER}", text):
        facts[_BOUNDS[match[1]]] = json.loads(match[2])
    elif match := re.fullmatch(rf"Must be a multiple of:? `?{_NUMBER}`?", text):
        facts["multipleOf"] = json.loads(match[1])
    else:
        return False
    return True
