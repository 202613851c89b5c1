"""Odd responses end in typed errors that keep the job: other ids, huge ids, addresses that no parser takes, deep nesting."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from krea_client import OutcomeUnknown, Pace, SaveFailed, UnexpectedAnswer, WaitTimeout
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Act, Between, Forward
from .conftest import GOOD, TOKEN, Make

MODEL = "z-image/z-image"
STRANGER = "11111111-2222-4333-8444-555555555555"


def with_body(change: Any) -> Act:
    """Answer with the sandbox's job, changed."""

    def act(_: httpx.Request, forward: Forward) -> httpx.Response:
        response = forward()
        return httpx.Response(response.status_code, json={**json.loads(response.read()), **change})

    return act


def redirect(location: bytes, status: int = 302) -> Act:
    def act(_: httpx.Request, forward: Forward) -> httpx.Response:
        forward()
        return httpx.Response(status, headers=[(b"location", location)])

    return act


LOCATIONS = [
    b"javascript:void(0)",
    b"mailto:a@b.c",
    b"https://",
    b"//",
    b"http://[::1",
    b"https://a..b/",
    b"https://xn--/",
    "https://\N{LATIN SMALL LETTER E WITH ACUTE}.example/".encode(),
    b"https://a:99999/",
    b"https://" + b"a" * 300 + b".example/",
    b"/jobs/" + b"x" * 70_000,
    b"\xff\xfe",
    b"http://a b/",
]


@pytest.mark.parametrize("location", LOCATIONS)
@pytest.mark.parametrize("status", [302, 303])
def test_a_redirect_of_a_paid_request_is_an_unknown_outcome(
    client: ClientAdapter, box: Sandbox, between: Between, location: bytes, status: int
) -> None:
    between.on("POST", redirect(location, status))
    with pytest.raises(OutcomeUnknown) as excinfo:
        client.submit(MODEL, GOOD)
    assert [job.id for job in client.jobs.candidates(excinfo.value)] == [box.ledger[0].job_id]
    assert _frames_with(TOKEN, excinfo.value) == []


def _frames_with(token: str, error: BaseException) -> list[str]:
    names: list[str] = []
    traceback = error.__traceback__
    while traceback:
        for name, value in traceback.tb_frame.f_locals.items():
            if "krea_client" in traceback.tb_frame.f_code.co_filename and token in str(
                getattr(getattr(value, "headers", None), "raw", "")
            ):
                names.append(name)
        traceback = traceback.tb_next
    return names


@pytest.mark.parametrize("location", LOCATIONS)
def test_a_redirected_poll_is_not_the_end_of_a_wait(client: ClientAdapter, between: Between, location: bytes) -> None:
    between.on("GET", redirect(location), redirect(location, 308))
    assert client.run(MODEL, GOOD).succeeded


@pytest.mark.parametrize("location", LOCATIONS)
def test_a_batch_says_unknown_where_a_job_may_exist(client: ClientAdapter, between: Between, location: bytes) -> None:
    between.on("POST", redirect(location))
    [result] = client.run_all([(MODEL, GOOD)])
    assert isinstance(result.failure, OutcomeUnknown)
    assert (result.id, result.status) == ("", "unknown")
    assert not result.finished


def test_a_response_about_another_job_is_not_the_response(make: Make, box: Sandbox, between: Between) -> None:
    krea = make()
    between.on("GET", with_body({"job_id": STRANGER, "status": "completed", "result": {"urls": ["https://a.b/c.png"]}}))
    job = krea.run(MODEL, GOOD)
    assert job.id == box.ledger[0].job_id
    between.on("GET", with_body({"job_id": STRANGER}))
    with pytest.raises(UnexpectedAnswer, match="it is about another job") as excinfo:
        krea.jobs.get(job)
    assert excinfo.value.job_id == job.id


def test_an_id_in_another_notation_is_the_same(client: ClientAdapter, box: Sandbox) -> None:
    job = client.submit(MODEL, GOOD)
    assert client.wait(job).id == job.id
    assert box.ledger[0].job_id == job.id


def test_a_job_that_only_ever_gets_foreign_responses_keeps_its_id(make: Make, box: Sandbox, between: Between) -> None:
    krea = make(pace=Pace(patience=20))
    between.always("GET", with_body({"job_id": STRANGER}))
    with pytest.raises(UnexpectedAnswer) as excinfo:
        krea.run(MODEL, GOOD)
    assert excinfo.value.job_id == box.ledger[0].job_id
    [result] = krea.run_all([(MODEL, GOOD)])
    assert (result.id, result.status) == (box.ledger[1].job_id, "unknown")


@pytest.mark.parametrize("job_id", ["x" * 70_000, "x" * 1001, "..", "."])
def test_an_id_that_no_address_takes_is_kept(client: ClientAdapter, between: Between, job_id: str) -> None:
    between.always("POST", with_body({"job_id": job_id}))
    assert client.submit(MODEL, GOOD).id == job_id
    with pytest.raises(UnexpectedAnswer, match="cannot be used in a request") as excinfo:
        client.run(MODEL, GOOD)
    assert excinfo.value.job_id == job_id
    assert len(str(excinfo.value)) < 500
    [result] = client.run_all([(MODEL, GOOD)])
    assert (result.id, result.status) == (job_id, "unknown")


RESULTS = [
    "http://[::1",
    "https://[",
    "https://a:port/x.png",
    "https://" + "a" * 70_000,
    "https://a..b/x.png",
    "javascript:void(0)",
    "",
    "//x",
    "https://xn--/x.png",
    "\x00",
]


@pytest.mark.parametrize("address", RESULTS)
def test_a_result_address_that_no_parser_takes_is_a_failed_save(
    client: ClientAdapter, between: Between, address: str, tmp_path: Path
) -> None:
    between.on("GET", with_body({"status": "completed", "result": {"urls": [address, "https://a.b/c.png"]}}))
    job = client.run(MODEL, GOOD)
    if address:
        with pytest.raises(SaveFailed):
            client.save(job, tmp_path)
    assert not client.open_jobs


@pytest.mark.parametrize("depth", [500, 900, 100_000])
def test_deep_nesting_is_no_recursion_error(client: ClientAdapter, between: Between, depth: int) -> None:
    text = (
        '{"job_id": "%s", "status": "completed", "result": {"urls": ["https://a.b/c.png"], "x": '
        + "[" * depth
        + "]" * depth
        + "}}"
    )

    def act(request: httpx.Request, forward: Forward) -> httpx.Response:
        forward()
        return httpx.Response(200, content=(text % request.url.path.rpartition("/")[2]).encode())

    job = client.submit(MODEL, GOOD)
    between.always("GET", act)
    if depth > 1000:  # Python's parser refuses it
        with pytest.raises(WaitTimeout) as excinfo:
            client.wait(job, deadline=3)
        assert excinfo.value.job.id == job.id
    else:
        finished = client.wait(job)
        assert finished.raw["result"]["urls"] == ["https://a.b/c.png"]
        assert finished.result["x"] is not finished.raw["result"]["x"]
    between.on("POST", lambda _, forward: (forward(), httpx.Response(200, content=b"[" * depth + b"]" * depth))[1])
    with pytest.raises(OutcomeUnknown):
        client.submit(MODEL, GOOD)


def test_an_error_of_a_callers_transport_in_a_batch_says_unknown(
    client: ClientAdapter, box: Sandbox, between: Between
) -> None:
    def act(_: httpx.Request, forward: Forward) -> httpx.Response:
        forward()
        raise ZeroDivisionError

    between.on("POST", act)
    [result] = client.run_all([(MODEL, GOOD)])
    assert isinstance(result.failure, ZeroDivisionError)
    assert result.status == "unknown"
    assert "krea.jobs.candidates(since=" in "".join(result.failure.__notes__)
    assert len(box.ledger) == 1
