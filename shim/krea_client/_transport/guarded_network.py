"""Connections that keep the deadline of the exchange that uses them, and pools that drop idle connections early."""

from __future__ import annotations

import select
import sys
from collections.abc import Callable, Iterable
from typing import Any
from weakref import ref

from krea_client._transport.async_library import remember_missing_sniffio
from krea_client._transport.connections import PostRule, guard_connections, has_received_bytes, inner_transports
from krea_client._transport.exchange import TimedExchange, count_write, current_exchange, time_left, uploads

_CORES = ("httpcore", "httpcore2")  # below httpx and httpx2, with the same classes
LARGE_READ = 256 << 10  # bytes that are asked for once the other side has sent as many as httpcore asks for
PIECE = 16 << 10  # bytes of a file that are written at once; each that goes out is progress


def _pieces(buffer: bytes) -> Iterable[bytes]:
    if not buffer:  # the end of a message
        return ()
    return (buffer,) if len(buffer) <= PIECE else (buffer[at : at + PIECE] for at in range(0, len(buffer), PIECE))


def unsent_bytes(stream: Any) -> int:
    """Return how many bytes of an upload the system has taken and not sent yet; 0 where it does not tell."""
    if not uploads():
        return 0
    try:
        import fcntl
        import termios

        answer = fcntl.ioctl(stream.get_extra_info("socket").fileno(), termios.TIOCOUTQ, bytes(4))
    except (ImportError, OSError, AttributeError, ValueError):  # ValueError: a closed socket has the number -1
        return 0
    return int.from_bytes(answer, sys.byteorder)


def _still_sends(unsent: int, stream: Any) -> bool:
    """Return True, and begin the time anew, when bytes of an upload went out since so many were unsent."""
    if unsent_bytes(stream) >= unsent:
        return False
    count_write()
    return True


def guard_pools(transport: object, keepalive_seconds: float, depth: int = 3) -> None:
    """Have every connection pool of a transport keep deadlines and drop idle connections early, also below wrappers."""
    pool: Any = getattr(transport, "_pool", None)
    core = _core_of(pool)
    if core is not None:
        _guard_pool(pool, core, keepalive_seconds)
    if depth:
        for inner in inner_transports(transport):
            guard_pools(inner, keepalive_seconds, depth - 1)


def _core_of(pool: object) -> Any:
    """Return the module, httpcore or httpcore2, that a connection pool is of; None for anything else."""
    for base in type(pool).__mro__:
        name = base.__module__.partition(".")[0]
        if name in _CORES:
            core: Any = sys.modules[name]
            return core if isinstance(pool, (core.ConnectionPool, core.AsyncConnectionPool)) else None
    return None


def _guard_pool(pool: Any, core: Any, keepalive_seconds: float) -> None:
    # The library takes both only when a pool is made, which httpx does without asking for either.
    if is_guarded(pool):
        return
    rule: PostRule | None = guard_connections(pool)
    expiry = pool._keepalive_expiry
    pool._keepalive_expiry = keepalive_seconds if expiry is None else min(expiry, keepalive_seconds)
    backend = pool._network_backend
    if pool._http2 and not pool._http1:  # else TLS tells, connection by connection
        rule = None
    if isinstance(backend, core.NetworkBackend):
        pool._network_backend = _GuardedBackend(backend, rule, core)
    elif isinstance(backend, core.AsyncNetworkBackend):
        pool._network_backend = _AsyncGuardedBackend(backend, rule, core)
        remember_missing_sniffio(core.__name__)


def is_guarded(pool: object) -> bool:
    """Return True for a connection pool that keeps these rules."""
    return isinstance(getattr(pool, "_network_backend", None), (_GuardedBackend, _AsyncGuardedBackend))


class ConnectionUse:
    """Watches what a connection is used for, and keeps a POST from a connection that may hold bytes that nobody asked for.

    Args:
        rule: says whether a POST needs a new connection; None for connections that number their responses, as HTTP/2 does.
        core: the library of the connection.
    """

    def __init__(self, rule: PostRule | None, core: Any) -> None:
        self._rule = rule
        self._core = core
        exchange = current_exchange()
        # the POST that wrote last, or what opened the connection
        self._latest = None if exchange is None else ref(exchange)

    def begin_write(self, stream: Any) -> bool:
        """Take note that the exchange under way is about to write; return True for a head that may wait for its body.

        Raises:
            ConnectionNotAvailable: it needs another connection; the pool then takes one.
        """
        exchange = current_exchange()
        if exchange is None:
            return False
        if self._rule is not None and exchange.is_post:
            self._begin_post(self._rule, exchange, stream)
        exchange.note_write()
        is_head, exchange.body_follows = exchange.body_follows, False
        return is_head

    def _begin_post(self, rule: PostRule, exchange: TimedExchange, stream: Any) -> None:
        if self._latest is None or self._latest() is not exchange:
            if rule.needs_new_connection() or stream.get_extra_info("is_readable") or has_received_bytes(stream):
                exchange.unsent()
                raise self._core.ConnectionNotAvailable
            self._latest = ref(exchange)
            exchange.on_kept_connection = True
            exchange.distrust = rule.distrust
        if not exchange.is_counted:
            exchange.is_counted = True
            rule.count_post()

    def count_write(self) -> None:
        """Take note that bytes went out: progress of an upload, except in HTTP/2, where answers to the server go out as well."""
        if self._rule is not None:
            count_write()


def _rule_for(rule: PostRule | None, secured: Any) -> PostRule | None:
    tls = secured.get_extra_info("ssl_object")
    return None if tls is not None and tls.selected_alpn_protocol() == "h2" else rule


class ConnectionFacts:
    """What a pool asks about a connection, for each idle connection at each request: looked up once where it cannot change.

    Args:
        inner: the connection.
    """

    def __init__(self, inner: Any) -> None:
        self._ask: Callable[[str], Any] = inner.get_extra_info
        self._constant: dict[str, Any] = {}
        self._poll: Any = None

    def get(self, info: str) -> Any:
        """Return what httpcore's `get_extra_info` returns."""
        if info == "is_readable":
            sock = self.get("socket")
            return self._ask(info) if sock is None else self._is_readable(sock)
        if info not in _CONSTANT:
            return self._ask(info)
        if info not in self._constant:
            self._constant[info] = self._ask(info)
        return self._constant[info]

    def _is_readable(self, sock: Any) -> bool:
        if self._poll is None or sock.fileno() < 0:
            if not hasattr(select, "poll"):
                return is_readable(sock)
            if sock.fileno() < 0:  # it is closed
                return True
            self._poll = select.poll()
            self._poll.register(sock.fileno(), select.POLLIN)
        try:
            return bool(self._poll.poll(0))
        except RuntimeError:  # another thread is asking: a poll object serves one at a time
            return is_readable(sock)


_CONSTANT = frozenset({"socket", "ssl_object"})


def is_readable(sock: Any) -> bool:
    """Return whether something can be read from a socket, which the end of the connection is as well."""
    number = sock.fileno()
    if number < 0:  # it is closed
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([number], [], [], 0)[0])
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))


class ReadSize:
    """How much to read at once: more while a large response arrives, as each read costs its timers and events."""

    def __init__(self) -> None:
        self._is_large = False

    def of(self, most: int) -> int:
        """Return how many bytes to ask for, where httpcore asks for so many."""
        return LARGE_READ if self._is_large else most

    def noted(self, data: bytes, most: int) -> bytes:
        """Return what was read, and take note whether there may be more."""
        self._is_large = len(data) >= most
        return data


class _GuardedStream:
    """A connection whose operations end by the deadline of the exchange that uses it."""

    def __init__(self, inner: Any, rule: PostRule | None, core: Any) -> None:
        self._inner = inner
        self._facts = ConnectionFacts(inner)
        self._size = ReadSize()
        self._rule = rule
        self._core = core
        self._use = ConnectionUse(rule, core)
        self._head = b""  # of a request, which goes out with its body: a write costs as much as making both

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if not uploads():
            data = self._inner.read(self._size.of(max_bytes), time_left(timeout, self._core.ReadTimeout))
            return self._size.noted(data, max_bytes)
        while True:
            unsent = unsent_bytes(self._inner)
            try:
                data = self._inner.read(self._size.of(max_bytes), time_left(timeout, self._core.ReadTimeout))
            except self._core.ReadTimeout:
                if not _still_sends(unsent, self._inner):
                    raise
            else:
                return self._size.noted(data, max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._use.begin_write(self):
            self._head = buffer
            return
        if self._head:
            self._head, buffer = b"", self._head + buffer
        for piece in _pieces(buffer):
            self._inner.write(piece, time_left(timeout, self._core.WriteTimeout))
            self._use.count_write()

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> Any:
        timeout = time_left(timeout, self._core.ConnectTimeout)
        secured = self._inner.start_tls(ssl_context, server_hostname, timeout)
        return _GuardedStream(secured, _rule_for(self._rule, secured), self._core)

    def get_extra_info(self, info: str) -> Any:
        return self._facts.get(info)


class _GuardedBackend:
    """Opens connections that keep deadlines."""

    def __init__(self, inner: Any, rule: PostRule | None, core: Any) -> None:
        self._inner = inner
        self._rule = rule
        self._core = core

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Any:
        timeout = time_left(timeout, self._core.ConnectTimeout)
        stream = self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        return _GuardedStream(stream, self._rule, self._core)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> Any:
        timeout = time_left(timeout, self._core.ConnectTimeout)
        stream = self._inner.connect_unix_socket(path, timeout, socket_options)
        return _GuardedStream(stream, self._rule, self._core)

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class _AsyncGuardedStream:
    """The same for async connections."""

    def __init__(self, inner: Any, rule: PostRule | None, core: Any) -> None:
        self._inner = inner
        self._facts = ConnectionFacts(inner)
        self._size = ReadSize()
        self._rule = rule
        self._core = core
        self._use = ConnectionUse(rule, core)
        self._head = b""  # of a request, which goes out with its body: a write costs as much as making both

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if not uploads():
            data = await self._inner.read(self._size.of(max_bytes), time_left(timeout, self._core.ReadTimeout))
            return self._size.noted(data, max_bytes)
        while True:
            unsent = unsent_bytes(self._inner)
            try:
                data = await self._inner.read(self._size.of(max_bytes), time_left(timeout, self._core.ReadTimeout))
            except self._core.ReadTimeout:
                if not _still_sends(unsent, self._inner):
                    raise
            else:
                return self._size.noted(data, max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._use.begin_write(self):
            self._head = buffer
            return
        if self._head:
            self._head, buffer = b"", self._head + buffer
        for piece in _pieces(buffer):
            await self._inner.write(piece, time_left(timeout, self._core.WriteTimeout))
            self._use.count_write()

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> Any:
        timeout = time_left(timeout, self._core.ConnectTimeout)
        secured = await self._inner.start_tls(ssl_context, server_hostname, timeout)
        return _AsyncGuardedStream(secured, _rule_for(self._rule, secured), self._core)

    def get_extra_info(self, info: str) -> Any:
        return self._facts.get(info)


class _AsyncGuardedBackend:
    """The same for async connections."""

    def __init__(self, inner: Any, rule: PostRule | None, core: Any) -> None:
        self._inner = inner
        self._rule = rule
        self._core = core

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Any:
        timeout = time_left(timeout, self._core.ConnectTimeout)
        stream = await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        return _AsyncGuardedStream(stream, self._rule, self._core)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> Any:
        timeout = time_left(timeout, self._core.ConnectTimeout)
        stream = await self._inner.connect_unix_socket(path, timeout, socket_options)
        return _AsyncGuardedStream(stream, self._rule, self._core)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)
