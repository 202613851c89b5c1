"""The API token: put on requests to the API's own origin by the last layer before the network, and shown to nobody else.

So are the headers of the caller's own.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakSet

from krea_client._transport.http_library import httpx
from krea_client.errors import Unauthorized

RawHeaders = list[tuple[bytes, bytes]]
MASK = "***"
UNSIGNED = "krea_client_unsigned"  # the extension of a request that never gets the token, such as one for a result
_SHORTEST = 4  # characters; a shorter token would be found in every text
_SURE = 16  # characters; a token of this length means the token wherever it stands, also in a good response
_LOGGERS = tuple(
    f"{library}.{name}" for library in ("httpcore", "httpcore2") for name in ("connection", "http11", "http2", "proxy")
)


class Signer:
    """Signs requests to the API and masks the token in what comes back.

    The token lives in closures only: no attribute, repr or pickle has it.
    """

    def __init__(self, token: str | None, origin: httpx.URL, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self._origin = origin
        self._headers = _headers_with(token, headers)
        self._mask = _mask_of(token)
        self._is_sure = len(token or "") >= _SURE
        if token:
            _log_filter.add(self)
        del token  # what fails below may be shown with the variables of its frames

    def signed(self, request: httpx.Request) -> httpx.Request:
        """Return a signed copy of a request to the API; any other as it is.

        Raises:
            Unauthorized: there is no token.
        """
        if UNSIGNED in request.extensions or not same_origin(request.url, self._origin):
            return request
        signed = httpx.Request.__new__(httpx.Request)  # its constructor would read address and headers anew
        vars(signed).update(vars(request))
        signed.headers = httpx.Headers(self.headers(request.headers.raw, request.method, request.url.path))
        return signed

    def headers(self, unsigned: RawHeaders, method: str, path: str) -> RawHeaders:
        """Return the headers of a request to the API with the token and the caller's own.

        Raises:
            Unauthorized: there is no token.
        """
        return self._headers(unsigned, method, path)

    def mask_text(self, text: str) -> str:
        """Return a text without the token."""
        return self._mask(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    def mask_body(self, status: int, body: bytes) -> bytes:
        """Return a body without the token; a short token is left in a good response, where it may be an ordinary word."""
        return self._mask(body) if self._is_sure or not 200 <= status < 300 else body

    def mask_headers(self, headers: RawHeaders) -> Mapping[str, str]:
        """Return headers by their names in small letters, without the token; a plain dict, since httpx looks a name up slowly."""
        masked: dict[str, str] = {}
        together = b"\n".join([value for _, value in headers])
        mask = bytes if self._mask(together) == together else self._mask  # mostly the token is in none
        for name, value in headers:
            key, text = name.decode("latin-1").lower(), _text(mask(value))
            masked[key] = f"{masked[key]}, {text}" if key in masked else text
        return masked

    def __repr__(self) -> str:
        return "Signer(...)"

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise TypeError("a token is not pickled: make the client anew from KREA_API_TOKEN where you need it")


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _headers_with(token: str | None, own: tuple[tuple[str, str], ...]) -> Callable[[RawHeaders, str, str], RawHeaders]:
    added = [(name.encode("ascii"), value.encode("latin-1")) for name, value in own]
    replaced = {b"authorization", *(name.lower() for name, _ in added)}

    def headers(unsigned: RawHeaders, method: str, path: str) -> RawHeaders:
        if token is None:
            raise Unauthorized(
                "no API token: give token=, or set KREA_API_TOKEN (or KREA_API_KEY); nothing was sent",
                request=f"{method} {path}",
            )
        unchanged = [header for header in unsigned if header[0].lower() not in replaced]
        return [*unchanged, *added, (b"Authorization", f"Bearer {token}".encode())]

    return headers


def _mask_of(token: str | None) -> Callable[[bytes], bytes]:
    if token is None or len(token) < _SHORTEST:
        return bytes
    # A regular expression is slower, and most tokens consist of characters that nobody escapes.
    codes = [f"\\u{ord(character):04x}" for character in token]
    ordered = [token.encode(), "".join(codes).encode(), "".join(code[:2] + code[2:].upper() for code in codes).encode()]
    escaped = None if all(map(_is_never_escaped, token)) else re.compile(b"".join(map(_any_form, token)))

    def mask(data: bytes) -> bytes:
        for form in ordered:
            if form in data:
                data = data.replace(form, MASK.encode())
        return escaped.sub(MASK.encode(), data) if escaped else data

    return mask


def _is_never_escaped(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "-._~")


def _any_form(character: str) -> bytes:
    """Return a regular expression for a character as it is, and as JSON, URLs and HTML may write it."""
    plain = re.escape(character.encode())
    if _is_never_escaped(character):
        return plain
    from html import escape  # with all names of characters, for the few tokens that need it

    code = json.dumps(character)[1:-1] if ord(character) > 0xFFFF else f"\\u{ord(character):04x}"
    # more for JSON within JSON; bounded, to be linear
    in_json = rb"\\{1,4}" + re.escape(code[1:].encode()) + rb"|\\{,4}" + plain
    in_url = re.escape("".join(f"%{byte:02x}" for byte in character.encode()).encode())
    in_html = f"&#0{{,4}}{ord(character)};|&#x0{{,4}}{ord(character):x};|{re.escape(escape(character))}".encode()
    return rb"(?i:" + b"|".join((in_json, in_url, in_html)) + b")"


def same_origin(first: httpx.URL, second: httpx.URL) -> bool:
    """Return True for addresses of one scheme, host and port."""
    return (first.scheme, first.host, first.port) == (second.scheme, second.host, second.port)


class _LogFilter(logging.Filter):
    """Masks tokens in the log of httpcore, which writes the headers of responses at the level DEBUG."""

    def __init__(self) -> None:
        super().__init__()
        self._signers: WeakSet[Signer] = WeakSet()

    def add(self, signer: Signer) -> None:
        if not self._signers:
            for name in _LOGGERS:
                logging.getLogger(name).addFilter(self)
        self._signers.add(signer)

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        masked = text
        for signer in list(self._signers):
            masked = signer.mask_text(masked)
        if masked != text:
            record.msg, record.args = masked, ()
        return True


_log_filter = _LogFilter()


class SigningTransport(httpx.BaseTransport):
    """Signs what goes through it. So neither a request of the caller's nor an error of the HTTP client holds the token."""

    def __init__(self, inner: httpx.BaseTransport, signer: Signer) -> None:
        self._inner = inner
        self._signer = signer

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        return self._inner.handle_request(self._signer.signed(request))

    def close(self) -> None:
        """Close the inner transport."""
        self._inner.close()


class AsyncSigningTransport(httpx.AsyncBaseTransport):
    """Signs what goes through it, as `SigningTransport` does."""

    def __init__(self, inner: httpx.AsyncBaseTransport, signer: Signer) -> None:
        self._inner = inner
        self._signer = signer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        return await self._inner.handle_async_request(self._signer.signed(request))

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self._inner.aclose()
