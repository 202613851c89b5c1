"""A transport between a client and the sandbox: it remembers what passes, and may interfere with it."""

from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

import httpx

Forward = Callable[[], httpx.Response]
Act = Callable[[httpx.Request, Forward], httpx.Response]


class Between(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Passes on to another transport; `on` puts acts in the way of the next requests of a method."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self._acts: dict[str, deque[Act]] = defaultdict(deque)
        self._always: dict[str, Act] = {}
        self.seen: list[httpx.Request] = []
        self.statuses: list[int] = []
        self.closed = 0

    def on(self, method: str, *acts: Act) -> None:
        """Put these acts in the way of the next requests of this method, one each."""
        self._acts[method].extend(acts)

    def always(self, method: str, act: Act) -> None:
        """Put this act in the way of every request of this method that meets no other."""
        self._always[method] = act

    def count(self, method: str) -> int:
        return sum(request.method == method for request in self.seen)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self._passed(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return self._passed(request)

    def _passed(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        waiting = self._acts[request.method]
        act = waiting.popleft() if waiting else self._always.get(request.method, _untouched)
        response = act(request, lambda: self._inner.handle_request(request))
        self.statuses.append(response.status_code)
        return response

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


def _untouched(_: httpx.Request, forward: Forward) -> httpx.Response:
    return forward()


def fail_after_sending(fault: type[httpx.TransportError]) -> Act:
    """Return an act: the request gets there and is worked on; the answer does not come back."""

    def act(request: httpx.Request, forward: Forward) -> httpx.Response:
        forward()
        raise fault("the answer was lost", request=request)

    return act


def by_path(acts: dict[str, Act]) -> Act:
    """Return an act that is another for each path: requests sent at the same time arrive in any order."""

    def act(request: httpx.Request, forward: Forward) -> httpx.Response:
        return acts[request.url.path](request, forward)

    return act


def stopped(fault: type[BaseException], *args: Any) -> Act:
    """Return an act: the request never gets there."""

    def act(_: httpx.Request, __: Forward) -> httpx.Response:
        raise fault(*args)

    return act


def garbled(status: int, body: bytes, **headers: str) -> Act:
    """Return an act: the request gets there and is worked on; another answer comes back."""

    def act(_: httpx.Request, forward: Forward) -> httpx.Response:
        forward()
        return _response(status, body, headers)

    return act


def answered(status: int, body: bytes = b"", **headers: str) -> Act:
    """Return an act: somebody before the API answers in its place."""

    def act(_: httpx.Request, __: Forward) -> httpx.Response:
        return _response(status, body, headers)

    return act


def adding(**headers: str) -> Act:
    """Return the API's own answer, with more headers."""

    def act(_: httpx.Request, forward: Forward) -> httpx.Response:
        response = forward()
        response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
        return response

    return act


def _response(status: int, body: bytes, headers: dict[str, str]) -> httpx.Response:
    return httpx.Response(status, content=body, headers={n.replace("_", "-"): v for n, v in headers.items()})
