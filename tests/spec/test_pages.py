"""The two pages this project starts from, against the specification. Skipped where the pages are not at hand."""

import re
from pathlib import Path
from typing import Any

import pytest

from regenerate.bundle import bundle
from regenerate.references import resolve
from regenerate.sources import read_folder

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT.parent / "shared" / "docs"
DOCUMENT = bundle(read_folder(ROOT / "spec")).document
MODELS = {"z-image.txt": "/generate/image/z-image/z-image", "gpt-image-2.txt": "/generate/image/openai/gpt-image-2"}

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the saved documentation pages are not beside the project")


@pytest.fixture(params=MODELS)
def page(request: pytest.FixtureRequest) -> tuple[list[str], dict[str, Any]]:
    lines = (PAGES / request.param).read_text("utf-8").splitlines()
    return [line for line in lines if line], DOCUMENT["paths"][MODELS[request.param]]["post"]


def body_of(lines: list[str]) -> dict[str, dict[str, Any]]:
    """Return field to what the page says about it."""
    start = lines.index("application/json", lines.index("Body")) + 1
    section = lines[start : lines.index("Response", start)]
    fields: dict[str, dict[str, Any]] = {}
    field: dict[str, Any] = {}
    for at, line in enumerate(section):
        if at + 1 < len(section) and re.match(r"(string|number|boolean|enum|object)(<|\[|$| )", section[at + 1]):
            field = fields[line] = {"type": section[at + 1], "options": []}
        elif line == "required":
            field["required"] = True
        elif match := re.fullmatch(r"default:(.*)", line):
            field["default"] = match[1]
        elif match := re.fullmatch(r"Required range: (\S+) <= x <= (\S+)", line):
            field["range"] = (float(match[1]), float(match[2]))
        elif match := re.fullmatch(r"(Maximum array|Minimum string) length: (\d+)", line):
            field["length"] = int(match[2])
        elif line == "Available options:":
            for option in section[at + 1 :]:
                field["options"].append(option.rstrip(","))
                if not option.endswith(","):
                    break
    return fields


def describe_field(schema: dict[str, Any], required: bool) -> dict[str, Any]:
    """Return what a page would say about a field of the specification."""
    resolved = resolve(DOCUMENT, schema)
    kinds = resolved["type"] if isinstance(resolved["type"], list) else [resolved["type"]]
    kind = f"{resolve(DOCUMENT, resolved['items'])['type']}[]" if kinds[0] == "array" else str(kinds[0])
    if "enum" in resolved:
        kind = f"enum<{kind}>"
    elif resolved.get("format"):
        kind += f"<{resolved['format']}>"
    statement: dict[str, Any] = {"type": " | ".join([kind, *kinds[1:]]), "options": resolved.get("enum", [])}
    if required:
        statement["required"] = True
    if "default" in resolved:
        statement["default"] = str(resolved["default"]).lower()
    if "minimum" in resolved:
        statement["range"] = (resolved["minimum"], resolved["maximum"])
    if length := resolved.get("maxItems", resolved.get("minLength")):
        statement["length"] = length
    return statement


def test_every_field_is_as_on_its_page(page: tuple[list[str], dict[str, Any]]) -> None:
    lines, operation = page
    schema = resolve(DOCUMENT, operation["requestBody"]["content"]["application/json"]["schema"])
    own_fields = {
        name: describe_field(field, name in schema["required"]) for name, field in schema["properties"].items()
    }
    assert own_fields == body_of(lines)


def test_every_alias_is_as_on_its_page(page: tuple[list[str], dict[str, Any]]) -> None:
    lines, operation = page
    start = lines.index("DeprecatedUse insteadAccepted until") + 1
    rows = [row["from"] + row["to"] + row["sunset_date"] for row in operation["x-krea-deprecated-field-aliases"]]
    assert rows == lines[start : lines.index("Authorizations")]


def test_the_price_is_as_on_its_page(page: tuple[list[str], dict[str, Any]]) -> None:
    lines, operation = page
    prices = [line for line in lines if line.startswith("Price: ")]
    price = operation.get("x-krea-pricing")
    assert prices == ([f"Price: ${price['amount']} per {price['per']}"] if price else [])


def test_the_states_of_a_job_are_as_on_its_page(page: tuple[list[str], dict[str, Any]]) -> None:
    lines, _ = page
    start = lines.index("Available options:", lines.index("job_id", lines.index("Response"))) + 1
    states = [line.rstrip(",") for line in lines[start : lines.index("created_at", start)]]
    assert DOCUMENT["components"]["schemas"]["JobStatus"]["enum"] == states
