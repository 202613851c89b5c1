"""Calls on kept connections: each connection is looked at before each call, and whatever goes wrong means the same as on a new one."""

from __future__ import annotations

import json
import logging
import socket
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from types import SimpleNamespace
from typing import Any

import httpcore
import httpx
import httpx2
import pytest

from krea_client import Krea, OutcomeUnknown, Rejected
from krea_client._transport import connections
from krea_client._transport.idle_connections import IdleConnections

from .raw_server import RawServer, response, serving

TOKEN = "raw-token-0123456789"
MODEL = "z-image/z-image"
BODY = {"prompt": "a fox", "aspect_ratio": "16:9", "resolution": "1K"}
Answer = Callable[[socket.socket, bytes], None]


class Jobs:
    """A server of jobs that answers as a test says from a request on.

    Attributes:
        requests: how many came on each connection.
    """

    def __init__(self) -> None:
        self._numbers = count()
        self.requests: Counter[socket.socket] = Counter()
        self.answer: Answer = self.accept

    def __call__(self, connection: socket.socket, request: bytes) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # what is sent arrives at once
        self.requests[connection] += 1
        self.answer(connection, request)

    def job(self) -> bytes:
        job = {"job_id": f"job-{next(self._numbers)}", "status": "queued", "created_at": "2026-11-30T12:00:00Z"}
        return json.dumps(job).encode()

    def accept(self, connection: socket.socket, _: bytes) -> None:
        connection.sendall(response(self.job(), "content-type: application/json"))


@pytest.fixture
def jobs() -> Jobs:
    return Jobs()


@pytest.fixture
def server(jobs: Jobs) -> Iterator[RawServer]:
    with serving(jobs) as server:
        yield server


@pytest.fixture(params=[None, httpx, httpx2])
def krea(request: pytest.FixtureRequest, server: RawServer) -> Iterator[Krea]:
    """Return a client whose POSTs use kept connections again, over the default transport and those of both libraries."""
    transport = request.param and request.param.HTTPTransport(trust_env=False)
    with Krea(TOKEN, server.url, transport=transport, timeout=5) as krea:
        for _ in range(connections.FIRST_POSTS):
            krea.submit(MODEL, **BODY)
        assert server.connections == connections.FIRST_POSTS
        yield krea


def test_calls_share_the_kept_connections(krea: Krea, jobs: Jobs, server: RawServer) -> None:
    ids = {krea.submit(MODEL, **BODY).id for _ in range(20)}
    assert len(ids) == 20
    assert server.connections == connections.FIRST_POSTS
    assert max(jobs.requests.values()) == 21


@pytest.mark.parametrize("place", [0, 4, 9])
def test_bytes_on_any_idle_connection_end_the_trust_in_all(
    krea: Krea, jobs: Jobs, server: RawServer, place: int
) -> None:
    krea.submit(MODEL, **BODY)
    list(jobs.requests)[place].sendall(response(b'{"job_id": "of-somebody-else"}'))
    for number in range(1, 4):
        assert krea.submit(MODEL, **BODY).id.startswith("job-")
        assert server.connections == connections.FIRST_POSTS + number


@pytest.mark.parametrize("place", [0, 4, 9])
def test_an_idle_connection_that_ends_is_used_no_more_and_takes_no_trust(
    krea: Krea, jobs: Jobs, server: RawServer, place: int
) -> None:
    krea.submit(MODEL, **BODY)
    list(jobs.requests)[place].shutdown(socket.SHUT_RDWR)
    for _ in range(3):
        assert krea.submit(MODEL, **BODY).id.startswith("job-")
    assert server.connections == connections.FIRST_POSTS


def _end(connection: socket.socket, _: bytes) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def _cut(connection: socket.socket, _: bytes) -> None:
    connection.sendall(response(b'{"job_id": "job-1"', "content-type: application/json")[:-4])
    connection.shutdown(socket.SHUT_RDWR)


def _garbage(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


def _two_lengths(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{} ")


@pytest.mark.parametrize("answer", [_end, _cut, _garbage, _two_lengths])
def test_a_response_that_does_not_come_whole_leaves_the_outcome_unknown(
    krea: Krea, jobs: Jobs, server: RawServer, answer: Answer
) -> None:
    jobs.answer = answer
    before = len(server.requests)
    with pytest.raises(OutcomeUnknown) as caught:
        krea.submit(MODEL, **BODY)
    assert TOKEN not in repr(caught.value)
    assert len(server.requests) == before + 1
    jobs.answer = jobs.accept
    assert krea.submit(MODEL, **BODY).id.startswith("job-")


def test_a_silent_server_leaves_the_outcome_unknown(krea: Krea, jobs: Jobs, server: RawServer) -> None:
    jobs.answer = lambda _, __: None
    before = len(server.requests)
    with pytest.raises(OutcomeUnknown):
        krea.submit(MODEL, **BODY, timeout=0.2)
    assert len(server.requests) == before + 1


def test_an_informational_response_is_not_the_response(krea: Krea, jobs: Jobs) -> None:
    def answer(connection: socket.socket, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n")
        jobs.accept(connection, request)

    jobs.answer = answer
    assert [krea.submit(MODEL, **BODY).id for _ in range(2)] == ["job-10", "job-11"]


def test_chunks_and_two_segments_make_one_response(krea: Krea, jobs: Jobs) -> None:
    def answer(connection: socket.socket, _: bytes) -> None:
        body = jobs.job()
        connection.sendall(b"HTTP/1.1 200 OK\r\ntransfer-encod")
        pieces = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (body[:9], body[9:]))
        connection.sendall(b"ing: chunked\r\n\r\n" + pieces + b"0\r\n\r\n")

    jobs.answer = answer
    assert [krea.submit(MODEL, **BODY).id for _ in range(2)] == ["job-10", "job-11"]


def test_a_connection_that_the_server_announces_to_close_is_used_no_more(
    krea: Krea, jobs: Jobs, server: RawServer
) -> None:
    jobs.answer = lambda connection, _: connection.sendall(response(jobs.job(), "connection: close"))
    for _ in range(connections.FIRST_POSTS):
        krea.submit(MODEL, **BODY)
    assert server.connections == connections.FIRST_POSTS
    assert set(jobs.requests.values()) == {2}
    krea.submit(MODEL, **BODY)
    assert server.connections == connections.FIRST_POSTS + 1


def test_an_error_of_the_api_is_told_as_ever(krea: Krea, jobs: Jobs) -> None:
    body = b'{"error": "this prompt is refused"}'
    jobs.answer = lambda connection, _: connection.sendall(response(body, status="400 Bad Request"))
    with pytest.raises(Rejected, match="this prompt is refused"):
        krea.submit(MODEL, **BODY)
    jobs.answer = jobs.accept
    assert krea.submit(MODEL, **BODY).id == "job-10"


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_requests_that_wait_for_a_connection_get_one(server: RawServer, library: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(connections, "FIRST_POSTS", 0)
    transport = library.HTTPTransport(limits=library.Limits(max_connections=1), trust_env=False)
    with Krea(TOKEN, server.url, transport=transport, timeout=10) as krea, ThreadPoolExecutor(6) as threads:
        # Threads that look for a connection find the only one about to be used, or with a response that another thread waits for.
        ids = set(threads.map(lambda _: krea.submit(MODEL, **BODY).id, range(120)))
    assert len(ids) == 120
    assert server.connections == 1


def test_threads_never_share_a_connection(server: RawServer, jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "FIRST_POSTS", 0)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with Krea(TOKEN, server.url, timeout=10) as krea, ThreadPoolExecutor(12) as threads:
            ids = set(threads.map(lambda _: krea.submit(MODEL, **BODY).id, range(400)))
    finally:
        sys.setswitchinterval(interval)
    assert len(ids) == 400
    assert sum(jobs.requests.values()) == 400
    assert server.connections <= 12


def test_the_log_of_the_connections_has_each_step(krea: Krea, caplog: pytest.LogCaptureFixture) -> None:
    for library in ("httpcore", "httpcore2"):
        caplog.set_level(logging.DEBUG, logger=f"{library}.http11")
    krea.submit(MODEL, **BODY)
    assert sum("send_request_headers.started" in record.getMessage() for record in caplog.records) == 1


@pytest.mark.parametrize("owner", [httpcore.ConnectionPool, httpcore.HTTP11Connection])
def test_who_replaces_a_method_of_httpcore_sees_every_call(
    server: RawServer, monkeypatch: pytest.MonkeyPatch, owner: Any
) -> None:
    seen: list[bytes] = []
    original: Any = owner.handle_request

    def handle(self: Any, request: httpcore.Request) -> httpcore.Response:
        seen.append(request.method)
        answer: httpcore.Response = original(self, request)
        return answer

    monkeypatch.setattr(connections, "FIRST_POSTS", 0)
    with Krea(TOKEN, server.url) as krea:
        for _ in range(3):
            krea.submit(MODEL, **BODY)
        monkeypatch.setattr(owner, "handle_request", handle)
        for _ in range(3):
            krea.submit(MODEL, **BODY)
    assert seen == [b"POST"] * 3


def _steps_of(call: Callable[[], object]) -> int:
    """Return how many functions of Python a call enters."""
    steps = 0

    def count_call(_: object, event: str, __: object) -> None:
        nonlocal steps
        steps += event == "call"

    sys.setprofile(count_call)
    try:
        call()
    finally:
        sys.setprofile(None)
    return steps


def test_idle_connections_hardly_slow_a_call(server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    for first_posts in (1, 10):
        monkeypatch.setattr(connections, "FIRST_POSTS", first_posts)
        with Krea(TOKEN, server.url) as krea:
            for _ in range(14):
                krea.submit(MODEL, **BODY)
            steps.append(min(_steps_of(lambda: krea.submit(MODEL, **BODY)) for _ in range(3)))
    one, ten = steps
    assert ten <= one + 9 * 5


@pytest.mark.parametrize("name", ["_optional_thread_lock", "_assign_requests_to_connections", "_close_connections"])
def test_a_pool_of_another_make_sends_all_calls_itself(name: str) -> None:
    parts = {**vars(httpcore.ConnectionPool), **vars(httpcore.ConnectionPool())}
    assert IdleConnections.are_in(SimpleNamespace(**parts))
    assert not IdleConnections.are_in(SimpleNamespace(**{key: part for key, part in parts.items() if key != name}))


def test_a_connection_may_be_asked_about_by_two_threads_at_once(server: RawServer) -> None:
    from krea_client._transport.guarded_network import ConnectionFacts

    class Stream:
        def __init__(self, sock: socket.socket) -> None:
            self._sock = sock

        def get_extra_info(self, _: str) -> socket.socket:
            return self._sock

    ours, theirs = socket.socketpair()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ours, theirs, ThreadPoolExecutor(4) as threads:
            facts = ConnectionFacts(Stream(ours))
            assert not any(threads.map(lambda _: facts.get("is_readable"), range(4000)))
    finally:
        sys.setswitchinterval(interval)
