"""The specification against the tables of documented facts, entry by entry. Skipped where the tables are not at hand.

Every difference must be told by a line of spec/notes/ that names the model and, in backticks, the field.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generation.bodies import body_of
from generation.bundle import bundle
from generation.operations import operations
from generation.references import resolve
from generation.sources import read_folder

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "facts"
DOCUMENT = bundle(read_folder(ROOT / "spec")).document
NOTES = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "spec" / "notes").glob("*.md")))
LINES = [" ".join(line.split()) for line in re.split(r"^- ", NOTES, flags=re.MULTILINE)[1:]]
KINDS = ("image", "video", "enhance", "3d", "audio")
ENTRIES = {
    entry["path"].removeprefix("/generate/"): entry
    for kind in KINDS
    if (file := FACTS / f"generate-{kind}.yaml").is_file()
    for entry in yaml.safe_load(file.read_text("utf-8"))
}
OURS = {path.removeprefix("/generate/"): op for path, _, op in operations(DOCUMENT) if path.startswith("/generate/")}
# Keywords whose values are facts of a field.
PLAIN = (
    "default minimum maximum exclusiveMinimum minLength maxLength minItems maxItems pattern format deprecated".split()
)
GONE = {"last_seen": "2026-05-25", "gone_by": "2026-10-09"}
SUNSET = "2026-06-19"
Flat = dict[str, Any]

pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason="the tables of facts are not beside the project")


def told(model: str, field: str) -> bool:
    """Whether a note names the model, or ends its name with /*, and the field."""
    whole = re.compile(rf"(?<![\w/.-]){re.escape(model)}(?![\w/-]|\.\d)")
    words = [f"`{name}`" for name in (field, re.split(r"[.<\[]", field)[0])]
    return any(whole.search(line) and any(word in line for word in words) for line in LINES)


def flattened(schema: Any, path: str, flat: Flat) -> Flat:
    """Address of each field, items and branch, with what is said of it; facts and specification come out alike."""
    schema = resolve(DOCUMENT, schema)
    for union in ("anyOf", "oneOf"):
        branches = [resolve(DOCUMENT, branch) for branch in schema.get(union, ())]
        null = {"type": "null"} in branches
        branches = [branch for branch in branches if branch != {"type": "null"}]
        if branches and all("const" in branch for branch in branches):
            schema = {**schema, "type": branches[0]["type"], "enum": [branch["const"] for branch in branches]}
        elif len(branches) == 1:
            schema = {**branches[0], **schema, "type": [branches[0]["type"], *(["null"] if null else ())]}
        else:
            for number, branch in enumerate(branches):
                flattened(branch, f"{path}<{number}>", flat)
    if path:
        flat[path] = said(schema)
    for name, field in (schema.get("fields") or schema.get("properties", {})).items():
        place = f"{path}.{name}" if path else name
        flattened(field, place, flat)
        flat[place]["required"] = name in schema.get("required", ())
    if "items" in schema:
        flattened(schema["items"], f"{path}[]", flat)
    return flat


def said(schema: Any) -> Flat:
    types = schema.get("type", [])
    found = {key: schema[key] for key in PLAIN if key in schema}
    if "const" in schema or "enum" in schema:
        found["enum"] = schema.get("enum", [schema.get("const")])
    if by := schema.get("x-krea-options-by"):
        schema = {"depends_on": by["field"], "options_by_value": by["options"]}
    for field, value in schema.get("x-krea-applies-when", {}).items():
        schema = {"applies_when": f"{field}={value}"}
    found |= {key: schema[key] for key in ("depends_on", "options_by_value", "applies_when") if key in schema}
    return {"type": sorted([types] if isinstance(types, str) else types), **found}


def numbers(value: Any) -> set[float]:
    """Every number that a price is told with."""
    if isinstance(value, dict | list):
        return {it for part in (value.values() if isinstance(value, dict) else value) for it in numbers(part)}
    return {float(it) for it in re.findall(r"\d+\.\d+|(?<![\d.])\d+(?![\d.])", str(value))} if value else set()


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
        table, ours = numbers(published), priced(pricing)
        # A list of facts may hold all its numbers, words and totals hold others too.
        if not ours <= table or (isinstance(published, dict | int | float) and ours != table):
            yield f"prices {sorted(ours)}, facts {published}"
        if pricing["read"] != str(entry["price_as_of"]):
            yield f"read {pricing['read']}, facts {entry['price_as_of']}"
        if ("/s" in str(published)) != ("second" in str(pricing)):
            yield f"per {pricing['per']}, facts {published}"


def differences(model: str) -> Iterator[tuple[str, str]]:
    """Field, or name of an extension, and how it differs."""
    entry, operation = ENTRIES[model], OURS[model]
    body = resolve(DOCUMENT, body_of(DOCUMENT, operation) or {})
    theirs, ours = flattened({**entry, "type": "object"}, "", {}), flattened(body, "", {})
    for field in sorted({*theirs, *ours}):
        if theirs.get(field) != ours.get(field):
            yield field, f"facts {theirs.get(field)}, specification {ours.get(field)}"
    rows = operation.get("x-krea-deprecated-field-aliases", [])
    aliases = entry.get("aliases", {})
    for old in sorted({row["from"] for row in rows} ^ {*aliases}):
        yield old, "an alias of only one of the two"
    for row in rows:
        if row["from"] in aliases and (row["to"], row["sunset_date"]) != (aliases[row["from"]], SUNSET):
            yield row["from"], f"leads to {row}, facts {aliases[row['from']]}"
    retired = {row["name"]: row for row in operation.get("x-krea-retired-fields", [])}
    for name in sorted({*retired, *(gone := entry.get("fields_gone_since_2026_05", []))}):
        if (name in gone) != (name in retired) or not GONE.items() <= retired[name].items():
            yield name, f"retired {retired.get(name)}, facts {name in gone}"
    for price in prices_differ(entry, operation.get("x-krea-pricing")):
        yield "x-krea-pricing", price
    if operation.get("x-krea-typical-seconds") != entry.get("typical_seconds_2026_05"):
        yield "x-krea-typical-seconds", f"facts {entry.get('typical_seconds_2026_05')}"
    if operation["x-krea-captured"] != entry["captured"]:
        yield "x-krea-captured", f"facts {entry['captured']}"
    if operation.get("deprecated", False) != ("listed_no_more" in entry):
        yield "deprecated", f"facts {entry.get('listed_no_more')}"


def test_there_is_an_operation_for_every_entry_and_no_other() -> None:
    assert sorted(OURS) == sorted(ENTRIES)


@pytest.mark.parametrize("model", sorted(ENTRIES))
def test_what_differs_from_the_facts_is_told_in_the_notes(model: str) -> None:
    untold = [f"{model} `{field}`: {how}" for field, how in differences(model) if not told(model, field)]
    assert untold == []
