"""What a pool asks about its connections at each request costs little, and is answered as httpcore answers it."""

import socket
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpcore
import pytest

from krea_client._transport.guarded_network import LARGE_READ, ConnectionFacts, ReadSize


class CountingStream(httpcore.NetworkStream):
    """A connection that counts what it is asked."""

    def __init__(self, **facts: Any) -> None:
        self.facts, self.asked = facts, Counter[str]()

    def get_extra_info(self, info: str) -> Any:
        self.asked[info] += 1
        return self.facts.get(info)


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_what_cannot_change_is_looked_up_once(ends: tuple[socket.socket, socket.socket]) -> None:
    stream = CountingStream(socket=ends[0], server_addr=("127.0.0.1", 80))
    facts = ConnectionFacts(stream)
    for _ in range(3):
        assert facts.get("socket") is ends[0]
        assert facts.get("ssl_object") is None
        assert not facts.get("is_readable")
        assert facts.get("server_addr") == ("127.0.0.1", 80)
    assert stream.asked == {"socket": 1, "ssl_object": 1, "server_addr": 3}


def test_bytes_and_the_end_of_the_connection_are_readable(ends: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = ends
    facts = ConnectionFacts(CountingStream(socket=ours))
    theirs.send(b"x")
    assert facts.get("is_readable")
    ours.recv(1)
    assert not facts.get("is_readable")
    theirs.close()
    assert facts.get("is_readable")
    ours.close()
    assert facts.get("is_readable")


def test_a_connection_without_a_socket_is_asked_itself() -> None:
    assert ConnectionFacts(CountingStream(is_readable=True)).get("is_readable") is True


def test_more_is_read_at_once_while_a_large_response_arrives() -> None:
    size = ReadSize()
    assert size.of(1000) == 1000
    assert size.noted(b"x" * 999, 1000) == b"x" * 999
    assert size.of(1000) == 1000
    size.noted(b"x" * 1000, 1000)
    assert size.of(1000) == LARGE_READ
    size.noted(b"x" * 10, 1000)
    assert size.of(1000) == 1000
