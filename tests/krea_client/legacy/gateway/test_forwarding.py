"""The reverse proxy over real HTTP: what is translated, what passes byte for byte, and what a failure looks like."""

import gzip
import json
import logging
import socket
import threading
from functools import partial
from urllib.parse import urlsplit

import httpx
import pytest

from krea_client.legacy.gateway import forwarding
from krea_client.legacy.gateway.field_usage import UsageLog
from krea_client.sandbox import KreaSandbox

from ..recording_server import RecordingServer
from .conftest import PATH, Serve

get, post = partial(httpx.get, timeout=60), partial(httpx.post, timeout=60)  # 5 s are too short for a busy computer
BODY = {"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}
HEADERS = {"Authorization": "Bearer a-token-of-the-program"}


def exchange(address: str, request: bytes) -> bytes:
    """Send bytes and return all that comes until the other side closes."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port)) as connection:
        connection.sendall(request)
        chunks = []
        while chunk := connection.recv(65536):
            chunks.append(chunk)
    return b"".join(chunks)


def test_a_legacy_body_is_refused_bare_and_accepted_through_the_gateway(box: KreaSandbox, serve: Serve) -> None:
    assert post(box.url + PATH, json=BODY, headers=HEADERS).status_code == 422
    with serve(box.url) as gateway:
        assert post(gateway + PATH, json=BODY, headers=HEADERS).status_code == 200
    [row] = box.ledger
    assert row.fields == {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}


def test_only_the_names_in_the_body_and_its_length_change(upstream: RecordingServer, serve: Serve) -> None:
    body = b'{ "prompt":"a",  "aspectRatio" : "1:1", "seed": 1e2, "resolution":"1K" }'
    request = (
        b"POST %s?x=1&x=%%2F HTTP/1.1\r\nHost: gateway\r\nX-Twice: 1\r\nauthorization: Bearer t\r\nX-Twice: 2\r\n"
        b"Content-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
    ) % (PATH.encode(), len(body), body)
    with serve(upstream.url) as gateway:
        exchange(gateway, request)
    [received] = upstream.received
    head, _, forwarded_body = received.partition(b"\r\n\r\n")
    assert forwarded_body == body.replace(b"aspectRatio", b"aspect_ratio")
    assert head.startswith(b"POST %s?x=1&x=%%2F HTTP/1.1\r\n" % PATH.encode())
    names = [line.split(b": ") for line in head.lower().split(b"\r\n")[1:]]
    assert [value for name, value in names if name == b"x-twice"] == [b"1", b"2"]
    assert [b"content-length", str(len(forwarded_body)).encode()] in names
    assert not any(
        name in (b"accept", b"user-agent", b"accept-encoding", b"connection") and value for name, value in names
    )


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (PATH, b'{"prompt": "a", "aspect_ratio": "1:1"}'),
        (PATH, b"{not json"),
        (PATH, b'{"aspectRatio": "1:1", "aspectRatio": "2:3"}'),
        (PATH, b"\xff\xfe"),
        ("/assets", b"--x\r\ncontent-disposition: form-data; name=file\r\n\r\n\x00\x01\r\n--x--\r\n"),
        ("/no/such/path", b'{"aspectRatio": "1:1"}'),
    ],
)
def test_any_other_body_passes_as_it_is(upstream: RecordingServer, serve: Serve, path: str, body: bytes) -> None:
    with serve(upstream.url) as gateway:
        post(gateway + path, content=body, headers={"Content-Type": "application/json"})
    assert upstream.received[0].endswith(b"\r\n\r\n" + body)


def test_a_chunked_body_is_translated_or_streamed(upstream: RecordingServer, serve: Serve) -> None:
    pieces = [b'{"prompt": "a", "aspect', b'Ratio": "1:1"}']
    with serve(upstream.url) as gateway:
        post(gateway + PATH, content=iter(pieces), headers={"Content-Type": "application/json"})
        post(gateway + "/assets", content=iter([b"12", b"345"]))
    translated, streamed = upstream.received
    assert translated.endswith(b'\r\n\r\n{"prompt": "a", "aspect_ratio": "1:1"}')
    assert b"transfer-encoding" not in translated.lower()
    assert b"".join(streamed.split(b"\r\n\r\n", 1)[1].split(b"\r\n")[1::2]).startswith(b"12345")


def test_a_response_passes_as_it_is(upstream: RecordingServer, serve: Serve) -> None:
    packed = gzip.compress(b"[1]")
    upstream.answer = (
        b"HTTP/1.1 402 Payment Required\r\nX-Thing: 1\r\nContent-Encoding: gzip\r\nx-thing: 2\r\nSet-Cookie: a=b\r\n"
        b"Content-Length: %d\r\n\r\n%s"
    ) % (len(packed), packed)
    with serve(upstream.url) as gateway:
        answer = exchange(gateway, b"GET /jobs HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert body == packed
    assert head.startswith(b"HTTP/1.1 402 ")
    lines = head.lower().split(b"\r\n")[1:]
    assert [line for line in lines if line != b"connection: close"] == [
        b"x-thing: 1",
        b"content-encoding: gzip",
        b"x-thing: 2",
        b"set-cookie: a=b",
        b"content-length: %d" % len(packed),
    ]


def test_a_lost_response_is_told_and_nothing_is_sent_twice(upstream: RecordingServer, serve: Serve) -> None:
    upstream.answer = b""
    with serve(upstream.url) as gateway:
        response = post(gateway + PATH, json=BODY)
    assert (response.status_code, response.headers["x-krea-gateway"], len(upstream.received)) == (502, "unknown", 1)
    assert "may have been carried out" in response.json()["error"]


def test_an_api_that_is_not_there_is_told(upstream: RecordingServer, serve: Serve) -> None:
    address = upstream.url
    upstream.close()
    with serve(address) as gateway:
        response = post(gateway + PATH, json=BODY)
    assert (response.status_code, response.headers["x-krea-gateway"]) == (502, "not-sent")


def test_a_body_that_is_too_large_to_hold_is_streamed(
    upstream: RecordingServer, serve: Serve, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(forwarding, "LARGEST_BODY", 1000)
    body = json.dumps({"aspectRatio": "1:1", "prompt": "a" * 200_000}).encode()
    with serve(upstream.url) as gateway:
        post(gateway + PATH, content=body, headers={"Content-Type": "application/json"})
    assert upstream.received[0].endswith(b"\r\n\r\n" + body)
    assert "larger than 1000 bytes" in caplog.text


def test_what_was_found_is_logged_and_reported_without_token_or_values(
    box: KreaSandbox, serve: Serve, usage: UsageLog, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {**HEADERS, "User-Agent": "posters/2.0 <b>"}
    with serve(box.url) as gateway, caplog.at_level(logging.WARNING, "krea_client.gateway"):
        for _ in range(3):
            post(gateway + PATH, json=BODY, headers=headers)
        page = get(gateway + "/__gateway__").text
        report = get(gateway + "/__gateway__/report.json").json()
        assert get(gateway + "/__gateway__/health").json() == {"status": "ok"}
        assert get(gateway + "/__gateway__/nosuch").status_code == 404
    [field] = report["fields"]
    expected = {
        "operation": "z-image/z-image",
        "old": "aspectRatio",
        "new": "aspect_ratio",
        "count": 3,
        "user_agent": "posters/2.0 <b>",
    }
    assert {name: field[name] for name in expected} == expected
    assert field["refused_since"] == "2026-06-19"
    assert (report["calls"], report["accepted"], report["with_deprecated_fields"]) == (3, 3, 3)
    [record] = [record for record in caplog.records if "deprecated_field" in record.getMessage()]
    assert json.loads(record.getMessage())["peer"] == "127.0.0.1"
    assert "aspect_ratio" in page
    assert "posters/2.0 &lt;b&gt;" in page
    for text in (page, json.dumps(report), caplog.text):
        assert "a-token-of-the-program" not in text
        assert "a fox" not in text
    assert usage.summary() == "3 requests, 3 accepted, 3 had deprecated fields"


def test_the_document_keeps_the_deprecated_names_where_that_is_wanted(box: KreaSandbox, serve: Serve) -> None:
    def names(address: str) -> set[str]:
        document = get(address + "/openapi.json").json()
        schema = document["paths"][PATH]["post"]["requestBody"]["content"]["application/json"]["schema"]
        if "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return set(schema["properties"])

    with serve(box.url) as plain, serve(box.url, compat_document=True) as compatible:
        assert "aspectRatio" not in names(plain)
        assert {"aspectRatio", "aspect_ratio"} <= names(compatible)


def test_stopping_finishes_what_is_under_way(upstream: RecordingServer, serve: Serve) -> None:
    arrived, go_on = threading.Event(), threading.Event()
    upstream.before_answer = lambda: (arrived.set(), go_on.wait(10))
    statuses: list[int] = []

    def call(address: str) -> None:
        statuses.append(post(address + PATH, json=BODY).status_code)

    with serve(upstream.url) as gateway:
        caller = threading.Thread(target=call, args=(gateway,))
        caller.start()
        assert arrived.wait(10)
        threading.Timer(0.05, go_on.set).start()
    caller.join(10)
    assert statuses == [200]
