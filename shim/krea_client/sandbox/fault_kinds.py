"""What can go wrong with one exchange: a table from the fault's name to what becomes of the answer. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, NamedTuple, cast

from krea_client.sandbox.http_messages import JSON, Request, Response
from krea_client.sandbox.job_states import stamp
from krea_client.sandbox.request_parsing import moment

Play = Callable[[Request], Response]
Value = str | float | None
HTML = "text/html; charset=utf-8"
ELSEWHERE = "https://elsewhere.invalid/"
DAY = 86_400.0

# How an exchange ends when it does not end well, in the order of its phases.
REFUSED, UNCONNECTED, UNSENT, SILENT, RESET, CLOSED = "refused", "unconnected", "unsent", "silent", "reset", "closed"


class Passage(NamedTuple):
    """How an answer gets to the client.

    `end` is empty for a whole answer, else how it breaks off; `upto` bytes of the body come before that, None: not even
    its head. `pause` is how many seconds lie between two bytes of the body, `length` what the head says in its place.
    """

    response: Response
    end: str = ""
    upto: int | None = None
    pause: float = 0.0
    length: int | None = None


class Kind(NamedTuple):
    """What a fault does to an exchange, and whether it can only happen with (True) or without (False) acceptance."""

    play: Callable[[Request, Response, Value], Passage]
    accepted: bool | None = None


def _kind(play: Callable[[Request, Response, Value], Passage], accepted: bool | None = None) -> Kind:
    return Kind(play, accepted)  # through a function, since pyright gives a lambda in a named tuple no types


def _breaks(end: str) -> Kind:
    return _kind(lambda _, made, __: Passage(made, end))


def _says(status: int, body: bytes, kind: str, accepted: bool | None = None, **headers: str) -> Kind:
    def play(_: Request, __: Response, value: Value) -> Passage:
        named = {name.replace("_", "-"): text if text != "VALUE" else str(value) for name, text in headers.items()}
        return Passage(Response(status, {"content-type": kind, **named}, body))

    return Kind(play, accepted)


def _page(status: int) -> Kind:
    return _says(status, b"<!doctype html><title>%d</title><h1>cloudflare</h1>" % status, HTML)


def _refuses(status: int, **headers: str) -> Kind:
    return _says(status, b'{"error": "asked for by the fault script"}', JSON, False, **headers)


def _changes(change: Callable[[dict[str, Any]], object]) -> Kind:
    """The true answer, its job (or every job of a list) changed."""

    def play(_: Request, made: Response, __: Value) -> Passage:
        try:
            document: Any = json.loads(made.body)
        except ValueError:
            return Passage(made)
        one = cast("dict[str, Any]", document) if isinstance(document, dict) else {"items": document}
        for job in one.get("items", [one]):
            change(job)
        return Passage(made._replace(body=json.dumps(document).encode()))

    return Kind(play, True)


def _cut(end: str) -> Kind:
    return _kind(lambda _, made, __: Passage(made, end, upto=len(made.body) // 2), True)


def _dripping(_: Request, made: Response, value: Value) -> Passage:
    return Passage(made, pause=1.0 if value is None else float(value))


def _too_long(_: Request, made: Response, __: Value) -> Passage:
    return Passage(made, CLOSED, upto=len(made.body), length=len(made.body) + 100)


def _too_short(_: Request, made: Response, __: Value) -> Passage:
    return Passage(made, CLOSED, upto=len(made.body) // 2, length=len(made.body) // 2)


def _giant(_: Request, made: Response, value: Value) -> Passage:
    size = int(value or 40 << 20)
    return Passage(made._replace(body=made.body + b" " * size))


def _without_length(_: Request, made: Response, __: Value) -> Passage:
    return Passage(made, CLOSED, upto=len(made.body) // 2, length=-1)


def _keep(*names: str) -> Callable[[dict[str, Any]], object]:
    def change(job: dict[str, Any]) -> None:
        for name in set(job) - set(names):
            del job[name]

    return change


def _nulls(job: dict[str, Any]) -> None:
    job.update({name: None for name in job if name != "job_id"})


def _skewed(_: Request, made: Response, value: Value) -> Passage:
    by = timedelta(seconds=DAY if value is None else float(value))
    headers = dict(made.headers)
    if "date" in headers:
        headers["date"] = format_datetime(parsedate_to_datetime(headers["date"]) + by, usegmt=True)

    def change(job: dict[str, Any]) -> None:
        for name in ("created_at", "completed_at"):
            if isinstance(then := moment(str(job.get(name))), datetime):
                job[name] = stamp(then + by)

    return _changes(change).play(_, made._replace(headers=headers), None)


def _status(_: Request, __: Response, value: Value) -> Passage:
    return Passage(Response(int(value or 500), {"content-type": JSON}, b'{"error": "asked for by the fault script"}'))


KINDS: Mapping[str, Kind] = {
    # the connection
    "refuse": _kind(lambda _, made, __: Passage(made, REFUSED), False),
    "connect-timeout": _kind(lambda _, made, __: Passage(made, UNCONNECTED), False),
    "write-timeout": _breaks(UNSENT),
    "read-timeout": _breaks(SILENT),
    "reset": _breaks(RESET),
    "close": _breaks(CLOSED),
    "cut": _cut(CLOSED),
    "cut-reset": _cut(RESET),
    "cut-timeout": _cut(SILENT),
    "cut-without-length": Kind(_without_length, True),
    "length-too-long": Kind(_too_long, True),
    "length-too-short": Kind(_too_short, True),
    "drip": Kind(_dripping, True),
    # other people's answers
    "html-200": _page(200),
    "html-502": _page(502),
    "html-520": _page(520),
    "html-524": _page(524),
    "json-500": _says(500, b'{"error": "internal"}', JSON),
    "json-503": _says(503, b'{"error": "unavailable"}', JSON),
    "status": Kind(_status),
    "redirect": _says(307, b"", "text/plain", False, location=ELSEWHERE),
    "redirect-http": _says(302, b"", "text/plain", location="http://elsewhere.invalid/"),
    "429": _refuses(429),
    "429-after": _refuses(429, retry_after="VALUE"),
    "401": _refuses(401),
    "403": _refuses(403),
    "404": _refuses(404),
    "410": _refuses(410),
    # the answer itself
    "empty": _kind(lambda _, made, __: Passage(made._replace(body=b"")), True),
    "null": _kind(lambda _, made, __: Passage(made._replace(body=b"null")), True),
    "list": _kind(lambda _, made, __: Passage(made._replace(body=b"[1, 2]")), True),
    "deep": _kind(lambda _, made, __: Passage(made._replace(body=b"[" * 200_000)), True),
    "not-utf8": _kind(lambda _, made, __: Passage(made._replace(body=b"\xff\xfe" + made.body)), True),
    "giant": Kind(_giant, True),
    "bad-gzip": _kind(
        lambda _, made, __: Passage(made._replace(headers={**made.headers, "content-encoding": "gzip"})), True
    ),
    "unknown-state": _changes(lambda job: job.update(status="pondering")),
    "only-id": _changes(_keep("job_id")),
    "no-id": _changes(lambda job: job.pop("job_id", None)),
    "nulls": _changes(_nulls),
    "no-urls": _changes(lambda job: job.update(status="completed", result={})),
    "skew": Kind(_skewed, True),
    # a webhook call
    "twice": _kind(lambda _, made, __: Passage(made)),
    "late": _kind(lambda _, made, __: Passage(made)),
    "out-of-order": _kind(lambda _, made, __: Passage(made)),
}
WEBHOOK_KINDS = ("twice", "late", "out-of-order")


def known_kinds() -> str:
    """Name every kind."""
    return ", ".join(KINDS)
