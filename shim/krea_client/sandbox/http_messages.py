"""The machine's input and output: one request, one response."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

JSON = "application/json"
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Request(NamedTuple):
    """One HTTP request as the machine reads it.

    Header names are lower case. `path` is still escaped, `query` is the raw text after the question mark. `origin` is
    where the request came in (`http://127.0.0.1:8000`); empty means the API's own address.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = NO_HEADERS
    body: bytes = b""
    origin: str = ""


class Response(NamedTuple):
    """One HTTP response: status, headers without the length, and the whole body."""

    status: int
    headers: Mapping[str, str] = NO_HEADERS
    body: bytes = b""

    def json(self) -> object:
        """Read the body as JSON; raises ValueError when it is something else."""
        return json.loads(self.body)


class FieldProblem(NamedTuple):
    """One thing that is wrong with a request: where (`styles[0].strength`) and what."""

    field: str
    message: str


class Delivery(NamedTuple):
    """One webhook call to make: POST `body`, the finished job, to `url`."""

    job_id: str
    url: str
    body: bytes


def answer(status: int, content: object, **headers: str) -> Response:
    """Make a JSON response; underscores in header names stand for hyphens."""
    response_headers = {name.replace("_", "-").lower(): value for name, value in headers.items()}
    return Response(status, {"content-type": JSON, **response_headers}, json.dumps(content).encode())


def refusal(status: int, error: str, **more: object) -> Response:
    """Make an error response in the documented shape, `{error: string}`, with further members."""
    return answer(status, {"error": error, **more})


def invalid(problems: Sequence[FieldProblem]) -> Response:
    """Make the 422 of a request that the document refuses, one message per field."""
    details = [{"field": problem.field, "message": problem.message} for problem in problems]
    return refusal(422, "The request is not valid.", details=details)


def bad_request(problems: Sequence[FieldProblem]) -> Response:
    """Make the 400 of an operation that is not documented to answer 422."""
    return refusal(400, "; ".join(f"{problem.field}: {problem.message}" for problem in problems))


def page_not_found(path: str) -> Response:
    """Make the 404 of a path that nobody serves: a web page, as the live edge answers it."""
    safe = path.replace("&", "&amp;").replace("<", "&lt;")[:200]
    page = f"<!doctype html><title>404</title><h1>404</h1><p>Nothing is served at {safe}.</p>"
    return Response(404, {"content-type": "text/html; charset=utf-8"}, page.encode())
