from typing import Any

import pytest

from regenerate import generator_view
from regenerate.problems import GenerationFailed
from regenerate.references import resolve, subschemas


@pytest.fixture
def view(document: dict[str, Any]) -> dict[str, Any]:
    return generator_view.python_view(document)


def component(document: dict[str, Any], name: str) -> dict[str, Any]:
    return resolve(document, {"$ref": f"#/components/schemas/{name}"})


def test_no_default_is_left_where_the_generator_would_send_it(view: dict[str, Any]) -> None:
    limit = next(parameter for parameter in view["paths"]["/jobs"]["get"]["parameters"] if parameter["name"] == "limit")
    for schema in (limit["schema"], *(component(view, name) for name in ("ZImageRequest", "GptImage2Request"))):
        assert not [where for where, part in subschemas(schema) if "default" in part]


def test_a_field_called_default_is_left_alone(document: dict[str, Any]) -> None:
    properties = component(document, "ZImageRequest")["properties"]
    properties["default"] = {"type": "string", "description": "A field."}
    assert "default" in component(generator_view.python_view(document), "ZImageRequest")["properties"]


def test_the_document_itself_stays_as_it_is(document: dict[str, Any]) -> None:
    generator_view.python_view(document)
    assert component(document, "ZImageRequest")["properties"]["denoising_strength"]["default"] == 0.6


def test_answers_are_open_and_requests_are_not(view: dict[str, Any]) -> None:
    job = component(view, "Job")
    assert job["required"] == ["job_id"]
    assert "format" not in job["properties"]["job_id"]
    assert {"type": "string"} in job["properties"]["status"]["anyOf"]
    assert {"type": "null"} in job["properties"]["status"]["anyOf"]
    assert job["properties"]["created_at"]["type"] == ["string", "null"]
    request = component(view, "ZImageRequest")
    assert request["required"] == ["prompt", "aspect_ratio", "resolution"]
    assert request["properties"]["aspect_ratio"]["$ref"]
    assert component(view, "StyleReference")["required"] == ["id", "strength"]


def test_a_field_of_an_answer_that_can_be_anything_stays_so(view: dict[str, Any]) -> None:
    assert component(view, "Asset")["properties"]["metadata"].keys() == {"description"}


def test_functions_return_the_success_and_need_a_token(view: dict[str, Any]) -> None:
    for item in view["paths"].values():
        for operation in item.values():
            assert all(status.startswith("2") for status in operation["responses"])
            assert operation["security"] == view["security"]


@pytest.mark.parametrize("rule", generator_view.RULES, ids=lambda rule: rule.__name__)
def test_each_rule_finds_something_once_and_nothing_the_second_time(
    rule: generator_view.Rule, document: dict[str, Any]
) -> None:
    assert rule(document) > 0
    assert rule(document) == 0


def test_a_rule_that_changes_nothing_stops_the_run(document: dict[str, Any]) -> None:
    for item in document["paths"].values():
        for operation in item.values():
            operation["responses"] = {
                status: response for status, response in operation["responses"].items() if status < "300"
            }
    with pytest.raises(GenerationFailed, match="the rule only_success_is_returned changes nothing any more; remove it"):
        generator_view.python_view(document)
