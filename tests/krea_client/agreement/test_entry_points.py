"""Valid bodies of every model pass the checks and the sandbox, by all three entry points, and arrive as they were written."""

import importlib
import json
import warnings
from typing import Any

import pytest

import krea_api.models
from krea_api.errors import ApiError
from krea_client import Krea, KreaDeprecationWarning
from krea_client._request.validation import problems
from krea_client._spec.catalogue import Operation
from krea_client.sandbox import Sandbox

from .bodies import GENERATIONS, WITH_BODY, wholes

TAGS = {"3d": "three_d"}
generation = pytest.mark.parametrize("operation", [pytest.param(entry, id=entry.model) for entry in GENERATIONS])


@pytest.fixture
def box() -> Sandbox:
    return Sandbox(time_scale=0, date="2026-11-20", balance=1000, concurrent=100)


def bodies(operation: Operation) -> list[dict[str, Any]]:
    """Return the examples of the specification, and bodies with every field."""
    return [*operation.details["examples"], *wholes(operation)]


def typed(operation: Operation, body: dict[str, Any]) -> Any:
    return getattr(krea_api.models, operation.details["request_class"]).from_dict(body)


def request_bodies(box: Sandbox) -> list[dict[str, Any]]:
    return [json.loads(request.body) for request in box.requests]


@pytest.mark.parametrize("operation", [pytest.param(entry, id=entry.model) for entry in WITH_BODY])
def test_the_examples_and_a_body_with_every_field_pass_the_checks(operation: Operation) -> None:
    assert operation.details["examples"]
    assert [problem for body in bodies(operation) for problem in problems(operation, body)] == []


@generation
def test_by_mapping_by_keywords_and_as_an_object_the_same_arrives(operation: Operation, box: Sandbox) -> None:
    known_names = bodies(operation)
    with (
        warnings.catch_warnings(record=True) as raised,
        Krea("sandbox", transport=box.transport(), clock=box.clock) as krea,
    ):
        warnings.simplefilter("always")
        for body in known_names:
            jobs = [
                krea.submit(operation.path, body),
                krea.submit(operation.path, **body),
                krea.submit(typed(operation, body)),
            ]
            assert [job.status for job in jobs] == ["queued"] * 3
    # A model that is no longer listed says so, once for each client.
    assert [entry.category for entry in raised] == [KreaDeprecationWarning] * operation.details["deprecated"]
    assert request_bodies(box) == [body for body in known_names for _ in range(3)]
    assert {row.path for row in box.ledger} == {operation.path}


@generation
def test_the_generated_function_sends_the_same(operation: Operation, box: Sandbox) -> None:
    kind = str(operation.kind)
    module = importlib.import_module(f"krea_api.api.{TAGS.get(kind, kind)}.{operation.id}")
    with Krea("sandbox", transport=box.transport(), clock=box.clock) as krea:
        for body in bodies(operation):
            assert module.sync(client=krea.raw, body=typed(operation, body)).job_id == box.jobs[-1]["job_id"]
    assert request_bodies(box) == bodies(operation)


@generation
def test_what_the_generated_function_sends_wrong_the_sandbox_refuses(operation: Operation, box: Sandbox) -> None:
    kind = str(operation.kind)
    module = importlib.import_module(f"krea_api.api.{TAGS.get(kind, kind)}.{operation.id}")
    request = typed(operation, operation.details["examples"][0])
    name = next(iter(operation.details["examples"][0]))
    setattr(request, name, 5.5 if isinstance(getattr(request, name), str) else "a word")
    with Krea("sandbox", transport=box.transport(), clock=box.clock) as krea, pytest.raises(ApiError) as refused:
        module.sync(client=krea.raw, body=request)
    assert refused.value.status == 422
    assert name.encode() in refused.value.content
    assert box.ledger == []
