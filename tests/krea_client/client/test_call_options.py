"""What a caller says for one call, retry=, or for every request to the API, headers=."""

import io
from pathlib import Path
from typing import Any

import httpx
import pytest

from krea_client import Busy, ConnectionFailed, Krea, KreaError, Retry
from krea_client.sandbox import Sandbox

from .between import Between
from .conftest import GOOD, PNG, TOKEN, Make

MODEL = "z-image/z-image"
ONCE = Retry(attempts=1, busy_attempts=1)
RESULT = "https://results.example/a.png"


def down(_: httpx.Request) -> httpx.Response:
    return httpx.Response(503)


CALLS: dict[str, Any] = {
    "jobs.get": lambda krea, **options: krea.wrapped.jobs.get("j", **options),
    "jobs.cancel": lambda krea, **options: krea.wrapped.jobs.cancel("j", **options),
    "jobs.list": lambda krea, **options: krea.wrapped.jobs.list(**options),
    "assets.get": lambda krea, **options: krea.wrapped.assets.get("a", **options),
    "assets.list": lambda krea, **options: krea.wrapped.assets.list(**options),
    "assets.delete": lambda krea, **options: krea.wrapped.assets.delete("a", **options),
    "jobs.candidates": lambda krea, **options: krea.wrapped.jobs.candidates(since="2026-11-20", **options),
    "save": lambda krea, **options: krea.wrapped.save(RESULT, io.BytesIO(), **options),
    "open": lambda krea, **options: krea.wrapped.open(RESULT, **options),
    "read": lambda krea, **options: krea.wrapped.read(RESULT, **options),
    "styles.get": lambda krea, **options: krea.wrapped.styles.get("s", **options),
    "styles.search": lambda krea, **options: krea.wrapped.styles.search(**options),
    "styles.share_link": lambda krea, **options: krea.wrapped.styles.share_link("s", **options),
    "node_apps.get": lambda krea, **options: krea.wrapped.node_apps.get("n", **options),
    "reports.usage": lambda krea, **options: krea.wrapped.reports.usage("2026-01-01", "2026-01-02", **options),
}


def first_of(krea: Any, call: Any, options: dict[str, Any]) -> None:
    """Make a call; where it gives a listing, take its first item."""
    next(iter(krea.done(call(krea, **options))))


@pytest.mark.parametrize("name", CALLS)
def test_a_call_has_its_own_retry_policy(make: Make, name: str) -> None:
    sent: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return down(request)

    krea = make(transport=httpx.MockTransport(handle))
    for options, tries in (({}, 3), ({"retry": ONCE}, 1), ({"retry": Retry(attempts=2, base=0.01)}, 2)):
        sent.clear()
        with pytest.raises(KreaError):
            first_of(krea, CALLS[name], options)
        assert len(sent) == tries


@pytest.mark.parametrize("name", CALLS)
def test_a_call_has_its_own_timeout(make: Make, name: str) -> None:
    timeouts: list[Any] = []

    def handle(request: httpx.Request) -> httpx.Response:
        timeouts.append(request.extensions["timeout"])
        return down(request)

    krea = make(transport=httpx.MockTransport(handle), retry=ONCE)
    for options, seconds in (({"timeout": 7.5}, 7.5), ({"timeout": httpx.Timeout(3)}, 3), ({}, 60)):
        timeouts.clear()
        with pytest.raises(KreaError):
            first_of(krea, CALLS[name], options)
        assert [timeout["read"] for timeout in timeouts] == [seconds]


@pytest.mark.parametrize("name", CALLS)
def test_an_unusable_timeout_or_policy_is_refused_before_anything_is_sent(make: Make, name: str) -> None:
    sent: list[httpx.Request] = []
    krea = make(transport=httpx.MockTransport(lambda request: sent.append(request) or down(request)))
    wrong: dict[str, Any]
    for wrong in ({"retry": 3}, {"timeout": 0}, {"timeout": "5"}):
        with pytest.raises((TypeError, ValueError), match=next(iter(wrong))):
            first_of(krea, CALLS[name], wrong)
    assert sent == []


def test_submissions_have_their_own_retry_policy(make: Make) -> None:
    sent: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(429)

    krea = make(transport=httpx.MockTransport(handle))
    for method in (krea.submit, krea.run):
        sent.clear()
        with pytest.raises(Busy):
            method(MODEL, GOOD, retry=ONCE)
        assert len(sent) == 1
    sent.clear()
    with pytest.raises(Busy):
        krea.submit(MODEL, GOOD)
    assert len(sent) == 3


def test_a_wait_has_its_own_retry_policy(make: Make, box: Sandbox, between: Between) -> None:
    krea = make(retry=ONCE)
    job = krea.submit(MODEL, GOOD)
    assert krea.wait(job, retry=Retry(attempts=5, base=0.01)).succeeded


def test_a_batch_has_its_own_retry_policy(make: Make) -> None:
    sent: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        raise httpx.ConnectError("nobody listens", request=request)

    krea = make(transport=httpx.MockTransport(handle))
    [result] = krea.run_all([(MODEL, GOOD)], retry=ONCE)
    assert isinstance(result.failure, ConnectionFailed)
    assert len(sent) == 1


def test_a_policy_of_another_type_is_refused_before_anything_is_sent(make: Make, box: Sandbox) -> None:
    krea = make()
    with pytest.raises(TypeError, match=r"retry is of type int: give a krea_client\.Retry"):
        krea.submit(MODEL, GOOD, retry=3)
    assert box.requests == []


def test_own_headers_go_to_the_api_and_nowhere_else(make: Make, tmp_path: Path) -> None:
    sent: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        if request.url.host == "results.example":
            return httpx.Response(200, content=PNG)
        return httpx.Response(200, json={"job_id": "j", "status": "completed", "result": {"urls": [RESULT]}})

    krea = make(transport=httpx.MockTransport(handle), headers={"X-Team": "posters", "Accept": "application/json"})
    job = krea.jobs.get("j")
    krea.save(job, tmp_path / "x.png")
    krea.done(krea.wrapped.raw.get_httpx_client().get("/jobs/j")) if krea.runner is None else None
    for request in sent:
        if request.url.host == "results.example":
            assert "x-team" not in request.headers
        else:
            assert request.headers["x-team"] == "posters"
            assert request.headers.get_list("accept") == ["application/json"]
    assert {request.url.host for request in sent} == {"api.krea.ai", "results.example"}


def test_own_headers_do_not_go_to_a_result_of_the_apis_own_host(make: Make, box: Sandbox, tmp_path: Path) -> None:
    krea = make(headers={"X-Team": "posters"})
    krea.save(krea.run(MODEL, GOOD), tmp_path / "x.png")
    assert [("x-team" in request.headers) for request in box.requests][-1] is False
    assert box.requests[0].headers["x-team"] == "posters"


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({"Authorization": "Bearer other"}, r"'Authorization' cannot be given here; give the token as token="),
        ({"host": "x"}, r"'host' cannot be given here; give the address as base_url="),
        ({"Content-Length": "3"}, r"'Content-Length' cannot be given here; the client sets it"),
        ({"x team": "a"}, r"'x team' is no name of a header"),
        ({"X-Team": "a\r\nX-Evil: hunter2"}, r"the value of 'X-Team' is empty, or has characters"),
        ({"X-Team": ""}, r"the value of 'X-Team' is empty"),
    ],
)
def test_headers_that_cannot_be_given_are_refused(headers: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message) as excinfo:
        Krea(TOKEN, headers=headers)
    assert "hunter2" not in str(excinfo.value)


@pytest.mark.parametrize("headers", [[("X-Team", "a")], {"X-Team": 7}])
def test_headers_of_another_type_are_refused(headers: Any) -> None:
    with pytest.raises(TypeError, match="headers"):
        Krea(TOKEN, headers=headers)
