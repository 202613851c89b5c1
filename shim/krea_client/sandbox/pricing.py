"""What a request costs by the document's `x-krea-pricing`, read for the sandbox alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast


def price(pricing: Mapping[str, Any], fields: Mapping[str, Any]) -> float | None:
    """Return the price in USD of a request with these fields, server defaults included; None where none is published.

    Where only a span is published, the least of it counts. A length that the request does not tell is one second.
    """
    rows: list[Mapping[str, Any]] = pricing.get("table") or [pricing]
    row = next((row for row in rows if fits(row.get("when", {}), fields)), None)
    if row is None:
        return None
    amount = row.get("amount", pricing.get("least"))
    if not isinstance(amount, (int, float)):
        return None
    if row.get("per", pricing.get("per")) != "second":
        return float(amount)
    return amount * _seconds(fields.get(row.get("seconds") or pricing.get("seconds") or ""))


def fits(when: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    """Return whether the fields, server defaults included, have every value that `when` names."""
    return all(_is(fields.get(name), expected) for name, expected in when.items())


def _is(value: object, expected: object) -> bool:
    if isinstance(expected, Mapping):
        presence: object = cast("Mapping[str, object]", expected)["given"]
        return bool(value) is presence
    # In Python True equals 1; in JSON it does not.
    return value == expected and isinstance(value, bool) is isinstance(expected, bool)


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 1.0
