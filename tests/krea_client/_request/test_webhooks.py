"""A webhook's body is a job like any other, or one typed error that keeps what came."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krea_client import webhooks
from krea_client._core.effects import Answer, ApiCall
from krea_client._core.responses import job_in
from krea_client.errors import UnexpectedAnswer

DOCUMENT = {
    "job_id": "j1",
    "status": "completed",
    "created_at": "2026-11-20T12:00:00Z",
    "completed_at": "2026-11-20T12:01:00Z",
    "result": {"urls": ["https://gen.krea.ai/1.png"]},
}


@pytest.mark.parametrize(
    "encode", [str, str.encode, lambda text: bytearray(text.encode()), lambda text: text.encode("utf-16")]
)
def test_a_webhook_carries_the_same_job_as_a_look(encode: type) -> None:
    job = webhooks.parse(encode(json.dumps(DOCUMENT)))
    assert job == job_in(ApiCall("GET", "/jobs/j1"), Answer(200, {}, json.dumps(DOCUMENT).encode()))
    assert job.urls == ["https://gen.krea.ai/1.png"]


@pytest.mark.parametrize(
    "payload",
    [b"", b"{", b"null", b"[]", b"{}", b'{"job_id": null}', b'{"job_id": ""}', b"\xff\xfe\xff", "", "x\ud800"],
)
def test_what_is_no_job_is_refused_and_kept(payload: bytes | str) -> None:
    with pytest.raises(UnexpectedAnswer, match="this webhook carries no job: it has no job_id") as excinfo:
        webhooks.parse(payload)
    stored = payload if isinstance(payload, bytes) else payload.encode("utf-8", "replace")
    assert excinfo.value.body == stored


@given(st.one_of(st.binary(), st.text()))
def test_no_foreign_bytes_raise_anything_else(payload: bytes | str) -> None:
    with pytest.raises(UnexpectedAnswer):
        webhooks.parse(payload)


def test_what_a_framework_has_read_already_is_taken_too() -> None:
    assert webhooks.parse({"job_id": "j1", "status": "completed"}).succeeded
    with pytest.raises(UnexpectedAnswer, match="no job_id") as excinfo:
        webhooks.parse({"status": "completed"})
    assert b"completed" in (excinfo.value.body or b"")


@pytest.mark.parametrize("payload", [None, 3, 1.5, True, [], ["x"], object(), bytearray(b"{}"), memoryview(b"{}")])
def test_a_value_of_any_other_type_is_refused_by_the_documented_error(payload: object) -> None:
    with pytest.raises(UnexpectedAnswer, match="this webhook carries no job"):
        webhooks.parse(payload)  # type: ignore[arg-type]  # what a framework may give
