"""What pytest-recording may write down of calls to the API: no token, no cookies, no signatures of result addresses.

Calls of other programs to other hosts are not touched. Nothing of vcrpy is imported: its requests and responses come as arguments.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

API_HOSTS = ("api.krea.ai",)
# The address of a webhook may hold a secret of its receiver.
SECRET_HEADERS = frozenset({"authorization", "cookie", "set-cookie", "proxy-authorization", "x-webhook-url"})
_OWN_AGENT = "krea-client/"
_SIGNED = re.compile(r"(https?://[^\s\"\\?<>]+)\?[^\s\"\\<>]*")


class CassetteFilter:
    """The two hooks of vcrpy, with what has to be remembered between them.

    Args:
        base_url: returns another address of the API, such as that of a proxy or sandbox, or None.
    """

    def __init__(self, base_url: Callable[[], str | None] = lambda: os.environ.get("KREA_BASE_URL")) -> None:
        self._base_url = base_url
        self._results: set[str] = set()
        self._tokens: set[str] = set()

    def request(self, request: Any) -> Any:
        """Return a request as the cassette may have it; also asked for the comparison when it is replayed."""
        address = request.uri.partition("?")[0]
        if self._is_api(request.uri) or _is_own(request.headers):
            self._remember_token(request.headers)
            request.headers = {
                name: value for name, value in request.headers.items() if name.lower() not in SECRET_HEADERS
            }
        elif address in self._results:
            request.uri = address
        return request

    def response(self, response: dict[str, Any]) -> dict[str, Any]:
        """Return a response as the cassette may have it. Only text of the API is changed, never media."""
        body: bytes = response["body"].get("string") or b""
        headers = {name: values for name, values in response["headers"].items() if name.lower() not in SECRET_HEADERS}
        if not body.lstrip().startswith((b"{", b"[")):
            return {**response, "headers": headers}
        text = body.decode("utf-8", "surrogateescape")
        for token in self._tokens:
            text = text.replace(token, "[token]")
        text = _SIGNED.sub(self._unsigned, text)
        return {**response, "headers": headers, "body": {"string": text.encode("utf-8", "surrogateescape")}}

    def _is_api(self, uri: str) -> bool:
        host = urlsplit(uri).netloc
        return host in API_HOSTS or host == urlsplit(self._base_url() or "").netloc

    def _remember_token(self, headers: Any) -> None:
        for name, value in headers.items():
            if name.lower() == "authorization":
                self._tokens.add(_text(value).rpartition(" ")[2])

    def _unsigned(self, address: re.Match[str]) -> str:
        self._results.add(address[1])
        return address[1]


def _is_own(headers: Any) -> bool:
    """Return whether krea-client sent a request with the token, to an API at whatever address."""
    values = {name.lower(): _text(value) for name, value in headers.items()}
    return "authorization" in values and values.get("user-agent", "").startswith(_OWN_AGENT)


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
