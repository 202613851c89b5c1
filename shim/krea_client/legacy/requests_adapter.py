"""requests: an adapter around any adapter, and what `install` puts into its sessions."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Unpack

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from krea_client.legacy import caller_lines
from krea_client.legacy.adapter_options import AdapterOptions, build_rewriter
from krea_client.legacy.rewriting import OutgoingRequest, Rewriter

_SEEN = "krea_client_seen"  # the attribute of a request that was looked through already


class RequestsAdapter(BaseAdapter):
    """Sends what a session sends under the names that the API takes: `session.mount("https://", legacy.RequestsAdapter())`.

    Args:
        inner: the adapter that does the sending; `HTTPAdapter()` where None. Give one to keep its retries and pools.
        choices: as in `Choices`.
    """

    def __init__(self, inner: BaseAdapter | None = None, **choices: Unpack[AdapterOptions]) -> None:
        super().__init__()
        self._inner = inner or HTTPAdapter()
        self._rewriter = build_rewriter(choices)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Sends one request."""
        made: Any = rewritten(self._rewriter, request)
        return self._inner.send(made, stream, timeout, verify, cert, dict(proxies) if proxies is not None else None)

    def close(self) -> None:
        """Closes the inner adapter."""
        self._inner.close()


def rewritten(rewriter: Rewriter, request: requests.PreparedRequest) -> requests.PreparedRequest:
    """The request to send: the same one where nothing in it is of yesterday."""
    url, given = request.url, request.body
    if not url or not rewriter.may_address_api(url):
        return request
    if request.method != "POST" or not isinstance(given, (bytes, str)) or hasattr(request, _SEEN):
        return request
    kind, encoding = (_text(request.headers.get(name)) for name in ("content-type", "content-encoding"))
    raw = given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass")
    body = rewriter.rewritten(OutgoingRequest(url, kind, encoding, raw), caller_lines.caller_line)
    return request if body is None else _copy(request, None if body is raw else body)


def _copy(request: requests.PreparedRequest, body: bytes | None) -> requests.PreparedRequest:
    made = copy.copy(request)
    setattr(made, _SEEN, True)
    if body is not None:
        made.body = body
        made.headers = request.headers.copy()
        made.prepare_content_length(body)
    return made


def _text(header: str | bytes | None) -> str | None:
    return header.decode("latin-1") if isinstance(header, bytes) else header


def sending(active: Callable[[], Rewriter | None]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A `Session.send` that rewrites while there is a rewriter."""

    def around(send: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(send)
        def sent(self: requests.Session, request: requests.PreparedRequest, **kwargs: Any) -> Any:
            rewriter = active()
            return send(self, request if rewriter is None else rewritten(rewriter, request), **kwargs)

        return sent

    return around
