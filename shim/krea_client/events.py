"""The hooks of a client, and what they are given: one value before and one after each HTTP exchange with the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple


class RequestEvent(NamedTuple):
    """An HTTP request that is about to be sent to the API. Holds neither a body nor the token.

    Attributes:
        method: "GET", "POST" and so on.
        path: the path of the address, without a query.
        label: the model, or the operation for requests that are about none.
        attempt: 1 for the first try of a call.
        paid: whether an accepted request is charged.
    """

    method: str
    path: str
    label: str
    attempt: int
    paid: bool


class ResponseEvent(NamedTuple):
    """How one exchange with the API ended.

    Attributes:
        request: what was sent.
        seconds: from just before the request was sent until its response was complete.
        status: the HTTP status, or None where no complete response came.
        headers: the response's headers with lower-case names; empty where none came.
        error: why there is no response, in words, or None.
        retry_in: seconds until the call is sent again, or None where this was its last try.
    """

    request: RequestEvent
    seconds: float
    status: int | None
    headers: Mapping[str, str]
    error: str | None
    retry_in: float | None


class Hooks(NamedTuple):
    """Functions of yours that a client calls round each HTTP exchange with the API; `AsyncKrea` awaits what they return.

    An exception of a hook is logged, and changes nothing else: it must not cost the id of a job that is paid for.

    Attributes:
        on_request: called before each try.
        on_response: called after each try.
    """

    on_request: Callable[[RequestEvent], object] | None = None
    on_response: Callable[[ResponseEvent], object] | None = None
