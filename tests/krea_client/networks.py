"""The libraries that a client may send with: each has to keep the promises that are tested over sockets."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest

from krea_client import AsyncKrea, Krea

Maker = Callable[[], Any]


def trusted_authorities() -> ssl.SSLContext:
    """Return the authorities of the environment; reading a usual file of them takes 17 ms of CPU, longer than most tests."""
    path = os.environ.get("SSL_CERT_FILE")
    file = os.stat(path) if path else None  # noqa: PTH116  # the variable is a text
    return _authorities(path, file and (file.st_mtime_ns, file.st_size))


@lru_cache(8)
def _authorities(path: str | None, _version: tuple[int, int] | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=path)


def makers(library: str) -> dict[type, Maker]:
    """Return what makes the transports of a library, by the kind of client."""
    if library == "httpx":
        return {}  # the client's own
    if library == "httpx2":
        httpx2 = pytest.importorskip("httpx2")
        return {
            Krea: lambda: httpx2.HTTPTransport(verify=trusted_authorities(), trust_env=False),
            AsyncKrea: lambda: httpx2.AsyncHTTPTransport(verify=trusted_authorities(), trust_env=False),
        }
    pytest.importorskip("aiohttp")
    from krea_client.aiohttp_transport import AiohttpTransport

    return {AsyncKrea: lambda: AiohttpTransport(verify=trusted_authorities())}


@pytest.fixture(params=["httpx", "httpx2", "aiohttp"])
def network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give every client a transport of one library, where the test gives none; return the name of the library."""
    name = str(request.param)
    for kind, make in makers(name).items():
        monkeypatch.setattr(kind, "__init__", _with_transport(vars(kind)["__init__"], make))
    return name


def _with_transport(construct: Callable[..., None], make: Maker) -> Callable[..., None]:
    def constructed(self: Any, *args: Any, **options: Any) -> None:
        own_network = any(options.get(name) is not None for name in ("transport", "proxy", "verify", "cert"))
        construct(self, *args, **(options if own_network else {**options, "transport": make()}))

    return constructed
