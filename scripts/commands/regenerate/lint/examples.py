"""Rules for the examples of requests, answers and parameters: documentation for people, and what tests send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from regenerate.bodies import JSON, examples_of
from regenerate.bundle import Document
from regenerate.operation_files import operations
from regenerate.references import resolve
from regenerate.rule_evaluation import broken_rules
from regenerate.sources import Address

Findings = Iterator[tuple[Address, str]]


def every_request_has_an_example(document: Document) -> Findings:
    """Report a request without an example, which shows at a glance what it needs, and with which every operation is tried."""
    for path, method, operation in operations(document):
        if JSON in operation.get("requestBody", {}).get("content", {}) and not examples_of(operation):
            yield ("paths", path, method, "requestBody"), "needs an example beside its schema"


def every_answer_has_an_example(document: Document) -> Findings:
    """Report a success without an example: viewers would make up a pending job that has a result."""
    for address, media in _answers(document):
        if "example" not in media:
            yield address, "needs an example beside its schema"


def every_needed_parameter_has_an_example(document: Document) -> Findings:
    """Report an operation without a body whose parameters have no example."""
    for address, parameter in _parameters(document):
        if parameter.get("required") and "example" not in parameter:
            yield address, "needs an example beside its schema"


def other_examples_are_valid(document: Document) -> Findings:
    """Check that an example of an answer or a parameter is one that could be."""
    for address, holder in (*_answers(document), *_parameters(document)):
        if "example" in holder:
            root = {**holder["schema"], "components": document["components"]}
            for error in Draft202012Validator(root, format_checker=FormatChecker()).iter_errors(holder["example"]):
                yield address, f"the example{error.json_path.removeprefix('$')}: {error.message}"


def examples_are_valid(document: Document) -> Findings:
    """Check that an example is a request that the API would take."""
    for path, method, operation in operations(document):
        for example in examples_of(operation):
            place: Address = ("paths", path, method, "requestBody", "content", JSON)
            schema = {**operation["requestBody"]["content"][JSON]["schema"], "components": document["components"]}
            for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(example):
                yield place, f"the example{error.json_path.removeprefix('$')}: {error.message}"
            for problem in broken_rules(document, operation, example):
                yield place, f"the example {problem}"


def examples_name_nobody(document: Document) -> Findings:
    """Check that addresses in examples are of example.com, which is nobody's."""
    requests: list[tuple[Address, Any]] = [
        (("paths", path, method, "requestBody", "content", JSON), examples_of(operation))
        for path, method, operation in operations(document)
    ]
    answers = [(address, media.get("example")) for address, media in (*_answers(document), *_parameters(document))]
    for address, examples in (*requests, *answers):
        for text in _texts(examples):
            if "://" in text and not text.startswith("https://example.com/"):
                yield address, f"{text}: write https://example.com/..."


def schemas_have_no_examples(document: Document) -> Findings:
    """Report an example elsewhere than beside the schema of a request, where it is seen whole."""
    for name, schema in document["components"].get("schemas", {}).items():
        for key in ("example", "examples"):
            if key in schema:
                yield ("components", "schemas", name, key), "move it beside the schema in the operation's requestBody"


def _answers(document: Document) -> Iterator[tuple[Address, dict[str, Any]]]:
    """Yield what successes hold, each component once."""
    names: set[str] = set()
    for path, method, operation in operations(document):
        for status, answer in operation["responses"].items():
            reference = answer.get("$ref")
            if not status.startswith("2") or reference in names:
                continue
            address: Address = ("paths", path, method, "responses", status)
            if reference:
                names.add(reference)
                address = tuple(reference.split("/")[1:])
            content = resolve(document, answer).get("content", {})
            yield from (((*address, "content", JSON), media) for kind, media in content.items() if kind == JSON)


def _parameters(document: Document) -> Iterator[tuple[Address, dict[str, Any]]]:
    for name, parameter in document["components"].get("parameters", {}).items():
        yield ("components", "parameters", name), parameter
    for path, method, operation in operations(document):
        for index, parameter in enumerate(operation.get("parameters", ())):
            if "$ref" not in parameter:
                yield ("paths", path, method, "parameters", index), parameter


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


RULES = (
    every_request_has_an_example,
    every_answer_has_an_example,
    every_needed_parameter_has_an_example,
    examples_are_valid,
    other_examples_are_valid,
    examples_name_nobody,
    schemas_have_no_examples,
)
