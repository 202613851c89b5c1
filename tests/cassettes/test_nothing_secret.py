"""No cassette holds a token, a cookie or a signed address; every one says where it was recorded."""

import copy
from pathlib import Path
from typing import Any

import pytest

from record.scan import findings
from record.tape import API, PIXEL, Tape, read

HERE = Path(__file__).parent
CASSETTES = sorted(HERE.glob("*/*.yaml"))
ORIGIN = "http://127.0.0.1:50123"


@pytest.mark.parametrize("path", CASSETTES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_cassette_may_be_published(path: Path) -> None:
    text = path.read_text("utf-8")
    cassette = read(text)
    assert findings(cassette) == []
    assert "127.0.0.1" not in text
    assert ("sandbox" in cassette["recorded"]["against"]) == (path.parent.name == "sandbox")


def test_there_are_cassettes_of_both_faces() -> None:
    names = {path.stem for path in CASSETTES if path.parent.name == "sandbox"}
    assert {name.rpartition("-")[2] for name in names} == {"sync", "async"}


def exchange(**changes: Any) -> dict[str, Any]:
    request = {
        "method": "GET",
        "uri": f"{API}/jobs?limit=1",
        "headers": {"content-type": ["application/json"]},
        "body": "",
    }
    response = {"headers": {"content-type": ["application/json"]}, "body": {"string": '{"items": []}'}}
    recording = {"request": request, "response": response}
    for name, value in changes.items():
        part, _, field = name.partition("_")
        recording[part][field] = value
    return {"interactions": [recording]}


def test_an_ordinary_exchange_has_nothing_to_hide() -> None:
    assert findings(exchange()) == []
    assert findings(exchange(response_body={"string": PIXEL})) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"request_headers": {"Authorization": ["Bearer abc"]}},
        {"response_headers": {"Set-Cookie": ["a=b"]}},
        {"response_headers": {"x-request-id": ["1"]}},
        {"response_body": {"string": "you sent Bearer abcdef123"}},
        {"response_body": {"string": '{"urls": ["https://gen.krea.ai/a.png?X-Amz-Signature=1"]}'}},
        {"response_body": {"string": '{"urls": ["https://me:secret@gen.krea.ai/a.png"]}'}},
        {"response_body": {"string": b"\x89PNG another picture"}},
        {"request_uri": f"{API}/jobs?token=1"},
        {"request_body": '{"key": "wJ3nPq7Zt0RfYb5KxV1c"}'},
        {"response_body": {"string": '{"nested": "{\\"key\\": \\"kQ8vT2rX9pLm4WzN7yBc\\"}"}'}},
    ],
    ids=str,
)
def test_what_must_not_be_published_is_found(changes: dict[str, Any]) -> None:
    assert len(findings(exchange(**changes))) >= 1


class OutgoingRequest:
    """A request as vcrpy hands it over."""

    def __init__(self, uri: str, body: bytes = b"", **headers: str) -> None:
        self.uri, self.body, self.headers = uri, body, headers


def test_requests_are_moved_to_the_apis_host_and_keep_two_headers() -> None:
    tape = Tape(ORIGIN, ["t0p-secret"])
    request = OutgoingRequest(
        f"{ORIGIN}/jobs?limit=2", b'{"prompt": "my token is t0p-secret"}', Authorization="Bearer t0p-secret"
    )
    request.headers["Content-Type"] = "application/json"
    once = tape.request(request)
    assert (once.uri, once.headers) == (f"{API}/jobs?limit=2", {"Content-Type": "application/json"})
    assert once.body == b'{"prompt": "my token is [secret]"}'
    again = copy.copy(once)
    assert vars(tape.request(again)) == vars(once)


@pytest.mark.parametrize("origin", [ORIGIN, API])
def test_results_are_moved_unsigned_and_pictures_become_a_pixel(origin: str) -> None:
    tape = Tape(origin)
    assert (
        tape.request(OutgoingRequest("https://gen.krea.ai/images/1.png?sig=1")).uri
        == "https://gen.krea.ai/images/1.png"
    )
    answer = {
        "status": {"code": 200, "message": "OK"},
        "headers": {"Content-Type": ["application/json"], "Set-Cookie": ["a=b"], "Date": ["today"]},
        "body": {"string": f'{{"urls": ["{origin}/images/1.png?sig=1"]}}'.encode()},
    }
    stored = tape.response(answer)
    assert stored["body"]["string"] == b'{"urls": ["https://gen.krea.ai/images/1.png"]}'
    assert stored["headers"] == {"content-type": ["application/json"]}
    picture = {**answer, "headers": {"Content-Type": ["image/webp"]}, "body": {"string": b"RIFF" * 9}}
    assert tape.response(picture)["body"]["string"] == PIXEL
