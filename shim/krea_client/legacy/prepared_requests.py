"""Prepared requests as requests and niquests have them: what `install` puts into the sessions of both."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any

from krea_client.legacy import caller_lines
from krea_client.legacy.nested_sends import examined
from krea_client.legacy.rewriting import OutgoingRequest, Rewriter

_EXAMINED = "krea_client_seen"  # the attribute of a request that was examined already


def rewritten(rewriter: Rewriter, request: Any) -> Any:
    """Return the request to send: the same one where it has no deprecated field."""
    url, content = request.url, request.body
    if not url or not rewriter.may_address_api(url):
        return request
    if request.method != "POST" or not isinstance(content, (bytes, str)) or hasattr(request, _EXAMINED):
        return request
    encoding = _text(request.headers.get("content-encoding"))
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    body = rewriter.rewritten(OutgoingRequest(url, encoding, raw), caller_lines.caller_line)
    return request if body is None else _copy(request, None if body is raw else body)


def put_document(rewriter: Rewriter, response: Any) -> None:
    """Put the API's document into a response as the program should see it."""
    content = rewriter.passed_document(response.status_code, response.content)
    if content is not None:
        response._content = content  # noqa: SLF001  # neither library has another way
        response.headers.pop("content-encoding", None)
        response.headers["content-length"] = str(len(content))


def _copy(request: Any, body: bytes | None) -> Any:
    changed = copy.copy(request)
    setattr(changed, _EXAMINED, True)
    if body is not None:
        changed.body = body
        changed.headers = request.headers.copy()
        changed.prepare_content_length(body)
    return changed


def _text(header: str | bytes | None) -> str | None:
    return header.decode("latin-1") if isinstance(header, bytes) else header


def sending(active: Callable[[], Rewriter | None]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator for `Session.send` that rewrites while there is a rewriter."""

    def around(send: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(send)
        def sent(self: Any, request: Any, **kwargs: Any) -> Any:
            rewriter = active()
            if rewriter is None or not rewriter.may_address_api(request.url or ""):
                return send(self, request, **kwargs)
            with examined():
                response = send(self, rewritten(rewriter, request), **kwargs)
            if rewriter.reads_document(request.method, request.url or ""):
                put_document(rewriter, response)
            return response

        return sent

    return around


def sending_async(active: Callable[[], Rewriter | None]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the same for `AsyncSession.send`."""

    def concerns_api(_: Any, request: Any, **__: Any) -> bool:
        rewriter = active()
        return rewriter is not None and rewriter.may_address_api(request.url or "")

    def around(send: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(send)
        async def sent(self: Any, request: Any, **kwargs: Any) -> Any:
            rewriter = active()
            with examined():
                response = await send(self, request if rewriter is None else rewritten(rewriter, request), **kwargs)
            # The content of a streamed response is awaited by the program, so it stays as it is.
            if (
                rewriter is not None
                and not kwargs.get("stream")
                and rewriter.reads_document(request.method, request.url or "")
            ):
                put_document(rewriter, response)
            return response

        return caller_lines.keep_caller_line(sent, concerns_api, original=send)

    return around
