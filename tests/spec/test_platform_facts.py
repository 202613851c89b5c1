"""Jobs, assets, styles, node apps, export and usage against the tables of facts. Skipped where they are not at hand."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from regenerate.references import resolve

from .flat import DOCUMENT, FACTS, flattened, told

pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason="the tables of facts are not beside the project")


def read(name: str) -> Any:
    file = FACTS / name
    return yaml.safe_load(file.read_text("utf-8")) if file.is_file() else []


ENTRIES = {f"{entry['method']} {entry['path']}": entry for entry in read("platform.yaml")}
GUIDES = read("guides.yaml") or {"more_operations": [], "deprecation": [], "quirks": [], "jobs": {"states": []}}


def ours(call: str) -> dict[str, Any]:
    method, _, path = call.partition(" ")
    operation: dict[str, Any] = DOCUMENT["paths"][path][method.lower()]
    return operation


def parameters(call: str) -> dict[tuple[str, str], dict[str, Any]]:
    told_of = (resolve(DOCUMENT, parameter) for parameter in ours(call).get("parameters", ()))
    return {(it["in"], it["name"]): {"required": it["required"], **flat_of(it["schema"])} for it in told_of}


def flat_of(schema: Any) -> dict[str, Any]:
    field: dict[str, Any] = flattened({"properties": {"x": schema}}, "", {})["x"]
    del field["required"]
    return field


def body_differences(call: str, body: Any) -> Iterator[tuple[str, str]]:
    content = ours(call)["requestBody"]["content"]
    (media,) = content
    if media != body["content_type"]:
        yield "requestBody", f"{media}, facts {body['content_type']}"
    schema = resolve(DOCUMENT, content[media]["schema"])
    forms = [resolve(DOCUMENT, form) for form in schema.get("anyOf", [schema])]
    for theirs, form in zip(body.get("oneOf", [body]), forms, strict=True):
        expected, found = flattened(theirs, "", {}), flattened(form, "", {})
        for field in sorted({*expected, *found}):
            if expected.get(field) != found.get(field):
                yield field, f"facts {expected.get(field)}, specification {found.get(field)}"


def answer_gaps(schema: Any, theirs: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """What an answer may be by the facts, and may not by the specification. It may well be more."""
    schema = resolve(DOCUMENT, schema)
    branches = [resolve(DOCUMENT, it) for union in ("oneOf", "anyOf") for it in schema.get(union, ())]
    types = {kind for it in (schema, *branches) for kind in listed(it.get("type"))}
    if wanted := {*listed(theirs.get("type"))} - types if types else set():
        yield place, f"may be {sorted(wanted)} by the facts"
    if "enum" in theirs and theirs["enum"] != schema.get("enum"):
        yield place, f"facts {theirs['enum']}"
    inner = [schema, *branches]
    for name, field in theirs.get("properties", {}).items():
        found = next((it["properties"][name] for it in inner if name in it.get("properties", {})), None)
        if found is None:
            yield name, "not in the specification"
        else:
            yield from answer_gaps(found, field, name)
    if "items" in theirs and not any(not [*answer_gaps(it["items"], theirs["items"])] for it in inner if "items" in it):
        yield place, "its items are others"


def listed(types: Any) -> list[str]:
    return [] if types is None else types if isinstance(types, list) else [types]


def differences(call: str) -> Iterator[tuple[str, str]]:
    entry, operation = ENTRIES[call], ours(call)
    expected = {(it["in"], it["name"]): it for it in entry.get("parameters", ())}
    found = parameters(call)
    for key in {*expected, *found}:
        if key not in expected or {"required": expected[key]["required"], **flat_of(expected[key])} != found.get(key):
            yield key[1], f"facts {expected.get(key)}, specification {found.get(key)}"
    if "body" in entry:
        yield from body_differences(call, entry["body"])
    for status in sorted({*entry["responses"]} ^ {*operation["responses"]}):
        yield status, "a status of only one of the two"
    for status, answer in entry["responses"].items():
        if isinstance(answer, dict):
            (media,) = resolve(DOCUMENT, operation["responses"][status])["content"].values()
            yield from answer_gaps(media["schema"], answer)
    if operation["x-krea-captured"] != entry["captured"]:
        yield "x-krea-captured", f"facts {entry['captured']}"


@pytest.mark.parametrize("call", sorted(ENTRIES))
def test_what_differs_from_the_facts_is_told_in_the_notes(call: str) -> None:
    assert [f"{call} `{field}`: {how}" for field, how in differences(call) if not told(call, field)] == []


def test_there_is_an_operation_for_everything_documented() -> None:
    calls = {f"{method.upper()} {path}" for path, item in DOCUMENT["paths"].items() for method in item}
    more = {f"{it['method']} {it['path']}" for it in GUIDES["more_operations"]}
    assert {call for call in calls if "/generate/" not in call} == {*ENTRIES, *more}


def test_operations_that_only_guides_know_are_as_they_say() -> None:
    for entry in GUIDES["more_operations"]:
        operation = ours(f"{entry['method']} {entry['path']}")
        said = entry.get("body") or entry["query"]
        if "body" in entry:
            (media,) = operation["requestBody"]["content"].values()
            schema = resolve(DOCUMENT, media["schema"])
        else:
            query = {it["name"]: it for it in operation["parameters"]}
            required = [name for name, it in query.items() if it["required"]]
            schema = {"properties": {name: it["schema"] for name, it in query.items()}, "required": required}
        assert schema["properties"].keys() == said.keys()
        optional = {name for name, kind in said.items() if str(kind).endswith("?")}
        assert {*schema["required"]} == said.keys() - optional
        for name, kind in said.items():
            field = resolve(DOCUMENT, schema["properties"][name])
            assert (
                field.get("enum") == kind
                if isinstance(kind, list)
                else field.get("format", "string") == kind.strip("?")
            )
        assert {str(status) for status in entry["errors"]} <= operation["responses"].keys()


def test_models_that_are_gone_are_those_of_the_guides() -> None:
    rows = {row["model"]: row for row in DOCUMENT["x-krea-gone-models"]}
    dated = [entry for entry in GUIDES["deprecation"] if "model" in entry]
    assert [rows[entry["model"]] for entry in dated] == [{k: entry[k] for k in rows[entry["model"]]} for entry in dated]
    (named,) = (it["fact"] for it in GUIDES["quirks"] if "exist no more" in it["fact"])
    assert {*re.findall(r"[a-z]+(?:/[\w.*-]+)+", named)} | {entry["model"] for entry in dated} == rows.keys()


def test_a_job_can_stand_where_the_guides_say() -> None:
    assert DOCUMENT["components"]["schemas"]["JobStatus"]["enum"] == GUIDES["jobs"]["states"]
