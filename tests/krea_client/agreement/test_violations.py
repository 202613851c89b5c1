"""Every rule of every request schema, broken in turn: checks and sandbox refuse it, at the same address, and nothing is sent."""

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from krea_client import Krea
from krea_client._request.validation import problems
from krea_client._spec.catalogue import Operation
from krea_client.errors import RequestInvalid
from krea_client.sandbox import Request, Sandbox
from krea_client.sandbox.api_document import installed
from krea_client.sandbox.schema_validation import BodyValidator

from .bodies import GENERATIONS, WITH_BODY, Violation, nodes, violations, wholes

HEADERS = {"authorization": "Bearer sandbox"}
KEYWORDS = {"type", "enum", "minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength"}
KEYWORDS |= {"pattern", "format", "minItems", "maxItems", "required", "additionalProperties"}
each_operation = pytest.mark.parametrize("operation", [pytest.param(entry, id=entry.model) for entry in WITH_BODY])


@cache
def box() -> Sandbox:
    return Sandbox(time_scale=0, date="2026-11-20")


@cache
def judge() -> BodyValidator:
    return BodyValidator(installed())


def blamed_by_the_sandbox(operation: Operation, body: dict[str, Any]) -> set[str]:
    """Go the whole way of a generation; what the sandbox keeps beside is asked of its judge alone."""
    if operation in GENERATIONS:
        refused = box().answer(Request("POST", operation.path, "", HEADERS, json.dumps(body).encode()))
        assert refused.status == 422, refused.body
        return {detail["field"] for detail in json.loads(refused.body)["details"]}
    description = installed().methods(operation.path)[operation.method]
    return {problem.field for problem in judge().problems(description, body)}


def agrees(violation: Violation, sandbox_fields: set[str]) -> bool:
    # About alternatives the sandbox says only where they stand; the client says what is wrong in the one that was meant.
    return sandbox_fields == {violation.address} or (
        violation.choice is not None and sandbox_fields == {violation.choice}
    )


@each_operation
def test_each_broken_rule_is_refused_by_both_at_its_address(operation: Operation) -> None:
    results = list(violations(operation))
    assert results
    wrong: list[tuple[str, str, set[str], set[str]]] = []
    for violation in results:
        client_fields = {problem.path for problem in problems(operation, violation.body)}
        sandbox_fields = blamed_by_the_sandbox(operation, violation.body)
        if violation.choice is not None and not client_fields | sandbox_fields:
            continue  # without what tells the alternatives apart it is one of the other kind
        if client_fields != {violation.address} or not agrees(violation, sandbox_fields):
            wrong.append((violation.keyword, violation.address, client_fields, sandbox_fields))
    assert wrong == []
    assert box().totals.accepted == 0


@each_operation
def test_no_rule_is_forgotten(operation: Operation) -> None:
    covered = Counter((entry.keyword, entry.address) for entry in violations(operation))
    for pick, body in enumerate(wholes(operation)):
        for node in nodes(operation, body, pick):
            rules = KEYWORDS & node.schema.keys() - {"type", "required", "additionalProperties"}
            at = ".".join(map(str, node.steps)).replace(".0", "[0]")
            assert {rule for rule in rules if (rule, at) not in covered} == set()


@pytest.mark.parametrize("operation", [pytest.param(entry, id=entry.model) for entry in GENERATIONS])
def test_the_client_refuses_by_both_of_its_entry_points_and_sends_nothing(operation: Operation) -> None:
    own = Sandbox(time_scale=0, date="2026-11-20")
    violation = next(entry for entry in violations(operation) if entry.keyword == "additionalProperties")
    with Krea("sandbox", transport=own.transport(), clock=own.clock) as krea:
        for body, fields in ((violation.body, {}), (None, violation.body)):
            with pytest.raises(RequestInvalid) as refused:
                krea.submit(operation.model if operation.model in operation.path else operation.path, body, **fields)
            assert [problem.path for problem in refused.value.problems] == [violation.address]
    assert own.requests == []


def test_what_the_schemas_hold_is_what_is_broken() -> None:
    content = {key for operation in WITH_BODY for key in _keywords(operation.schema)}
    assert content == KEYWORDS | {"oneOf", "anyOf"}


def _keywords(schema: Any) -> set[str]:
    silent = {"description", "default", "deprecated", "$ref", "$defs", "$schema", "properties", "items"}
    if isinstance(schema, list):
        return {key for part in schema for key in _keywords(part)}
    if not isinstance(schema, dict):
        return set()
    results = {key for key in schema if key not in silent and not key.startswith("x-")}
    for name, part in schema.items():
        if name in ("properties", "$defs"):
            results |= {key for entry in part.values() for key in _keywords(entry)}
        elif name in ("items", "oneOf", "anyOf"):
            results |= _keywords(part)
    return results
