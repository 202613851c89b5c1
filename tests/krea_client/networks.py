"""The libraries that a client may send with: each has to keep the promises that are tested over sockets."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from krea_client import AsyncKrea, Krea
from krea_client.aiohttp_transport import AiohttpTransport


def aiohttp_transport(verify: ssl.SSLContext, *, trust_env: bool) -> AiohttpTransport:
    assert not trust_env
    return AiohttpTransport(verify=verify)


SYNC: dict[str, Callable[..., Any]] = {"httpx2": httpx2.HTTPTransport}
ASYNC: dict[str, Callable[..., Any]] = {"httpx2": httpx2.AsyncHTTPTransport, "aiohttp": aiohttp_transport}


def trusted_authorities() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE"))


@pytest.fixture(params=["httpx", "httpx2", "aiohttp"])
def network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give every client a transport of one library, where the test gives none; return the name of the library."""
    name = str(request.param)
    for kind, transports in ((Krea, SYNC), (AsyncKrea, ASYNC)):
        if name in transports:
            monkeypatch.setattr(kind, "__init__", _with_transport(kind.__init__, transports[name]))
    return name


def _with_transport(construct: Callable[..., None], make: Callable[..., Any]) -> Callable[..., None]:
    def constructed(self: Any, *args: Any, **options: Any) -> None:
        own_network = any(options.get(name) is not None for name in ("transport", "proxy", "verify", "cert"))
        if not own_network:
            options["transport"] = make(verify=trusted_authorities(), trust_env=False)
        construct(self, *args, **options)

    return constructed
