"""Checks against another reading of the same schema, and against anything that a body may hold."""

import json
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from krea_client._request.validation import encode, problems
from krea_client._spec.catalogue import Operation
from krea_client.errors import RequestInvalid

from .conftest import GOOD, GPT, Z_IMAGE

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20)
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
OPERATIONS = st.sampled_from([Z_IMAGE, GPT])
PLAIN = [None, True, 0, 1, 1.0, -2, 2, 2.0001, 0.6, 10**30, "", "x", "1K", "4K", "16:9", "3:2", "high"]
STYLES = [[], {}, [{}], [{"id": "s", "strength": 1}], [{"strength": 2}, {"strength": -2}], [{"strength": "1"}]]
LONG = ["x" * 1025, ["x"], ["x"] * 10, ["x"] * 11, [{"url": 1, "strength": 0}]]
LIKELY = st.sampled_from([*PLAIN, *STYLES, *LONG])


def without_formats(schema: Any) -> Any:
    # Two libraries may differ about what an address is; the other tests look at addresses.
    if isinstance(schema, dict):
        return {key: without_formats(part) for key, part in schema.items() if key != "format"}
    return [without_formats(part) for part in schema] if isinstance(schema, list) else schema


@cache
def validators(operation_id: str) -> tuple[Operation, Draft202012Validator]:
    real = next(entry for entry in (Z_IMAGE, GPT) if entry.id == operation_id)
    schema = without_formats(real.schema)
    return Operation.from_entry({**real.details, "request_schema": schema}), Draft202012Validator(schema)


@st.composite
def near_valid(draw: st.DrawFn) -> tuple[Operation, Draft202012Validator, dict[str, Any]]:
    real = draw(OPERATIONS)
    operation, second = validators(real.id)
    body: dict[str, Any] = dict(GOOD) if real is Z_IMAGE else {"prompt": "x"}
    for name in draw(st.lists(st.sampled_from([*operation.fields, "unknown"]), max_size=4)):
        body[name] = draw(LIKELY)
    for name in draw(st.lists(st.sampled_from([*body]), max_size=1)):
        del body[name]
    return operation, second, body


@given(near_valid())
def test_two_libraries_agree_about_every_near_valid_body(
    case: tuple[Operation, Draft202012Validator, dict[str, Any]],
) -> None:
    operation, second, body = case
    results = problems(operation, body)
    assert (results == []) == second.is_valid(body)
    if results:
        names = {problem.path.partition(".")[0].partition("[")[0] for problem in results}
        errors = list(second.iter_errors(body))
        blamed = {str(error.absolute_path[0]) for error in errors if error.absolute_path}
        assert blamed <= names


@given(OPERATIONS, st.dictionaries(st.one_of(st.text(max_size=12), st.sampled_from([*Z_IMAGE.fields])), JSON))
def test_no_json_body_crashes_the_checks(operation: Operation, body: dict[str, Any]) -> None:
    assert json.loads(encode("m", body)) == body
    for problem in problems(operation, body):
        assert problem.path
        assert problem.rule


ODD = st.one_of(
    SCALARS,
    st.floats(),
    st.binary(max_size=4),
    st.builds(object),
    st.sets(st.integers(), max_size=2),
    st.text(st.characters(categories=["Cs"]), max_size=2),
)
JSON_VALUES = st.recursive(
    ODD,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner),
        st.dictionaries(st.one_of(st.text(max_size=3), st.integers(), st.none()), inner, max_size=3),
    ),
)


@given(st.dictionaries(st.one_of(st.text(max_size=5), st.integers()), JSON_VALUES, max_size=4))
def test_whatever_python_holds_is_written_or_refused(body: dict[Any, Any]) -> None:
    try:
        text = encode("m", body)
    except RequestInvalid as error:
        refused = error
    else:
        json.loads(text)
        problems(Z_IMAGE, body)
        return
    assert refused.problems
    str(refused).encode()
