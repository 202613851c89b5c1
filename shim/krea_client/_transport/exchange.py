"""One HTTP exchange under a deadline: how long it may take, whether its request went out, and what its errors mean."""

from __future__ import annotations

import gc
import math
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextvars import ContextVar, Token
from types import FrameType, TracebackType
from typing import Any, Self

from krea_client._clock import Clock
from krea_client._core.effects import ApiCall, Unanswered, Undelivered, Upload
from krea_client._core.tracing import Trace
from krea_client._transport.http_library import httpx, library_of

# The request surely was not delivered: no connection, or none free in our own pool.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
_LIBRARY_ERRORS = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, UnicodeError)
# httpx lets errors of these through, such as those of a protocol that is broken within the body of a response.
_PROTOCOL_PACKAGES = frozenset({"h2", "hpack", "hyperframe", "h11", "httpcore", "httpcore2"})
# A cancelled request may leave an HTTP/2 connection of httpcore whose next request ends with a ValueError of anyio's semaphore.
_RAISING_PACKAGES = _PROTOCOL_PACKAGES | {"anyio"}
# Packages whose frames may hold a signed request.
_SIGNED_FRAMES = frozenset(
    {"httpx", "httpx2", "httpcore", "httpcore2", "aiohttp", "h11", "h2", "hpack", "anyio", "krea_client"}
)
# What errors of connections come from, other than from an HTTP library that a transport adapts.
_CONNECTING_PACKAGES = frozenset(
    {"httpx", "httpx2", "httpcore", "httpcore2", "anyio", "asyncio", "builtins", "krea_client", "socket", "ssl"}
)
# of aiohttp
_CONNECTING_ERRORS = frozenset({"ClientConnectorError", "ClientProxyConnectionError", "ConnectionTimeoutError"})
_LOST_CONNECTIONS = (ConnectionResetError, ConnectionAbortedError, BrokenPipeError)
_CA_REMEDY = "; where a company's proxy or server has a certificate of its own, set SSL_CERT_FILE to the PEM file of its authority"

_CLOSES_SUSPENDED_FRAMES = sys.implementation.name == "cpython" and sys.version_info < (3, 13)

_current: ContextVar[TimedExchange | None] = ContextVar("krea_client_exchange", default=None)


class TimedExchange:
    """The exchange under way in this thread or task; as a context manager it turns library errors into ours.

    Args:
        seconds: how long it may take. For an upload: how long it may make no progress.
        upload: the file that goes out with it.
        mask: removes the token from the text of an error.
        trace: the span that the exchange belongs to; what the HTTP library traces by itself becomes its child.
        is_post: whether the request is a POST, whose response cannot be verified by an id.
    """

    translates = True

    def __init__(
        self,
        seconds: float,
        upload: Upload | None = None,
        mask: Callable[[str], str] = str,
        trace: Trace | None = None,
        *,
        is_post: bool = False,
    ) -> None:
        self.seconds = seconds
        self.is_post = is_post
        self.is_counted = False  # whether the connections have taken note of this POST
        self.on_kept_connection = False  # whether this POST follows another request on its connection
        self.distrust: Callable[[], None] | None = None  # has later POSTs use new connections
        self.upload_complete = False
        self._upload = upload
        self._mask = mask
        self._trace = trace
        self._attached: Any = None
        self._until = time.monotonic() + seconds
        self.body_follows: bool = False  # whether the next write is a head, which may go out with its body
        self._observed = self._sent = self._watches_writes = False
        self._token: Token[TimedExchange | None] | None = None
        self._handled: BaseException | None = None  # what the caller was handling when the exchange began

    def time_left(self, timeout: float | None) -> float | None:
        """Return the seconds that the next operation of the network may take, or None without a limit.

        Raises:
            TimeoutError: none are left.
        """
        seconds_left = self._until - time.monotonic()
        if seconds_left == math.inf:
            return timeout
        if seconds_left <= 0:
            raise TimeoutError(f"the exchange took more than {self.seconds:g} s")
        return seconds_left if timeout is None else min(seconds_left, timeout)

    def progress(self) -> None:
        """Begin the time anew: a part of a file went out or came in."""
        self._until = time.monotonic() + self.seconds

    @property
    def uploads(self) -> bool:
        """True while a file goes out."""
        return self._upload is not None

    def unsent(self) -> None:
        """Take note that the request was refused by a connection before its first byte."""
        self._sent = False

    def watch_writes(self, *, before_body: bool) -> None:
        """Conclude from what is written to the connection, not from `trace`, whether the request was begun.

        Args:
            before_body: the library writes the head first, then a body.
        """
        self._observed = self._watches_writes = True
        self.body_follows = before_body

    def note_write(self) -> None:
        """Take note that bytes are about to go out."""
        if self._watches_writes:
            self._sent = True

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of an event of the HTTP library: whether the request itself, not a proxy's CONNECT, was begun."""
        self._observed = True
        if event.endswith("send_request_headers.started"):
            self._sent = self._sent or info["request"].method != b"CONNECT"

    async def trace_async(self, event: str, info: Mapping[str, Any]) -> None:
        """Do as `trace`, for async transports."""
        self.trace(event, info)

    def __enter__(self) -> Self:
        self._token = _current.set(self)
        self._handled = sys.exc_info()[1]
        if self._trace is not None:
            self._attached = sys.modules["opentelemetry.context"].attach(self._trace.context)
        return self

    def __exit__(self, _: object, error: BaseException | None, __: TracebackType | None) -> None:
        if self._attached is not None:
            sys.modules["opentelemetry.context"].detach(self._attached)
        if self._token is not None:
            _current.reset(self._token)
        if error is None:
            return
        # Frames of a caller's own code stay as they are, unless a transport of the caller's raised the error.
        is_of_library = _is_of_library(error)
        clear_signed_frames(error, self._mask, all_frames=is_of_library or not isinstance(error, Exception))
        if self.translates and isinstance(error, Exception) and is_of_library:
            raise self.translated(error) from error

    def translated(self, error: Exception) -> Undelivered | Unanswered:
        text = self._mask(str(error) or type(error).__name__)
        if "CERTIFICATE_VERIFY_FAILED" in text:
            text += _CA_REMEDY
        if (self._observed and not self._sent) or (
            isinstance(error, _NEVER_SENT) and _is_about_connecting(error, self._handled)
        ):
            return Undelivered(text)
        if self._upload is not None and self._observed and not self.upload_complete:
            return Undelivered(f"the upload broke off before its end: {text}")
        return Unanswered(text)


def _is_about_connecting(error: BaseException, handled: BaseException | None) -> bool:
    """Return False where the error stands for one of an adapted HTTP library that may mean a lost response.

    Adapters exist that raise `ConnectError` or `ConnectTimeout` for it (findings/), with `from` or without.

    Args:
        error: what the transport has raised.
        handled: what was being handled before, which is no reason of it.
    """
    causes: list[BaseException] = []
    while (cause := error.__cause__ or error.__context__) is not None and cause is not handled and cause not in causes:
        causes.append(cause)
        error = cause
    packages = {type(cause).__module__.partition(".")[0] for cause in causes}
    if packages & {"httpcore", "httpcore2"}:
        return True
    return all(_is_one_about_connecting(cause) for cause in causes)


def _is_one_about_connecting(cause: BaseException) -> bool:
    if type(cause).__module__.partition(".")[0] in _CONNECTING_PACKAGES:
        return not isinstance(cause, _LOST_CONNECTIONS)
    return any(base.__name__ in _CONNECTING_ERRORS for base in type(cause).__mro__)


def _is_of_library(error: BaseException) -> bool:
    if isinstance(error, _LIBRARY_ERRORS) or type(error).__module__.partition(".")[0] in _PROTOCOL_PACKAGES:
        return True
    return isinstance(error, Exception) and _raised_in(error) in _RAISING_PACKAGES


def _raised_in(error: BaseException) -> str:
    """Return the name of the package whose code raised an error."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return str(frames[-1].f_globals.get("__name__")).partition(".")[0] if frames else ""


class UntranslatedExchange(TimedExchange):
    """An exchange of the generated client, whose errors stay those of the HTTP library."""

    translates = False


def clear_signed_frames(error: BaseException, mask: Callable[[str], str], *, all_frames: bool) -> None:
    """Empty the frames that an error and its causes went through, which may hold the token, and take it off their requests."""
    visited: set[int] = set()
    pending: list[BaseException | None] = [error]
    while pending:
        current = pending.pop()
        if current is None or id(current) in visited:
            continue
        visited.add(id(current))
        pending += [current.__cause__, current.__context__]
        current.args = tuple(mask(value) if isinstance(value, str) else value for value in current.args)
        request: Any = getattr(current, "_request", None)
        if library_of(request) is not None:
            request.headers.pop("authorization", None)
        for frame, _ in traceback.walk_tb(current.__traceback__):
            if all_frames or str(frame.f_globals.get("__name__")).partition(".")[0] in _SIGNED_FRAMES:
                _clear(frame)


def _clear(frame: FrameType) -> None:
    """Empty a frame that has ended.

    Before Python 3.13, a suspended frame would be closed. It belongs to another task, which handles the same error: HTTP/2 has one
    for all requests of a connection. CPython's frames refer to their code only once they have ended.
    """
    if _CLOSES_SUSPENDED_FRAMES and not any(part is frame.f_code for part in gc.get_referents(frame)):
        return
    try:
        frame.clear()
    except RuntimeError:  # it still runs, or is suspended
        return


def time_left(timeout: float | None, expired: type[Exception]) -> float | None:
    """Return the seconds that the next operation of the exchange under way may take.

    Raises:
        expired: none are left.
    """
    exchange = _current.get()
    if exchange is None:
        return timeout
    try:
        return exchange.time_left(timeout)
    except TimeoutError as late:
        raise expired(str(late)) from None


def current_exchange() -> TimedExchange | None:
    """Return the exchange under way in this thread or task."""
    return _current.get()


def uploads() -> bool:
    """Return True when the exchange under way is an upload."""
    exchange = _current.get()
    return exchange is not None and exchange.uploads


def count_write() -> None:
    """Take note that bytes went out in the exchange under way, which gives an upload its time anew."""
    exchange = _current.get()
    if exchange is not None and exchange.uploads:
        exchange.progress()


def refuse_late(call: ApiCall, clock: Clock) -> None:
    """Check that a call may still be sent; a computer may have slept since it was made.

    Raises:
        Undelivered: it may not.
    """
    limit = call.not_after
    if limit is not None and (clock.monotonic() > limit.at or clock.now() > limit.utc):
        raise Undelivered("it had waited too long before it was sent")
