"""Fetches the document that the API publishes: without a token, from its own host alone, no more than it may have."""

from __future__ import annotations

import time
from typing import NamedTuple

from krea_client._spec.document_source import MOST_BYTES, UnusableDocument
from krea_client._spec.untrusted_schemas import one_line
from krea_client._transport.document_cache import FetchState
from krea_client._transport.http import user_agent
from krea_client._transport.http_library import httpx
from krea_client._transport.response_limits import RedactedURL
from krea_client._transport.routing import NetworkOptions, RoutedTransport

PATH = "/openapi.json"
_OK, _NOT_MODIFIED = 200, 304
_PIECE = 65_536
_UNREACHABLE = (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError)


class FetchedDocument(NamedTuple):
    """What the host gave: the content, or None where the stored one is still right."""

    content: bytes | None
    etag: str | None = None
    modified: str | None = None


def late(seconds: float) -> UnusableDocument:
    """Return the error for a document that took too long."""
    return UnusableDocument(f"it did not come within {seconds:g} s")


def fetched(base_url: str, network: NetworkOptions | None, state: FetchState, seconds: float) -> FetchedDocument:
    """Fetch the document: without a token, from this host alone, no more than it may have.

    Raises:
        UnusableDocument: it did not come.
    """
    url = RedactedURL(f"{base_url}{PATH}")
    headers = {"User-Agent": user_agent(), "Accept": "application/json", "Accept-Encoding": "identity"}
    validators = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    headers |= {name: value for name, value in validators.items() if value}
    end = time.monotonic() + seconds
    try:
        with (
            httpx.Client(
                transport=RoutedTransport(url, network or NetworkOptions()), timeout=seconds, trust_env=False
            ) as client,
            client.stream("GET", url, headers=headers) as response,
        ):
            if response.status_code == _NOT_MODIFIED and state.document:
                return FetchedDocument(None)
            if response.status_code != _OK:
                raise UnusableDocument(f"{url} answered with status {response.status_code}")
            content = bytearray()
            for piece in response.iter_bytes(_PIECE):
                content += piece
                if len(content) > MOST_BYTES:
                    raise UnusableDocument(f"it has more than {MOST_BYTES // 2**20} MB")
                if time.monotonic() > end:
                    raise late(seconds)
            validators_of_answer = (response.headers.get("etag"), response.headers.get("last-modified"))
            return FetchedDocument(bytes(content), *validators_of_answer)
    except UnusableDocument:
        raise
    except httpx.TimeoutException:
        raise late(seconds) from None
    except _UNREACHABLE as fault:
        raise UnusableDocument(f"{url} was not reached: {one_line(str(fault) or type(fault).__name__, 120)}") from None
