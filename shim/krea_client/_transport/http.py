"""The one door to the network and to krea_api: builds requests, sends them, and says for sure whether they got there."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import closing
from functools import lru_cache
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any

import httpx

from krea_client._core.effects import (
    Answer,
    Call,
    Fetch,
    InvalidDownload,
    Unanswered,
    Undelivered,
)
from krea_client._core.retrying import longest
from krea_client._transport.limits import (
    MOST_HOPS,
    MinimumRate,
    RedactedURL,
    ResponseBuffer,
    clear_tracebacks,
    next_hop,
)
from krea_client._transport.multipart import opened
from krea_client.errors import KreaError, Unauthorized

if TYPE_CHECKING:
    from krea_api import AuthenticatedClient

ALREADY_CHECKED = (
    "krea_client"  # the extension of a request whose body was dealt with; krea_client.legacy leaves it alone
)
CONNECT_SECONDS = 10.0  # a host that does not answer by then is not there
# A paid request must not go out on a connection that the server is about to close, so idle ones are dropped early.
IDLE_SECONDS = 2.0

# The request surely was not delivered: no connection, or none free in our own pool.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


class Token(httpx.Auth):
    """Puts the token on requests to the API's own origin, and shows it to nobody else.

    The token lives in a closure only: no attribute, repr or pickle has it.
    """

    def __init__(self, token: str | None, origin: httpx.URL) -> None:
        self._sign = _signer(token, origin)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Signs a request to the API; any other goes as it is."""
        self._sign(request)
        yield request

    def __repr__(self) -> str:
        return "Token(...)"

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise TypeError("a token is not pickled: make the client anew from KREA_API_TOKEN where you need it")


def _signer(token: str | None, origin: httpx.URL) -> Callable[[httpx.Request], None]:
    def sign(request: httpx.Request) -> None:
        if _same_origin(request.url, origin):
            if token is None:
                raise Unauthorized(
                    "no API token: give token=, or set KREA_API_TOKEN (or KREA_API_KEY); nothing was sent",
                    request=f"{request.method} {request.url.path}",
                )
            request.headers["Authorization"] = f"Bearer {token}"

    return sign


def _same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)


class NoCookies(CookieJar):
    """Keeps nothing: what one answer sets must not change a later request. It also saves a fiftieth of every call."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Leaves the answer's cookies where they are."""


class HttpTransport:
    """What the sync and the async wire share: addresses, time-outs, the token, how an exchange becomes a request.

    Args:
        base_url: the API's address.
        token: the API token, or None.
        timeout: seconds of one exchange, or a time-out object of httpx.
        monotonic: measures time.
    """

    def __init__(
        self,
        base_url: str,
        token: str | None,
        timeout: float | httpx.Timeout,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.monotonic = monotonic
        self.base_url: str = base_url.rstrip("/")
        self.origin: httpx.URL = httpx.URL(self.base_url)
        self.auth: Token = Token(token, self.origin)
        self.timeout: httpx.Timeout = timeout if isinstance(timeout, httpx.Timeout) else _timeout(timeout)
        self._longest = longest(self.timeout)
        self._agent = _agent()
        self._address = lru_cache(256)(self._read_address)  # reading an address costs as much as writing a body

    def _read_address(self, path: str) -> httpx.URL:
        return httpx.URL(self.base_url + path)

    def settings(self) -> dict[str, Any]:
        """The arguments of an httpx client that talks to the API."""
        return {
            "timeout": self.timeout,
            "headers": {"user-agent": self._agent},
            "cookies": NoCookies(),
            "limits": httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=IDLE_SECONDS),
            "follow_redirects": False,
        }

    def build(
        self, client: httpx.Client | httpx.AsyncClient, call: Call, form: dict[str, Any] | None = None
    ) -> httpx.Request:
        """The HTTP request of a call, without its token; `form` is what `opened` gave."""
        given: Any = call.timeout
        timeout = self.timeout if given is None else _timeout(given) if isinstance(given, (int, float)) else given
        return client.build_request(
            call.method,
            self._address(call.path),
            params=call.query,
            headers=call.headers,
            content=call.body,
            timeout=timeout,
            extensions={ALREADY_CHECKED: True},
            **(form or {}),
        )

    def response_buffer(self, call: Call) -> ResponseBuffer:
        """Takes in the body of the answer to a call."""
        return ResponseBuffer(self.monotonic, self._longest if call.timeout is None else longest(call.timeout))

    def download_rate(self) -> MinimumRate:
        """Watches over the speed of a download."""
        return MinimumRate(self.monotonic, self._longest)

    def request_for(self, client: httpx.Client | httpx.AsyncClient, url: httpx.URL, fetch: Fetch) -> httpx.Request:
        """The HTTP request for a result, or for the rest of it; never with the token."""
        # A compressed body could not be taken up again in its middle, and media are compressed already.
        headers = {"accept-encoding": "identity", **fetch.landing.wants()}
        request = client.build_request("GET", url, headers=headers)
        request.url = RedactedURL(url)
        return request

    def redirect_target(self, here: httpx.URL, response: httpx.Response) -> httpx.URL | None:
        """Where a redirect leads, judged before anybody is asked there; None for an answer that is none."""
        following = next_hop(here, response)
        return None if following is None else self.check_result_url(str(following))

    def check_result_url(self, url: str) -> httpx.URL:
        """The address of a result, if it may be fetched: https, or the same origin as the API (a sandbox on loopback).

        Raises:
            InvalidDownload: it may not.
        """
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, TypeError) as fault:
            raise InvalidDownload(f"the result's address cannot be read: {fault}", again=False) from None
        if target.scheme != "https" and not (target.scheme == "http" and _same_origin(target, self.origin)):
            raise InvalidDownload(
                f"results are fetched over https only, not over {target.scheme or 'nothing'}", again=False
            )
        return target


def _timeout(seconds: float) -> httpx.Timeout:
    return httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))


def _agent() -> str:
    from krea_client._version import __version__

    return f"krea-client/{__version__} python-httpx/{httpx.__version__}"


class HttpErrorMapping:
    """Turns errors of httpx into `Undelivered` or `Unanswered`; what was in the library's variables is forgotten."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is None:
            return
        if isinstance(error, (httpx.HTTPError, httpx.StreamError)):
            clear_tracebacks(error)
            said = str(error) or type(error).__name__
            raise (Undelivered(said) if isinstance(error, _NEVER_SENT) else Unanswered(said)) from error
        if not isinstance(error, Exception):  # the caller's own errors keep their frames
            clear_tracebacks(error)


http_error_mapping: HttpErrorMapping = HttpErrorMapping()


def check_open(client: httpx.Client | httpx.AsyncClient) -> None:
    """Refuses a client that has been closed.

    Raises:
        KreaError: it has.
    """
    if client.is_closed:
        raise KreaError("this client is closed, and nothing was sent: make a new one, or close it later")


class WrongClientKind:
    """Stands where the generated client keeps the connections of the other colour, which a client of ours does not have."""

    def __init__(self, have: str, want: str) -> None:
        self._told = f"this is the raw client of a {have}, and its functions are called otherwise: take {want}(...).raw"

    def __getattr__(self, name: str) -> Any:
        raise KreaError(f"{self._told} (nothing was sent)")


class SyncHttpTransport(HttpTransport):
    """Sends with `httpx.Client`; connections are made on first use and dropped by `close`."""

    def __init__(
        self,
        base_url: str,
        token: str | None,
        timeout: float | httpx.Timeout,
        transport: httpx.BaseTransport | None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(base_url, token, timeout, monotonic)
        del token  # what fails below may be shown with the variables of its frames
        self._client = httpx.Client(transport=transport, **self.settings())
        self._raw: AuthenticatedClient | None = None

    def send(self, call: Call) -> Answer:
        """The answer to a call.

        Raises:
            Undelivered, Unanswered: there is none.
        """
        check_open(self._client)
        buffer = self.response_buffer(call)
        with http_error_mapping, opened(call.upload) as form:
            response = self._client.send(self.build(self._client, call, form), auth=self.auth, stream=True)
            with closing(response):
                for piece in response.iter_bytes():
                    buffer.take(piece)
        return Answer(response.status_code, response.headers, buffer.body)

    def fetch(self, fetch: Fetch) -> object:
        """Brings a result down, without the token."""
        check_open(self._client)
        url, flow = self.check_result_url(fetch.url), self.download_rate()
        for _ in range(MOST_HOPS + 1):
            with http_error_mapping:
                response = self._client.send(self.request_for(self._client, url, fetch), auth=None, stream=True)
                with closing(response):
                    following = self.redirect_target(url, response)
                    if following is None:
                        fetch.landing.begin(response.status_code, response.headers)
                        for piece in response.iter_bytes():
                            fetch.landing.write(piece)
                            flow.passed(len(piece))
            if following is None:
                return fetch.landing.finish()
            url = following
        raise InvalidDownload(f"its host redirects more than {MOST_HOPS} times", again=False)

    def raw(self) -> AuthenticatedClient:
        """The generated client on the same connections."""
        if self._raw is None:
            from krea_api import AuthenticatedClient

            self._raw = AuthenticatedClient(base_url=self.base_url, token="")
            client = httpx.Client(
                base_url=self.base_url, auth=self.auth, transport=_Shared(self._client), **self.settings()
            )
            self._raw.set_httpx_client(client)
            self._raw.set_async_httpx_client(WrongClientKind("Krea", "AsyncKrea"))  # type: ignore[arg-type]  # says so at the first use
        return self._raw

    def close(self) -> None:
        """Closes all connections; closing twice does no harm."""
        self._client.close()


class _Shared(httpx.BaseTransport):
    """Lets the generated client travel on the shim's connections."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        check_open(self._client)
        return self._client.send(request, auth=None, stream=True)
