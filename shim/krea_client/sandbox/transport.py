"""The sandbox in the place of the network: one httpx transport, for sync and async clients."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx

from .machine import IMAGES, RESULTS, Machine
from .messages import Request


class SandboxTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers for the API's host and for the host of its results; any other raises httpx.ConnectError."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._api = urlsplit(machine.document.server).netloc
        self._results = urlsplit(RESULTS).netloc

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request of a sync client."""
        self._admit(request)
        return self._answer(request, request.read())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request of an async client."""
        self._admit(request)
        return self._answer(request, await request.aread())

    def _admit(self, request: httpx.Request) -> None:
        host = request.url.netloc.decode()
        if host == self._api or (host == self._results and request.url.path.startswith(IMAGES)):
            return
        raise httpx.ConnectError(
            f"The sandbox stands for {self._api} and {self._results} only, and {host} was asked for.", request=request
        )

    def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        made = self._machine.answer(
            Request(
                method=request.method,
                path=request.url.raw_path.partition(b"?")[0].decode("ascii"),
                query=request.url.query.decode("ascii"),
                headers={name.lower(): value for name, value in request.headers.items()},
                body=body,
                origin=f"{request.url.scheme}://{request.url.netloc.decode()}",
            )
        )
        return httpx.Response(made.status, headers=dict(made.headers), content=made.body, request=request)
