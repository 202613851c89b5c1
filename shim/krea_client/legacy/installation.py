"""All adapters at once, for a whole program: `install` covers the few methods through which every request of the libraries goes."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from types import ModuleType
from typing import Any, NamedTuple, Self, Unpack

from krea_client.legacy.adapter_options import AdapterOptions, build_rewriter
from krea_client.legacy.import_hooks import ImportHooks
from krea_client.legacy.rewriting import Rewriter

_lock = Lock()


class _Patch(NamedTuple):
    """A method of somebody's class, and what stands in its place."""

    owner: type
    name: str
    original: Any
    own: Any

    @property
    def on_top(self) -> bool:
        return vars(self.owner).get(self.name) is self.own


class _State:
    """What is installed: the rewriter in force, and the covers, also those that others have built upon and that stay in place, idle."""

    rewriter: Rewriter | None = None
    covers: tuple[_Patch, ...] = ()


class Installation:
    """What `install` gives: as a context manager it puts everything back at the end, to what it was before."""

    def __init__(self, before: Rewriter | None) -> None:
        self._before = before

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        _set(self._before)


def install(**choices: Unpack[AdapterOptions]) -> Installation:
    """Has all requests of httpx, requests and urllib in this process go out under the names that the API takes.

    It makes no difference whether the libraries are imported before or after. Installing again replaces the choices.

    Args:
        choices: as in `Choices`: base_url, aliases, on_alias, clock.

    Raises:
        TypeError, ValueError: a choice, or a variable of the environment, makes no sense.
    """
    return Installation(_set(build_rewriter(choices)))


def uninstall() -> None:
    """Leaves everything as it was before `install`; without one it does nothing."""
    _set(None)


def _set(rewriter: Rewriter | None) -> Rewriter | None:
    """Puts a rewriter in force, or none; gives the one before it."""
    with _lock:
        before, _State.rewriter = _State.rewriter, rewriter
    if rewriter is None:
        _arrivals.end()
        _uncover()
    else:
        _arrivals.begin()  # without our lock: it imports, and another thread may be importing and wait for us
    return before


def _uncover() -> None:
    with _lock:
        for cover in _State.covers:
            if cover.on_top:
                setattr(cover.owner, cover.name, cover.original)
        _State.covers = tuple(
            cover for cover in _State.covers if vars(cover.owner).get(cover.name) is not cover.original
        )


def _active() -> Rewriter | None:
    return _State.rewriter


def _cover(owner: type, name: str, around: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    with _lock:
        present = vars(owner)[name]
        kept = [cover for cover in _State.covers if (cover.owner, cover.name) == (owner, name)]
        if any(present is not cover.original for cover in kept):
            return  # ours is on top, or beneath what somebody else has put there since
        own = around(present)
        setattr(owner, name, own)
        others = [cover for cover in _State.covers if cover not in kept]
        _State.covers = (*others, _Patch(owner, name, present, own))


def _httpx(module: ModuleType) -> None:
    """Patch httpx, or httpx2, which has the same classes."""
    from krea_client.legacy import httpx_adapter

    _cover(module.Client, "send", httpx_adapter.sending(_active))
    _cover(module.AsyncClient, "send", httpx_adapter.sending_async(_active))
    for place, name in enumerate(("post", "request")):
        _cover(module.AsyncClient, name, httpx_adapter.calling_async(_active, place))


def _requests(module: ModuleType) -> None:
    from krea_client.legacy import prepared_requests

    _cover(module.Session, "send", prepared_requests.sending(_active))


def _niquests(module: ModuleType) -> None:
    from krea_client.legacy import prepared_requests

    _cover(module.Session, "send", prepared_requests.sending(_active))
    _cover(module.AsyncSession, "send", prepared_requests.sending_async(_active))


def _aiohttp(module: ModuleType) -> None:
    from krea_client.legacy import aiohttp_adapter

    _cover(module.ClientSession, "__init__", aiohttp_adapter.beginning(_active))


def _curl_cffi(module: ModuleType) -> None:
    from krea_client.legacy import curl_cffi_adapter

    _cover(module.Session, "request", curl_cffi_adapter.requesting(_active))
    _cover(module.AsyncSession, "request", curl_cffi_adapter.requesting_async(_active))


def _urllib(module: ModuleType) -> None:
    from krea_client.legacy import urllib_adapter

    _cover(module.OpenerDirector, "open", urllib_adapter.opening(_active))


def _urllib3(module: ModuleType) -> None:
    from krea_client.legacy import low_level_adapters

    _cover(module.HTTPConnectionPool, "urlopen", low_level_adapters.opening_pool(_active))


def _http_client(module: ModuleType) -> None:
    from krea_client.legacy import low_level_adapters

    _cover(module.HTTPConnection, "request", low_level_adapters.requesting(_active))


_arrivals = ImportHooks(
    {
        "httpx": _httpx,
        "httpx2": _httpx,
        "requests": _requests,
        "niquests": _niquests,
        "aiohttp": _aiohttp,
        "curl_cffi.requests": _curl_cffi,
        "urllib.request": _urllib,
        "urllib3": _urllib3,
        "http.client": _http_client,
    }
)
