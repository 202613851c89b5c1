"""Facts and the specification in one flat form, and the notes that tell where they differ."""

import re
from pathlib import Path
from typing import Any

from regenerate.bundle import bundle
from regenerate.references import resolve
from regenerate.sources import read_folder

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "facts"
DOCUMENT = bundle(read_folder(ROOT / "spec")).document
NOTES = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "spec" / "notes").glob("*.md")))
LINES = [" ".join(line.split()) for line in re.split(r"^- ", NOTES, flags=re.MULTILINE)[1:]]
# Keywords whose values are facts of a field.
PLAIN = (
    "default", "minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength", "minItems", "maxItems", "pattern",
    "format", "deprecated",
)  # fmt: skip  # one name on each line would be a page
Flat = dict[str, Any]


def is_stated(model: str, field: str) -> bool:
    """Return whether a note names the model, or ends its name with /*, and the field."""
    pattern = re.compile(rf"(?<![\w/.-]){re.escape(model)}(?![\w/-]|\.\d)")
    words = [f"`{name}`" for name in (field, re.split(r"[.<\[]", field)[0])]
    return any(pattern.search(line) and any(word in line for word in words) for line in LINES)


def flattened(schema: Any, path: str, flat: Flat) -> Flat:
    """Return address of each field, items and branch, with what is said of it; facts and specification come out alike."""
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
        flat[path] = flat_form(schema)
    for name, field in (schema.get("fields") or schema.get("properties", {})).items():
        place = f"{path}.{name}" if path else name
        flattened(field, place, flat)
        flat[place]["required"] = name in schema.get("required", ())
    if "items" in schema:
        flattened(schema["items"], f"{path}[]", flat)
    return flat


def flat_form(schema: Any) -> Flat:
    types = schema.get("type", [])
    facts = {key: schema[key] for key in PLAIN if key in schema}
    if "const" in schema or "enum" in schema:
        facts["enum"] = schema.get("enum", [schema.get("const")])
    if by := schema.get("x-krea-options-by"):
        schema = {"depends_on": by["field"], "options_by_value": by["options"]}
    if conditions := schema.get("x-krea-applies-when"):
        schema = {"applies_when": ", ".join(f"{field}={value}" for field, value in conditions.items())}
    facts |= {key: schema[key] for key in ("depends_on", "options_by_value", "applies_when") if key in schema}
    return {"type": sorted([types] if isinstance(types, str) else types), **facts}
