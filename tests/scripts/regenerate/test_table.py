import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from regenerate.bodies import media_paths
from regenerate.bundle import Bundle
from regenerate.operation_files import operations
from regenerate.price_rows import cheapest
from regenerate.references import references, resolve
from regenerate.table import entries

FIELDS = {
    "operation_id", "method", "path", "kind", "vendor", "model", "summary", "docs_url", "request_class",
    "request_classes", "content_type", "response", "paid", "webhook", "deprecated", "captured", "parameters",
    "request_schema", "media", "examples", "upload", "rules", "aliases", "retired_fields", "pricing", "typical_seconds",
    "unconfirmed",
}  # fmt: skip  # one name on each line would be a page
LISTED = {"method", "path", "kind", "vendor", "request_class", "summary", "typical_seconds", "deprecated", "price"}


@pytest.fixture(scope="session")
def rows(full_build: Path, index: dict[str, Any]) -> dict[str, dict[str, Any]]:
    folder = full_build / "krea_api" / "operations"
    return {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in index["operations"]}


def test_the_index_names_every_operation_of_the_document(full_bundle: Bundle, index: dict[str, Any]) -> None:
    expected = {op["operationId"]: (method.upper(), path) for path, method, op in operations(full_bundle.document)}
    assert {name: (row["method"], row["path"]) for name, row in index["operations"].items()} == expected
    assert index["spec_version"] == full_bundle.document["info"]["version"]
    assert index["gone_models"] == full_bundle.document["x-krea-gone-models"]


def test_every_row_has_every_field_and_agrees_with_the_index(
    rows: dict[str, dict[str, Any]], index: dict[str, Any]
) -> None:
    for name, row in rows.items():
        assert row.keys() == FIELDS
        assert row["operation_id"] == name
        line = dict(index["operations"][name])
        assert line.pop("price") == cheapest(row["pricing"])
        assert {key: row[key] for key in line} == line


def test_a_list_of_models_can_be_drawn_from_the_index_alone(index: dict[str, Any], full_build: Path) -> None:
    for line in index["operations"].values():
        assert line.keys() - {"request_classes"} == LISTED
    # It is read for every call, the other files only when they are asked for.
    assert (full_build / "krea_api" / "operations" / "index.json").stat().st_size < 64_000


def test_request_schemas_stand_alone(rows: dict[str, dict[str, Any]]) -> None:
    for row in rows.values():
        for schema in (row["request_schema"], *(parameter["schema"] for parameter in row["parameters"])):
            if schema is not None:
                jsonschema.Draft202012Validator.check_schema(schema)
                for reference in references(schema):
                    assert reference.removeprefix("#/$defs/") in schema["$defs"]


def test_aliases_prices_and_retired_fields_are_those_of_the_specification(
    full_bundle: Bundle, rows: dict[str, Any]
) -> None:
    for _, _, operation in operations(full_bundle.document):
        row = rows[operation["operationId"]]
        assert row["aliases"] == operation.get("x-krea-deprecated-field-aliases", [])
        assert row["retired_fields"] == operation.get("x-krea-retired-fields", [])
        assert row["pricing"] == operation.get("x-krea-pricing")
    assert any(row["aliases"] for row in rows.values())
    assert any(row["pricing"] for row in rows.values())


def test_a_submission_is_paid_and_tells_its_model(rows: dict[str, dict[str, Any]]) -> None:
    models = {name for name, row in rows.items() if row["model"]}
    paid_operations = {name for name, row in rows.items() if row["paid"]}
    assert paid_operations == {*models, "train_style", "execute_node_app"}
    for name in models:
        row = rows[name]
        assert row["path"] == f"/generate/{row['model']}"
        assert row["kind"] == row["model"].split("/")[0]
        assert row["vendor"] == row["model"].split("/")[1]
        assert row["webhook"]
        assert row["response"] == "job"
        assert row["request_class"]


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


def test_what_an_operation_takes_and_answers(rows: dict[str, Any]) -> None:
    assert {name: row["response"] for name, row in rows.items() if not row["model"]} == {
        "list_jobs": "job_page",
        "get_job": "job",
        "delete_job": None,
        "upload_asset": "asset",
        "list_assets": "asset_page",
        "get_asset": "asset",
        "delete_asset": "asset_deletion",
        "search_styles": "style_page",
        "get_style": "style",
        "update_style": "style",
        "get_style_share_link": "style_share_link",
        "share_style": "style_sharing",
        "unshare_style": "style_unsharing",
        "train_style": "job",
        "get_node_app": "node_app",
        "execute_node_app": "jobs",
        "export_3d": "export_3d",
        "get_usage": "usage",
    }
    assert rows["upload_asset"]["content_type"] == "multipart/form-data"
    assert rows["upload_asset"]["request_schema"] is None
    assert rows["upload_asset"]["upload"]["types"]["mov"] == "video/quicktime"
    assert rows["train_style"]["request_class"] is None
    assert rows["train_style"]["request_classes"] == ["TrainFluxStyleRequest", "TrainQwenStyleRequest"]


def test_places_of_media_are_told_however_deep(rows: dict[str, Any]) -> None:
    assert rows["generate_z_image"]["media"] == ["image_url", "style_images[].url"]
    assert rows["generate_gpt_image_2"]["media"] == ["image_urls[]", "style_images[].url"]
    assert rows["generate_kling_o1"]["media"] == [
        "start_image",
        "end_image",
        "style_references[].url",
        "element_references[].images[]",
        "video_reference.url",
    ]
    assert rows["train_style"]["media"] == ["urls[]"]


def test_a_schema_that_contains_itself_has_its_media_told_once() -> None:
    schema = {
        "$ref": "#/$defs/A",
        "$defs": {
            "A": {"properties": {"a": {"type": "array", "items": {"$ref": "#/$defs/A"}}, "u": {"x-krea-media": True}}}
        },
    }
    assert media_paths(schema) == ["u"]


def test_examples_are_requests(rows: dict[str, Any]) -> None:
    for row in rows.values():
        assert bool(row["examples"]) == bool(row["request_schema"])
        for example in row["examples"]:
            jsonschema.Draft202012Validator(row["request_schema"]).validate(example)


@pytest.mark.parametrize(
    ("pricing", "expected"),
    [
        (None, None),
        ({"per": "request", "amount": 1}, (1, "request", False)),
        ({"per": "second", "least": 2, "note": "n"}, (2, "second", True)),
        ({"per": "request", "table": [{"amount": 3}, {"amount": 2}]}, (2, "request", True)),
        ({"per": "request", "table": [{"amount": 2}, {"amount": 2}]}, (2, "request", False)),
        ({"per": "second", "table": [{"amount": 3}, {"amount": 1, "per": "request"}]}, (3, "second", True)),
        ({"per": "second", "table": [{"amount": 1, "per": "request"}] * 2}, (1, "request", False)),
    ],
)
def test_the_least_that_a_request_can_cost(pricing: Any, expected: Any) -> None:
    assert cheapest(pricing) == (expected and dict(zip(("amount", "per", "from"), expected, strict=True)))
