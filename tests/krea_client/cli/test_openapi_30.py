"""The document as OpenAPI 3.0: valid, and a body is valid by it exactly when it is by the document of 3.1."""

import json
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import OpenAPIV30SpecValidator

from krea_client.cli.commands.spec import spec
from krea_client.cli.openapi_30 import as_openapi_30
from krea_client.sandbox.api_document import location

MODERN: dict[str, Any] = json.loads(location().read_bytes())
OLDER = as_openapi_30(MODERN)
SCHEMAS = sorted(MODERN["components"]["schemas"])


def test_the_document_is_valid_and_says_its_version() -> None:
    assert OLDER["openapi"] == "3.0.3"
    assert [error.message for error in OpenAPIV30SpecValidator(OLDER).iter_errors()] == []


def test_every_operation_and_schema_is_there() -> None:
    assert {path: sorted(item) for path, item in OLDER["paths"].items()} == {
        path: sorted(item) for path, item in MODERN["paths"].items()
    }
    assert sorted(OLDER["components"]["schemas"]) == SCHEMAS


def test_no_word_of_3_1_is_left() -> None:
    text = json.dumps(OLDER["components"]["schemas"])
    assert '"type": ["' not in text
    assert '"type": "null"' not in text
    assert '"const"' not in text


def bodies() -> list[Any]:
    return [
        pytest.param(path, media, id=path)
        for path, item in MODERN["paths"].items()
        for operation in item.values()
        if (media := operation.get("requestBody", {}).get("content", {}).get("application/json"))
    ]


@pytest.mark.parametrize(("path", "media"), bodies())
def test_both_documents_judge_a_body_alike(path: str, media: dict[str, Any]) -> None:
    examples = (
        [media["example"]] if "example" in media else [example["value"] for example in media["examples"].values()]
    )
    for example in examples:
        for body in (example, *changed(example)):
            modern = Draft202012Validator({**media["schema"], "components": MODERN["components"]}).is_valid(body)
            older = OAS30Validator({**media["schema"], "components": OLDER["components"]}).is_valid(body)
            assert modern == older, body


def changed(example: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the example with each field as null, as another type, and left out."""
    return [
        *({**example, name: value} for name in example for value in (None, [], "x", -1e9)),
        *({key: item for key, item in example.items() if key != name} for name in example),
        {**example, "no_such_field": 1},
    ]


@pytest.mark.parametrize(
    ("modern", "older"),
    [
        ({"type": ["string", "null"]}, {"type": "string", "nullable": True}),
        ({"type": ["string", "number"]}, {"anyOf": [{"type": "string"}, {"type": "number"}]}),
        ({"type": "string", "const": "a"}, {"type": "string", "enum": ["a"]}),
        ({"type": "number", "exclusiveMinimum": 0}, {"type": "number", "minimum": 0, "exclusiveMinimum": True}),
        ({"$ref": "#/a"}, {"$ref": "#/a"}),
        ({"$ref": "#/a", "default": 1}, {"default": 1, "allOf": [{"$ref": "#/a"}]}),
        ({"oneOf": [{"$ref": "#/a"}, {"type": "null"}]}, {"nullable": True, "allOf": [{"$ref": "#/a"}]}),
        (
            {"type": "array", "items": {"type": ["number", "null"]}},
            {"type": "array", "items": {"type": "number", "nullable": True}},
        ),
        (
            {"type": "object", "properties": {"const": {"const": 1}}},
            {"type": "object", "properties": {"const": {"enum": [1]}}},
        ),
    ],
)
def test_each_word_becomes_that_of_3_0(modern: dict[str, Any], older: dict[str, Any]) -> None:
    document = {"openapi": "3.1.0", "info": {}, "components": {"schemas": {"A": modern}}}
    assert as_openapi_30(document)["components"]["schemas"]["A"] == older


def test_the_command_prints_it() -> None:
    result = CliRunner().invoke(spec, ["--openapi", "3.0"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == OLDER
    assert json.loads(CliRunner().invoke(spec, []).stdout) == MODERN
