"""HTTP: build requests from calls, send them, and say for sure whether they were delivered."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing
from functools import lru_cache, partial
from http.cookiejar import CookieJar
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from krea_client import _forks
from krea_client._core.effects import Answer, ApiCall, Fetch, InvalidDownload, Timeout, Unanswered
from krea_client._core.retrying import longest
from krea_client._transport import decoding
from krea_client._transport.connections import inherit, renew_after_fork
from krea_client._transport.direct import DirectWay, PlainRequests
from krea_client._transport.exchange import TimedExchange, UntranslatedExchange
from krea_client._transport.guarded_network import guard_pools
from krea_client._transport.http_library import SyncTransportLike, adapted, exchange_timeout, httpx
from krea_client._transport.multipart import open_form
from krea_client._transport.plain_messages import PlainResponse
from krea_client._transport.read_ahead import ReadAhead
from krea_client._transport.response_limits import (
    MOST_HOPS,
    MinimumRate,
    RedactedURL,
    ResponseBuffer,
    next_hop,
    raw_pieces,
)
from krea_client._transport.result_bodies import Redirected, ResultBodies
from krea_client._transport.routing import IDLE_SECONDS, NetworkOptions, RoutedTransport
from krea_client._transport.signing import UNSIGNED, RawHeaders, Signer, SigningTransport, same_origin
from krea_client.errors import KreaError

if TYPE_CHECKING:
    from krea_api import AuthenticatedClient

# The extension of a request whose body needs no translation any more; krea_client.legacy leaves it alone.
ALREADY_CHECKED = "krea_client"
RAW_CALL = ApiCall("", "")  # stands for a call of the generated client, with the client's own limits
C = TypeVar("C", httpx.Client, httpx.AsyncClient)
_ENCODING_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class NoCookies(CookieJar):
    """Keeps nothing: what one response sets must not change a later request. It also saves a fiftieth of every call."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Leave the response's cookies where they are."""


class HttpTransport:
    """What the sync and the async transport share: addresses, time-outs, the token, how a call becomes a request.

    Args:
        base_url: the API's address.
        token: the API token, or None.
        timeout: seconds of one exchange, or a time-out object of httpx or httpx2.
        monotonic: measures time.
        headers: of the caller's, on every request to the API.
    """

    def __init__(
        self,
        base_url: str,
        token: str | None,
        timeout: float | Timeout,
        monotonic: Callable[[], float] = time.monotonic,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.monotonic = monotonic
        self.base_url: str = base_url.rstrip("/")
        self.origin: httpx.URL = httpx.URL(self.base_url)
        self.signer: Signer = Signer(token, self.origin, headers)
        del token  # what fails below may be shown with the variables of its frames
        self.timeout: httpx.Timeout = exchange_timeout(timeout)
        self.seconds: float = longest(self.timeout)
        self._process = os.getpid()
        self._renewing = Lock()
        self._used = False  # whether a request was sent in this process
        _forks.register(self)
        self._agent = user_agent()
        self.read_ahead: ReadAhead = ReadAhead()
        self._address = lru_cache(256)(self._read_address)  # reading an address costs as much as writing a body

    def _read_address(self, path: str) -> httpx.URL:
        return httpx.URL(self.base_url + path)

    def renew_after_fork(self) -> None:
        """Replace the lock; the connections are replaced at the next use."""
        self._renewing = Lock()

    def of_this_process(self, client: C, own: object, connect: Callable[[], C]) -> C:
        """Return the client, or after a fork a new one, with connections of its own.

        Raises:
            KreaError: it was closed, or the caller's transport cannot be used in a forked process.
        """
        if self._process != os.getpid():
            with self._renewing:
                if self._process != os.getpid():
                    client = self._renewed(client, own, connect)
        check_open(client)
        self._used = True
        return client

    def _renewed(self, client: C, own: object, connect: Callable[[], C]) -> C:
        if self._used and own is not None and not renew_after_fork(own):
            raise KreaError(
                f"this client was used before its process was forked, and its transport ({type(own).__name__}) may share "
                "connections with the parent process; nothing was sent: make a client in each process"
            )
        self._process, self._used = os.getpid(), False
        if client.is_closed:
            return client
        inherit(client)  # closing it would end the parent's TLS sessions
        return connect()

    def settings(self) -> dict[str, Any]:
        """Return the arguments of an httpx client that talks to the API."""
        return {
            "timeout": self.timeout,
            "headers": {"user-agent": self._agent, "accept-encoding": decoding.ACCEPTED},
            "cookies": NoCookies(),
            "follow_redirects": False,
            "trust_env": False,  # the transport reads the environment
        }

    def exchange(self, call: ApiCall) -> TimedExchange:
        """Return the exchange of a call, not begun yet."""
        is_post = call.method == "POST"
        return TimedExchange(self.seconds_of(call), call.upload, self.signer.mask_text, call.trace, is_post=is_post)

    def raw_exchange(self, request: httpx.Request) -> UntranslatedExchange:
        """Return the exchange of a request of the generated client, not begun yet."""
        return UntranslatedExchange(self.seconds, mask=self.signer.mask_text, is_post=request.method == "POST")

    def seconds_of(self, call: ApiCall | Fetch) -> float:
        """Return how long the exchange of a call, or a download without progress, may take."""
        return self.seconds if call.timeout is None else longest(call.timeout)

    def timeout_of(self, call: ApiCall | Fetch) -> httpx.Timeout:
        """Return the time-out of a call or a download as the HTTP library takes it."""
        return self.timeout if call.timeout is None else exchange_timeout(call.timeout)

    def build(
        self, client: httpx.Client | httpx.AsyncClient, call: ApiCall, trace: object, form: dict[str, Any] | None = None
    ) -> httpx.Request:
        """Return the HTTP request of a call, unsigned; `form` is what `open_form` gave."""
        extensions: dict[str, Any] = {ALREADY_CHECKED: True}
        if call.paid or call.upload is not None:  # where it matters whether the request went out
            extensions["trace"] = trace
        return client.build_request(
            call.method,
            self._address(call.path),
            params=call.query,
            headers=call.headers,
            content=call.body,
            timeout=self.timeout_of(call),
            extensions=extensions,
            **(form or {}),
        )

    def direct_way(self, client: httpx.Client | httpx.AsyncClient, layer: object, below: object) -> DirectWay:
        """Return the way of calls past the layers of httpx, which a client and its transport have."""
        return DirectWay(client, layer, below, PlainRequests(self.origin, self.signer, client, self.timeout))

    def receive(self, call: ApiCall, _status: int, headers: RawHeaders) -> ResponseBuffer:
        """Return a buffer for the body of the response to a call that has these headers."""
        encodings = [value.decode("latin-1") for name, value in headers if name.lower() == b"content-encoding"]
        return self.response_buffer(call, ", ".join(encodings) or None)

    def response_buffer(self, call: ApiCall, content_encoding: str | None) -> ResponseBuffer:
        """Return a buffer for the body of the response to a call."""
        return ResponseBuffer(self.monotonic, self.seconds_of(call), content_encoding)

    def answer(self, response: httpx.Response, body: bytes, exchange: TimedExchange | None = None) -> Answer:
        """Return an answer without the token, which a server may send back."""
        return self.plain_answer(PlainResponse(response.status_code, response.headers.raw, body), exchange)

    def plain_answer(self, response: PlainResponse, exchange: TimedExchange | None) -> Answer:
        """Do the same with a response that has only been received."""
        status, headers, body = response
        masked = self.signer.mask_headers(headers)
        if exchange is None or not exchange.on_kept_connection:
            return Answer(status, masked, self.signer.mask_body(status, body))
        body = self.signer.mask_body(status, body)
        return Answer(status, masked, body, on_kept_connection=True, distrust=exchange.distrust)

    def raw_response(self, response: httpx.Response, body: bytes) -> httpx.Response:
        """Return a response of the generated client: decoded, without the token."""
        masked = self.answer(response, body)
        headers = [(name, value) for name, value in masked.headers.items() if name.lower() not in _ENCODING_HEADERS]
        return httpx.Response(response.status_code, headers=headers, content=masked.body)

    def was_fetched(self, fetch: Fetch) -> bool:
        """Return True, and give a result to its sink, when it was fetched ahead."""
        fetched = None if fetch.sink.came else self.read_ahead.take(fetch.url)
        if fetched is not None:
            fetched.replay(fetch.sink)
        return fetched is not None

    def request_for(self, client: httpx.Client | httpx.AsyncClient, url: httpx.URL, fetch: Fetch) -> httpx.Request:
        """Return the HTTP request for a result, or for the rest of it; never with the token."""
        # A compressed body could not be continued in its middle, and media are compressed already.
        headers = {"accept-encoding": "identity", **fetch.sink.wants()}
        timeout = self.timeout_of(fetch)
        request = client.build_request("GET", url, headers=headers, timeout=timeout, extensions={UNSIGNED: True})
        request.url = RedactedURL(url)
        return request

    def redirect_target(self, url: httpx.URL, response: httpx.Response) -> httpx.URL | None:
        """Return where a redirect leads, checked before anybody is asked there; None for a response that is none."""
        target = next_hop(url, response)
        return None if target is None else result_address(str(target), self.origin)


def result_address(url: str, origin: httpx.URL) -> httpx.URL:
    """Return the address of a result, if it may be fetched: https, or the same origin as the API (a sandbox on loopback).

    Raises:
        InvalidDownload: it may not.
    """
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, UnicodeError) as fault:
        raise InvalidDownload(f"the result's address cannot be read: {fault}", again=False) from None
    if target.scheme != "https" and not (target.scheme == "http" and same_origin(target, origin)):
        raise InvalidDownload(
            f"results are fetched over https only, not over {target.scheme or 'nothing'}", again=False
        )
    return target


def user_agent() -> str:
    """Return what requests say of the program that sends them."""
    from krea_client._version import __version__

    return f"krea-client/{__version__} python-httpx/{httpx.__version__}"


def check_open(client: httpx.Client | httpx.AsyncClient) -> None:
    """Refuse a client that has been closed.

    Raises:
        KreaError: it has.
    """
    if client.is_closed:
        raise KreaError("this client is closed, and nothing was sent: make a new one, or close it later")


class WrongClientKind:
    """Stands where the generated client keeps sync or async connections that a client of ours does not have."""

    def __init__(self, own: str, required: str) -> None:
        self._message = (
            f"this is the raw client of a {own}, and its functions are called otherwise: take {required}(...).raw"
        )

    def __getattr__(self, name: str) -> Any:
        raise KreaError(f"{self._message} (nothing was sent)")


class SyncHttpTransport(HttpTransport):
    """Sends with `httpx.Client`; connections are opened on first use and closed by `close`."""

    def __init__(
        self,
        base_url: str,
        token: str | None,
        timeout: float | Timeout,
        transport: SyncTransportLike | None,
        monotonic: Callable[[], float] = time.monotonic,
        options: NetworkOptions = NetworkOptions(),  # noqa: B008  # it never changes
    ) -> None:
        super().__init__(base_url, token, timeout, monotonic, options.headers)
        del token  # what fails below may be shown with the variables of its frames
        guard_pools(transport, IDLE_SECONDS)
        self._own: httpx.BaseTransport | None = adapted(transport)
        self._options = options
        self._client = self._connect()
        self._raw: AuthenticatedClient | None = None

    def _connect(self) -> httpx.Client:
        below = self._own or RoutedTransport(self.origin, self._options)
        self._signing = SigningTransport(below, self.signer)
        client = httpx.Client(transport=self._signing, **self.settings())
        self._direct = self.direct_way(client, self._signing, below)
        return client

    def _open_client(self) -> httpx.Client:
        self._client = self.of_this_process(self._client, self._own, self._connect)
        return self._client

    def send(self, call: ApiCall) -> Answer:
        """Return the answer to a call.

        Raises:
            Undelivered, Unanswered: there is none.
        """
        client = self._open_client()
        with self.exchange(call) as exchange:
            plain = self._direct.send(call, exchange, partial(self.receive, call))
            if plain is not None:
                return self.plain_answer(plain, exchange)
            with open_form(call.upload, exchange) as form:
                response = self._deliver(client, self.build(client, call, exchange.trace, form))
                return self.answer(response, self._read(response, call), exchange)

    def _deliver(self, client: httpx.Client, request: httpx.Request) -> httpx.Response:
        """Send a request; without the client layer of httpx where another library sends, whose own layers others watch."""
        if not getattr(self._own, "sends_with_another_library", False):
            return client.send(request, stream=True)
        response = self._signing.handle_request(request)
        response.request = request
        return response

    def _read(self, response: httpx.Response, call: ApiCall) -> bytes:
        with closing(response):
            pieces, content_encoding = raw_pieces(response)
            buffer = self.response_buffer(call, content_encoding)
            for piece in pieces:
                buffer.take(piece)
            return buffer.finish()

    def fetch(self, fetch: Fetch) -> object:
        """Download a result, without the token, or take what was fetched ahead."""
        client = self._open_client()
        if self.was_fetched(fetch):
            return fetch.finish()
        url: httpx.URL | None = result_address(fetch.url, self.origin)
        for _ in range(MOST_HOPS + 1):
            if url is None:
                return fetch.finish()
            with TimedExchange(self.seconds_of(fetch), None, self.signer.mask_text, fetch.trace) as exchange:
                url = self._fetch_hop(client, url, fetch, exchange)
        if url is None:
            return fetch.finish()
        raise InvalidDownload(f"its host redirects more than {MOST_HOPS} times", again=False)

    def _fetch_hop(
        self, client: httpx.Client, url: httpx.URL, fetch: Fetch, exchange: TimedExchange
    ) -> httpx.URL | None:
        """Give the result at an address to the sink and return None, or return where a redirect leads."""
        bodies = ResultBodies(fetch.sink, MinimumRate(self.monotonic, self.seconds_of(fetch)), exchange)
        request = self._direct.result_request(url, fetch.sink.wants(), self.timeout_of(fetch))
        head: httpx.Response | None = None
        if request is not None:
            try:
                if self._direct.send_plain(request, exchange, bodies.of_plain) is not None:
                    return None
            except Redirected as redirect:
                head = redirect.response
        if head is not None:  # outside of the block above: an error would hold the other, and with it the address
            return self.redirect_target(url, head)
        with closing(client.send(self.request_for(client, url, fetch), stream=True)) as response:
            target = self.redirect_target(url, response)
            if target is None:
                pieces, content_encoding = raw_pieces(response)
                body = bodies.of(response, content_encoding)
                for piece in pieces:
                    body.take(piece)
                body.finish()
            return target

    def raw(self) -> AuthenticatedClient:
        """Return the generated client on the same connections."""
        if self._raw is None:
            from krea_api import AuthenticatedClient

            self._raw = AuthenticatedClient(base_url=self.base_url, token="")
            client = httpx.Client(base_url=self.base_url, transport=_RawTransport(self), **self.settings())
            self._raw.set_httpx_client(client)
            self._raw.set_async_httpx_client(WrongClientKind("Krea", "AsyncKrea"))  # type: ignore[arg-type]  # says so at the first use
        return self._raw

    def send_raw(self, request: httpx.Request) -> httpx.Response:
        """Return the response to a request of the generated client, with its limits and without the token."""
        client = self._open_client()
        with self.raw_exchange(request):
            response = client.send(request, stream=True)
            try:
                body = self._read(response, RAW_CALL)
            except Unanswered as fault:
                raise httpx.RemoteProtocolError(str(fault), request=request) from None
            return self.raw_response(response, body)

    def close(self) -> None:
        """Close all connections; closing twice does no harm."""
        self._client.close()


class _RawTransport(httpx.BaseTransport):
    """Lets the generated client use the connections, limits and signatures of ours."""

    def __init__(self, transport: SyncHttpTransport) -> None:
        self._transport = transport

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._transport.send_raw(request)
