"""urllib: a handler for any opener, and what `install` puts into all of them."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from functools import wraps
from typing import Any, Unpack
from urllib.request import BaseHandler, OpenerDirector, Request
from urllib.response import addinfourl

from krea_client.legacy import caller_lines
from krea_client.legacy.adapter_options import AdapterOptions, build_rewriter
from krea_client.legacy.nested_sends import examined
from krea_client.legacy.rewriting import OutgoingRequest, Rewriter

_EXAMINED = "krea_client_seen"  # the attribute of a request that was examined already


class UrllibHandler(BaseHandler):
    """Sends the requests of an opener under the names that the API accepts: `build_opener(legacy.UrllibHandler())`.

    Args:
        options: as in `AdapterOptions`.
    """

    handler_order = 400  # before 500, where the library's own handlers count the bytes of the body

    def __init__(self, **options: Unpack[AdapterOptions]) -> None:
        self._rewriter = build_rewriter(options)

    def http_request(self, request: Request) -> Request:
        """Return the request to send over http."""
        return rewritten(self._rewriter, request)

    def https_request(self, request: Request) -> Request:
        """Return the request to send over https."""
        return rewritten(self._rewriter, request)

    def http_response(self, request: Request, response: Any) -> Any:
        """Return the response to hand to the program."""
        return with_document(self._rewriter, request.get_method(), request.full_url, response)

    https_response = http_response


def rewritten(rewriter: Rewriter, request: Request) -> Request:
    """Return the request to send: the same one where it has no deprecated field."""
    data: object = request.data
    if not rewriter.may_address_api(request.full_url):
        return request
    if request.get_method() != "POST" or not isinstance(data, bytes) or hasattr(request, _EXAMINED):
        return request
    message = OutgoingRequest(request.full_url, request.get_header("Content-encoding"), data)
    body = rewriter.rewritten(message, caller_lines.caller_line)
    if body is None:
        return request
    changed = _copy(request, body)
    setattr(changed, _EXAMINED, True)
    return changed


def with_document(rewriter: Rewriter, method: str, url: str, response: Any) -> Any:
    """Return the response with the API's document as the program should see it; the same one where nothing is to change."""
    if not rewriter.reads_document(method, url):
        return response
    original = response.read()
    content = rewriter.passed_document(response.status, original, response.headers.get("content-encoding"))
    headers = copy.copy(response.headers)
    if content is not None and "content-length" in headers:
        headers.replace_header("content-length", str(len(content)))
    changed = addinfourl(io.BytesIO(original if content is None else content), headers, response.url, response.status)
    changed.msg = getattr(response, "msg", None)  # type: ignore[attr-defined]  # OpenerDirector sets it, too
    response.close()
    return changed


def _copy(request: Request, body: bytes) -> Request:
    changed = copy.copy(request)
    changed.headers, changed.unredirected_hdrs = dict(request.headers), dict(request.unredirected_hdrs)
    changed.data = body  # this also drops a length that was set for the old body
    return changed


def opening(active: Callable[[], Rewriter | None]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator for `OpenerDirector.open` that rewrites while there is a rewriter."""

    def around(open_: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(open_)
        def opened(self: OpenerDirector, fullurl: Any, data: Any = None, *args: Any, **kwargs: Any) -> Any:
            rewriter = active()
            url = fullurl if isinstance(fullurl, str) else getattr(fullurl, "full_url", "")
            if rewriter is None or not rewriter.may_address_api(url):
                return open_(self, fullurl, data, *args, **kwargs)
            fullurl, data = _examined_arguments(rewriter, url, fullurl, data)
            with examined():
                response = open_(self, fullurl, data, *args, **kwargs)
            method = fullurl.get_method() if isinstance(fullurl, Request) else "GET" if data is None else "POST"
            return with_document(rewriter, method, url, response)

        return opened

    return around


def _examined_arguments(rewriter: Rewriter, url: str, fullurl: Any, data: Any) -> tuple[Any, Any]:
    is_request = isinstance(fullurl, Request)
    content = fullurl.data if is_request and data is None else data
    if not isinstance(content, bytes):
        return fullurl, data
    # `open` puts bytes that are given beside the address into a request in the same way.
    request = _copy(fullurl, content) if is_request else Request(url, content)  # noqa: S310  # the program chose the address
    changed = rewritten(rewriter, request)
    return (fullurl, data) if changed is request else (changed, None)
