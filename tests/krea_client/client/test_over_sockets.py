"""The same promises over real connections: a served sandbox, and a server that breaks off."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from krea_api.models import ZImageRequest
from krea_client import (
    ConnectionFailed,
    KreaError,
    KreaSunsetWarning,
    OutcomeUnknown,
    SaveFailed,
    UnexpectedAnswer,
)
from krea_client.sandbox import Sandbox, running

from ... import facts
from ..timeouts import timed_out
from . import faulty_server as broken
from .adapter import ClientAdapter
from .conftest import GOOD, Make
from .faulty_server import Fault, FaultyServer, faulty, saying

pytestmark = pytest.mark.usefixtures("network")

SMALL = {"prompt": "a monastery on a cliff", "width": 64, "height": 64}


@pytest.fixture
def served(make: Make, box: Sandbox) -> Iterator[ClientAdapter]:
    """Yield a client of a sandbox served on loopback."""
    with running(box) as url, make(base_url=url, transport=None) as client:
        yield client


@pytest.fixture
def server(box: Sandbox) -> Iterator[FaultyServer]:
    with faulty(box) as server:
        yield server


@pytest.fixture
def client(make: Make, server: FaultyServer) -> Iterator[ClientAdapter]:
    """Yield a client of the faulty server."""
    with make(base_url=server.url, transport=None) as client:
        yield client


def test_from_an_old_request_to_a_picture(served: ClientAdapter, tmp_path: Path, box: Sandbox) -> None:
    with pytest.warns(KreaSunsetWarning, match="'aspectRatio' is now 'aspect_ratio'"):
        job = served.run("z-image/z-image", {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"})
    [path] = served.save(job, tmp_path)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert "authorization" not in box.requests[-1].headers
    assert [row.billed for row in box.ledger] == [facts.price("z-image/z-image")]


def test_typed_requests_jobs_and_batches(served: ClientAdapter, box: Sandbox) -> None:
    job = served.submit(ZImageRequest(**GOOD))
    assert served.jobs.get(job.id) == job
    served.jobs.cancel(job)
    assert [job.status for job in served.jobs.list()] == ["cancelled"]
    results = list(served.run_all([("openai/gpt-image-2", {"prompt": str(n)}) for n in range(20)], at_once=8))
    assert [result.failure for result in results] == [None] * 20
    assert len(box.ledger) == 21


BILLED: dict[str, Fault] = {
    "reset": broken.reset,
    "hung up": broken.hung_up,
    "head cut": broken.head_cut,
    "body cut": broken.body_cut,
    "body cut without a length": broken.body_cut_without_a_length,
    "reset in the body": broken.reset_in_the_body,
    "no HTTP": broken.no_http,
    "HTML with 200": saying(200, b"<!doctype html>", "Content-Type: text/html"),
    "HTML with 520": saying(520, b"<html>", "Content-Type: text/html"),
    "broken compression": saying(200, b"not gzip", "Content-Encoding: gzip"),
    "503": saying(503, b""),
}


@pytest.mark.parametrize("fault", BILLED)
def test_a_lost_answer_is_one_job_and_one_request(
    client: ClientAdapter, server: FaultyServer, box: Sandbox, fault: str
) -> None:
    server.on("POST", BILLED[fault])
    with pytest.raises(OutcomeUnknown) as excinfo:
        client.run("z-image/z-image", GOOD)
    assert server.count("POST") == 1
    [row] = box.ledger
    assert [job.id for job in client.jobs.candidates(excinfo.value)] == [row.job_id]


def test_an_answer_that_takes_too_long_is_one_job_too(
    client: ClientAdapter, server: FaultyServer, box: Sandbox
) -> None:
    server.on("POST", broken.silent)
    error = timed_out(
        lambda seconds: client.submit("z-image/z-image", GOOD, timeout=seconds),
        lambda error: not isinstance(error, ConnectionFailed),
    )
    assert isinstance(error, OutcomeUnknown)
    assert "time" in str(error).lower()
    server.wait_for("POST")
    assert server.count("POST") == 1
    assert [job.id for job in client.jobs.candidates(error)] == [box.ledger[0].job_id]


@pytest.mark.parametrize("fault", [broken.half_read, broken.hung_up])
def test_a_connection_that_dies_before_the_request_was_read_has_no_candidates(
    client: ClientAdapter, server: FaultyServer, box: Sandbox, fault: Fault
) -> None:
    server.on("CONNECTION", fault)
    with pytest.raises(OutcomeUnknown) as excinfo:
        client.submit("z-image/z-image", GOOD)
    assert server.seen == []
    assert client.jobs.candidates(excinfo.value) == []
    assert box.ledger == []


def test_a_refused_connection_charges_nothing(make: Make, box: Sandbox) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # bound, but nobody listens
        krea = make(base_url=f"http://127.0.0.1:{bound.getsockname()[1]}", transport=None)
        with pytest.raises(ConnectionFailed, match="nothing was charged"):
            krea.run("z-image/z-image", GOOD)
        with pytest.raises(ConnectionFailed):
            krea.jobs.get("j")
    assert box.ledger == []


def test_a_name_that_does_not_exist_charges_nothing(make: Make) -> None:
    krea = make(base_url="https://krea.invalid", transport=None)
    with pytest.raises(ConnectionFailed, match="nothing was charged"):
        krea.submit("z-image/z-image", GOOD)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        *((status, OutcomeUnknown) for status in (301, 302, 303)),  # "done; look there" is as likely as "not done here"
        *((status, UnexpectedAnswer) for status in (307, 308)),
    ],
)
def test_a_redirect_is_not_followed_and_the_token_stays(
    client: ClientAdapter, server: FaultyServer, box: Sandbox, status: int, error: type[KreaError]
) -> None:
    with faulty(Sandbox()) as second_server:
        server.on("POST", saying(status, b"", f"Location: {second_server.url}/generate/image/z-image/z-image"))
        with pytest.raises(error, match=f"answered {status}"):
            client.submit("z-image/z-image", GOOD)
        server.on("GET", saying(status, b"", f"Location: {second_server.url}/jobs"))
        with pytest.raises(KreaError):
            list(client.jobs.list())
        assert second_server.seen == []
    assert server.count("POST") == 1
    assert len(box.ledger) == 1


@pytest.mark.parametrize("fault", BILLED.values(), ids=BILLED)
def test_looks_go_on_after_a_fault(client: ClientAdapter, server: FaultyServer, box: Sandbox, fault: Fault) -> None:
    server.on("GET", fault, fault)
    assert client.run("z-image/z-image", GOOD).succeeded
    assert server.count("GET") > 2
    assert len(box.ledger) == 1


def test_a_batch_sends_each_request_once_whatever_happens(
    client: ClientAdapter, server: FaultyServer, box: Sandbox
) -> None:
    box.concurrent = 20  # the lost ones are running too
    server.on("POST", *BILLED.values())
    requests: list[Any] = [("z-image/z-image", {**GOOD, "seed": number}) for number in range(20)]
    results = list(client.run_all(requests, at_once=4))
    assert server.count("POST") == 20
    assert sorted(row.fields["seed"] for row in box.ledger) == list(range(20))
    failed_results = [result for result in results if result.failure]
    assert {type(result.failure) for result in failed_results} == {OutcomeUnknown}
    assert len(failed_results) == len(BILLED)
    candidate_ids = {job.id for result in failed_results for job in client.jobs.candidates(result.failure)}
    assert candidate_ids == {row.job_id for row in box.ledger} - {result.id for result in results}


CUT: dict[str, Fault] = {
    name: BILLED[name]
    for name in ("reset", "hung up", "head cut", "body cut", "body cut without a length", "reset in the body")
}


@pytest.mark.parametrize("fault", CUT)
def test_a_download_is_whole_or_not_at_all(
    client: ClientAdapter, server: FaultyServer, tmp_path: Path, fault: str
) -> None:
    job = client.run("openai/gpt-image-2", SMALL)
    server.on("RESULT", CUT[fault], CUT[fault])
    [path] = client.save(job, tmp_path / "x.png")
    content = path.read_bytes()
    server.on("RESULT", *[CUT[fault]] * 3)
    with pytest.raises(SaveFailed):
        client.save(job, tmp_path / "x.png", overwrite=True)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x.png", content)]
    assert not any("authorization" in request.headers for request in server.seen if request.path.startswith("/images"))


def test_a_page_instead_of_a_picture_is_not_kept(client: ClientAdapter, server: FaultyServer, tmp_path: Path) -> None:
    job = client.run("openai/gpt-image-2", SMALL)
    server.on("RESULT", saying(200, b"<html>", "Content-Type: text/html"))
    with pytest.raises(SaveFailed, match="no media file"):
        client.save(job, tmp_path / "x.png")
    assert list(tmp_path.iterdir()) == []


def test_a_result_that_moved_is_fetched_only_from_where_it_may_be(
    client: ClientAdapter, server: FaultyServer, tmp_path: Path
) -> None:
    job = client.run("openai/gpt-image-2", SMALL)
    with faulty(Sandbox()) as second_server:
        server.on("RESULT", saying(302, b"", f"Location: {second_server.url}/images/x.png"))
        with pytest.raises(SaveFailed, match="https only"):
            client.save(job, tmp_path / "x.png")
        assert not any("authorization" in request.headers for request in second_server.seen)
    assert list(tmp_path.iterdir()) == []
