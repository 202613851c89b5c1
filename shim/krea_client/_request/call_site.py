"""The line of the user's code that made a call: what a warning names, below every library that carried the call."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

_OURS = "krea_client"
# Packages that make calls on a program's behalf, by what they are for: whoever called them is the caller.
CARRIERS: Mapping[str, frozenset[str]] = {
    "the client itself": frozenset({_OURS, "krea_api"}),
    "HTTP": frozenset(
        {
            "requests",
            "urllib3",
            "httpx",
            "httpx2",
            "httpcore",
            "niquests",
            "aiohttp",
            "curl_cffi",
            "requests_futures",
            "requests_toolbelt",
        }
    ),
    "caches": frozenset({"hishel", "requests_cache", "cachecontrol", "cachetools"}),
    "retries": frozenset({"backoff", "httpx_retries", "retrying", "stamina", "tenacity"}),
    "rate limits": frozenset({"aiolimiter", "asyncio_throttle", "pyrate_limiter", "ratelimit", "requests_ratelimiter"}),
    "instrumentation": frozenset(
        {
            "ddtrace",
            "elasticapm",
            "logfire",
            "newrelic",
            "opentelemetry",
            "prometheus_client",
            "scout_apm",
            "sentry_sdk",
        }
    ),
    "decorators": frozenset({"asgiref", "wrapt"}),
}
# Packages that begin threads, tasks and jobs: the lines below them have nothing to do with the call.
STARTERS: frozenset[str] = frozenset(
    {
        "anyio",
        "asyncio",
        "concurrent",
        "multiprocessing",
        "threading",
        "trio",
        "uvloop",
        "gevent",
        "greenlet",
        "eventlet",
    }
    | {"apscheduler", "celery", "dask", "distributed", "dramatiq", "huey", "joblib", "ray", "rq"}
)
_CARRIER_NAMES: frozenset[str] = frozenset(name for names in CARRIERS.values() for name in names)
_STDLIB = str(Path(os.__file__).parent) + os.sep
_unknown_registry: dict[Any, Any] = {}


class Site(NamedTuple):
    """A line of the user's code, with what the warnings module needs to name it.

    Attributes:
        filename, lineno, module: the line.
        registry: the `__warningregistry__` of its module.
        known: False when no line of the user's code is on the stack.
        namespace: the globals of a module in a zip file, from which Python reads its source; None for any other.
    """

    filename: str
    lineno: int
    module: str
    registry: dict[Any, Any]
    known: bool = True
    namespace: dict[str, Any] | None = None


UNKNOWN = Site("<unknown caller>", 1, _OURS, _unknown_registry, known=False)


def call_site() -> Site:
    """Return the nearest line on the stack that is the user's own, or `UNKNOWN`."""
    return nearest_site(sys._getframe(1))  # noqa: SLF001  # inspect would build every frame below as well


def nearest_site(frame: FrameType) -> Site:
    """Return the user's line at or below a frame, or `UNKNOWN` where a thread, a task or a job begins first."""
    while True:
        package = str(frame.f_globals.get("__name__")).partition(".")[0]
        if package in STARTERS:
            return UNKNOWN
        if frame.f_back is None or not _carries_calls(package, frame.f_code.co_filename):
            return _site_at(frame)
        frame = frame.f_back


def _carries_calls(package: str, filename: str) -> bool:
    if package in _CARRIER_NAMES:
        return True
    if package not in sys.stdlib_module_names:
        return False
    # A program may have a module that is called like one of the standard library; a frozen program has relative paths only.
    return filename.startswith((_STDLIB, "<frozen ")) or not os.path.isabs(filename)  # noqa: PTH117  # no Path per frame


def _site_at(frame: FrameType) -> Site:
    namespace = frame.f_globals
    registry = namespace.setdefault("__warningregistry__", {})
    module = namespace.get("__name__") or "<string>"
    zipped = type(namespace.get("__loader__")).__module__ == "zipimport"
    return Site(frame.f_code.co_filename, frame.f_lineno, module, registry, namespace=namespace if zipped else None)
