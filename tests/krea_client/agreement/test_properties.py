"""Bodies by chance, over the schemas of all models: the checks and the library `jsonschema` agree about each."""

from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from krea_client._request.validation import problems
from krea_client._spec.catalogue import Operation

from .bodies import WITH_BODY, alternatives, full_body, nodes, replaced

NEAR = [
    None,
    True,
    False,
    -1,
    0,
    1,
    0.5,
    1.0,
    2,
    10**30,
    1e300,
    "",
    "x",
    "1:1",
    "720p",
    "auto",
    "https://example.com/a.png",
]
DEEP = [[], {}, [None], ["x"] * 20, [{}], {"x": 1}, [{"id": "a", "strength": 1}], [{"url": 1}], "x" * 3000]


def without_formats(schema: Any) -> Any:
    # Two libraries may differ about what an address is; the violations look at addresses.
    if isinstance(schema, dict):
        return {key: without_formats(part) for key, part in schema.items() if key != "format"}
    return [without_formats(part) for part in schema] if isinstance(schema, list) else schema


@cache
def validators(place: int) -> tuple[Operation, Draft202012Validator]:
    real = WITH_BODY[place]
    schema = without_formats(real.schema)
    return Operation.from_entry({**real.details, "request_schema": schema, "rules": []}), Draft202012Validator(schema)


@st.composite
def near_valid(draw: st.DrawFn) -> tuple[int, dict[str, Any]]:
    """Return an operation's place among all, and a body with some fields left out and up to two values changed."""
    place, pick = draw(st.integers(0, len(WITH_BODY) - 1)), draw(st.integers(0, 3))
    operation = WITH_BODY[place]
    body = full_body(operation, pick)
    for name in draw(st.lists(st.sampled_from(sorted(body)), max_size=4, unique=True)):
        del body[name]
    places = [node.steps for node in nodes(operation, body, pick) if node.steps]
    likely = st.sampled_from(NEAR) | st.sampled_from(DEEP) | st.text(max_size=5) | st.floats(-100, 100)
    for steps in draw(st.lists(st.sampled_from(places), max_size=2, unique=True)) if places else ():
        try:
            body = replaced(body, steps, draw(likely))
        except (LookupError, TypeError):  # the first change took away the place of the second
            continue
    return place, body


@settings(max_examples=5 * settings().max_examples, deadline=None)  # for all models together
@given(near_valid())
def test_two_libraries_agree_about_every_model(case: tuple[int, dict[str, Any]]) -> None:
    place, body = case
    operation, second = validators(place)
    client_fields = {problem.path.partition(".")[0].partition("[")[0] for problem in problems(operation, body)}
    errors = list(second.iter_errors(body))
    assert bool(client_fields) == bool(errors), operation.id
    if not alternatives(operation.schema or {}):  # of a whole body's alternatives one is blamed for all
        assert {str(error.absolute_path[0]) for error in errors if error.absolute_path} <= client_fields
