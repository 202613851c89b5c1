"""Rules for kept connections: none with bytes that nobody asked for, none of another process, and for a POST mostly a new one.

They hold for the transports of httpx and httpx2, also those that a caller passes or wraps: their pool is httpcore's. A transport of another
kind keeps its own connections; it is refused in a forked process once it has been used in the parent.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from typing import Any

from krea_client._transport.exchange import current_exchange
from krea_client._transport.http_library import httpx, library_of

FIRST_POSTS = 10  # of a pool, each on a connection of its own
_CLOSING_BYTES = 31  # of the message that closes a TLS connection, at most
# Connections of the parent in a forked process: kept for ever, since closing one would end the parent's TLS session.
_inherited: list[object] = []


class PostRule:
    """Whether a POST needs a connection that has carried nothing, for the connections of one pool.

    Bytes that arrive after a request was sent cannot be told from its response, so the response to a POST is certain only on a
    new connection. Each one costs a handshake. A server that sent nothing unasked after `FIRST_POSTS` of them is trusted with
    kept connections, and for ever distrusted as soon as it does.
    """

    def __init__(self) -> None:
        self._posts = 0
        self._is_distrusted = False

    def needs_new_connection(self) -> bool:
        """Return True when the exchange under way is a POST that must not follow another request."""
        if self._posts >= FIRST_POSTS and not self._is_distrusted:
            return False
        exchange = current_exchange()
        return exchange is not None and exchange.is_post

    def count_post(self) -> None:
        """Take note that a POST goes out."""
        self._posts += 1

    def distrust(self) -> None:
        """Take note of bytes that nobody asked for."""
        self._is_distrusted = True


def guard_connections(pool: Any) -> PostRule:
    """Have a connection pool of httpcore use no connection that may hold bytes that nobody asked for; return its rule for POSTs.

    HTTP/2 numbers its responses, so its connections are shared by all requests of an event loop. Threads do not share them: the library
    gives two threads the same stream, and the error of one breaks the connection of all (encode/httpx#3072).
    """
    rule = PostRule()
    create: Callable[[object], object] = pool.create_connection
    is_shared_by_threads = pool._http2 and hasattr(pool, "handle_request")  # noqa: SLF001  # known to nobody else

    def create_guarded(origin: object) -> object:
        connection: Any = create(origin)
        connection.has_expired = _expiry_guard(pool, connection, connection.has_expired, rule)
        connection.is_available = _post_guard(connection, connection.is_available, rule)
        if is_shared_by_threads:
            connection.is_available = _one_at_a_time(pool, connection, connection.is_available)
        return connection

    pool.create_connection = create_guarded
    return rule


def _expiry_guard(pool: Any, connection: object, has_expired: Callable[[], bool], rule: PostRule) -> Callable[[], bool]:
    # The pool asks this before it uses an idle connection again. Itself it only looks for unread bytes in the socket.
    def is_unusable() -> bool:
        http11 = _idle_http11(connection)
        stream = None if http11 is None else http11._network_stream  # noqa: SLF001  # the only place that holds it
        has_bytes = stream is not None and (_has_unparsed_bytes(http11) or has_received_bytes(stream))
        if not has_bytes and not has_expired():
            return False
        if http11 is not None and _is_assigned(pool, connection):
            return False
        if has_bytes or (stream is not None and are_in_the_socket(stream)):
            rule.distrust()
        return True

    return is_unusable


def _post_guard(connection: object, is_available: Callable[[], bool], rule: PostRule) -> Callable[[], bool]:
    # An idle connection has carried a request.
    return lambda: is_available() and (not rule.needs_new_connection() or _idle_http11(connection) is None)


def _one_at_a_time(pool: Any, connection: object, is_available: Callable[[], bool]) -> Callable[[], bool]:
    return lambda: is_available() and not _is_assigned(pool, connection)


def _is_assigned(pool: Any, connection: object) -> bool:
    """Return True for a connection that a request is going to use, uses, or has just used.

    httpcore calls it idle until the request's own thread begins. To close it then would break that request, and its response
    would be taken for bytes that nobody asked for.
    """
    # Requests of the pool are listed until their responses are closed.
    return any(request.connection is connection for request in pool._requests)  # noqa: SLF001  # the only list


def _idle_http11(connection: object) -> Any:
    """Return the idle HTTP/1.1 connection inside of a pool's connection; None where there is none."""
    http11: Any = connection
    for _ in range(4):  # a connection through a proxy wraps another one
        if hasattr(http11, "_h11_state"):
            return http11 if http11.is_idle() else None
        http11 = getattr(http11, "_connection", None)
    return None


def _has_unparsed_bytes(http11: Any) -> bool:
    """Return True when more than one response was read: the next request would get the rest as its own."""
    unparsed, _ = http11._h11_state.trailing_data  # noqa: SLF001  # the only place that holds them
    return bool(unparsed)


def has_received_bytes(stream: Any) -> bool:
    """Return True when bytes were read from the socket of a connection that no response was made of."""
    anyio_stream: Any = getattr(getattr(stream, "_inner", stream), "_stream", None)
    tls: Any = stream.get_extra_info("ssl_object")
    if tls is None and anyio_stream is None:  # a socket, of which nothing is read ahead
        return False
    if tls is not None and (tls.pending() or getattr(getattr(anyio_stream, "_read_bio", None), "pending", 0)):
        return True
    carrier = getattr(anyio_stream, "transport_stream", anyio_stream)  # below TLS
    return bool(getattr(getattr(carrier, "_protocol", None), "read_queue", None))


def are_in_the_socket(stream: Any) -> bool:
    """Return True when the other side has sent more than the end of the connection."""
    try:
        with socket.socket(fileno=os.dup(stream.get_extra_info("socket").fileno())) as same:
            waiting = same.recv(64, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except (OSError, AttributeError, ValueError):  # it is closed, or this system has no such look
        return False
    return len(waiting) > (0 if stream.get_extra_info("ssl_object") is None else _CLOSING_BYTES)


def inherit(client: httpx.Client | httpx.AsyncClient) -> None:
    """Keep a client of the parent process, unused and unclosed."""
    keep_for_ever(client)


def keep_for_ever(connections: object) -> None:
    """Keep what holds connections of the parent process, unused and unclosed."""
    _inherited.append(connections)


def renew_after_fork(transport: object, depth: int = 3) -> bool:
    """Prepare a caller's transport, used before a fork, for use in the child; return False where that is impossible."""
    if _is_in_memory(transport) or getattr(transport, "survives_fork", False):
        return True
    pool: Any = getattr(transport, "_pool", None)
    if all(hasattr(pool, name) for name in ("_connections", "_requests", "_optional_thread_lock")):
        _empty(pool)
        return True
    renewed = [depth > 0 and renew_after_fork(part, depth - 1) for part in inner_transports(transport)]
    return bool(renewed) and all(renewed)


def inner_transports(transport: object) -> list[object]:
    """Return the transports, of httpx or httpx2, that a transport wraps."""
    return [part for part in getattr(transport, "__dict__", {}).values() if _is_transport(part)]


def _is_transport(value: object) -> bool:
    library = library_of(value)
    return library is not None and isinstance(value, (library.BaseTransport, library.AsyncBaseTransport))


def _is_in_memory(transport: object) -> bool:
    library = library_of(transport)
    kinds = ("MockTransport", "WSGITransport", "ASGITransport")
    return library is not None and isinstance(transport, tuple(getattr(library, kind) for kind in kinds))


def _empty(pool: Any) -> None:
    # httpcore has no way to forget connections without closing them.
    _inherited.append(list(pool._connections))  # noqa: SLF001  # see the comment above
    pool._connections.clear()  # noqa: SLF001  # see the comment above
    pool._requests.clear()  # noqa: SLF001  # see the comment above
    pool._optional_thread_lock = type(pool._optional_thread_lock)()  # noqa: SLF001  # a thread of the parent may hold it
