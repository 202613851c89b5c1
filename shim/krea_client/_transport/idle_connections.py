"""Calls on idle connections of a pool, which they find and use with fewer steps than the pool.

A pool of httpcore compares all of its idle connections with each other before and after each request. The first POSTs of a client leave
ten of them (decision 92), which cost a fifth of each call. Here one pass looks at each of them once, and asks the system about all of
their sockets together. Whatever is not plain is left to the pool: requests that wait, new connections, and those that have ended, are
too old or have received bytes.
"""

from __future__ import annotations

import select
import sys
import time
from typing import Any

from krea_client._transport.exchange import TimedExchange
from krea_client._transport.plain_messages import PlainRequest, PlainResponse, Receive

_PORTS = {b"http": 80, b"https": 443}
_USED_OF_A_POOL = (
    "_optional_thread_lock",
    "_connections",
    "_requests",
    "_max_keepalive_connections",
    "_assign_requests_to_connections",
    "_close_connections",
)


class IdleConnections:
    """The idle connections of one sync pool.

    Args:
        pool: of httpcore or httpcore2; it keeps this package's rules for connections.
    """

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._unavailable: type[Exception] = _module_of(pool).ConnectionNotAvailable
        self._watch = _Watch()

    @staticmethod
    def are_in(pool: Any) -> bool:
        """Return True for a sync pool of HTTP/1.1 made like those of httpcore 1.0.9, where one poll can ask about many sockets."""
        is_as_known = hasattr(pool, "handle_request") and all(hasattr(pool, name) for name in _USED_OF_A_POOL)
        return is_as_known and not pool._http2 and hasattr(select, "poll")  # noqa: SLF001  # known to nobody else

    def send(self, request: PlainRequest, exchange: TimedExchange, receive: Receive) -> PlainResponse | None:
        """Send a request and return its response; None, and nothing was sent, where the pool has to send it.

        Raises:
            Exception: those of the pool.
        """
        http11 = self._take(request)
        if http11 is None:
            return None
        exchange.watch_writes(before_body=False)
        try:
            messages = _Messages(http11)
            messages.send(request)
            return messages.receive(request, receive)
        except self._unavailable:  # bytes have come in the meantime
            return None
        finally:
            self._give_back(http11)

    def _take(self, request: PlainRequest) -> Any:
        """Return an HTTP/1.1 connection of httpcore that nobody else uses from now on; None where the pool has to decide."""
        pool = self._pool
        with pool._optional_thread_lock:  # noqa: SLF001  # httpcore's pools have no public way to their connections
            connections: list[Any] = pool._connections  # noqa: SLF001  # see above
            waits = any(waiting.is_queued() for waiting in pool._requests)  # noqa: SLF001  # see above
            if waits or len(connections) > pool._max_keepalive_connections:  # noqa: SLF001  # see above
                return None
            if self._watch.size > len(connections):  # the pool has closed some
                self._watch = _Watch()
            if not self._watch.is_quiet(connections):
                self._watch = _Watch()
                return None
            for connection in connections:
                if connection.is_available() and _leads_to(connection, request) and _begin(connection._connection):  # noqa: SLF001  # see above
                    return connection._connection  # noqa: SLF001  # see above
        return None

    def _give_back(self, http11: Any) -> None:
        http11._response_closed()  # noqa: SLF001  # see above; it closes a connection that cannot be used again
        pool = self._pool
        if pool._requests or not http11.is_idle():  # noqa: SLF001  # see above
            with pool._optional_thread_lock:  # noqa: SLF001  # see above
                closing = pool._assign_requests_to_connections()  # noqa: SLF001  # see above
            pool._close_connections(closing)  # noqa: SLF001  # see above


class _Watch:
    """What is known of idle connections: that nothing was left in them, so that bytes can only come by their sockets."""

    def __init__(self) -> None:
        self._quiet: dict[Any, int] = {}  # with their numbers of requests
        self._by_socket: dict[int, Any] = {}
        self._poll = select.poll()

    @property
    def size(self) -> int:
        """How many connections are known."""
        return len(self._quiet)

    def is_quiet(self, connections: list[Any]) -> bool:
        """Return True when none has ended, is too old, or has received bytes while it was idle."""
        now = time.monotonic()
        for connection in connections:
            http11 = connection._connection  # noqa: SLF001  # see above
            if http11 is None:  # it is being opened
                continue
            if http11.is_idle():
                if self._quiet.get(connection) != http11._request_count:  # noqa: SLF001  # see above
                    if connection.has_expired() or not self._add(connection, http11):
                        return False
                elif (until := http11._expire_at) is not None and now > until:  # noqa: SLF001  # see above; another thread may set it to None
                    return False
            elif http11.is_closed():
                return False
        return not any(self._by_socket[number]._connection.is_idle() for number, _ in self._poll.poll(0))  # noqa: SLF001  # see above

    def _add(self, connection: Any, http11: Any) -> bool:
        """Watch a connection; return False when another thread has closed it since it was seen idle."""
        number = http11._network_stream.get_extra_info("socket").fileno()  # noqa: SLF001  # see above
        if number < 0:
            return False
        self._by_socket[number] = connection
        self._poll.register(number, select.POLLIN)
        self._quiet[connection] = http11._request_count  # noqa: SLF001  # see above; the last step, since an interrupt may come between any two
        return True


def _leads_to(connection: Any, request: PlainRequest) -> bool:
    origin = connection._origin  # noqa: SLF001  # as an argument of `can_handle_request`, one would have to be made
    port = request.port or _PORTS[request.scheme]
    return bool(origin.host == request.host and origin.port == port and origin.scheme == request.scheme)


def _begin(http11: Any) -> bool:
    """Take a connection out of those that are idle, as httpcore does at the beginning of a request."""
    with http11._state_lock:  # noqa: SLF001  # see above
        if not http11.is_idle():
            return False
        http11._request_count += 1  # noqa: SLF001  # see above
        http11._state = http11._state.__class__.ACTIVE  # noqa: SLF001  # see above
        http11._expire_at = None  # noqa: SLF001  # see above
    return True


class _Messages:
    """A request and its response on a connection of HTTP/1.1, written and parsed by h11 as httpcore has it do.

    Args:
        http11: the connection.
    """

    def __init__(self, http11: Any) -> None:
        self._state: Any = http11._h11_state  # noqa: SLF001  # the parser, which knows what was sent and received
        self._stream: Any = http11._network_stream  # noqa: SLF001  # the only place that holds it
        self._read_size: int = http11.READ_NUM_BYTES
        self._core: Any = _module_of(http11)
        self._h11: Any = _module_of(self._state)

    def send(self, request: PlainRequest) -> None:
        """Send the request, head and body in one write."""
        h11, state = self._h11, self._state
        try:
            data = state.send(h11.Request(method=request.method, target=request.target, headers=request.headers))
            if request.body:
                data += state.send(h11.Data(data=request.body))
        except h11.LocalProtocolError as error:
            raise self._core.LocalProtocolError(error) from error
        try:
            self._stream.write(data, request.timeouts["write"])
        except self._core.WriteError:
            return  # the server may have answered; the connection is not used again, since the request has no end
        state.send(h11.EndOfMessage())

    def receive(self, request: PlainRequest, receive: Receive) -> PlainResponse:
        """Return the response."""
        h11, timeout = self._h11, request.timeouts["read"]
        while type(head := self._next_event(timeout)) is not h11.Response:
            pass  # an informational response comes before
        headers = head.headers.raw_items()
        buffer = receive(head.status_code, headers)
        while type(event := self._next_event(timeout)) is not h11.EndOfMessage:
            buffer.take(bytes(event.data))
        return PlainResponse(head.status_code, headers, buffer.finish())

    def _next_event(self, timeout: float | None) -> Any:
        h11, state = self._h11, self._state
        try:
            while (event := state.next_event()) is h11.NEED_DATA:
                data = self._stream.read(self._read_size, timeout)
                if not data and state.their_state == h11.SEND_RESPONSE:
                    raise self._core.RemoteProtocolError("Server disconnected without sending a response.")
                state.receive_data(data)
        except h11.RemoteProtocolError as error:
            raise self._core.RemoteProtocolError(error) from error
        return event


def _module_of(value: object) -> Any:
    return sys.modules[type(value).__module__.partition(".")[0]]
