"""Prices of requests, as far as the documentation tells."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any, NamedTuple

from krea_client import _json
from krea_client._spec.catalogue import Operation
from krea_client._spec.field_conditions import fits


class Price(NamedTuple):
    """The documented price of one request.

    Attributes:
        model: the model, such as "z-image/z-image".
        amount: what the request costs, or None where the documentation does not tell it for this request.
        currency: such as "USD"; None where no price is published.
        read: the day on which the price was read in the documentation, as far as it is known; None without a price.
        least, most: the bounds of the published prices where only a range is published, or None.
        note: what the price depends on, where that is all there is.
    """

    model: str
    amount: float | None
    currency: str | None = None
    read: str | None = None
    least: float | None = None
    most: float | None = None
    note: str | None = None

    @property
    def published(self) -> bool:
        """True when the documentation gives any price for the model."""
        return self.currency is not None

    @property
    def at_most(self) -> float | None:
        """What the request costs at most, or None where nobody can tell."""
        return self.most if self.amount is None else self.amount

    @property
    def short(self) -> str:
        """The amount or the range alone, such as "0.003 USD", or "" where none is published for the request."""
        if self.amount is not None:
            return f"{self.amount:g} {self.currency}"
        if self.least is None:
            return ""
        span = f"{self.least:g} to {self.most:g}" if self.most is not None else f"from {self.least:g}"
        return f"{span} {self.currency}"

    def __str__(self) -> str:
        if not self.published:
            return f"{self.model}: no price is published"
        if not self.short:
            return f"{self.model}: no price is published for this request"
        note = f": {self.note}" if self.note and self.amount is None else ""
        return f"{self.model}: {self.short} (read {self.read}){note}"


def has_one_price(operation: Operation) -> bool:
    """Return True where the price of a request does not depend on its body."""
    table = _json.members(operation.details.get("pricing"))
    return not table.get("table") and table.get("per") != "second"


def price_of(operation: Operation, body: Mapping[str, Any]) -> Price:
    """Return the price of a request with this body, under the names that the API accepts today."""
    table = operation.details.get("pricing")
    if not table:
        return Price(operation.model, None)
    rows = [_json.members(row) for row in _json.items(table.get("table"))] or [table]
    filled = {**operation.defaults, **body}
    empty: dict[str, Any] = {}
    row = next((row for row in rows if fits(row.get("when"), filled)), empty)
    per = row.get("per", table.get("per"))
    times = _seconds(row.get("seconds") or table.get("seconds"), filled) if per == "second" else 1.0
    return Price(
        operation.model,
        _times(row.get("amount"), times),
        table["currency"],
        table["read"],
        _times(table.get("least"), times),
        _times(table.get("most"), times),
        table.get("note"),
    )


def _seconds(field: str | None, body: Mapping[str, Any]) -> float | None:
    if field is None:
        return None
    try:
        seconds = float(body[field])
    except (KeyError, TypeError, ValueError, OverflowError):  # not given, a word, or 400 digits
        return None
    return seconds if 0 <= seconds < inf else None


def _times(amount: float | None, times: float | None) -> float | None:
    return None if amount is None or times is None else round(float(amount) * times, 6)
