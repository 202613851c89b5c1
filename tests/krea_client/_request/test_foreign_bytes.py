"""Whatever the API or anything in between answers, the reading gives a value or one of our own errors."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krea_client import _json
from krea_client._core import responses
from krea_client._core.effects import Answer, ApiCall
from krea_client.errors import AnswerError, KreaError
from krea_client.jobs import Job

OF_JOBS = ["job_id", "status", "created_at", "completed_at", "result", "urls", "url", "type", "style_id", "items"]
OF_ERRORS = ["error", "errors", "message", "code", "field", "path", "details", "detail", "replacement", "sunset_date"]
NAMES = st.sampled_from([*OF_JOBS, *OF_ERRORS])
DATES = st.sampled_from(["2026-11-20T12:00:00Z", "2026-11-20", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00+14:00"])
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), DATES, st.just("completed")
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5), max_leaves=15
)
BODIES = st.one_of(st.binary(), JSON.map(lambda value: json.dumps(value).encode()))
STATUSES = st.one_of(st.integers(100, 599), st.sampled_from([200, 400, 402, 404, 410, 422, 429, 500, 520]))
HEADERS = st.dictionaries(st.sampled_from(["retry-after", "date", "deprecation", "sunset"]), st.text() | DATES)
NOW = datetime(2026, 11, 20, tzinfo=UTC)


@given(st.booleans(), STATUSES, HEADERS, BODIES)
def test_an_answer_is_a_job_or_a_typed_error(is_paid: bool, status: int, headers: dict[str, str], body: bytes) -> None:
    call = ApiCall("POST", "/generate/image/z-image/z-image", paid=is_paid)
    try:
        results: Job | AnswerError = responses.job_in(call, Answer(status, headers, body))
    except AnswerError as error:
        results = error
    if isinstance(results, Job):
        assert results.id
        assert 200 <= status < 300
        assert all(isinstance(url, str) and url for url in results.urls)
    else:
        assert (results.status, results.body, results.headers) == (status, body, headers)
        assert str(results).startswith("POST /generate/")


@given(
    st.dictionaries(st.just("retry-after") | st.just("date"), st.text() | st.floats().map(str) | st.integers().map(str))
)
def test_a_retry_after_is_a_pause_or_nothing(headers: dict[str, str]) -> None:
    seconds = responses.retry_after(headers, NOW)
    assert seconds is None or 0 <= seconds < float("inf")


@given(st.dictionaries(NAMES, JSON))
def test_a_job_is_read_from_any_object_with_an_id(document: dict[str, Any]) -> None:
    job = Job.from_dict({**document, "job_id": "j1"})
    assert job.id == "j1"
    assert job.created_at is None or job.created_at.tzinfo
    assert job.finished == (job.status in {"completed", "failed", "cancelled"})
    assert repr(job.error)
    assert job.style_id != ""


@pytest.mark.parametrize(
    "value", [10**400, -(10**400), float("nan"), 1, True, "1", None, []], ids=lambda value: str(value)[:9]
)
def test_a_number_is_one_or_nothing(value: object) -> None:
    results = _json.number(value)
    assert results is None or isinstance(results, float)


@given(st.binary() | st.text())
def test_a_text_is_a_document_or_nothing(text: bytes | str) -> None:
    _json.document(text)


def test_no_error_here_is_a_stranger() -> None:
    assert issubclass(AnswerError, KreaError)
