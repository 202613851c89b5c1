"""Status before body: one error for each status, the server's own messages in it, and money in mind."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from krea_client import errors
from krea_client._core.effects import Answer, ApiCall
from krea_client._core.responses import (
    an_object,
    error_for,
    http_date,
    job_in,
    read_as,
    retry_after,
)
from krea_client.errors import FieldMessage

GENERATE = ApiCall("POST", "/generate/image/z-image/z-image", paid=True)
READ = ApiCall("GET", "/jobs/j1")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DATE = "Fri, 20 Nov 2026 12:00:00 GMT"


def answer(status: int, document: Any = None, **headers: str) -> Answer:
    return Answer(status, headers, b"" if document is None else json.dumps(document).encode())


TABLE = {
    400: errors.Rejected,
    401: errors.Unauthorized,
    402: errors.OutOfCredits,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    410: errors.ModelGone,
    422: errors.Rejected,
    429: errors.Busy,
}


@pytest.mark.parametrize("call", [GENERATE, READ], ids=["paid", "read"])
def test_every_status_has_its_error(call: ApiCall) -> None:
    failed = errors.OutcomeUnknown if call.paid else errors.ServerFailed
    for status in [*range(100, 200), *range(300, 600), 999]:
        unclear = status >= 500 or status == 408 or (call.paid and (status < 200 or 300 <= status <= 306))
        usual = failed if unclear else errors.UnexpectedAnswer
        error = error_for(call, answer(status, {"error": "told"}, **{"X-Kind": "made up"}))
        assert type(error) is TABLE.get(status, usual), status
        assert (error.status, error.body, error.headers) == (status, b'{"error": "told"}', {"X-Kind": "made up"})
        assert error.request == f"{call.method} {call.path}"
        assert error.messages == (FieldMessage("", "told"),)
        assert str(error).startswith(f"{call.method} {call.path} answered {status}: told")


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        (401, "check the token (KREA_API_TOKEN)"),
        (402, "add credits to the API balance; sending it again does not help"),
        (429, "wait until jobs have ended, or submit fewer at once"),
        (503, "it was not sent again; krea.jobs.candidates(error) lists what it may be"),
    ],
)
def test_an_error_says_what_to_do(status: int, remedy: str) -> None:
    assert remedy in str(error_for(GENERATE, answer(status)))


@pytest.mark.parametrize(
    ("document", "messages"),
    [
        ({"error": "no"}, [("", "no")]),
        ({"message": "no"}, [("", "no")]),
        ({"error": "model_unavailable", "message": "it went"}, [("", "model_unavailable"), ("", "it went")]),
        ({"error": "no", "message": "no"}, [("", "no")]),
        ({"error": {"message": "no", "code": 7}}, [("", "no")]),
        ([{"field": "prompt", "message": "too long"}], [("prompt", "too long")]),
        (
            {"errors": [{"field": "prompt", "message": "a"}, {"field": "seed", "message": "b"}]},
            [("prompt", "a"), ("seed", "b")],
        ),
        (
            {"error": "Invalid request", "details": [{"path": ["styles", 0, "strength"], "message": "too big"}]},
            [("", "Invalid request"), ("styles.0.strength", "too big")],
        ),
        ({"error": [{"path": "seed", "message": "b"}]}, [("seed", "b")]),
        ({"success": False, "message": "no"}, [("", "no")]),
        (["one", "two"], [("", "one"), ("", "two")]),
        ("Invalid asset URL", [("", "Invalid asset URL")]),
        ({"errors": {"field": 7, "message": "b"}}, [("", "b")]),
        ({"error": "", "message": None, "errors": []}, []),
        ({}, []),
        ([], []),
        (7, []),
        (None, []),
    ],
)
def test_the_servers_messages_are_found_in_every_shape(document: Any, messages: list[tuple[str, str]]) -> None:
    error = error_for(READ, answer(422, document))
    assert [tuple(message) for message in error.messages] == messages
    for field, message in messages:
        assert (f"{field}: {message}" if field else message) in str(error)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><title>520: Web server is returning an unknown error</title>",
        b"\xff\xfe\x00broken",
        b"{",
        b"null",
        b'{"error":' * 5000,
        b'{"error":' * 450 + b"1" + b"}" * 450,
        b"[" * 900 + b"]" * 900,
        b'[{"path":' + b"[" * 700 + b"]" * 700 + b',"message":"m"}]',
        b'{"error": 1e999, "message": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda body: repr(body[:16]),
)
@pytest.mark.parametrize("status", [200, 400, 410, 429, 520])
def test_no_body_breaks_the_reading(body: bytes, status: int) -> None:
    for call in (GENERATE, READ):
        with pytest.raises(errors.AnswerError) as excinfo:
            job_in(call, Answer(status, {}, body))
        assert (excinfo.value.status, excinfo.value.body) == (status, body)
        assert len(str(excinfo.value)) < 600


def test_a_good_status_without_a_job_is_told_by_what_came() -> None:
    with pytest.raises(
        errors.UnexpectedAnswer, match=r"GET /jobs/j1 answered 200, but it is not a JSON object: '<html>"
    ):
        job_in(READ, Answer(200, {}, b"<html>\n hello"))
    with pytest.raises(errors.UnexpectedAnswer, match="answered 200, but it is not a JSON object: it is empty"):
        read_as(an_object, READ, Answer(200, {}, b"  "))
    with pytest.raises(
        errors.OutcomeUnknown, match=r"but it has no job_id: '\{.*\}'\. A job may exist; krea\.jobs\.candidates"
    ):
        job_in(GENERATE, answer(200, {"status": "queued"}))


@pytest.mark.parametrize("status", [200, 201, 202, 299])
def test_every_good_status_may_carry_a_job(status: int) -> None:
    assert job_in(GENERATE, answer(status, {"job_id": "j1"})).id == "j1"


def test_a_long_message_is_cut() -> None:
    assert len(str(error_for(READ, answer(400, {"error": "x" * 10_000})))) < 500


def test_a_model_that_is_gone_names_its_successor_and_its_day() -> None:
    body = {"error": "model_unavailable", "sunset_date": "2026-05-13T00:00:00Z", "replacement": "image/a/b"}
    error = error_for(GENERATE, answer(410, body))
    assert isinstance(error, errors.ModelGone)
    assert (error.replacement, error.sunset) == ("image/a/b", date(2026, 5, 13))
    assert str(error).endswith("its replacement is 'image/a/b'")


@pytest.mark.parametrize("value", [None, "", "soon", 7, ["2026-05-13"], "2026-13-01"])
def test_a_model_that_is_gone_may_tell_nothing_more(value: object) -> None:
    error = error_for(GENERATE, answer(410, {"sunset_date": value, "replacement": value}))
    assert isinstance(error, errors.ModelGone)
    assert error.sunset is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("7", 7.0),
        (" 7 ", 7.0),
        ("0.25", 0.25),
        ("1e1", 10.0),
        ("120000", 120000.0),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("-inf", None),
        ("1" + "0" * 400, None),
        ("", None),
        ("soon", None),
        ("7 s", None),
        ("Fri, 20 Nov 2026 12:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 13:00:30 +0100", 30.0),
        ("Friday, 20-Nov-26 12:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 -1200", None),
        ("Fri, 99 Nov 2026 12:00:30 GMT", None),
        ("2026-11-20T12:00:30Z", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds
    assert retry_after({"retry-after": value, "date": DATE}) == seconds


def test_a_retry_after_date_is_measured_by_the_answers_own_clock() -> None:
    then = {"retry-after": "Fri, 20 Nov 2026 12:00:30 GMT"}
    assert retry_after(then) is None
    assert retry_after({**then, "date": DATE}, NOW.replace(year=2030)) == 30.0
    assert retry_after({**then, "date": "when?"}, NOW.replace(second=20)) == 10.0
    assert retry_after({}, NOW) is None


def test_busy_carries_the_pause_that_the_api_asked_for() -> None:
    error = error_for(GENERATE, answer(429, {"error": "full"}, **{"retry-after": "12"}))
    assert isinstance(error, errors.Busy)
    assert error.retry_after == 12


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (DATE, NOW),
        ("Fri, 20 Nov 2026 14:00:00 +0200", NOW),
        ("Fri, 20 Nov 2026 12:00:00 -0000", NOW),
        ("20 Nov 2026 12:00:00", NOW),
        ("", None),
        ("now", None),
        ("Fri, 20 Nov 2026 25:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -0001", None),
    ],
)
def test_a_date_of_a_header_is_utc(value: str, expected: datetime | None) -> None:
    read = http_date(value)
    assert read == expected
    assert read is None or read.tzinfo is UTC
