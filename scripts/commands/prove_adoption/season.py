"""The models that came within a season, and a copy of spec/ from before it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from adopt.descriptions import unwritten
from adopt.spec_folder import SpecFolder
from regenerate.lint.unwritten import MARK
from regenerate.references import resolve, schema_names

_OF_MAY = ("x-krea-retired-fields", "x-krea-typical-seconds", "deprecated", "x-krea-deprecated-field-aliases")
_STAND_IN = "Some words"
# What reference pages say and no document of the provider does.
_OF_PAGES = ("x-krea-pricing", "x-krea-rules", "x-krea-unconfirmed")
# The same of single fields; x-krea-media where adopt asks for it, as the document gives a text no format.
_OF_FIELDS = ("x-krea-options-by", "x-krea-unconfirmed", "x-krea-media")


def is_newer(path: str, operation: dict[str, Any]) -> bool:
    """Return whether nothing of a model reminds of the document of May: no alias, no field that left, no time of that page."""
    return path.startswith("/generate/") and ("/krea-2/" in path or not operation.keys() & set(_OF_MAY))


def newer_models(root: Path) -> list[str]:
    """Return the paths of the models that came within the season."""
    document = json.loads((root / "generated" / "openapi.json").read_text("utf-8"))
    return sorted(path for path, item in document["paths"].items() if is_newer(path, item.get("post", {})))


def take_out(root: Path, paths: list[str]) -> None:
    """Take models out of spec/, with the files and components that only they need."""
    folder = SpecFolder(root / "spec")
    other_items = [item for path, item in folder.bundle.document["paths"].items() if path not in paths]
    needed_schemas = schema_names(folder.bundle.document, other_items)
    for name, file in list(folder.files.items()):
        own = [path for path in file.value.get("paths", {}) if path in paths]
        schemas = file.value.get("components", {}).get("schemas", {})
        if (
            (own or "/operations/" in name)
            and not set(file.value.get("paths", {})) - set(own)
            and not set(schemas) & set(needed_schemas)
        ):
            (root / name).unlink()
            del folder.files[name]
            continue
        for path in own:
            file.delete(("paths", path))
    folder.drop_unused(set(folder.components) - set(needed_schemas))
    folder.write()


def fill_in_words(root: Path) -> int:
    """Put some words where adopt leaves them to a person, and return how many places there were."""
    count = unwritten(SpecFolder(root / "spec").bundle.document)
    for file in (root / "spec").rglob("*.yaml"):
        text = file.read_text("utf-8")
        file.write_text(text.replace(f"{MARK}: ", "").replace(MARK, _STAND_IN), "utf-8")
    return count


def add_facts_of_pages(root: Path, document: dict[str, Any], paths: list[str]) -> int:
    """Write what only reference pages say, such as prices, into spec/ as a document has it; return how many facts that were.

    The day of each look is written as well, since notes are about days.
    """
    folder = SpecFolder(root / "spec")
    count = 0
    for path in paths:
        operation = document["paths"][path]["post"]
        file = folder.owner(path)
        file.set(("paths", path, "post", "x-krea-captured"), operation["x-krea-captured"])
        for key in (key for key in _OF_PAGES if key in operation):
            file.set_before(("paths", path, "post", key), operation[key], ("parameters", "requestBody"))
            count += 1
        request = operation["requestBody"]["content"]["application/json"]["schema"]
        for field, schema in resolve(document, request)["properties"].items():
            address = ("components", "schemas", request["$ref"].rpartition("/")[2], "properties", field)
            for key in (key for key in _OF_FIELDS if key in schema and not file.has(*address, key)):
                file.set((*address, key), schema[key])
                count += 1
    folder.write()
    return count
