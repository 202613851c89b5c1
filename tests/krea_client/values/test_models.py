"""krea_client.models: what can be made, for programs; each fact is the specification's."""

import json
import pickle
import re
from dataclasses import asdict
from typing import Any

import jsonschema_rs
import pytest

from krea_client import Krea, ModelGone, ModelUnknown, models
from krea_client._spec.catalogue import catalogue

MODELS = models.Models()
EACH = pytest.mark.parametrize("model", list(MODELS), ids=lambda model: model.id)


def test_all_models_are_there_once() -> None:
    ids = [model.id for model in MODELS]
    assert len(ids) == len(set(ids)) == len(MODELS) == len(catalogue().models)


@EACH
def test_a_model_of_the_list_can_be_looked_up(model: models.Model) -> None:
    assert MODELS[model.id] == MODELS.get(model.id) == model
    assert model in MODELS.list(kind=model.kind, vendor=model.vendor)
    assert model in MODELS.search(model.id)


@EACH
def test_the_example_fits_the_schema_and_the_tool(model: models.Model) -> None:
    example = model.example
    assert jsonschema_rs.is_valid(model.schema, example)
    parameters = model.tool()["function"]["parameters"]
    assert jsonschema_rs.is_valid(parameters, example)
    assert "x-krea-" not in json.dumps(parameters)
    assert {field.name for field in model.fields if "." not in field.name} == set(model.schema["properties"])


def test_fields_tell_types_choices_and_defaults() -> None:
    fields = {field.name: field for field in MODELS["z-image/z-image"].fields}
    schema: dict[str, Any] = MODELS["z-image/z-image"].schema
    assert fields["prompt"].required
    assert list(fields["aspect_ratio"].choices) == schema["$defs"]["ZImageAspectRatio"]["enum"]
    assert fields["denoising_strength"].default == schema["properties"]["denoising_strength"]["default"]
    assert fields["styles[].strength"].description


def test_a_change_of_what_was_returned_changes_nothing() -> None:
    model = MODELS["z-image/z-image"]
    model.schema["properties"].clear()
    model.example.clear()
    assert model.schema["properties"]
    assert model.example


@EACH
def test_the_price_table_has_the_price_of_each_of_its_rows(model: models.Model) -> None:
    for row in model.prices:
        assert row.amount > 0
        assert row.currency == model.price().currency
        if row.per == "request" and not any(isinstance(value, dict) for value in row.when.values()):
            assert model.price(**row.when).amount is not None


def test_words_of_a_search_all_occur_and_ids_come_first() -> None:
    results = MODELS.search("kling video")
    assert results
    assert all(result.kind == "video" for result in results)
    assert "kling" in results[0].id
    assert MODELS.search("a model that nobody makes") == []


def test_unknown_and_gone_models_are_told_with_what_to_use() -> None:
    with pytest.raises(ModelUnknown, match="z-image/z-image"):
        MODELS.get("z-imag/z-image")
    with pytest.raises(KeyError, match="z-image/z-image"):
        MODELS["z-imag/z-image"]
    row = catalogue().index["gone_models"][0]
    with pytest.raises(ModelGone):
        MODELS.get(row["model"].replace("*", "any"))


@pytest.mark.parametrize(("form", "key"), [("anthropic", "input_schema"), ("mcp", "inputSchema")])
def test_tools_are_written_for_several_providers(form: models.ToolFormat, key: str) -> None:
    tool = MODELS["z-image/z-image"].tool(form, name="draw")
    assert tool["name"] == "draw"
    assert "prompt" in tool[key]["properties"]


def test_a_client_has_its_models() -> None:
    with Krea("unused") as krea:
        assert krea.models.get("z-image/z-image") == MODELS["z-image/z-image"]
        assert repr(krea.models.get("z-image/z-image")).startswith("Model('z-image/z-image': ")


@pytest.mark.parametrize("argument", ["kind", "vendor"])
def test_a_list_of_a_kind_or_vendor_that_no_model_has_is_refused_with_those_that_there_are(argument: str) -> None:
    there = sorted({getattr(model, argument) for model in MODELS})
    with pytest.raises(ValueError, match=f"{argument}='pictures'.*{re.escape(', '.join(there))}"):
        MODELS.list(**{argument: "pictures"})


def test_a_table_of_models_shows_the_documented_attributes() -> None:
    """As `pandas.DataFrame(krea.models.list())` makes one, and any framework that knows dataclasses."""
    model = MODELS["z-image/z-image"]
    row = asdict(model)
    assert not [name for name in row if name.startswith("_")]
    assert json.loads(json.dumps(row)) == row
    assert pickle.loads(pickle.dumps(model)) == model
    assert pickle.loads(pickle.dumps(model)).fields == model.fields
