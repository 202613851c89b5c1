"""Headers of the caller's on every request to the API, never on one to another host."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?")
# What the client or the HTTP library sets, and what to do instead.
_RESERVED = {
    "authorization": "give the token as token=",
    "proxy-authorization": "give the proxy's user and password with proxy=",
    "cookie": "the API has no cookies",
    "host": "give the address as base_url=",
    "user-agent": "leave it out",
}
_SET_BY_THE_CLIENT = [
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
]
_RESERVED.update(dict.fromkeys(_SET_BY_THE_CLIENT, "the client sets it; leave it out"))


def checked_headers(headers: Any) -> tuple[tuple[str, str], ...]:
    """Return the argument `headers` of a client.

    Raises:
        TypeError: it is no mapping of text to text.
        ValueError: a name or value is not usable in a header, or the header is the client's; the error shows no value.
    """
    if headers is None:
        return ()
    if not isinstance(headers, Mapping):
        raise TypeError(f"headers is of type {type(headers).__name__}; give a mapping such as {{'X-Team': 'posters'}}")
    return tuple(_checked(name, value) for name, value in cast("Mapping[object, object]", headers).items())


def _checked(name: object, value: object) -> tuple[str, str]:
    if not isinstance(name, str) or not isinstance(value, str):
        kinds = f"{type(name).__name__} and {type(value).__name__}"
        raise TypeError(f"headers: a name and its value are of type {kinds}; give both as text")
    if remedy := _RESERVED.get(name.lower()):
        raise ValueError(f"headers: {name!r} cannot be given here; {remedy}")
    if not _NAME.fullmatch(name):
        raise ValueError(f"headers: {name!r} is no name of a header; use letters, digits and hyphens")
    if not _VALUE.fullmatch(value):
        raise ValueError(
            f"headers: the value of {name!r} is empty, or has characters that a header cannot carry; leave it out, or encode it"
        )
    return name, value
