"""The line of the program that made a call, found below the HTTP library that carries it, also in asyncio tasks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from krea_client._request.call_site import Site, call_site, nearest_site

T = TypeVar("T")

_remembered: ContextVar[Site | None] = ContextVar("krea_client_legacy_site", default=None)


def caller_line() -> Site:
    """Return the line that made the call under way: the remembered one, else the program's nearest one on the stack."""
    return _remembered.get() or call_site()


def keep_caller_line(
    method: Callable[..., Coroutine[Any, Any, T]],
    concerns_api: Callable[..., bool],
    original: Callable[..., Any] | None = None,
) -> Callable[..., Coroutine[Any, Any, T]]:
    """Return a coroutine method that remembers the line where it was called, which gather() and create_task() lose.

    Args:
        method: the method.
        concerns_api: says of the arguments of a call whether its line may be needed.
        original: what is called where it is not; the method itself where None.
    """
    fallback = original or method

    @wraps(method)
    def call(*args: Any, **kwargs: Any) -> Coroutine[Any, Any, T]:
        if not concerns_api(*args, **kwargs):
            return fallback(*args, **kwargs)
        if _remembered.get() is not None:
            return method(*args, **kwargs)
        site = nearest_site(sys._getframe(1))  # noqa: SLF001  # see call_site

        async def await_method() -> T:
            token = _remembered.set(site)
            try:
                return await method(*args, **kwargs)
            finally:
                _remembered.reset(token)

        return await_method()

    return _mark_as_coroutine_function(call)


def _mark_as_coroutine_function(function: Callable[..., T]) -> Callable[..., T]:
    import inspect

    if sys.version_info >= (3, 12):
        return inspect.markcoroutinefunction(function)
    from asyncio import coroutines

    # asyncio.iscoroutinefunction looks for this mark; Python 3.11 has no public way to set it.
    setattr(function, "_is_coroutine", getattr(coroutines, "_is_coroutine", None))  # noqa: B010  # type checkers know it as nobody's
    return function
