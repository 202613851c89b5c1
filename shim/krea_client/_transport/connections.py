"""Rules for kept connections: none with bytes that nobody asked for, and none of another process.

They hold for the transports of httpx, also those that a caller passes or wraps: their pool is httpcore's. A transport of another kind
keeps its own connections; it is refused in a forked process once it has been used in the parent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

# Connections of the parent in a forked process: kept for ever, since closing one would end the parent's TLS session.
_inherited: list[object] = []


def drop_unread_bytes(pool: Any) -> None:
    """Have a connection pool of httpcore close every idle connection that has more bytes than were asked for."""
    create: Callable[[object], object] = pool.create_connection

    def create_guarded(origin: object) -> object:
        connection: Any = create(origin)
        connection.has_expired = _guarded(connection, connection.has_expired)
        return connection

    pool.create_connection = create_guarded


def _guarded(connection: object, has_expired: Callable[[], bool]) -> Callable[[], bool]:
    # The pool asks this before it uses an idle connection again. Itself it only looks for unread bytes in the socket.
    return lambda: has_expired() or _has_unread_bytes(connection)


def _has_unread_bytes(connection: object) -> bool:
    """Return True when more than one response was read from the socket: the next request would get the rest as its own."""
    http11: Any = connection
    for _ in range(4):  # a connection through a proxy wraps another one
        if hasattr(http11, "_h11_state"):
            break
        http11 = getattr(http11, "_connection", None)
    else:
        return False
    if not http11.is_idle():
        return False
    unparsed, _ = http11._h11_state.trailing_data  # noqa: SLF001  # the only place that holds them
    return bool(unparsed) or _has_unread_tls_bytes(http11._network_stream)  # noqa: SLF001  # see the line above


def _has_unread_tls_bytes(stream: Any) -> bool:
    tls: Any = stream.get_extra_info("ssl_object")
    if tls is None:
        return False
    inner: Any = getattr(stream, "_inner", stream)
    encrypted = getattr(getattr(inner, "_stream", None), "_read_bio", None)  # of anyio: read, and not decrypted yet
    return bool(tls.pending() or getattr(encrypted, "pending", 0))


def inherit(client: httpx.Client | httpx.AsyncClient) -> None:
    """Keep a client of the parent process, unused and unclosed."""
    _inherited.append(client)


def renew_after_fork(transport: object, depth: int = 3) -> bool:
    """Prepare a caller's transport, used before a fork, for use in the child; return False where that is impossible."""
    in_memory = isinstance(transport, (httpx.MockTransport, httpx.WSGITransport, httpx.ASGITransport))
    if in_memory or getattr(transport, "survives_fork", False):
        return True
    pool: Any = getattr(transport, "_pool", None)
    if all(hasattr(pool, name) for name in ("_connections", "_requests", "_optional_thread_lock")):
        _empty(pool)
        return True
    inner = [
        part for part in vars(transport).values() if isinstance(part, (httpx.BaseTransport, httpx.AsyncBaseTransport))
    ]
    renewed = [depth > 0 and renew_after_fork(part, depth - 1) for part in inner]
    return bool(renewed) and all(renewed)


def _empty(pool: Any) -> None:
    # httpcore has no way to forget connections without closing them.
    _inherited.append(list(pool._connections))  # noqa: SLF001  # see the comment above
    pool._connections.clear()  # noqa: SLF001  # see the comment above
    pool._requests.clear()  # noqa: SLF001  # see the comment above
    pool._optional_thread_lock = type(pool._optional_thread_lock)()  # noqa: SLF001  # a thread of the parent may hold it
