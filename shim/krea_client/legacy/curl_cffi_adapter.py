"""curl_cffi: what `install` puts into the `request` methods of its sessions, which take the body as an argument."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from krea_client.legacy import caller_lines
from krea_client.legacy.rewriting import OutgoingRequest, Rewriter

Active = Callable[[], Rewriter | None]


def requesting(active: Active) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator for `Session.request`."""

    def around(request: Callable[..., Any]) -> Callable[..., Any]:
        signature = inspect.signature(request)

        @wraps(request)
        def call(*args: Any, **kwargs: Any) -> Any:
            rewriter = active()
            bound = _translated(rewriter, signature, args, kwargs)
            response = request(*args, **kwargs) if bound is None else request(*bound.args, **bound.kwargs)
            return _with_document(rewriter, signature.bind(*args, **kwargs), response)

        return call

    return around


def requesting_async(active: Active) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the same for `AsyncSession.request`."""

    def around(request: Callable[..., Any]) -> Callable[..., Any]:
        signature = inspect.signature(request)

        def concerns_api(*args: Any, **kwargs: Any) -> bool:
            rewriter = active()
            return rewriter is not None and rewriter.may_address_api(_address(signature.bind(*args, **kwargs)))

        @wraps(request)
        async def call(*args: Any, **kwargs: Any) -> Any:
            rewriter = active()
            bound = _translated(rewriter, signature, args, kwargs)
            response = await (request(*args, **kwargs) if bound is None else request(*bound.args, **bound.kwargs))
            return _with_document(rewriter, signature.bind(*args, **kwargs), response)

        return caller_lines.keep_caller_line(call, concerns_api, original=request)

    return around


def _address(bound: inspect.BoundArguments) -> str:
    url = str(bound.arguments.get("url", ""))
    base = getattr(bound.arguments.get("self"), "base_url", None)
    return url if "://" in url or not base else f"{str(base).rstrip('/')}/{url.lstrip('/')}"


def _translated(
    rewriter: Rewriter | None, signature: inspect.Signature, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> inspect.BoundArguments | None:
    """Return the arguments to call with, or None where they stay as they are."""
    if rewriter is None:
        return None
    bound = signature.bind(*args, **kwargs)
    address = _address(bound)
    if bound.arguments.get("method") != "POST" or not rewriter.may_address_api(address):
        return None
    headers = {str(name).lower(): str(value) for name, value in dict(bound.arguments.get("headers") or {}).items()}
    for name in ("json", "data", "content"):
        value = bound.arguments.get(name)
        raw = _bytes(name, value)
        if raw is None:
            continue
        message = OutgoingRequest(address, headers.get("content-encoding"), raw)
        body = rewriter.rewritten(message, caller_lines.caller_line)
        if body is not None and body is not raw:
            bound.arguments[name] = json.loads(body) if name == "json" else body
            return bound
    return None


def _with_document(rewriter: Rewriter | None, bound: inspect.BoundArguments, response: Any) -> Any:
    """Return the response with the API's document as the program should see it; a streamed one stays as it is."""
    if rewriter is None or not rewriter.reads_document(bound.arguments.get("method"), _address(bound)):
        return response
    content = rewriter.passed_document(response.status_code, response.content)
    if content is not None:
        response.content = content
        response.headers["content-length"] = str(len(content))
    return response


def _bytes(name: str, value: Any) -> bytes | None:
    if name == "json" and isinstance(value, (dict, list)):
        try:
            return json.dumps(value).encode()
        except (TypeError, ValueError):  # the library will say what is wrong with it
            return None
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return value if isinstance(value, bytes) else None
