"""The specification against the tables of documented facts, entry by entry. Skipped where the tables are not at hand.

Every difference must be told by a line of spec/notes/ that names the model and, in backticks, the field.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from regenerate.bodies import body_of
from regenerate.operation_files import operations
from regenerate.references import resolve

from .flat import DOCUMENT, FACTS, flattened, is_stated

KINDS = ("image", "video", "enhance", "3d", "audio")
ENTRIES = {
    entry["path"].removeprefix("/generate/"): entry
    for kind in KINDS
    if (file := FACTS / f"generate-{kind}.yaml").is_file()
    for entry in yaml.safe_load(file.read_text("utf-8"))
}
NEWER = FACTS / "new-2026-11"


def read(name: str) -> Any:
    file = NEWER / name
    return yaml.safe_load(file.read_text("utf-8")) if file.is_file() else []


def paths_of(row: Any) -> list[str]:
    paths = row["path"] if isinstance(row["path"], list) else [row["path"]]
    return [path.removeprefix("/generate/") for path in paths if path.startswith("/generate/")]


def take_in(model: str, row: Any) -> None:
    """Put what was seen later into an entry: it wins."""
    if "request" in row:
        ENTRIES[model] = {**row["request"], "captured": row["captured"]}
    entry = ENTRIES[model]
    entry["aliases"] = entry.get("aliases", {}) | row.get("aliases", {})
    for field, condition in row.get("applies_when", {}).items():
        entry["fields"][field]["applies_when"] = ", ".join(f"{name}={value}" for name, value in condition.items())
    if prices := row.get("price_usd_per_second"):
        row = row | {"price_usd": {f"{name}/s": price for name, price in prices.items()}}
    if row.get("price_usd"):
        entry["price_usd"] = row["price_usd"]
        entry["price_as_of"] = re.findall(r"\d{4}", row["price_source"]["date"])[0]


for row in [row for name in (*(f"generate-{kind}.yaml" for kind in KINDS), "formats.yaml") for row in read(name)]:
    for name in paths_of(row):
        take_in(name, row)
RETIRED = read("retired.yaml")
# What pages of early 2026 showed and no document has.
SHOWN_EARLY = {(name, field) for row in RETIRED for name in paths_of(row) for field in row.get("fields", ())}
OPERATIONS = {
    path.removeprefix("/generate/"): op for path, _, op in operations(DOCUMENT) if path.startswith("/generate/")
}
RETIRED_DATES = {"last_seen": "2026-05-25", "gone_by": "2026-10-09"}
SUNSET = "2026-06-19"
Flat = dict[str, Any]

pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason="the tables of facts are not beside the project")


def numbers(value: Any) -> set[float]:
    """Return every number that a price is told with."""
    if isinstance(value, dict | list):
        return {number for part in (value.values() if isinstance(value, dict) else value) for number in numbers(part)}
    return {float(number) for number in re.findall(r"\d+\.\d+|(?<![\d.])\d+(?![\d.])", str(value))} if value else set()


def priced(pricing: Any) -> set[float]:
    rows = pricing.get("table", [pricing])
    return {float(row[key]) for row in rows for key in ("amount", "least", "most") if key in row}


def prices_differ(entry: Any, pricing: Any) -> Iterator[str]:
    published = entry.get("price_usd")
    if published is None or "no price" in str(published) or "not captured" in str(published):
        if pricing:
            yield "a price that the facts do not have"
    elif pricing is None:
        yield "no price"
    else:
        table, own_numbers = numbers(published), priced(pricing)
        # A list of facts may hold all its numbers, words and totals hold others too.
        if not own_numbers <= table or (isinstance(published, dict | int | float) and own_numbers != table):
            yield f"prices {sorted(own_numbers)}, facts {published}"
        if pricing["read"] != str(entry["price_as_of"]):
            yield f"read {pricing['read']}, facts {entry['price_as_of']}"
        if ("/s" in str(published)) != ("second" in str(pricing)):
            yield f"per {pricing['per']}, facts {published}"


def differences(model: str) -> Iterator[tuple[str, str]]:
    """Yield field, or name of an extension, and how it differs."""
    entry, operation = ENTRIES[model], OPERATIONS[model]
    body = resolve(DOCUMENT, body_of(DOCUMENT, operation) or {})
    documented_fields, own_fields = flattened({**entry, "type": "object"}, "", {}), flattened(body, "", {})
    for field in sorted({*documented_fields, *own_fields}):
        if documented_fields.get(field) != own_fields.get(field):
            yield field, f"facts {documented_fields.get(field)}, specification {own_fields.get(field)}"
    yield from old_names_differ(entry, operation)
    for price in prices_differ(entry, operation.get("x-krea-pricing")):
        yield "x-krea-pricing", price
    for name, expected in (
        ("x-krea-typical-seconds", entry.get("typical_seconds_2026_05")),
        ("x-krea-captured", entry["captured"]),
        ("deprecated", "listed_no_more" in entry or None),
    ):
        if operation.get(name) != expected:
            yield name, f"{operation.get(name)}, facts {expected}"


def old_names_differ(entry: Any, operation: Any) -> Iterator[tuple[str, str]]:
    rows = operation.get("x-krea-deprecated-field-aliases", [])
    aliases = entry.get("aliases", {})
    for old in sorted({row["from"] for row in rows} ^ {*aliases}):
        yield old, "an alias of only one of the two"
    for row in rows:
        if row["from"] in aliases and (row["to"], row["sunset_date"]) != (aliases[row["from"]], SUNSET):
            yield row["from"], f"leads to {row}, facts {aliases[row['from']]}"
    retired = {row["name"]: row for row in operation.get("x-krea-retired-fields", [])}
    early = {name for name in retired if (entry_name(operation), name) in SHOWN_EARLY}
    for name in sorted({*retired, *(gone_fields := entry.get("fields_gone_since_2026_05", []))} - early):
        if (name in gone_fields) != (name in retired) or not RETIRED_DATES.items() <= retired[name].items():
            yield name, f"retired {retired.get(name)}, facts {name in gone_fields}"


def entry_name(operation: Any) -> str:
    return next(name for name, candidate in OPERATIONS.items() if candidate is operation)


@pytest.mark.parametrize("row", [row for row in RETIRED if "only_value" in row], ids=lambda row: row["path"])
def test_the_only_value_of_a_retired_field_asked_for_nothing(row: Any) -> None:
    (name,) = paths_of(row)
    values = {entry["name"]: entry.get("no_effect") for entry in OPERATIONS[name]["x-krea-retired-fields"]}
    assert values[row["field"]] == [row["only_value"]]


@pytest.mark.parametrize(("name", "field"), sorted(SHOWN_EARLY))
def test_a_field_of_early_pages_is_told_as_retired(name: str, field: str) -> None:
    assert field in {entry["name"] for entry in OPERATIONS[name]["x-krea-retired-fields"]}


def test_there_is_an_operation_for_every_entry_and_no_other() -> None:
    assert sorted(OPERATIONS) == sorted(ENTRIES)


@pytest.mark.parametrize("model", sorted(ENTRIES))
def test_what_differs_from_the_facts_is_told_in_the_notes(model: str) -> None:
    untold = [f"{model} `{field}`: {how}" for field, how in differences(model) if not is_stated(model, field)]
    assert untold == []
