"""What is called surely valid is valid for the JSON Schema library, too; ordinary requests are surely valid."""

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from krea_client._request.sure_validity import is_surely_valid
from krea_client._spec.catalogue import catalogue

Z_IMAGE = catalogue().operation("generate_z_image")
GOOD: dict[str, Any] = {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}
NAMES = ["a", "b", "é"]

leaves = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=4)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=6,
)
kinds = st.sampled_from(["string", "integer", "number", "boolean", "null", "object", "array"])
limits = st.fixed_dictionaries(
    {},
    optional={
        "type": kinds | st.lists(kinds, min_size=1, max_size=3, unique=True),
        "minimum": st.integers(-3, 3),
        "maximum": st.integers(-3, 3),
        "exclusiveMinimum": st.integers(-3, 3),
        "exclusiveMaximum": st.integers(-3, 3),
        "minLength": st.integers(0, 3),
        "maxLength": st.integers(0, 3),
        "minItems": st.integers(0, 3),
        "maxItems": st.integers(0, 3),
        "enum": st.lists(st.text(max_size=2) | st.integers(0, 3), min_size=1, max_size=3, unique=True),
        "required": st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        "format": st.sampled_from(["uri", "date-time"]),
        "pattern": st.just("^a"),
        "$ref": st.just("#/$defs/part"),
        "description": st.text(max_size=2),
    },
)
schemas = st.recursive(
    st.booleans() | limits,
    lambda inner: st.builds(
        lambda own, more: own | more,
        limits,
        st.fixed_dictionaries(
            {},
            optional={
                "properties": st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
                "additionalProperties": inner,
                "items": inner,
                "anyOf": st.lists(inner, min_size=1, max_size=2),
                "oneOf": st.lists(inner, min_size=1, max_size=2),
                "not": inner,
            },
        ),
    ),
    max_leaves=5,
)


@settings(max_examples=120)
@given(schemas.filter(lambda schema: isinstance(schema, dict)), limits, values)
def test_what_is_surely_valid_is_valid(schema: dict[str, Any], part: dict[str, Any], value: Any) -> None:
    part.pop("$ref", None)
    schema["$defs"] = {"part": part}
    if is_surely_valid(schema, value):
        assert Draft202012Validator(schema, validate_formats=True).is_valid(value)


@pytest.mark.parametrize("more", [{}, {"seed": 3, "denoising_strength": 0.5}, {"styles": [{"id": "s", "strength": 1}]}])
def test_ordinary_requests_are_surely_valid(more: dict[str, Any]) -> None:
    assert Z_IMAGE.schema is not None
    assert is_surely_valid(Z_IMAGE.schema, GOOD | more)


@pytest.mark.parametrize(
    "wrong",
    [
        {"resolution": "9K"},
        {"seed": "3"},
        {"seed": 10**30},
        {"seed": float("nan")},
        {"prompt": "\ud800"},
        {"unknown": 1},
        {"image_url": "x"},  # a format, which only the library knows
        {"styles": [{"id": "s", "strength": 3}]},
        {"prompt": type("Text", (str,), {})("a fox")},
    ],
)
def test_all_others_are_left_to_the_library(wrong: dict[str, Any]) -> None:
    assert Z_IMAGE.schema is not None
    assert not is_surely_valid(Z_IMAGE.schema, GOOD | wrong)
    assert not is_surely_valid(Z_IMAGE.schema, {"prompt": "a fox"})


def test_a_schema_that_refers_to_itself_ends() -> None:
    schema = {"$ref": "#/$defs/part", "$defs": {"part": {"$ref": "#/$defs/part"}}}
    assert not is_surely_valid(schema, {})


def test_an_ordinary_request_does_not_load_the_library() -> None:
    program = f"""
import sys
from krea_client import Krea
from krea_client._session import Session
Krea("token", "http://127.0.0.1:9")._session.price("z-image/z-image", {GOOD!r}, {{}})
assert "jsonschema_rs" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
