"""aiohttp: a client middleware, and what `install` does so that every new session has it. Needs aiohttp 3.12."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from krea_client.legacy import caller_lines
from krea_client.legacy.rewriting import OutgoingRequest, Rewriter

Handler = Callable[[Any], Awaitable[Any]]
Middleware = Callable[[Any, Handler], Awaitable[Any]]


def middleware(active: Callable[[], Rewriter | None]) -> Middleware:
    """Return a client middleware that rewrites while there is a rewriter: `ClientSession(middlewares=(...,))`."""

    async def translate(request: Any, handler: Handler) -> Any:
        rewriter = active()
        if rewriter is not None and request.method == "POST" and rewriter.may_address_api(str(request.url)):
            await _translate(rewriter, request)
        response = await handler(request)
        if rewriter is not None and rewriter.reads_document(request.method, str(request.url)):
            await _put_document(rewriter, response)
        return response

    return translate


async def _translate(rewriter: Rewriter, request: Any) -> None:
    from aiohttp.payload import BytesPayload

    if not isinstance(
        request.body, BytesPayload
    ):  # a streamed body is never held in memory, so it is not read here either
        return
    raw = await request.body.as_bytes()
    headers = request.headers
    message = OutgoingRequest(str(request.url), headers.get("Content-Encoding"), raw)
    body = rewriter.rewritten(message, caller_lines.caller_line)
    if body is not None and body is not raw:
        await request.update_body(body)


async def _put_document(rewriter: Rewriter, response: Any) -> None:
    """Put the API's document into a response as the program should see it, whichever way it reads the response."""
    from aiohttp import StreamReader
    from aiohttp.base_protocol import BaseProtocol

    original = await response.read()
    content = rewriter.passed_document(response.status, original) or original
    loop = asyncio.get_running_loop()
    response._body = content  # noqa: SLF001  # what read(), text() and json() give; the library has no other way
    response.content = StreamReader(BaseProtocol(loop), len(content) + 1, loop=loop)  # what streaming gives
    response.content.feed_data(content)
    response.content.feed_eof()


def beginning(active: Callable[[], Rewriter | None]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator for `ClientSession.__init__` that puts the middleware before the session's own."""

    def around(begin: Callable[..., Any]) -> Callable[..., Any]:
        if "middlewares" not in inspect.signature(begin).parameters:
            return begin  # aiohttp before 3.12 has no place for it

        @wraps(begin)
        def began(self: Any, *args: Any, **kwargs: Any) -> None:
            kwargs["middlewares"] = (middleware(active), *kwargs.get("middlewares", ()))
            begin(self, *args, **kwargs)

        return began

    return around
