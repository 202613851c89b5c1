"""Published prices, which a page lists as rows with words, as `x-krea-pricing` of the fields that the words are values of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from krea_client.cli.document_diff.operation_facts import FieldFacts, PriceRow

Fields = Mapping[str, FieldFacts]
# How a page calls the price without any of the fields that others name.
_PLAIN_WORDS = frozenset({"", "text to image", "text to video", "standard", "default", "base", "price"})


class UnclearPrice(Exception):
    """The rows cannot be written as a table; the message says which row and why."""


def pricing(rows: Sequence[PriceRow], fields: Fields, read: str) -> dict[str, Any]:
    """Return the prices for the specification.

    Raises:
        UnclearPrice: a row names no values of fields, or several ways to read it fit.
    """
    unit = "second" if any(row.per == "second" for row in rows) else "request"
    head: dict[str, Any] = {"currency": "USD", "read": read, "per": unit}
    if unit == "second" and "duration" in fields:
        head["seconds"] = "duration"
    if len({row.amount for row in rows}) == 1:
        return {**head, "amount": rows[0].amount}
    table: list[dict[str, Any]] = [{"when": _condition(row, fields), "amount": row.amount} for row in rows]
    # The first row that fits counts: what asks for more stands above what asks for less, and the dearer above the cheaper.
    table.sort(key=lambda row: (-len(row["when"]), -row["amount"] if _asks_for_presence(row["when"]) else 0))
    if any(first["when"] == second["when"] for first, second in combinations(table, 2)):
        raise UnclearPrice(f"two prices hold for the same request: {', '.join(row.label for row in rows)}")
    return {**head, "table": [{key: item for key, item in row.items() if item != {}} for row in table]}


def _asks_for_presence(condition: Mapping[str, Any]) -> bool:
    return any(isinstance(value, dict) for value in condition.values())


def _condition(row: PriceRow, fields: Fields) -> dict[str, Any]:
    label = row.label.strip().lower()
    if label in _PLAIN_WORDS:
        return {}
    condition = _values(_tight(label), fields)
    if condition is not None:
        return condition
    matching = [name for name in fields if name and _words(name) == _words(label)]
    if len(matching) == 1:
        return {matching[0]: {"given": True}}
    raise UnclearPrice(f"the price for {row.label!r} names no values of fields")


def _values(label: str, fields: Fields) -> dict[str, Any] | None:
    """Return the fields whose values, one after the other, make up a label; None unless exactly one reading fits."""
    readings = {tuple(sorted(reading.items())) for reading in _readings(label, _choices(fields))}
    return dict(next(iter(readings))) if len(readings) == 1 else None


def _readings(label: str, choices: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    if not label:
        return [{}]
    return [
        {name: value, **reading}
        for name, spellings in choices.items()
        for spelling, value in spellings.items()
        if label.startswith(spelling)
        for reading in _readings(
            label.removeprefix(spelling), {key: schema for key, schema in choices.items() if key != name}
        )
    ]


def _choices(fields: Fields) -> dict[str, dict[str, Any]]:
    """Return for each top-level field the spellings of its values: of an enum, or of a length in whole seconds."""
    choices: dict[str, dict[str, Any]] = {}
    for name, node in fields.items():
        facts = node.facts
        if not name or re.search(r"[.\[<]", name):
            continue
        values = list(facts.get("enum", ()))
        if name == "duration" and not values and {"minimum", "maximum"} <= facts.keys():
            values = list(range(int(facts["minimum"]), int(facts["maximum"]) + 1))
        choices[name] = {_tight(spelling): value for value in values for spelling in _spellings(name, value)}
    return choices


def _spellings(name: str, value: Any) -> list[str]:
    text = str(value).lower()
    return [text, f"{text}s", f"{text}sec", f"{text}seconds"] if name == "duration" else [text]


def _tight(text: str) -> str:
    return re.sub(r"[\s|,]+", "", text.lower())


def _words(text: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in re.findall(r"[a-z0-9]+", text.lower())) - {"image", "with"}
