"""The sandbox in the place of the network: one transport, for sync and async clients of httpx and httpx2."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from krea_client._transport.http_library import bridged, bridged_async, httpx
from krea_client.sandbox.byte_ranges import ranged
from krea_client.sandbox.fault_kinds import CLOSED, REFUSED, RESET, SILENT, UNCONNECTED, UNSENT, Transmission
from krea_client.sandbox.fault_script import FaultScript
from krea_client.sandbox.http_messages import Request
from krea_client.sandbox.machine import IMAGES, RESULTS, Machine

FOR_EVER = 3600.0  # seconds that a client without time-outs waits for an answer that never comes

# By the end of an exchange: which of httpx's time-outs passes, and what is raised then.
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

    survives_fork = True  # it holds no connection; a forked process has a copy of the sandbox

    def __init__(self, machine: Machine, faults: FaultScript | None = None) -> None:
        self._machine = machine
        self._faults = FaultScript() if faults is None else faults
        self._api = urlsplit(machine.document.server).netloc
        self._results = urlsplit(RESULTS).netloc

    def handle_request(self, request: Any) -> Any:
        """Answer one request of a sync client, of httpx or httpx2."""
        return bridged(self._handle, request, httpx)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self._admit(request)
        sandbox_request = _request(request, request.read())
        half_delay = self._machine.half_delay(sandbox_request)
        if half_delay:
            self._machine.clock.sleep(half_delay)
        passage = self._passage(sandbox_request)
        if half_delay:
            self._machine.clock.sleep(half_delay)
        if passage.end and passage.upto is None:
            for pause in _broken_off(passage, request):
                self._machine.clock.sleep(pause.seconds)
        return _response(passage, request, _Stream(self._machine, passage, request))

    async def handle_async_request(self, request: Any) -> Any:
        """Answer one request of an async client, of httpx or httpx2."""
        return await bridged_async(self._handle_async, request, httpx)

    async def _handle_async(self, request: httpx.Request) -> httpx.Response:
        self._admit(request)
        sandbox_request = _request(request, await request.aread())
        half_delay = self._machine.half_delay(sandbox_request)
        if half_delay:
            await self._machine.clock.sleep_async(half_delay)
        passage = self._passage(sandbox_request)
        if half_delay:
            await self._machine.clock.sleep_async(half_delay)
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

    def _passage(self, sandbox_request: Request) -> Transmission:
        fault = self._faults.meet(sandbox_request)
        if fault is None:
            return Transmission(ranged(sandbox_request, self._machine.answer(sandbox_request)))
        return fault.play(
            sandbox_request, lambda ranged_request: ranged(ranged_request, self._machine.answer(ranged_request))
        )


def _request(request: httpx.Request, body: bytes) -> Request:
    return Request(
        method=request.method,
        path=request.url.raw_path.partition(b"?")[0].decode("ascii"),
        query=request.url.query.decode("ascii"),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
        origin=f"{request.url.scheme}://{request.url.netloc.decode()}",
    )


class _Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of an answer that drips, or breaks off."""

    def __init__(self, machine: Machine, passage: Transmission, request: httpx.Request) -> None:
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


def _response(passage: Transmission, request: httpx.Request, stream: _Stream) -> httpx.Response:
    answer = passage.response
    if not passage.end and not passage.pause:
        return httpx.Response(answer.status, headers=dict(answer.headers), content=answer.body, request=request)
    headers = dict(answer.headers)
    if passage.length != -1:
        headers["content-length"] = str(len(answer.body) if passage.length is None else passage.length)
    return httpx.Response(answer.status, headers=headers, stream=stream, request=request)


def _body(passage: Transmission, request: httpx.Request) -> Iterator[bytes | _Pause]:
    body = passage.response.body[: passage.upto]
    step = 1 if passage.pause else 64 << 10
    for start in range(0, len(body), step):
        if passage.pause:
            limit = _timeout(request, "read")
            yield _Pause(min(passage.pause, limit))
            if passage.pause > limit:
                raise httpx.ReadTimeout("timed out", request=request)
        yield body[start : start + step]
    # To the client, a body of the announced length, or without an announced length, is complete.
    announced = len(passage.response.body) if passage.length is None else passage.length
    if passage.end and announced > len(body):
        yield from _broken_off(passage, request)


def _broken_off(passage: Transmission, request: httpx.Request) -> Iterator[_Pause]:
    phase, error, text = _ENDS[passage.end]
    if phase:
        yield _Pause(_timeout(request, phase))
    raise error(text, request=request)


def _timeout(request: httpx.Request, phase: str) -> float:
    seconds = request.extensions.get("timeout", {}).get(phase)
    return FOR_EVER if seconds is None else float(seconds)
