import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generation.bundle import Bundle
from generation.operations import operations
from generation.references import references, resolve
from generation.table import entries

FIELDS = {
    "operation_id", "method", "path", "kind", "model", "summary", "docs_url", "request_class", "paid", "webhook",
    "deprecated", "captured", "parameters", "request_schema", "aliases", "retired_fields", "pricing", "typical_seconds",
}  # fmt: skip  # one name on each line would be a page


@pytest.fixture(scope="session")
def rows(built: Path, index: dict[str, Any]) -> dict[str, dict[str, Any]]:
    folder = built / "krea_api" / "operations"
    return {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in index["operations"]}


def test_the_index_names_every_operation_of_the_document(whole: Bundle, index: dict[str, Any]) -> None:
    expected = {op["operationId"]: (method.upper(), path) for path, method, op in operations(whole.document)}
    assert {name: (row["method"], row["path"]) for name, row in index["operations"].items()} == expected
    assert index["spec_version"] == whole.document["info"]["version"]
    assert index["gone_models"] == whole.document["x-krea-gone-models"]


def test_every_row_has_every_field_and_agrees_with_the_index(
    rows: dict[str, dict[str, Any]], index: dict[str, Any]
) -> None:
    for name, row in rows.items():
        assert row.keys() == FIELDS
        assert row["operation_id"] == name
        assert {key: row[key] for key in index["operations"][name]} == index["operations"][name]


def test_request_schemas_stand_alone(rows: dict[str, dict[str, Any]]) -> None:
    for row in rows.values():
        for schema in (row["request_schema"], *(parameter["schema"] for parameter in row["parameters"])):
            if schema is not None:
                jsonschema.Draft202012Validator.check_schema(schema)
                for reference in references(schema):
                    assert reference.removeprefix("#/$defs/") in schema["$defs"]


def test_aliases_prices_and_retired_fields_are_those_of_the_specification(whole: Bundle, rows: dict[str, Any]) -> None:
    for _, _, operation in operations(whole.document):
        row = rows[operation["operationId"]]
        assert row["aliases"] == operation.get("x-krea-deprecated-field-aliases", [])
        assert row["retired_fields"] == operation.get("x-krea-retired-fields", [])
        assert row["pricing"] == operation.get("x-krea-pricing")
    assert any(row["aliases"] for row in rows.values())
    assert any(row["pricing"] for row in rows.values())


def test_a_submission_is_paid_and_tells_its_model(rows: dict[str, dict[str, Any]]) -> None:
    paid = {name for name, row in rows.items() if row["paid"]}
    assert paid == {name for name, row in rows.items() if row["model"]}
    for name in paid:
        row = rows[name]
        assert row["path"] == f"/generate/{row['model']}"
        assert row["kind"] == row["model"].split("/")[0]
        assert row["webhook"]
    assert "get_job" in rows.keys() - paid


def test_a_shared_parameter_is_written_out(rows: dict[str, dict[str, Any]]) -> None:
    assert rows["get_job"]["parameters"][0]["name"] == "id"
    assert rows["get_job"]["parameters"][0]["in"] == "path"


def test_what_stands_beside_a_reference_goes_on_top() -> None:
    document = {"components": {"schemas": {"A": {"type": "string", "description": "old"}}}}
    assert resolve(document, {"$ref": "#/components/schemas/A", "description": "new"}) == {
        "type": "string",
        "description": "new",
    }


def test_an_operation_without_a_price_says_none(document: dict[str, Any]) -> None:
    del document["paths"]["/generate/image/z-image/z-image"]["post"]["x-krea-pricing"]
    (row,) = [row for row in entries(document) if row["operation_id"] == "generate_z_image"]
    assert row["pricing"] is None
