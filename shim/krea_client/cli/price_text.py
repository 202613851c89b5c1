"""Published prices (`x-krea-pricing`) in words, always with the date on which they were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from krea_client import _json

_UNITS = {"second": "/s", "request": ""}


def in_short(price: Mapping[str, Any] | None) -> str:
    """Return the lowest price, as the index of the table has it, for a column: such as "from 0.07/s"; "-" where none is published."""
    if not price:
        return "-"
    per = price["per"]
    return f"{'from ' if price['from'] else ''}{price['amount']:g}{_UNITS.get(per, f'/{per}')}"


def in_full(pricing: Mapping[str, Any] | None) -> list[str]:
    """Return the price, a line for each case, the date at the end of the first."""
    if not pricing:
        return ["none is published"]
    lines = list(_amounts(pricing)) or ["depends on the request"]
    note = [pricing["note"]] if pricing.get("note") else []
    return [f"{lines[0]} (read {pricing['read']})", *lines[1:], *note]


def _amounts(pricing: Mapping[str, Any]) -> Iterator[str]:
    rows = [_json.members(row) for row in _json.items(pricing.get("table"))]
    if rows:
        yield from (f"{_amount(row, pricing)} with {_case(row)}" for row in rows)
    elif pricing.get("amount") is not None:
        yield _amount(pricing, pricing)
    elif pricing.get("least") is not None:
        upper_end = f" to {pricing['most']:g}" if pricing.get("most") is not None else ""
        yield f"{'' if upper_end else 'from '}{pricing['least']:g}{upper_end} {pricing['currency']} per {pricing['per']}"


def _amount(row: Mapping[str, Any], pricing: Mapping[str, Any]) -> str:
    return f"{row['amount']:g} {pricing['currency']} per {row.get('per', pricing['per'])}"


def _case(row: Mapping[str, Any]) -> str:
    cases = _json.members(row.get("when"))
    return ", ".join(f"{name} {_wanted(value)}" for name, value in cases.items()) or "anything else"


def _wanted(condition: object) -> str:
    if _json.is_object(condition):
        return "given" if _json.members(condition).get("given") else "left out"
    return {True: "on", False: "off"}[condition] if isinstance(condition, bool) else str(condition)
