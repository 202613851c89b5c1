"""The sandbox in the place of the network: one httpx transport, for sync and async clients."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from krea_client.sandbox.byte_ranges import ranged
from krea_client.sandbox.fault_kinds import CLOSED, REFUSED, RESET, SILENT, UNCONNECTED, UNSENT, Passage
from krea_client.sandbox.fault_script import FaultScript
from krea_client.sandbox.http_messages import Request
from krea_client.sandbox.machine import IMAGES, RESULTS, Machine

FOR_EVER = 3600.0  # seconds that a client without time-outs waits for an answer that never comes

# By how an exchange ends: which time-out of httpx passes, and what is raised then.
_ENDS: dict[str, tuple[str, type[httpx.TransportError], str]] = {
    REFUSED: ("", httpx.ConnectError, "Connection refused"),
    UNCONNECTED: ("connect", httpx.ConnectTimeout, "timed out"),
    UNSENT: ("write", httpx.WriteTimeout, "timed out"),
    SILENT: ("read", httpx.ReadTimeout, "timed out"),
    RESET: ("", httpx.ReadError, "Connection reset by peer"),
    CLOSED: ("", httpx.RemoteProtocolError, "Server disconnected without sending a response."),
}


class _Pause(NamedTuple):
    """Seconds that pass before the next thing happens."""

    seconds: float


class SandboxTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers for the API's host and for the host of its results; any other raises httpx.ConnectError.

    Where the fault script says so, an answer does not come, or not whole; time-outs pass on the machine's clock.
    """

    def __init__(self, machine: Machine, faults: FaultScript | None = None) -> None:
        self._machine = machine
        self._faults = FaultScript() if faults is None else faults
        self._api = urlsplit(machine.document.server).netloc
        self._results = urlsplit(RESULTS).netloc

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request of a sync client."""
        self._admit(request)
        passage = self._passage(request, request.read())
        if passage.end and passage.upto is None:
            for pause in _broken_off(passage, request):
                self._machine.clock.sleep(pause.seconds)
        return _response(passage, request, _Stream(self._machine, passage, request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request of an async client."""
        self._admit(request)
        passage = self._passage(request, await request.aread())
        if passage.end and passage.upto is None:
            for pause in _broken_off(passage, request):
                await self._machine.clock.sleep_async(pause.seconds)
        return _response(passage, request, _Stream(self._machine, passage, request))

    def _admit(self, request: httpx.Request) -> None:
        host = request.url.netloc.decode()
        if host == self._api or (host == self._results and request.url.path.startswith(IMAGES)):
            return
        raise httpx.ConnectError(
            f"The sandbox stands for {self._api} and {self._results} only, and {host} was asked for.", request=request
        )

    def _passage(self, request: httpx.Request, body: bytes) -> Passage:
        read = Request(
            method=request.method,
            path=request.url.raw_path.partition(b"?")[0].decode("ascii"),
            query=request.url.query.decode("ascii"),
            headers={name.lower(): value for name, value in request.headers.items()},
            body=body,
            origin=f"{request.url.scheme}://{request.url.netloc.decode()}",
        )
        fault = self._faults.meet(read)
        if fault is None:
            return Passage(ranged(read, self._machine.answer(read)))
        return fault.play(read, lambda given: ranged(given, self._machine.answer(given)))


class _Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of an answer that drips, or breaks off."""

    def __init__(self, machine: Machine, passage: Passage, request: httpx.Request) -> None:
        self._machine, self._passage, self._request = machine, passage, request

    def __iter__(self) -> Iterator[bytes]:
        for step in _body(self._passage, self._request):
            if isinstance(step, _Pause):
                self._machine.clock.sleep(step.seconds)
            else:
                yield step

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for step in _body(self._passage, self._request):
            if isinstance(step, _Pause):
                await self._machine.clock.sleep_async(step.seconds)
            else:
                yield step


def _response(passage: Passage, request: httpx.Request, stream: _Stream) -> httpx.Response:
    made = passage.response
    if not passage.end and not passage.pause:
        return httpx.Response(made.status, headers=dict(made.headers), content=made.body, request=request)
    headers = dict(made.headers)
    if passage.length != -1:
        headers["content-length"] = str(len(made.body) if passage.length is None else passage.length)
    return httpx.Response(made.status, headers=headers, stream=stream, request=request)


def _body(passage: Passage, request: httpx.Request) -> Iterator[bytes | _Pause]:
    body = passage.response.body[: passage.upto]
    step = 1 if passage.pause else 64 << 10
    for start in range(0, len(body), step):
        if passage.pause:
            limit = _timeout(request, "read")
            yield _Pause(min(passage.pause, limit))
            if passage.pause > limit:
                raise httpx.ReadTimeout("timed out", request=request)
        yield body[start : start + step]
    # A body that was as long as its head said, or whose head said nothing, has not broken off for the client.
    stated = len(passage.response.body) if passage.length is None else passage.length
    if passage.end and stated > len(body):
        yield from _broken_off(passage, request)


def _broken_off(passage: Passage, request: httpx.Request) -> Iterator[_Pause]:
    phase, error, text = _ENDS[passage.end]
    if phase:
        yield _Pause(_timeout(request, phase))
    raise error(text, request=request)


def _timeout(request: httpx.Request, phase: str) -> float:
    seconds = request.extensions.get("timeout", {}).get(phase)
    return FOR_EVER if seconds is None else float(seconds)
