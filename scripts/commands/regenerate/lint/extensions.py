"""Rules for the x-krea- extensions, which spec/EXTENSIONS.md describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regenerate.bundle import Document
from regenerate.operation_files import operations
from regenerate.sources import Address
from regenerate.table import entries

from .extension_shapes import EXTENSIONS

Findings = Iterator[tuple[Address, str]]
KNOWN = {name for names in EXTENSIONS.values() for name in names}
# Not ours: what viewers call a tag.
_OF_VIEWERS = {"x-displayName"}


def extensions_are_known(document: Document) -> Findings:
    """Report an extension that nobody reads: it is a typing mistake."""
    for address, name, _ in _extensions(document, ()):
        if name not in KNOWN | _OF_VIEWERS:
            yield (*address, name), f"is not one of {', '.join(sorted(KNOWN))}"


def media_are_strings(document: Document) -> Findings:
    """Check that x-krea-media stands on the string that takes the URL, not on the list of them."""
    for address, name, _ in _extensions(document, ()):
        if name == "x-krea-media":
            schema: Any = document
            for step in address:
                schema = schema[step]
            types = schema.get("type")
            if "string" not in (types if isinstance(types, list) else [types]):
                yield address, "x-krea-media belongs on a string"


def old_names_lead_somewhere(document: Document) -> Findings:
    """Report an alias or retired name that is a field; an alias leads to a field, or to a retired name that tells more."""
    for address, entry in _with_addresses(document):
        fields = (entry["request_schema"] or {}).get("properties", {})
        retired = {row["name"] for row in entry["retired_fields"]}
        used_names: set[str] = set()
        for key, rows, name_of in (
            ("x-krea-deprecated-field-aliases", entry["aliases"], "from"),
            ("x-krea-retired-fields", entry["retired_fields"], "name"),
        ):
            for index, row in enumerate(rows):
                name, place = row[name_of], (*address, key, index)
                if name in fields:
                    yield place, f"{name} is a field of the request; a deprecated name is not"
                if name in used_names:
                    yield place, f"{name} is listed twice"
                used_names.add(name)
                if "to" in row and row["to"] not in {*fields, *retired}:
                    yield place, f"{row['to']} is neither a field of the request nor in x-krea-retired-fields"


def gone_models_are_gone(document: Document) -> Findings:
    """Check that a model that has an operation is not gone."""
    alive = {entry["model"] for entry in entries(document) if entry["model"]}
    for index, row in enumerate(document.get("x-krea-gone-models", ())):
        if row["model"] in alive:
            yield ("x-krea-gone-models", index), f"{row['model']} has an operation"


def _with_addresses(document: Document) -> Iterator[tuple[Address, dict[str, Any]]]:
    for (path, method, _), entry in zip(operations(document), entries(document), strict=True):
        yield ("paths", path, method), entry


def _extensions(value: Any, address: Address) -> Iterator[tuple[Address, str, Any]]:
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if isinstance(key, str) and key.startswith("x-"):
            yield address, key, item
        elif key not in ("example", "examples") or address[-1:] == ("properties",):
            yield from _extensions(item, (*address, key))


RULES = (
    extensions_are_known,
    media_are_strings,
    old_names_lead_somewhere,
    gone_models_are_gone,
)
