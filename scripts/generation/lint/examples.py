"""Rules for the examples of requests: documentation for people, and what tests send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from generation.bodies import JSON, examples_of
from generation.bundle import Document
from generation.operations import operations
from generation.sources import Address

Findings = Iterator[tuple[Address, str]]


def every_request_has_an_example(document: Document) -> Findings:
    """An example shows at a glance what a request needs, and is what every operation is tried with."""
    for path, method, operation in operations(document):
        if JSON in operation.get("requestBody", {}).get("content", {}) and not examples_of(operation):
            yield ("paths", path, method, "requestBody"), "needs an example beside its schema"


def examples_are_valid(document: Document) -> Findings:
    """An example is a request that the API would take."""
    for path, method, operation in operations(document):
        for example in examples_of(operation):
            place: Address = ("paths", path, method, "requestBody", "content", JSON)
            schema = {**operation["requestBody"]["content"][JSON]["schema"], "components": document["components"]}
            for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(example):
                yield place, f"the example{error.json_path.removeprefix('$')}: {error.message}"
            for rule in operation.get("x-krea-rules", ()):
                if len(given := [name for name in rule["excludes"] if name in example]) > 1:
                    yield place, f"the example gives {' and '.join(given)}, which exclude each other"


def examples_name_nobody(document: Document) -> Findings:
    """Addresses in examples are of example.com, which is nobody's."""
    for path, method, operation in operations(document):
        for example in examples_of(operation):
            for text in _texts(example):
                if "://" in text and not text.startswith("https://example.com/"):
                    yield (
                        ("paths", path, method, "requestBody", "content", JSON),
                        f"{text}: write https://example.com/...",
                    )


def schemas_have_no_examples(document: Document) -> Findings:
    """One place for examples is enough: beside the schema of a request, where it is seen whole."""
    for name, schema in document["components"].get("schemas", {}).items():
        for key in ("example", "examples"):
            if key in schema:
                yield ("components", "schemas", name, key), "move it beside the schema in the operation's requestBody"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


RULES = (every_request_has_an_example, examples_are_valid, examples_name_nobody, schemas_have_no_examples)
