"""A paid request goes out once: what is raised when its answer is lost, and what is sent again because that costs nothing."""

import pickle
from datetime import timedelta

import httpx
import pytest

from krea_client import (
    Busy,
    Conflict,
    ConnectionFailed,
    Forbidden,
    KreaError,
    OutcomeUnknown,
    OutOfCredits,
    Rejected,
    Retry,
    Unauthorized,
    UnexpectedAnswer,
)
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Act, Between, answered, fail_after_sending, garbled, stopped
from .conftest import GOOD, Make

LOST_RESPONSES: dict[str, Act] = {
    "read timeout": fail_after_sending(httpx.ReadTimeout),
    "write timeout": fail_after_sending(httpx.WriteTimeout),
    "read error": fail_after_sending(httpx.ReadError),
    "write error": fail_after_sending(httpx.WriteError),
    "close without an answer": fail_after_sending(httpx.RemoteProtocolError),
    "close error": fail_after_sending(httpx.CloseError),
    "broken compression": garbled(200, b"not gzip", content_encoding="gzip"),
    "HTML with 200": garbled(200, b"<!doctype html><p>hello"),
    "empty 200": garbled(200, b""),
    "cut JSON": garbled(200, b'{"job_id": "6d0d'),
    "JSON without id": garbled(200, b'{"status": "queued"}'),
    "a list": garbled(200, b"[]"),
    "204": garbled(204, b""),
    **{str(status): garbled(status, b'{"error": "oh"}') for status in (302, 303, 408, 500, 502, 503, 504, 599)},
    "HTML with 520": garbled(520, b"<html>"),
}


@pytest.mark.parametrize("call", ["submit", "run"])
@pytest.mark.parametrize("fault", LOST_RESPONSES)
def test_a_lost_answer_is_one_error_and_one_job(
    client: ClientAdapter, box: Sandbox, between: Between, fault: str, call: str
) -> None:
    earlier_job = client.submit("z-image/z-image", GOOD)
    box.clock.advance(1)
    between.on("POST", LOST_RESPONSES[fault])
    with pytest.raises(OutcomeUnknown) as excinfo:
        getattr(client, call)("z-image/z-image", GOOD)
    error = excinfo.value
    assert between.count("POST") == 2
    assert len(box.ledger) == 2
    assert error.model == "z-image/z-image"
    assert error.request == "POST /generate/image/z-image/z-image"
    assert error.sent_at == error.failed_at == box.date
    assert "it was not sent again" in str(error) or "A job may exist" in str(error)
    assert "krea.jobs.candidates(error)" in str(error)
    [candidate] = client.jobs.candidates(error)
    assert candidate.id == box.ledger[1].job_id != earlier_job.id
    assert client.jobs.candidates(pickle.loads(pickle.dumps(error))) == [candidate]
    assert client.wait(candidate).succeeded


@pytest.mark.parametrize(("status", "body"), [(200, b"<html>"), (520, b"<html>oh"), (500, b'{"error": "e"}')])
def test_a_lost_answer_keeps_what_came(client: ClientAdapter, between: Between, status: int, body: bytes) -> None:
    between.on("POST", garbled(status, body, cf_ray="abc"))
    with pytest.raises(OutcomeUnknown) as excinfo:
        client.submit("z-image/z-image", GOOD)
    assert (excinfo.value.status, excinfo.value.body) == (status, body)
    assert excinfo.value.headers["cf-ray"] == "abc"


def test_candidates_are_those_of_that_time_that_nobody_was_told_of(
    client: ClientAdapter, box: Sandbox, between: Between
) -> None:
    client.submit("z-image/z-image", GOOD)
    between.on("POST", fail_after_sending(httpx.ReadTimeout))
    with pytest.raises(OutcomeUnknown):
        client.submit("z-image/z-image", GOOD)
    box.clock.advance(3600)
    between.on("POST", fail_after_sending(httpx.ReadTimeout))
    with pytest.raises(OutcomeUnknown) as excinfo:
        client.submit("z-image/z-image", GOOD)
    client.submit("z-image/z-image", GOOD)
    box.clock.advance(3600)
    between.on("POST", fail_after_sending(httpx.ReadTimeout))
    with pytest.raises(OutcomeUnknown):
        client.submit("z-image/z-image", GOOD)
    assert [job.id for job in client.jobs.candidates(excinfo.value)] == [box.ledger[2].job_id]


@pytest.mark.parametrize(
    "form",
    [lambda moment: moment, lambda moment: moment.isoformat(), lambda moment: moment.replace(tzinfo=None).isoformat()],
)
def test_candidates_since_a_time(client: ClientAdapter, box: Sandbox, between: Between, form: object) -> None:
    assert callable(form)
    for _ in range(2):
        between.on("POST", fail_after_sending(httpx.ReadTimeout))
        with pytest.raises(OutcomeUnknown):
            client.submit("z-image/z-image", GOOD)
        box.clock.advance(600)
    assert len(client.jobs.candidates(since=form(box.date - timedelta(seconds=601)))) == 1
    assert len(client.jobs.candidates(since=form(box.date - timedelta(seconds=1201)))) == 2


def test_candidates_of_nothing_are_refused(client: ClientAdapter) -> None:
    for args in ((), (OutcomeUnknown("made by hand"),)):
        with pytest.raises(ValueError, match="since="):
            client.jobs.candidates(*args)


NEVER_SENT = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError]


@pytest.mark.parametrize("fault", NEVER_SENT)
def test_what_never_got_there_is_sent_again(
    client: ClientAdapter, box: Sandbox, between: Between, fault: type[httpx.TransportError]
) -> None:
    between.on("POST", *[stopped(fault, "no way")] * 2)
    assert client.submit("z-image/z-image", GOOD).id == box.ledger[0].job_id
    assert len(box.ledger) == 1


@pytest.mark.parametrize("fault", NEVER_SENT)
def test_an_api_that_is_never_reached_charges_nothing(
    client: ClientAdapter, box: Sandbox, between: Between, fault: type[httpx.TransportError]
) -> None:
    between.always("POST", stopped(fault, "no way"))
    with pytest.raises(ConnectionFailed, match=r"not reached in 3 attempts, so nothing was charged: no way"):
        client.submit("z-image/z-image", GOOD)
    assert box.ledger == []


def test_429_is_tried_again_after_as_long_as_the_api_asks(
    client: ClientAdapter, box: Sandbox, between: Between
) -> None:
    began = box.clock.monotonic()
    between.on("POST", answered(429, retry_after="7"), answered(429, retry_after="Fri, 20 Nov 2026 00:00:20 GMT"))
    client.submit("z-image/z-image", GOOD)
    assert box.clock.monotonic() - began == pytest.approx(20)
    assert len(box.ledger) == 1


def test_429_without_end_is_busy(client: ClientAdapter, box: Sandbox, between: Between) -> None:
    box.concurrent = 0
    with pytest.raises(Busy) as excinfo:
        client.submit("z-image/z-image", GOOD)
    assert (between.count("POST"), box.ledger) == (3, [])
    assert excinfo.value.status == 429
    between.on("POST", answered(429, retry_after="3600"))
    with pytest.raises(Busy) as excinfo:
        client.submit("z-image/z-image", GOOD)
    assert between.count("POST") == 4
    assert excinfo.value.retry_after == 3600


def test_how_often_is_the_callers_choice(make: Make, between: Between) -> None:
    krea = make(retry=Retry(attempts=1, busy_attempts=1))
    for act in (stopped(httpx.ConnectError, "no"), answered(429)):
        between.on("POST", act)
        with pytest.raises(KreaError):
            krea.submit("z-image/z-image", GOOD)
    assert between.count("POST") == 2


DEFINITE = [
    (400, Rejected),
    (401, Unauthorized),
    (402, OutOfCredits),
    (403, Forbidden),
    (409, Conflict),
    (422, Rejected),
    (307, UnexpectedAnswer),
    (308, UnexpectedAnswer),
    (418, UnexpectedAnswer),
]


@pytest.mark.parametrize(("status", "error"), DEFINITE)
def test_a_definite_no_is_not_sent_again(
    client: ClientAdapter, between: Between, status: int, error: type[KreaError]
) -> None:
    between.on("POST", answered(status, b'{"error": "because"}', location="https://elsewhere.example/generate"))
    with pytest.raises(error, match="because"):
        client.submit("z-image/z-image", GOOD)
    assert len(between.seen) == 1


def test_the_servers_field_messages_are_kept(client: ClientAdapter) -> None:
    with pytest.raises(Rejected) as excinfo:
        client.submit("z-image/z-image", {**GOOD, "resolution": "8K"}, check=False)
    assert excinfo.value.status == 422
    assert [message.field for message in excinfo.value.messages if message.field] == ["resolution"]


def test_an_empty_balance_is_told_and_nothing_is_created(client: ClientAdapter, box: Sandbox) -> None:
    box.balance = 0.001
    with pytest.raises(OutOfCredits):
        client.run("z-image/z-image", GOOD)
    assert box.ledger == []


@pytest.mark.parametrize(
    "fault",
    [
        answered(500),
        answered(503),
        answered(520, b"<html>"),
        fail_after_sending(httpx.ReadTimeout),
        fail_after_sending(httpx.RemoteProtocolError),
        stopped(httpx.ConnectError, "no"),
    ],
)
def test_reads_are_tried_again(client: ClientAdapter, between: Between, fault: Act) -> None:
    job = client.submit("z-image/z-image", GOOD)
    between.on("GET", fault, fault)
    assert client.jobs.get(job.id).id == job.id
    between.on("GET", fault, fault)
    assert [job.id for job in client.jobs.list()] == [job.id]
    between.on("GET", fault, fault, fault)
    with pytest.raises(KreaError):
        client.jobs.get(job.id)
    assert between.count("GET") == 9


def test_messages_nested_without_end_are_read_as_far_as_makes_sense(client: ClientAdapter, between: Between) -> None:
    between.on(
        "POST",
        answered(400, b'{"error":' * 900 + b'"deep"' + b"}" * 900),
        answered(400, b"[" * 900 + b"]" * 900),
        answered(400, b'{"errors": [{"field": "prompt", "message": "too rude"}]}'),
    )
    for _ in range(2):
        with pytest.raises(Rejected):
            client.submit("z-image/z-image", GOOD)
    with pytest.raises(Rejected, match="prompt: too rude") as excinfo:
        client.submit("z-image/z-image", GOOD)
    assert excinfo.value.messages == (("prompt", "too rude"),)
