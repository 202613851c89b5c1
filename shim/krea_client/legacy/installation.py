"""All adapters at once: `install` patches the few methods through which every request of the HTTP libraries goes."""

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
    """A method of a library's class, and its replacement."""

    owner: type
    name: str
    original: Any
    own: Any

    @property
    def on_top(self) -> bool:
        return vars(self.owner).get(self.name) is self.own


class _State:
    """What is installed: the rewriter in force, and the patches, also idle ones that stay because another package patched over them."""

    rewriter: Rewriter | None = None
    patches: tuple[_Patch, ...] = ()


class Installation:
    """The result of `install`: as a context manager it restores the state before at the end."""

    def __init__(self, before: Rewriter | None) -> None:
        self._before = before

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        _set(self._before)


def install(**options: Unpack[AdapterOptions]) -> Installation:
    """Send all requests of the HTTP libraries in this process under the names that the API accepts.

    It makes no difference whether the libraries are imported before or after. Installing again replaces the options.

    Args:
        options: as in `AdapterOptions`.

    Raises:
        TypeError, ValueError: an option, or a variable of the environment, makes no sense.
    """
    return Installation(_set(build_rewriter(options)))


def uninstall() -> None:
    """Restore the state before `install`; without one do nothing."""
    _set(None)


def _set(rewriter: Rewriter | None) -> Rewriter | None:
    """Put a rewriter in force, or none; return the one before it."""
    with _lock:
        before, _State.rewriter = _State.rewriter, rewriter
    if rewriter is None:
        _arrivals.end()
        _unpatch()
    else:
        _arrivals.begin()  # without our lock: it imports, and another thread may be importing and wait for us
    return before


def _unpatch() -> None:
    with _lock:
        for patch in _State.patches:
            if patch.on_top:
                setattr(patch.owner, patch.name, patch.original)
        _State.patches = tuple(
            patch for patch in _State.patches if vars(patch.owner).get(patch.name) is not patch.original
        )


def _active() -> Rewriter | None:
    return _State.rewriter


def _patch(owner: type, name: str, around: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    with _lock:
        present = vars(owner)[name]
        patches = [patch for patch in _State.patches if (patch.owner, patch.name) == (owner, name)]
        if any(present is not patch.original for patch in patches):
            return  # ours is on top, or beneath what somebody else has put there since
        own = around(present)
        setattr(owner, name, own)
        remaining = [patch for patch in _State.patches if patch not in patches]
        _State.patches = (*remaining, _Patch(owner, name, present, own))


def _httpx(module: ModuleType) -> None:
    """Patch httpx, or httpx2, which has the same classes."""
    import httpx  # noqa: F401  # pyright: ignore[reportUnusedImport]  # so that its arrival, which comes back to here, does not find the adapter half imported

    from krea_client.legacy import httpx_adapter

    _patch(module.Client, "send", httpx_adapter.sending(_active))
    _patch(module.AsyncClient, "send", httpx_adapter.sending_async(_active))
    for place, name in enumerate(("post", "request")):
        _patch(module.AsyncClient, name, httpx_adapter.calling_async(_active, place))


def _requests(module: ModuleType) -> None:
    from krea_client.legacy import prepared_requests

    _patch(module.Session, "send", prepared_requests.sending(_active))


def _niquests(module: ModuleType) -> None:
    from krea_client.legacy import prepared_requests

    _patch(module.Session, "send", prepared_requests.sending(_active))
    _patch(module.AsyncSession, "send", prepared_requests.sending_async(_active))


def _aiohttp(module: ModuleType) -> None:
    from krea_client.legacy import aiohttp_adapter

    _patch(module.ClientSession, "__init__", aiohttp_adapter.beginning(_active))


def _curl_cffi(module: ModuleType) -> None:
    from krea_client.legacy import curl_cffi_adapter

    _patch(module.Session, "request", curl_cffi_adapter.requesting(_active))
    _patch(module.AsyncSession, "request", curl_cffi_adapter.requesting_async(_active))


def _urllib(module: ModuleType) -> None:
    from krea_client.legacy import urllib_adapter

    _patch(module.OpenerDirector, "open", urllib_adapter.opening(_active))


def _urllib3(module: ModuleType) -> None:
    from krea_client.legacy import low_level_adapters

    _patch(module.HTTPConnectionPool, "urlopen", low_level_adapters.opening_pool(_active))


def _http_client(module: ModuleType) -> None:
    from krea_client.legacy import low_level_adapters

    _patch(module.HTTPConnection, "request", low_level_adapters.requesting(_active))
    _patch(module.HTTPConnection, "getresponse", low_level_adapters.responding(_active))


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
