"""A specification of two lamps, and pages about one of them in the forms that documentation has."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from docs_diff import origins
from docs_diff.ours import Ours
from krea_client.cli.document_diff.comparison import OperationDiff, verdicts
from krea_client.cli.document_diff.decided_differences import undecided
from krea_client.cli.document_diff.operation_facts import Facts, FieldFacts, Statement, Unreadable

HERE = Path(__file__).parent
Edit = tuple[str, str]
Differences = list[tuple[str, str, str]]
Judge = Callable[..., list[OperationDiff]]


@pytest.fixture(scope="session")
def own_spec() -> Ours:
    return Ours(HERE / "spec")


@pytest.fixture(scope="session")
def page() -> Callable[..., str]:
    """Return a page by its name with one text put in place of another, which must stand there once."""

    def edited(name: str, *edits: Edit) -> str:
        text = (HERE / "pages" / name).read_text("utf-8")
        for old, new in edits:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            text = text.replace(old, new)
        return text

    return edited


@pytest.fixture(scope="session")
def verdicts_of(own_spec: Ours) -> Judge:
    """Return the verdicts on a text, without what is decided."""

    def judge(text: str, by: Ours = own_spec) -> list[OperationDiff]:
        origin = origins.understood("page", text, by.aliases)
        return undecided(verdicts(origin.statements, by.statements, whole=origin.whole), origin.kind, by.known)

    return judge


@pytest.fixture(scope="session")
def differences_of(verdicts_of: Judge) -> Callable[..., Differences]:
    """Return everything that differs, as kind, field and what the text says."""

    def differences(text: str, *by: Ours) -> Differences:
        return [
            (difference.kind, difference.about, difference.says)
            for verdict in verdicts_of(text, *by)
            for difference in verdict.differences
        ]

    return differences


@pytest.fixture(scope="session")
def problem(verdicts_of: Judge) -> Callable[[str], Unreadable]:
    """Return what is not understood of a text, whether it ends the comparison or stays in place; it must be one thing."""

    def what(text: str) -> Unreadable:
        try:
            differences = [difference for verdict in verdicts_of(text) for difference in verdict.differences]
        except Unreadable as error:
            return error
        (unclear,) = [difference for difference in differences if difference.kind == "not_understood"]
        return Unreadable(unclear.text, unclear.line)

    return what


@pytest.fixture
def lamps(page: Callable[..., str]) -> dict[str, Any]:
    """Return a whole OpenAPI document about both lamps, everything inlined, without any of our extensions."""
    import yaml

    block = page("lantern.md").split("````")[1].partition("\n")[2].replace("- 16:9", "- '16:9'")
    document: dict[str, Any] = yaml.safe_load(block)
    lantern = document["paths"]["/generate/image/acme/lantern"]["post"]
    torch = json.loads(json.dumps(lantern)) | {"parameters": []}
    torch["requestBody"]["content"]["application/json"]["schema"] = {
        "type": "object",
        "properties": {"mode": {"type": "string", "enum": ["dim", "bright"]}, "sound": {"type": "boolean"}},
    }
    document["paths"]["/generate/image/acme/torch"] = {"post": torch}
    return document


@pytest.fixture(scope="session")
def as_page() -> Callable[[Statement], str]:
    """Print what is stated of an operation as a reference page does, as text."""
    return printed


def printed(statement: Statement) -> str:
    address = "".join(f"/\n{step}\n" for step in statement.path.strip("/").split("/"))
    head = f"Skip to main content\n{statement.method}\n{address}A title\n"
    prices = "".join(f"{row.label.replace(' ', '')}${row.amount:g}/{row.per}\n" for row in statement.prices or ())
    rows = "".join(f"{row.old}{row.new}{row.until}\n" for row in statement.aliases or ())
    above = [f"Pricing\n\n{prices}" if prices else "", f"DeprecatedUse insteadAccepted until\n{rows}" if rows else ""]
    above.append("This operation is deprecated.\n" if statement.deprecated else "")
    parts = [head, *above, "Authorizations\n\nAuthorization\nstring\nheader\nrequired\n\nA token.\n"]
    for place, title in (("header", "Headers"), ("query", "Query Parameters")):
        fields = {
            name.partition(" ")[2]: node
            for name, node in (statement.parameters or {}).items()
            if name.startswith(place)
        }
        parts.append(f"{title}\n\n{listed(fields)}" if fields else "")
    if statement.body is not None:
        parts.append(f"Body\n\n{statement.content_type}\n{listed(statement.body)}")
    parts.append(
        f"Response\n\n{listed({path: node for path, node in (statement.answer or {}).items() if '.' not in path})}"
    )
    return "\n".join(part for part in parts if part)


def listed(fields: Mapping[str, FieldFacts]) -> str:
    lines: list[str] = []
    for path, node in fields.items():
        if path and not path.endswith("[]") and "<" not in path:
            lines += [path.replace("[]", ""), *facts_of(node.facts, fields.get(f"{path}[]", FieldFacts({})).facts)]
    return "".join(f"{line}\n" for line in lines)


def facts_of(facts: Facts, items: Facts) -> Iterator[str]:
    enum = facts.get("enum", items.get("enum"))
    kinds = [kind for kind in facts.get("type", ()) if kind != "null"]
    names = [type_of(kind, facts, items) for kind in kinds] + ["null"] * ("null" in facts.get("type", ()))
    yield " | ".join(names) or "any"
    yield from (key for key in ("required", "deprecated") if facts.get(key))
    if "default" in facts:
        yield f"default:{word(facts['default'])}"
    for key, words in PRINTED.items():
        if key in facts:
            yield words.format(facts[key])
    if enum:
        yield "Available options:"
        yield from (f"{word(value)}," for value in enum[:-1])
        yield word(enum[-1])


def type_of(kind: str, facts: Facts, items: Facts) -> str:
    if kind == "array":
        inner = items.get("type", ("object",))[0]
        return f"enum<{inner}>[]" if "enum" in items else f"{inner}[]"
    if "enum" in facts:
        return f"enum<{kind}>"
    return f"{kind}<{facts['format']}>" if "format" in facts and kind == "string" else kind


def word(value: Any) -> str:
    return (value or '""') if isinstance(value, str) else json.dumps(value)


PRINTED = {
    "minLength": "Minimum string length: {}",
    "maxLength": "Maximum string length: {}",
    "minItems": "Minimum array length: {}",
    "maxItems": "Maximum array length: {}",
    "minimum": "Required range: x >= {}",
    "maximum": "Required range: x <= {}",
    "exclusiveMinimum": "Required range: x > {}",
    "exclusiveMaximum": "Required range: x < {}",
    "multipleOf": "Must be a multiple of: `{}`",
    "pattern": "Pattern: {}",
}
