"""A model that is newer than the package is submitted, waited for and saved by its full path, unchecked; nothing else lets it through."""

import warnings
from pathlib import Path

import pytest

from krea_client import Krea, KreaDeprecationWarning, ModelUnknown, OutcomeUnknown, OverBudget, Pace

from ..legacy.recording_server import RecordingServer

MODEL = "image/vendor/new-model"
JOB = b'{"job_id": "job-1", "status": "queued"}'
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(JOB), JOB)


@pytest.fixture
def server() -> RecordingServer:
    return RecordingServer(RESPONSE)


@pytest.mark.parametrize("model", [MODEL, f"/generate/{MODEL}", f"https://api.krea.ai/generate/{MODEL}"])
def test_a_full_path_is_submitted_unchecked(server: RecordingServer, model: str) -> None:
    with Krea("token", server.url) as krea:
        job = krea.submit(model, {"prompt": "a fox", "anything": [1]}, check=False)
    assert job.id == "job-1"
    [request] = server.received
    assert request.startswith(f"POST /generate/{MODEL} HTTP/1.1\r\n".encode())
    assert request.endswith(b'{"prompt":"a fox","anything":[1]}')


def test_a_lost_response_is_an_unknown_outcome_and_nothing_is_sent_twice(server: RecordingServer) -> None:
    server.answer = b""
    with Krea("token", server.url) as krea, pytest.raises(OutcomeUnknown):
        krea.submit(MODEL, prompt="a fox", check=False)
    assert len(server.received) == 1


def test_checked_the_error_says_how(server: RecordingServer) -> None:
    with Krea("token", server.url) as krea, pytest.raises(ModelUnknown, match=r"full path.* with check=False"):
        krea.submit(MODEL, prompt="a fox")
    assert server.received == []


@pytest.mark.parametrize(
    "model", ["vendor/new-model", "new-model", "image/vendor/../x", "image/vendor/a b", "image/vendor/a?b=c"]
)
def test_what_is_no_full_path_is_refused_unchecked_too(server: RecordingServer, model: str) -> None:
    with Krea("token", server.url) as krea, pytest.raises(ModelUnknown):
        krea.submit(model, prompt="a fox", check=False)
    assert server.received == []


def test_a_budget_refuses_a_price_that_nobody_knows(server: RecordingServer) -> None:
    with Krea("token", server.url, budget=10) as krea, pytest.raises(OverBudget):
        krea.submit(MODEL, prompt="a fox", check=False)
    assert server.received == []


def test_names_with_capitals_are_warned_about_and_sent(server: RecordingServer) -> None:
    with Krea("token", server.url) as krea, warnings.catch_warnings(record=True) as recorded_warnings:
        warnings.simplefilter("always")
        krea.submit(MODEL, {"prompt": "a", "aspectRatio": "1:1"}, check=False)
    [warning] = recorded_warnings
    assert warning.filename == __file__
    assert isinstance(warning.message, KreaDeprecationWarning)
    assert warning.message.old == "aspectRatio"
    assert b'"aspectRatio":"1:1"' in server.received[0]


def test_run_waits_and_saves(tmp_path: Path) -> None:
    server = RecordingServer(RESPONSE)
    picture = (Path(__file__).parents[3] / "docs" / "cathedral.jpg").read_bytes()
    finished = b'{"job_id": "job-1", "status": "completed", "result": {"urls": ["%s/picture"]}}' % server.url.encode()

    def answer_by_path() -> None:
        method, path, _ = server.received[-1].split(b" ", 2)
        if method == b"GET":
            body = picture if path == b"/picture" else finished
            server.answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)

    server.before_answer = answer_by_path
    with Krea("token", server.url, pace=Pace(first=0.01, least=0.01)) as krea:
        [file] = krea.save(krea.run(MODEL, prompt="a fox", check=False), tmp_path)
    assert file.read_bytes() == picture
    assert [request.split(b" ", 1)[0] for request in server.received] == [b"POST", b"GET", b"GET"]
