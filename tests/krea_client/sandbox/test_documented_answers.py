"""Whatever comes in, the machine answers, and in a way that the document lists for that operation."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from krea_client.sandbox import Request, Response, Sandbox
from krea_client.sandbox.api_document import ApiOperation, installed, resolve

from .conftest import GOOD, GPT, Z_IMAGE, Caller, read

CONTENT = installed().content


def assert_documented(operation: ApiOperation, response: Response) -> None:
    entry = CONTENT["paths"][operation.path][operation.method.lower()]["responses"]
    assert str(response.status) in entry, (operation.operation_id, response.status, response.body)
    content = resolve(CONTENT, entry[str(response.status)]).get("content")
    if content is None:
        assert response.body == b""
        return
    schema = {**content["application/json"]["schema"], "components": CONTENT["components"]}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(response.json())


def of(method: str, path: str) -> ApiOperation:
    return installed().methods(path)[method]


def test_every_state_of_a_job_is_as_documented(box: Sandbox, caller: Caller) -> None:
    for prompt in ("x", "[sandbox:fail]", "[sandbox:empty]"):
        response = caller.post(GOOD | {"prompt": prompt})
        assert_documented(of("POST", Z_IMAGE), response)
        path = f"/jobs/{read(response)['job_id']}"
        for _ in range(12):
            assert_documented(of("GET", path), caller.get(path))
            box.clock.advance(0.5)
    assert_documented(of("GET", "/jobs"), caller.get("/jobs"))
    assert_documented(of("DELETE", "/jobs/x"), caller.call("DELETE", f"/jobs/{caller.submit()}"))


def test_every_refusal_is_as_documented() -> None:
    box = Sandbox(date="2026-11-20", time_scale=0, balance=0.01, concurrent=1)
    caller, stranger = Caller(box), Caller(box, {})
    submit, jobs, job = of("POST", Z_IMAGE), of("GET", "/jobs"), of("GET", "/jobs/x")
    assert_documented(submit, caller.post({}))
    assert_documented(submit, caller.post([]))
    assert_documented(submit, stranger.post(GOOD))
    caller.submit()
    assert_documented(submit, caller.post(GOOD))
    box.balance = 0
    assert_documented(submit, caller.post(GOOD))
    assert_documented(jobs, stranger.get("/jobs"))
    assert_documented(jobs, caller.get("/jobs?limit=x"))
    assert_documented(job, caller.get("/jobs/x%2Fy"))
    assert_documented(of("DELETE", "/jobs/x"), caller.call("DELETE", "/jobs/x"))


BODIES = st.one_of(
    st.binary(max_size=200),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
        max_leaves=12,
    ).map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries(
        {},
        optional={
            "prompt": st.text(max_size=30) | st.integers(),
            "aspect_ratio": st.sampled_from(["1:1", "16:9", "x", None]),
            "resolution": st.sampled_from(["1K", "4K", 1]),
            "seed": st.floats() | st.integers() | st.text(max_size=4),
            "styles": st.lists(st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=4), max_size=3)),
            "image_url": st.text(max_size=20) | st.just("data:image/png;base64,AA=="),
            "width": st.floats() | st.integers(),
        },
    ).map(lambda value: json.dumps(value).encode()),
)


@settings(max_examples=150, deadline=None)
@given(path=st.sampled_from([Z_IMAGE, GPT]), body=BODIES)
def test_any_body_gets_a_documented_answer(path: str, body: bytes) -> None:
    box = Sandbox(date="2026-11-20", time_scale=0)
    response = Caller(box).call("POST", path, body)
    assert response.status in (200, 400, 422)
    assert_documented(of("POST", path), response)


@settings(max_examples=100, deadline=None)
@given(
    query=st.text(max_size=40)
    | st.tuples(st.sampled_from(["limit", "cursor", "status", "types"]), st.text(max_size=30)).map("=".join)
)
def test_any_query_gets_a_documented_answer(query: str) -> None:
    response = Caller(Sandbox(date="2026-11-20", time_scale=0)).get(f"/jobs?{query}")
    assert response.status in (200, 400)
    assert_documented(of("GET", "/jobs"), response)


@settings(max_examples=100, deadline=None)
@given(method=st.text(max_size=8), path=st.text(max_size=40), header=st.text(max_size=20), query=st.text(max_size=20))
def test_any_request_at_all_is_answered(method: str, path: str, header: str, query: str) -> None:
    box = Sandbox(date="2026-11-20", time_scale=0)
    request = Request(method, "/" + path, query, {"authorization": header, "x-webhook-url": header})
    assert 400 <= box.answer(request).status < 500


def nested(levels: int) -> dict[str, Any]:
    inner: Any = []
    for _ in range(levels):
        inner = [inner]
    return GOOD | {"styles": [{"id": "a", "strength": 1, "more": inner}]}


@pytest.mark.parametrize(("levels", "status"), [(20, 200), (500, 400), (900, 400)])
def test_deep_nesting_is_refused_before_it_hurts(caller: Caller, levels: int, status: int) -> None:
    assert caller.post(nested(levels)).status == status
