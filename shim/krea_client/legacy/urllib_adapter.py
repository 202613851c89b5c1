"""urllib: a handler for any opener, and what `install` puts into all of them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any, Unpack
from urllib.request import BaseHandler, OpenerDirector, Request

from krea_client.legacy import caller_lines
from krea_client.legacy.adapter_options import AdapterOptions, build_rewriter
from krea_client.legacy.nested_sends import examined
from krea_client.legacy.rewriting import OutgoingRequest, Rewriter

_SEEN = "krea_client_seen"  # the attribute of a request that was looked through already


class UrllibHandler(BaseHandler):
    """Sends what an opener sends under the names that the API takes: `build_opener(legacy.UrllibHandler())`.

    Args:
        choices: as in `Choices`.
    """

    handler_order = 400  # before 500, where the library's own handlers count the bytes of the body

    def __init__(self, **choices: Unpack[AdapterOptions]) -> None:
        self._rewriter = build_rewriter(choices)

    def http_request(self, request: Request) -> Request:
        """Gives the request to send over http."""
        return rewritten(self._rewriter, request)

    def https_request(self, request: Request) -> Request:
        """Gives the request to send over https."""
        return rewritten(self._rewriter, request)


def rewritten(rewriter: Rewriter, request: Request) -> Request:
    """The request to send: the same one where nothing in it is of yesterday."""
    given: object = request.data
    if not rewriter.may_address_api(request.full_url):
        return request
    if request.get_method() != "POST" or not isinstance(given, bytes) or hasattr(request, _SEEN):
        return request
    kind, encoding = (request.get_header(name) for name in ("Content-type", "Content-encoding"))
    body = rewriter.rewritten(OutgoingRequest(request.full_url, kind, encoding, given), caller_lines.caller_line)
    if body is None:
        return request
    made = _copy(request, body)
    setattr(made, _SEEN, True)
    return made


def _copy(request: Request, body: bytes) -> Request:
    made = copy.copy(request)
    made.headers, made.unredirected_hdrs = dict(request.headers), dict(request.unredirected_hdrs)
    made.data = body  # a length that was given by hand is forgotten with the old body, and counted anew
    return made


def opening(active: Callable[[], Rewriter | None]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An `OpenerDirector.open` that rewrites while there is a rewriter."""

    def around(open_: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(open_)
        def opened(self: OpenerDirector, fullurl: Any, data: Any = None, *args: Any, **kwargs: Any) -> Any:
            rewriter = active()
            url = fullurl if isinstance(fullurl, str) else getattr(fullurl, "full_url", "")
            if rewriter is None or not rewriter.may_address_api(url):
                return open_(self, fullurl, data, *args, **kwargs)
            fullurl, data = _looked_through(rewriter, url, fullurl, data)
            with examined():
                return open_(self, fullurl, data, *args, **kwargs)

        return opened

    return around


def _looked_through(rewriter: Rewriter, url: str, fullurl: Any, data: Any) -> tuple[Any, Any]:
    whole = isinstance(fullurl, Request)
    given = fullurl.data if whole and data is None else data
    if not isinstance(given, bytes):
        return fullurl, data
    # Bytes that are given beside the address are laid into a request by `open` in the same way.
    request = _copy(fullurl, given) if whole else Request(url, given)  # noqa: S310  # the program chose the address
    made = rewritten(rewriter, request)
    return (fullurl, data) if made is request else (made, None)
