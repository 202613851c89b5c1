"""Published prices, put into a few words."""

from __future__ import annotations

from typing import Any

Price = dict[str, Any]


def cheapest(pricing: Price | None) -> Price | None:
    """Return `{amount, per, from}` of the least that a request can cost; `from` says that others cost more.

    Where a table prices some requests by the second and others whole, the unit of the table itself counts, since the two
    cannot be compared.
    """
    if pricing is None:
        return None
    if "table" not in pricing:
        amount = pricing.get("amount", pricing.get("least"))
        return {"amount": amount, "per": pricing["per"], "from": "amount" not in pricing}
    rows = [{"per": pricing["per"], **row} for row in pricing["table"]]
    unit = pricing["per"] if any(row["per"] == pricing["per"] for row in rows) else rows[0]["per"]
    amount = min(row["amount"] for row in rows if row["per"] == unit)
    is_uniform = all((row["amount"], row["per"]) == (amount, unit) for row in rows)
    return {"amount": amount, "per": unit, "from": not is_uniform}
