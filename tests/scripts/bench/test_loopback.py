"""The measuring server: whole requests only, one answer each, and a job that the client can read."""

import json

import pytest

from bench.loopback import ANSWERS, answer_to, request_end
from krea_client import Job

POST = b"POST /generate/image/z-image/z-image HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"


@pytest.mark.parametrize("received", [b"", POST[:20], POST, POST + b"abc"])
def test_a_part_of_a_request_is_waited_for(received: bytes) -> None:
    assert request_end(received) == 0


def test_a_request_ends_with_its_body() -> None:
    assert request_end(POST + b"abcd" + b"GET /") == len(POST) + 4
    assert request_end(b"GET /jobs HTTP/1.1\r\n\r\nGET") == 22


def test_the_answer_is_a_job_of_the_stated_length() -> None:
    head, _, body = answer_to(POST).partition(b"\r\n\r\n")
    assert f"content-length: {len(body)}".encode() in head
    assert Job.from_dict(json.loads(body)).status == "queued"


def test_no_two_answers_are_about_one_job() -> None:
    jobs = [Job.from_dict(json.loads(answer_to(POST).partition(b"\r\n\r\n")[2])) for _ in range(3)]
    assert len({job.id for job in jobs}) == 3


@pytest.mark.parametrize("path", [path for path in ANSWERS if path != b"/"])
def test_each_peer_gets_its_own_answer(path: bytes) -> None:
    answer = answer_to(b"POST " + path + b"v1 HTTP/1.1\r\n\r\n")
    assert json.loads(answer.partition(b"\r\n\r\n")[2]) == ANSWERS[path]
