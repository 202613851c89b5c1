"""Jobs, assets, styles, node apps, export and usage against the tables of facts. Skipped where they are not at hand."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from regenerate.references import resolve

from .flat import DOCUMENT, FACTS, flattened, is_stated

pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason="the tables of facts are not beside the project")


def read(name: str) -> Any:
    file = FACTS / name
    return yaml.safe_load(file.read_text("utf-8")) if file.is_file() else []


ENTRIES = {f"{entry['method']} {entry['path']}": entry for entry in read("platform.yaml")}
GUIDES = read("guides.yaml") or {"more_operations": [], "deprecation": [], "quirks": [], "jobs": {"states": []}}


def own_parameters(call: str) -> dict[str, Any]:
    method, _, path = call.partition(" ")
    operation: dict[str, Any] = DOCUMENT["paths"][path][method.lower()]
    return operation


def parameters(call: str) -> dict[tuple[str, str], dict[str, Any]]:
    told_of = (resolve(DOCUMENT, parameter) for parameter in own_parameters(call).get("parameters", ()))
    return {
        (parameter["in"], parameter["name"]): {"required": parameter["required"], **flat_of(parameter["schema"])}
        for parameter in told_of
    }


def flat_of(schema: Any) -> dict[str, Any]:
    field: dict[str, Any] = flattened({"properties": {"x": schema}}, "", {})["x"]
    del field["required"]
    return field


def body_differences(call: str, body: Any) -> Iterator[tuple[str, str]]:
    content = own_parameters(call)["requestBody"]["content"]
    (media,) = content
    if media != body["content_type"]:
        yield "requestBody", f"{media}, facts {body['content_type']}"
    schema = resolve(DOCUMENT, content[media]["schema"])
    forms = [resolve(DOCUMENT, form) for form in schema.get("anyOf", [schema])]
    for documented, form in zip(body.get("oneOf", [body]), forms, strict=True):
        expected, actual = flattened(documented, "", {}), flattened(form, "", {})
        for field in sorted({*expected, *actual}):
            if expected.get(field) != actual.get(field):
                yield field, f"facts {expected.get(field)}, specification {actual.get(field)}"


def answer_gaps(schema: Any, documented: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield what an answer may be by the facts, and may not by the specification. It may well be more."""
    schema = resolve(DOCUMENT, schema)
    branches = [resolve(DOCUMENT, branch) for union in ("oneOf", "anyOf") for branch in schema.get(union, ())]
    types = {kind for form in (schema, *branches) for kind in listed(form.get("type"))}
    if missing := {*listed(documented.get("type"))} - types if types else set():
        yield place, f"may be {sorted(missing)} by the facts"
    if "enum" in documented and documented["enum"] != schema.get("enum"):
        yield place, f"facts {documented['enum']}"
    inner = [schema, *branches]
    for name, field in documented.get("properties", {}).items():
        property_schema = next((form["properties"][name] for form in inner if name in form.get("properties", {})), None)
        if property_schema is None:
            yield name, "not in the specification"
        else:
            yield from answer_gaps(property_schema, field, name)
    if "items" in documented and not any(
        not [*answer_gaps(form["items"], documented["items"])] for form in inner if "items" in form
    ):
        yield place, "its items are others"


def listed(types: Any) -> list[str]:
    return [] if types is None else types if isinstance(types, list) else [types]


def differences(call: str) -> Iterator[tuple[str, str]]:
    entry, operation = ENTRIES[call], own_parameters(call)
    expected = {(parameter["in"], parameter["name"]): parameter for parameter in entry.get("parameters", ())}
    actual = parameters(call)
    for key in {*expected, *actual}:
        if key not in expected or {"required": expected[key]["required"], **flat_of(expected[key])} != actual.get(key):
            yield key[1], f"facts {expected.get(key)}, specification {actual.get(key)}"
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
    assert [f"{call} `{field}`: {how}" for field, how in differences(call) if not is_stated(call, field)] == []


def test_there_is_an_operation_for_everything_documented() -> None:
    calls = {f"{method.upper()} {path}" for path, item in DOCUMENT["paths"].items() for method in item}
    more = {f"{operation['method']} {operation['path']}" for operation in GUIDES["more_operations"]}
    assert {call for call in calls if "/generate/" not in call} == {*ENTRIES, *more}


def test_operations_that_only_guides_know_are_as_they_say() -> None:
    for entry in GUIDES["more_operations"]:
        operation = own_parameters(f"{entry['method']} {entry['path']}")
        documented = entry.get("body") or entry["query"]
        if "body" in entry:
            (media,) = operation["requestBody"]["content"].values()
            schema = resolve(DOCUMENT, media["schema"])
        else:
            query = {parameter["name"]: parameter for parameter in operation["parameters"]}
            required = [name for name, parameter in query.items() if parameter["required"]]
            schema = {
                "properties": {name: parameter["schema"] for name, parameter in query.items()},
                "required": required,
            }
        assert schema["properties"].keys() == documented.keys()
        optional = {name for name, kind in documented.items() if str(kind).endswith("?")}
        assert {*schema["required"]} == documented.keys() - optional
        for name, kind in documented.items():
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
    (quirk,) = (quirk_entry["fact"] for quirk_entry in GUIDES["quirks"] if "exist no more" in quirk_entry["fact"])
    assert {*re.findall(r"[a-z]+(?:/[\w.*-]+)+", quirk)} | {entry["model"] for entry in dated} == rows.keys()


def test_a_job_can_stand_where_the_guides_say() -> None:
    assert DOCUMENT["components"]["schemas"]["JobStatus"]["enum"] == GUIDES["jobs"]["states"]
