"""The one door to the network and to krea_api: builds requests, sends them, and says for sure whether they got there."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any, BinaryIO

import httpx

from krea_client.effects import Answer, Call, Fetch, Spoiled, Unanswered, Undelivered, Upload
from krea_client.errors import Unauthorized

if TYPE_CHECKING:
    from krea_api import AuthenticatedClient

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


class Wire:
    """What the sync and the async wire share: addresses, time-outs, the token, how an exchange becomes a request.

    Args:
        base_url: the API's address.
        token: the API token, or None.
        timeout: seconds of one exchange, or a time-out object of httpx.
    """

    def __init__(self, base_url: str, token: str | None, timeout: float | httpx.Timeout) -> None:
        self.base_url: str = base_url.rstrip("/")
        self.origin: httpx.URL = httpx.URL(self.base_url)
        self.auth: Token = Token(token, self.origin)
        self.timeout: httpx.Timeout = timeout if isinstance(timeout, httpx.Timeout) else _timeout(timeout)
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
            **(form or {}),
        )

    def may_fetch(self, url: str) -> httpx.URL:
        """The address of a result, if it may be fetched: https, or the same origin as the API (a sandbox on loopback).

        Raises:
            Spoiled: it may not.
        """
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, TypeError) as fault:
            raise Spoiled(f"the result's address cannot be read: {fault}", again=False) from None
        if target.scheme != "https" and not (target.scheme == "http" and _same_origin(target, self.origin)):
            raise Spoiled(f"results are fetched over https only, not over {target.scheme or 'nothing'}", again=False)
        return target

    def check_route(self, response: httpx.Response) -> None:
        """Refuses a download that was redirected to where it may not be fetched from."""
        for hop in (*response.history, response):
            self.may_fetch(str(hop.url))


@contextmanager
def opened(upload: Upload | None) -> Iterator[dict[str, Any]]:
    """What httpx wants to know of a form with a file, which is closed at the end; nothing for a call without one."""
    if upload is None:
        yield {}
        return
    with upload.open() as file:
        yield {
            "data": upload.fields,
            "files": {"file": (upload.name, _Watched(file, upload), upload.content_type)},
        }


class _Watched:
    """A file that tells how far it has been read."""

    def __init__(self, file: BinaryIO, upload: Upload) -> None:
        self._file = file
        self._upload = upload

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        if self._upload.on_progress is not None and piece:
            self._upload.on_progress(self._file.tell(), self._upload.size)
        return piece

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


def _timeout(seconds: float) -> httpx.Timeout:
    return httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))


def _agent() -> str:
    from krea_client import __version__

    return f"krea-client/{__version__} python-httpx/{httpx.__version__}"


def fault_of(error: httpx.HTTPError | httpx.StreamError) -> Exception:
    """What an error of httpx means for the request: surely not delivered, or nobody knows."""
    said = str(error) or type(error).__name__
    return Undelivered(said) if isinstance(error, _NEVER_SENT) else Unanswered(said)


class SyncWire(Wire):
    """Sends with `httpx.Client`; connections are made on first use and dropped by `close`."""

    def __init__(
        self, base_url: str, token: str | None, timeout: float | httpx.Timeout, transport: httpx.BaseTransport | None
    ) -> None:
        super().__init__(base_url, token, timeout)
        self._client = httpx.Client(transport=transport, **self.settings())
        self._raw: AuthenticatedClient | None = None

    def send(self, call: Call) -> Answer:
        """The answer to a call.

        Raises:
            Undelivered, Unanswered: there is none.
        """
        try:
            with opened(call.upload) as form:
                response = self._client.send(self.build(self._client, call, form), auth=self.auth)
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise fault_of(error) from error
        return Answer(response.status_code, response.headers, response.content)

    def fetch(self, fetch: Fetch) -> object:
        """Brings a result down, without the token."""
        url, landing = self.may_fetch(fetch.url), fetch.landing
        try:
            with self._client.stream("GET", url, auth=None, follow_redirects=True) as response:
                self.check_route(response)
                landing.begin(response.status_code, response.headers)
                for chunk in response.iter_bytes():
                    landing.write(chunk)
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise fault_of(error) from error
        return landing.finish()

    def raw(self) -> AuthenticatedClient:
        """The generated client on the same connections."""
        if self._raw is None:
            from krea_api import AuthenticatedClient

            self._raw = AuthenticatedClient(base_url=self.base_url, token="")
            client = httpx.Client(
                base_url=self.base_url, auth=self.auth, transport=_Shared(self._client), **self.settings()
            )
            self._raw.set_httpx_client(client)
        return self._raw

    def close(self) -> None:
        """Closes all connections; closing twice does no harm."""
        self._client.close()


class _Shared(httpx.BaseTransport):
    """Lets the generated client travel on the shim's connections."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._client.send(request, auth=None, stream=True)
