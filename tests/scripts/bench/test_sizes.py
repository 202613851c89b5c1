"""Sizes: the document without shared components says the same, and what is too large is told."""

from typing import Any

from bench.sizes import Size, inlined

CONTENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "paths": {"/a": {"get": {"schema": {"$ref": "#/components/schemas/A~1x", "description": "its own"}}}},
    "components": {
        "schemas": {
            "A/x": {"type": "object", "description": "shared", "properties": {"b": {"$ref": "#/components/schemas/B"}}},
            "B": {"type": "array", "items": {"$ref": "#/components/schemas/B"}},
        },
        "securitySchemes": {"token": {"type": "http"}},
    },
}


def test_every_reference_is_what_it_stands_for_and_a_circle_ends() -> None:
    assert inlined(CONTENT) == {
        "openapi": "3.1.0",
        "paths": {
            "/a": {
                "get": {
                    "schema": {
                        "type": "object",
                        "description": "its own",
                        "properties": {"b": {"type": "array", "items": {}}},
                    }
                }
            }
        },
        "components": {"securitySchemes": {"token": {"type": "http"}}},
    }


def test_a_size_without_a_target_is_neither_met_nor_missed() -> None:
    assert [Size("x", 2, "MB", most=maximum).met for maximum in (None, 2, 1.5)] == [None, True, False]
