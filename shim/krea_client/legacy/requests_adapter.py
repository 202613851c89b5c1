"""requests: an adapter around any adapter, and what `install` puts into its sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from krea_client.legacy.adapter_options import AdapterOptions, build_rewriter
from krea_client.legacy.prepared_requests import put_document, rewritten


class RequestsAdapter(BaseAdapter):
    """Sends the requests of a session under the names that the API accepts: `session.mount("https://", legacy.RequestsAdapter())`.

    Args:
        inner: the adapter that does the sending; `HTTPAdapter()` where None. Give one to keep its retries and pools.
        options: as in `AdapterOptions`.
    """

    def __init__(self, inner: BaseAdapter | None = None, **options: Unpack[AdapterOptions]) -> None:
        super().__init__()
        self._inner = inner or HTTPAdapter()
        self._rewriter = build_rewriter(options)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send one request."""
        changed: Any = rewritten(self._rewriter, request)
        own_proxies = dict(proxies) if proxies is not None else None
        response = self._inner.send(changed, stream, timeout, verify, cert, own_proxies)
        if self._rewriter.reads_document(request.method, request.url or ""):
            put_document(self._rewriter, response)
        return response

    def close(self) -> None:
        """Close the inner adapter."""
        self._inner.close()
