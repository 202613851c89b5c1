"""Import a part of the package without what it does not need: the command line of httpx, and collections of garbage in between."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_COMMAND_LINE = "httpx._main"  # it imports click, rich and pygments where they are installed: 60 ms and 6 MB

# They import httpx below a dozen modules of this package. Python keeps its frames in pieces of 16 kB, and where the imports of httpx
# began at the end of one, Python asked the system for the next one 480 times: 2 ms. So httpx comes first.
_CLIENTS = frozenset({"krea_client.client", "krea_client.async_client"})
_HTTP_LIBRARY = "krea_client._transport.http_library"


def import_lean(name: str) -> ModuleType:
    """Return the module of this name, imported.

    An import makes many objects that live for ever and no garbage, so looking for garbage meanwhile is a tenth of its time.
    """
    if name in sys.modules:
        return sys.modules[name]
    collects = gc.isenabled()
    gc.disable()
    try:
        if name in _CLIENTS:
            _import(_HTTP_LIBRARY)
        return _import(name)
    finally:
        if collects:
            gc.enable()


def _import(name: str) -> ModuleType:
    is_decided = "httpx" in sys.modules or _COMMAND_LINE in sys.modules
    return import_module(name) if is_decided else _without_command_line(name)


def _without_command_line(name: str) -> ModuleType:
    """Import a module and, if it needs that, httpx without its command line, which is imported when somebody calls it."""
    sys.modules[_COMMAND_LINE] = None  # type: ignore[assignment]  # so Python says that a module cannot be imported
    try:
        return import_module(name)
    finally:
        sys.modules.pop(_COMMAND_LINE, None)
        if "httpx" in sys.modules:
            _give_command_line(sys.modules["httpx"])


def _give_command_line(httpx: Any) -> None:
    without_packages = httpx.main

    def main() -> None:
        """Run the command line of httpx."""
        try:
            httpx.main = import_module(_COMMAND_LINE).main
        except ImportError:  # click or rich is not installed
            httpx.main = without_packages
        httpx.main()

    main.__module__ = "httpx"
    httpx.main = main
