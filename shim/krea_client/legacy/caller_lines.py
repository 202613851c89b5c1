"""The line of the program that made a call, found beneath the HTTP library that carries it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

from krea_client._request.deprecation_warnings import Site, nowhere, site_of

T = TypeVar("T")

# Packages that carry a program's calls for it; whoever calls them is the program.
_CARRIERS = frozenset({
    "krea_client", "requests", "urllib3", "httpx", "httpcore", "hishel", "requests_cache", "requests_futures", "requests_toolbelt",
    "backoff", "retrying", "stamina", "tenacity",
})  # fmt: skip  # a line each would hide that it is one list
# Where threads and tasks begin; the line beneath, such as asyncio.run(main()), has nothing to do with the call.
_STARTERS = frozenset({"anyio", "asyncio", "concurrent", "threading", "trio"})
_STDLIB = str(Path(os.__file__).parent) + os.sep
_PACKAGES = (_STDLIB + "site-packages" + os.sep, _STDLIB + "dist-packages" + os.sep)

_outer: ContextVar[Site | None] = ContextVar("krea_client_legacy_site", default=None)


def site() -> Site:
    """The line that made the call under way: where it was made if that was kept, else the nearest one of the program's on the stack."""
    return _outer.get() or _nearest(sys._getframe(1))  # noqa: SLF001  # inspect would build every frame below as well


def _nearest(frame: FrameType) -> Site:
    while frame.f_back is not None and _carries(frame):
        frame = frame.f_back
    return nowhere() if _package(frame) in _STARTERS else site_of(frame)


def _carries(frame: FrameType) -> bool:
    package = _package(frame)
    if package in _CARRIERS:
        return True
    filename = frame.f_code.co_filename
    return package not in _STARTERS and filename.startswith(_STDLIB) and not filename.startswith(_PACKAGES)


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__")).partition(".")[0]


def keep_caller_line(
    method: Callable[..., Coroutine[Any, Any, T]], wanted: Callable[..., bool], bare: Callable[..., Any] | None = None
) -> Callable[..., Coroutine[Any, Any, T]]:
    """A coroutine method that remembers the line where it was called, which gather() and create_task() would make it forget.

    Args:
        method: the method.
        wanted: says of the arguments of a call whether its line may be asked for.
        bare: what is called where it is not; the method itself where None.
    """
    otherwise = bare or method

    @wraps(method)
    def called(*args: Any, **kwargs: Any) -> Coroutine[Any, Any, T]:
        if not wanted(*args, **kwargs):
            return otherwise(*args, **kwargs)
        if _outer.get() is not None:
            return method(*args, **kwargs)
        made_at = _nearest(sys._getframe(1))  # noqa: SLF001  # see site

        async def awaited() -> T:
            token = _outer.set(made_at)
            try:
                return await method(*args, **kwargs)
            finally:
                _outer.reset(token)

        return awaited()

    return _as_coroutine_function(called)


def _as_coroutine_function(function: Callable[..., T]) -> Callable[..., T]:
    import inspect

    if sys.version_info >= (3, 12):
        return inspect.markcoroutinefunction(function)
    from asyncio import coroutines

    # The mark that asyncio.iscoroutinefunction looks for; before 3.12 there is no other way to say it.
    setattr(function, "_is_coroutine", getattr(coroutines, "_is_coroutine", None))  # noqa: B010  # type checkers know it as nobody's
    return function
