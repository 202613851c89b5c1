"""Loaded into Python programs as sitecustomize: the API's host resolves to the local gateway, for libraries that read no proxy variable.

The sitecustomize that the program had before, if any, runs afterwards.
"""

import os
import socket
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def _redirect() -> None:
    host, _, port = os.environ.get("KREA_CLIENT_GATEWAY", "").partition("|")
    if not host:
        return
    resolve: Any = socket.getaddrinfo

    def getaddrinfo(name: Any, service: Any, *args: Any, **kwargs: Any) -> Any:
        text = name.decode("ascii", "replace") if isinstance(name, (bytes, bytearray)) else name
        if isinstance(text, str) and text.rstrip(".").lower() == host and str(service) in ("443", "https"):
            kwargs.pop("family", None)
            return resolve("127.0.0.1", int(port), socket.AF_INET, *args[1:], **kwargs)
        return resolve(name, service, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo  # type: ignore[assignment]  # it passes on whatever it is given


def _run_the_next() -> None:
    here = str(Path(__file__).parent)
    sys.path[:] = [folder for folder in sys.path if folder != here]
    ours = sys.modules.pop("sitecustomize", None)
    try:
        import_module("sitecustomize")  # the program's own
    except ModuleNotFoundError as error:
        if error.name != "sitecustomize":
            raise
        if ours is not None:
            sys.modules["sitecustomize"] = ours


_redirect()
_run_the_next()
