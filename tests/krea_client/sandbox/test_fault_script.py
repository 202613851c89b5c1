"""The fault script: which request meets which fault, in process and over real sockets."""

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from krea_client.sandbox import Delivery, Fault, FaultScript, Request, Sandbox, running
from krea_client.sandbox.fault_kinds import KINDS, WEBHOOK_KINDS
from krea_client.sandbox.fault_script import occasion_of

from .conftest import GOOD, Z_IMAGE

PATIENCE = 30.0  # seconds
TOKEN = {"authorization": "Bearer t0ken"}
POST = Request("POST", "/generate/image/z-image/z-image")
GET = Request("GET", "/jobs/1")


def kinds(script: FaultScript, *requests: Request) -> list[str | None]:
    faults = [script.meet(request) for request in requests]
    return [fault.kind if fault else None for fault in faults]


def test_the_nth_request_of_its_occasion_meets_it_so_many_times() -> None:
    script = FaultScript([{"kind": "reset", "on": "submit", "nth": 2, "times": 2}])
    assert kinds(script, POST, GET, POST, POST, POST) == [None, None, "reset", "reset", None]
    assert script.met == [("reset", "POST", POST.path)] * 2
    assert script.ahead == []


def test_a_fault_for_ever_stays_until_it_is_taken_away() -> None:
    script = FaultScript([{"kind": "429", "times": 0}])
    assert kinds(script, *[GET] * 9) == ["429"] * 9
    script.clear()
    assert kinds(script, GET) == [None]
    assert script.met == []


def test_faults_of_one_occasion_come_in_turn() -> None:
    script = FaultScript(["close", "reset"])
    assert kinds(script, GET, GET, GET) == ["close", "reset", None]


@pytest.mark.parametrize(
    ("method", "path", "occasion"),
    [
        ("POST", "/generate/image/z-image/z-image", "submit"),
        ("POST", "/styles/train", "submit"),
        ("POST", "/node-apps/x/execute", "submit"),
        ("POST", "/assets", "upload"),
        ("GET", "/jobs/1", "look"),
        ("GET", "/jobs", "list"),
        ("DELETE", "/jobs/1", "cancel"),
        ("GET", "/images/1.png", "result"),
        ("GET", "/usage", "other"),
    ],
)
def test_what_a_request_is_for(method: str, path: str, occasion: str) -> None:
    assert occasion_of(Request(method, path)) == occasion


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"kind": "flood"}, "there is no fault 'flood'"),
        ({"on": "submit"}, "needs a kind"),
        (7, "a fault is 7"),
        ({"kind": "reset", "when": 1}, "has no when"),
        ({"kind": "reset", "on": "tuesday"}, "no occasion"),
        ({"kind": "reset", "nth": 0}, "nth=0"),
        ({"kind": "reset", "nth": True}, "nth=True"),
        ({"kind": "reset", "times": -1}, "times=-1"),
        ({"kind": "refuse", "accepted": True}, "only where the request was not accepted"),
        ({"kind": "cut", "accepted": False}, "only where the request was accepted"),
        ({"kind": "cut", "accepted": "yes"}, "give true, false"),
        ({"kind": "drip", "value": []}, "a text or a number"),
        ({"kind": "late", "on": "submit"}, "webhook"),
        ({"kind": "reset", "on": "webhook"}, "webhook"),
    ],
)
def test_what_is_no_fault_is_refused(fault: object, message: str) -> None:
    script = FaultScript()
    with pytest.raises(ValueError, match=message):
        script.add("reset", fault)
    assert script.ahead == []


def test_webhooks_come_twice_late_and_out_of_order() -> None:
    first, two, three = (Delivery(name, "https://example.com", b"{}") for name in "123")
    script = FaultScript([Fault("twice", "webhook"), Fault("out-of-order", "webhook", nth=1), Fault("late", "webhook")])
    assert script.arrange([first, two, three], 0) == [first, first, two]
    assert script.arrange([], 59) == []
    assert script.arrange([], 60) == [three]


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[httpx.Client, Sandbox]]:
    """Yield one server for all: starting and stopping one takes longer than most faults do."""
    box = Sandbox(date="2026-06-20", time_scale=0, concurrent=100)
    with running(box) as url, httpx.Client(base_url=url, headers=TOKEN, timeout=PATIENCE, trust_env=False) as client:
        yield client, box


RAISED = {
    "write-timeout": httpx.ReadTimeout,
    "read-timeout": httpx.ReadTimeout,
    "connect-timeout": httpx.ReadTimeout,
    "refuse": httpx.RemoteProtocolError,
    "reset": httpx.ReadError,
    "close": httpx.RemoteProtocolError,
    "cut": httpx.RemoteProtocolError,
    "cut-reset": httpx.ReadError,
    "cut-timeout": httpx.ReadTimeout,
    "length-too-long": httpx.RemoteProtocolError,
    "bad-gzip": httpx.DecodingError,
}


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(WEBHOOK_KINDS)))
def test_every_fault_happens_over_real_sockets(served: tuple[httpx.Client, Sandbox], kind: str) -> None:
    client, box = served
    box.reset()
    box.faults.add({"kind": kind, "value": {"drip": 0.001, "giant": 1 << 20, "429-after": "7"}.get(kind)})
    error = RAISED.get(kind)
    if error is None:
        assert client.post(Z_IMAGE, json=GOOD).status_code
    else:
        limits = httpx.Timeout(PATIENCE, read=0.2 if error is httpx.ReadTimeout else PATIENCE)
        with pytest.raises(error):
            client.post(Z_IMAGE, json=GOOD, timeout=limits)
    accepted = KINDS[kind].accepted is not False
    limit = time.monotonic() + PATIENCE
    while not (box.faults.met and len(box.ledger) >= accepted) and time.monotonic() < limit:
        threading.Event().wait(0.01)  # a busy server takes longer than the time-out
    assert len(box.ledger) == accepted
    assert client.get("/jobs").status_code == 200, "the server goes on"


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(WEBHOOK_KINDS)))
def test_every_fault_happens_in_process(box: Sandbox, kind: str) -> None:
    box.faults.add({"kind": kind})
    with httpx.Client(transport=box.transport(), base_url="https://api.krea.ai", headers=TOKEN) as client:
        error = {
            "connect-timeout": httpx.ConnectTimeout,
            "write-timeout": httpx.WriteTimeout,
            "refuse": httpx.ConnectError,
        }
        expected = error.get(kind, RAISED.get(kind))
        if expected is None:
            assert client.post(Z_IMAGE, json=GOOD).status_code
        else:
            with pytest.raises(expected):
                client.post(Z_IMAGE, json=GOOD)
    assert len(box.ledger) == (KINDS[kind].accepted is not False)


def test_a_time_out_passes_on_the_machines_clock(box: Sandbox) -> None:
    box.faults.add("read-timeout")
    with httpx.Client(transport=box.transport(), base_url="https://api.krea.ai", timeout=30) as client:
        before = box.clock.monotonic()
        with pytest.raises(httpx.ReadTimeout):
            client.get("/jobs")
        assert box.clock.monotonic() - before == 30


def test_a_script_is_set_from_outside(served: tuple[httpx.Client, Sandbox]) -> None:
    client, _ = served
    assert client.post("/__sandbox__/faults", json=[{"kind": "404", "on": "list"}]).status_code == 200
    assert [client.get("/jobs").status_code for _ in range(2)] == [404, 200]
    refused = client.post("/__sandbox__/faults", json=[{"kind": "flood"}])
    assert (refused.status_code, "no fault 'flood'" in refused.text) == (400, True)


@pytest.fixture
def picture(box: Sandbox) -> Iterator[tuple[httpx.Client, str]]:
    with httpx.Client(transport=box.transport(), base_url="https://api.krea.ai", headers=TOKEN) as client:
        job = client.post(Z_IMAGE, json=GOOD).json()["job_id"]
        box.clock.advance(60)
        yield client, client.get(f"/jobs/{job}").json()["result"]["urls"][0]


def test_a_result_is_given_in_parts(picture: tuple[httpx.Client, str]) -> None:
    client, url = picture
    complete = client.get(url)
    tag = complete.headers["etag"]
    remainder = client.get(url, headers={"range": "bytes=1000-", "if-range": tag})
    assert (remainder.status_code, remainder.content, remainder.headers["etag"]) == (206, complete.content[1000:], tag)
    assert remainder.headers["content-range"] == f"bytes 1000-{len(complete.content) - 1}/{len(complete.content)}"
    assert client.get(url, headers={"range": "bytes=2-3"}).content == complete.content[2:4]


@pytest.mark.parametrize(
    "headers",
    [
        {"range": "bytes=10-", "if-range": '"other"'},
        {"range": "lines=1-2"},
        {"range": "bytes=-5"},
        {"range": "bytes=1-2,4-5"},
    ],
)
def test_a_part_that_does_not_fit_is_the_whole(picture: tuple[httpx.Client, str], headers: dict[str, str]) -> None:
    client, url = picture
    assert client.get(url, headers=headers).status_code == 200


def test_there_is_nothing_behind_the_end(picture: tuple[httpx.Client, str]) -> None:
    client, url = picture
    assert client.get(url, headers={"range": f"bytes={10**9}-"}).status_code == 416


def test_a_closed_port_refuses(box: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)
