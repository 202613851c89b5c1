"""The kinds of faults that the raw API plays, by name. Each stands for something that networks, proxies or servers do.

`harmless` kinds are odd but whole: the client must not fail on them. `unread` kinds are played before the body of the request is
read, `refused` ones after it; neither bills anything.
"""

from __future__ import annotations

import gzip
import json
import time
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from uuid import uuid4

from .raw_api import Play, RawExchange, response

# Statuses that mean by their definition that the request was not processed; a job is never billed with them.
REFUSALS = (
    *(
        400,
        401,
        402,
        403,
        404,
        405,
        406,
        407,
        409,
        410,
        411,
        412,
        413,
        414,
        415,
        416,
        417,
        418,
        421,
        422,
        423,
        424,
        425,
        426,
        428,
        431,
        451,
    ),
    *(307, 308),
)
SERVER_ERRORS = (
    *(408, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511),
    *(520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 598, 599),
)
ODD_SUCCESSES = (201, 202, 203, 204, 205, 206, 207, 208, 226, 299)
REDIRECTS = (300, 301, 302, 303, 304, 305, 306)
LOCATIONS = (
    "/",
    "",
    "https://127.0.0.1:9/elsewhere",
    "//127.0.0.1:9",
    "ftp://127.0.0.1/",
    "mailto:somebody",
    "http://[",
    "relative/path",
)
RETRY_AFTERS = (
    *("0", "1", "-3", "1.5", "soon", "", "99999"),
    *("Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"),
)
DRIPS = 70  # of 0.05 s: longer than a case may take
CUTS = (1, 8, 12, 17, 30, 60)  # bytes of the response that arrive
BODIES: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \r\n ",
    "html": b"<!doctype html><title>Sign in to the network</title>",
    "text": b"OK",
    "null": b"null",
    "true": b"true",
    "number": b"42",
    "string": b'"done"',
    "list": b"[]",
    "list of a job": b'[{"job_id": "a"}]',
    "empty object": b"{}",
    "half an object": b'{"job_id": "6d0d',
    "two objects": b'{"a": 1}{"b": 2}',
    "trailing comma": b'{"job_id": "a",}',
    "single quotes": b"{'job_id': 'a'}",
    "no utf-8": b'{"job_id": "\xff\xfe"}',
    "utf-16": '{"error": "a"}'.encode("utf-16"),
    "zero bytes": b"\0" * 40,
    "picture": b"\x89PNG\r\n\x1a\n",
    "xml": b'<?xml version="1.0"?><error/>',
    "NaN": b"NaN",
    "error with 200": b'{"error": "internal"}',
    "id is null": b'{"job_id": null, "status": "queued"}',
    "id is empty": b'{"job_id": "", "status": "queued"}',
    "id is a list": b'{"job_id": ["a"], "status": "queued"}',
    "id is an object": b'{"job_id": {"a": 1}, "status": "queued"}',
    "id is true": b'{"job_id": true, "status": "queued"}',
    "nested": b"[" * 60 + b"]" * 60,
}


class RawFault(NamedTuple):
    """One kind of fault."""

    name: str
    play: Play
    unread: bool = False
    refused: bool = False
    harmless: bool = False


def kinds() -> list[RawFault]:
    """Return all kinds."""
    return [*_connections(), *_cuts(), *_statuses(), *_bodies(), *_framing(), *_harmless()]


def _sending(data: bytes, *, keep: bool = False) -> Play:
    def play(exchange: RawExchange) -> bool:
        exchange.send(data)
        return keep

    return play


def _connections() -> Iterator[RawFault]:
    """Yield connections that end or go silent, before and after the request was taken."""
    for unread, when in ((True, "before the request"), (False, "after the request")):
        yield RawFault(f"reset {when}", RawExchange.reset, unread)
        yield RawFault(f"closed {when}", lambda _: False, unread)
        yield RawFault(f"silent {when}", RawExchange.hang, unread)
    yield RawFault("reset in the middle of the request", _half_read, unread=True)
    yield RawFault("another protocol", _sending(b"SSH-2.0-OpenSSH_9.6\r\n"))
    yield RawFault("noise", _sending(bytes(range(256))))
    yield RawFault("blank lines only", _sending(b"\r\n" * 8))
    yield RawFault("head byte by byte for ever", _drip_head)
    yield RawFault("body byte by byte for ever", _drip_body)


def _half_read(exchange: RawExchange) -> None:
    exchange.connection.recv(1)
    exchange.reset()


def _drip_head(exchange: RawExchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\n")
    _drip(exchange, b"x-wait: ")


def _drip_body(exchange: RawExchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n")
    _drip(exchange, b"{")


def _drip(exchange: RawExchange, start: bytes) -> None:
    exchange.send(start)
    for _ in range(DRIPS):
        time.sleep(0.05)
        exchange.send(b" ")


def _cuts() -> Iterator[RawFault]:
    """Yield responses of which only a part arrives."""
    for length in (*CUTS, -1):
        place = f"after {length} bytes" if length > 0 else "before the last byte"
        yield RawFault(f"cut {place}", _part(length))
        yield RawFault(f"reset {place}", _in_turn(_part(length), _pause, RawExchange.reset))
    yield RawFault("silent before the last byte", _in_turn(_part(-1), RawExchange.hang))
    yield RawFault("silent after the head", _in_turn(_head, RawExchange.hang))
    yield RawFault(
        "longer length than body", lambda exchange: exchange.send(_with_length(exchange, len(exchange.body) + 7))
    )
    yield RawFault(
        "shorter length than body", lambda exchange: exchange.send(_with_length(exchange, len(exchange.body) - 7))
    )


def _part(length: int) -> Play:
    def play(exchange: RawExchange) -> None:
        exchange.send(exchange.whole[:length])

    return play


def _head(exchange: RawExchange) -> None:
    exchange.send(exchange.whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")


def _pause(_: RawExchange) -> None:
    time.sleep(0.02)  # what was sent arrives before the reset


def _in_turn(*plays: Play) -> Play:
    def play(exchange: RawExchange) -> None:
        for part in plays:
            part(exchange)

    return play


def _with_length(exchange: RawExchange, length: int) -> bytes:
    return response(200, exchange.body, f"content-type: {exchange.media}", f"content-length: {length}", length=False)


def _statuses() -> Iterator[RawFault]:
    """Yield the statuses of servers and proxies. A refusal comes before acceptance, a server error before or after it."""
    error = b'{"error": "no"}'
    for status in REFUSALS:
        yield RawFault(f"status {status}", _sending(response(status, error)), refused=True)
    for status in SERVER_ERRORS:
        yield RawFault(f"status {status} before", _sending(response(status, error)), refused=True)
        yield RawFault(f"status {status} after", _sending(response(status, error)))
    for status in ODD_SUCCESSES:
        yield RawFault(
            f"status {status} without a job", _sending(response(status, b"" if status in (204, 205) else b"{}"))
        )
    for status in REDIRECTS:
        yield RawFault(f"status {status}", _sending(response(status, b"", "location: /elsewhere")))
    for location in LOCATIONS:
        yield RawFault(f"redirect to {location or 'nothing'}", _sending(response(302, b"", f"location: {location}")))
    for after in RETRY_AFTERS:
        yield RawFault(
            f"429, retry after {after or 'nothing'}",
            _sending(response(429, error, f"retry-after: {after}")),
            refused=True,
        )
        yield RawFault(
            f"503, retry after {after or 'nothing'}",
            _sending(response(503, error, f"retry-after: {after}")),
            refused=True,
        )
    yield RawFault(
        "500 with a page of 1 MB", _sending(response(500, b"<p>oh</p>" * 110_000, "content-type: text/html"))
    )


def _bodies() -> Iterator[RawFault]:
    """Yield bodies of a 200 that are not what they should be."""
    for name, body in BODIES.items():
        yield RawFault(f"body: {name}", _sending(response(200, body, "content-type: application/json")))
    yield RawFault("body: another job", _another_job)
    yield RawFault("body: broken gzip", _sending(response(200, b"no gzip", "content-encoding: gzip")))
    yield RawFault(
        "body: cut gzip",
        lambda exchange: exchange.send(response(200, gzip.compress(exchange.body)[:-9], "content-encoding: gzip")),
    )
    yield RawFault("body: broken deflate", _sending(response(200, b"\x78\x9c\xff", "content-encoding: deflate")))


def _another_job(exchange: RawExchange) -> None:
    """Yield a whole response about a job that nobody asked for. A submission has no id to compare: it gets an error page."""
    if exchange.request.operation == "poll":
        job = {
            "job_id": str(uuid4()),
            "status": "completed",
            "result": {"urls": [f"{exchange.api.url}/files/other.png"]},
        }
        exchange.send(response(200, json.dumps(job).encode(), "content-type: application/json"))
    else:
        exchange.send(response(200, b"<p>another page</p>", "content-type: text/html"))


def _framing() -> Iterator[RawFault]:
    """Yield responses whose framing is wrong."""
    chunked = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    yield RawFault("chunks without an end", lambda exchange: exchange.send(chunked + _chunks(exchange.body)[:-5]))
    yield RawFault("a chunk without a size", _sending(chunked + b"xyz\r\n{}\r\n0\r\n\r\n"))
    yield RawFault("a chunk that is cut", _sending(chunked + b"ff\r\n{}"))
    yield RawFault("a length that is no number", _sending(b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{}"))
    yield RawFault("a negative length", _sending(b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n{}"))
    yield RawFault("a status that is no number", _sending(b"HTTP/1.1 OK 200\r\n\r\n{}"))
    yield RawFault("a head without a status", _sending(b"content-length: 2\r\n\r\n{}"))
    yield RawFault("a header without a colon", _sending(b"HTTP/1.1 200 OK\r\nnonsense\r\ncontent-length: 2\r\n\r\n{}"))
    yield RawFault("interim responses for ever", _interim_for_ever)
    yield RawFault(
        "an upgrade", _sending(b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n")
    )


def _interim_for_ever(exchange: RawExchange) -> None:
    for _ in range(DRIPS):
        exchange.send(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        time.sleep(0.05)


def _chunks(body: bytes) -> bytes:
    middle = len(body) // 2
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:middle], body[middle:])) + b"0\r\n\r\n"


def _harmless() -> Iterator[RawFault]:
    """Return odd responses that are whole all the same."""
    early_hints = b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"
    unasked = response(200, b'{"job_id": "nobody asked"}')
    plays: dict[str, Play] = {
        "chunked": lambda exchange: exchange.send(
            exchange.rewritten("transfer-encoding: chunked", body=_chunks(exchange.body))
        ),
        "gzip": lambda exchange: exchange.send(
            exchange.rewritten("content-encoding: gzip", body=gzip.compress(exchange.body))
        ),
        "deflate": lambda exchange: exchange.send(
            exchange.rewritten("content-encoding: deflate", body=zlib.compress(exchange.body))
        ),
        "after 100 Continue": lambda exchange: exchange.send(b"HTTP/1.1 100 Continue\r\n\r\n" + exchange.whole),
        "after 103 Early Hints": lambda exchange: exchange.send(early_hints + exchange.whole),
        "HTTP/1.0": lambda exchange: exchange.send(exchange.whole.replace(b"HTTP/1.1", b"HTTP/1.0", 1)),
        "in pieces": _in_pieces,
        "a reset after it": _in_turn(lambda exchange: exchange.send(exchange.whole), _pause, RawExchange.reset),
        "unknown headers": lambda exchange: exchange.send(
            exchange.rewritten(*(f"x-{number}: {number}" for number in range(50)))
        ),
        "header names in capitals": lambda exchange: exchange.send(exchange.whole.replace(b"content-", b"CONTENT-")),
        "a second response behind it": lambda exchange: exchange.send(exchange.whole + unasked),
        "a response in idle time": _in_idle_time,
    }
    return (RawFault(f"whole: {name}", play, harmless=True) for name, play in plays.items())


def _in_pieces(exchange: RawExchange) -> bool:
    for start in range(0, len(exchange.whole), 997):
        exchange.send(exchange.whole[start : start + 997])
    return True


def _in_idle_time(exchange: RawExchange) -> bool:
    exchange.send(exchange.whole)
    time.sleep(0.02)
    exchange.send(response(200, b'{"job_id": "nobody asked"}'))
    return True
