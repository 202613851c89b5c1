"""Which async library runs: asyncio, unless sniffio is installed and says otherwise; whether it is installed is found out once."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any


def remember_missing_sniffio(core: str) -> None:
    """Spare a connection library, httpcore or httpcore2, its search for sniffio, where that is not installed.

    httpcore 1.0 imports sniffio for each lock, event and cancellation scope, several times a request, and takes the failure for
    "asyncio". Python does not remember a failed import: each one searches every folder of sys.path. This was a third of the CPU time of
    64 calls at once. With a library that does not do this, or with sniffio, nothing is changed.
    """
    synchronization: Any = sys.modules.get(f"{core}._synchronization")
    if getattr(synchronization, "current_async_library", _asyncio) is _asyncio:
        return
    try:
        import_module("sniffio")
    except ImportError:
        synchronization.current_async_library = _asyncio


def _asyncio() -> str:
    """Return the library that httpcore assumes without sniffio."""
    return "asyncio"
