"""The kinds of faults: a table from a fault's name to what happens to the response. Pure."""

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


class Transmission(NamedTuple):
    """How a response reaches the client.

    `end` is empty for a whole answer, else how it breaks off; `upto` bytes of the body come before that, None: not even
    its head. `pause` is how many seconds lie between two bytes of the body, `length` what the head says in its place.
    """

    response: Response
    end: str = ""
    upto: int | None = None
    pause: float = 0.0
    length: int | None = None


class FaultKind(NamedTuple):
    """What a fault does to an exchange, and whether it requires an accepted (True) or a refused (False) request."""

    play: Callable[[Request, Response, Value], Transmission]
    accepted: bool | None = None


def _kind(play: Callable[[Request, Response, Value], Transmission], accepted: bool | None = None) -> FaultKind:
    return FaultKind(play, accepted)  # through a function, since pyright gives a lambda in a named tuple no types


def _breaks(end: str) -> FaultKind:
    return _kind(lambda _, response, __: Transmission(response, end))


def _says(status: int, body: bytes, kind: str, accepted: bool | None = None, **headers: str) -> FaultKind:
    def play(_: Request, __: Response, value: Value) -> Transmission:
        response_headers = {
            name.replace("_", "-"): text if text != "VALUE" else str(value) for name, text in headers.items()
        }
        return Transmission(Response(status, {"content-type": kind, **response_headers}, body))

    return FaultKind(play, accepted)


def _page(status: int) -> FaultKind:
    return _says(status, b"<!doctype html><title>%d</title><h1>cloudflare</h1>" % status, HTML)


def _refuses(status: int, **headers: str) -> FaultKind:
    return _says(status, b'{"error": "asked for by the fault script"}', JSON, False, **headers)


def _changes(change: Callable[[dict[str, Any]], object]) -> FaultKind:
    """Return the true answer, its job (or every job of a list) changed."""

    def play(_: Request, response: Response, __: Value) -> Transmission:
        try:
            document: Any = json.loads(response.body)
        except ValueError:
            return Transmission(response)
        page = cast("dict[str, Any]", document) if isinstance(document, dict) else {"items": document}
        for job in page.get("items", [page]):
            change(job)
        return Transmission(response._replace(body=json.dumps(document).encode()))

    return FaultKind(play, True)


def _cut(end: str) -> FaultKind:
    return _kind(lambda _, response, __: Transmission(response, end, upto=len(response.body) // 2), True)


def _dripping(_: Request, response: Response, value: Value) -> Transmission:
    return Transmission(response, pause=1.0 if value is None else float(value))


def _too_long(_: Request, response: Response, __: Value) -> Transmission:
    return Transmission(response, CLOSED, upto=len(response.body), length=len(response.body) + 100)


def _too_short(_: Request, response: Response, __: Value) -> Transmission:
    return Transmission(response, CLOSED, upto=len(response.body) // 2, length=len(response.body) // 2)


def _giant(_: Request, response: Response, value: Value) -> Transmission:
    size = int(value or 40 << 20)
    return Transmission(response._replace(body=response.body + b" " * size))


def _without_length(_: Request, response: Response, __: Value) -> Transmission:
    return Transmission(response, CLOSED, upto=len(response.body) // 2, length=-1)


def _keep(*names: str) -> Callable[[dict[str, Any]], object]:
    def change(job: dict[str, Any]) -> None:
        for name in set(job) - set(names):
            del job[name]

    return change


def _nulls(job: dict[str, Any]) -> None:
    job.update({name: None for name in job if name != "job_id"})


def _skewed(_: Request, response: Response, value: Value) -> Transmission:
    by = timedelta(seconds=DAY if value is None else float(value))
    headers = dict(response.headers)
    if "date" in headers:
        headers["date"] = format_datetime(parsedate_to_datetime(headers["date"]) + by, usegmt=True)

    def change(job: dict[str, Any]) -> None:
        for name in ("created_at", "completed_at"):
            if isinstance(then := moment(str(job.get(name))), datetime):
                job[name] = stamp(then + by)

    return _changes(change).play(_, response._replace(headers=headers), None)


def _status(_: Request, __: Response, value: Value) -> Transmission:
    return Transmission(
        Response(int(value or 500), {"content-type": JSON}, b'{"error": "asked for by the fault script"}')
    )


KINDS: Mapping[str, FaultKind] = {
    # the connection
    "refuse": _kind(lambda _, response, __: Transmission(response, REFUSED), False),
    "connect-timeout": _kind(lambda _, response, __: Transmission(response, UNCONNECTED), False),
    "write-timeout": _breaks(UNSENT),
    "read-timeout": _breaks(SILENT),
    "reset": _breaks(RESET),
    "close": _breaks(CLOSED),
    "cut": _cut(CLOSED),
    "cut-reset": _cut(RESET),
    "cut-timeout": _cut(SILENT),
    "cut-without-length": FaultKind(_without_length, True),
    "length-too-long": FaultKind(_too_long, True),
    "length-too-short": FaultKind(_too_short, True),
    "drip": FaultKind(_dripping, True),
    # responses of proxies and gateways
    "html-200": _page(200),
    "html-502": _page(502),
    "html-520": _page(520),
    "html-524": _page(524),
    "json-500": _says(500, b'{"error": "internal"}', JSON),
    "json-503": _says(503, b'{"error": "unavailable"}', JSON),
    "status": FaultKind(_status),
    "redirect": _says(307, b"", "text/plain", False, location=ELSEWHERE),
    "redirect-http": _says(302, b"", "text/plain", location="http://elsewhere.invalid/"),
    "429": _refuses(429),
    "429-after": _refuses(429, retry_after="VALUE"),
    "401": _refuses(401),
    "403": _refuses(403),
    "404": _refuses(404),
    "410": _refuses(410),
    # the API's own response, damaged
    "empty": _kind(lambda _, response, __: Transmission(response._replace(body=b"")), True),
    "null": _kind(lambda _, response, __: Transmission(response._replace(body=b"null")), True),
    "list": _kind(lambda _, response, __: Transmission(response._replace(body=b"[1, 2]")), True),
    "deep": _kind(lambda _, response, __: Transmission(response._replace(body=b"[" * 200_000)), True),
    "not-utf8": _kind(lambda _, response, __: Transmission(response._replace(body=b"\xff\xfe" + response.body)), True),
    "giant": FaultKind(_giant, True),
    "bad-gzip": _kind(
        lambda _, response, __: Transmission(
            response._replace(headers={**response.headers, "content-encoding": "gzip"})
        ),
        True,
    ),
    "unknown-state": _changes(lambda job: job.update(status="pondering")),
    "only-id": _changes(_keep("job_id")),
    "no-id": _changes(lambda job: job.pop("job_id", None)),
    "nulls": _changes(_nulls),
    "no-urls": _changes(lambda job: job.update(status="completed", result={})),
    "skew": FaultKind(_skewed, True),
    # a webhook call
    "twice": _kind(lambda _, response, __: Transmission(response)),
    "late": _kind(lambda _, response, __: Transmission(response)),
    "out-of-order": _kind(lambda _, response, __: Transmission(response)),
}
WEBHOOK_KINDS = ("twice", "late", "out-of-order")


def known_kinds() -> str:
    """Name every kind."""
    return ", ".join(KINDS)
