"""Facts of the specification for tests, so that none types a price, a bound or a list of fields that may change.

They are read from generated/openapi.json, which tests hold to be what spec/ gives, and worked out here without the client's code.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

DOCUMENT: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[1] / "generated" / "openapi.json").read_text("utf-8")
)


@cache
def operation(model: str) -> dict[str, Any]:
    """Return the operation of a model, given with or without its kind."""
    paths = [path for path in DOCUMENT["paths"] if path.startswith("/generate/") and path.endswith(f"/{model}")]
    [path] = paths
    operation: dict[str, Any] = DOCUMENT["paths"][path]["post"]
    return operation


def fields(model: str) -> dict[str, Any]:
    """Return the schemas of the fields of a model's request, in their order."""
    reference = operation(model)["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    properties: dict[str, Any] = DOCUMENT["components"]["schemas"][reference.rpartition("/")[2]]["properties"]
    return properties


def bound(model: str, field: str, keyword: str) -> Any:
    """Return a bound of a field, such as its maximum."""
    return fields(model)[field][keyword]


def read_on(model: str) -> str:
    """Return when the price of a model was read."""
    return str(operation(model)["x-krea-pricing"]["read"])


def price(model: str, **values: Any) -> float:
    """Return the price of a request with these values: that of the first row that fits, times its seconds."""
    pricing = operation(model)["x-krea-pricing"]
    values = {name: schema["default"] for name, schema in fields(model).items() if "default" in schema} | values
    row = next(row for row in pricing.get("table", [pricing]) if _fits(row.get("when", {}), values))
    amount = float(row.get("amount", row.get("least")))
    if row.get("per", pricing["per"]) == "second":
        amount *= values[row.get("seconds", pricing.get("seconds"))]
    return round(amount, 6)


def _fits(when: dict[str, Any], values: dict[str, Any]) -> bool:
    return all(
        bool(values.get(name)) == value["given"] if isinstance(value, dict) else values.get(name) == value
        for name, value in when.items()
    )


def price_line(model: str, **values: Any) -> str:
    """Return the line that the client prints for a price."""
    return f"{model}: {price(model, **values):g} USD (read {read_on(model)})"
