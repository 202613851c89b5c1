"""Loaded into Python programs by PYTHONPATH: the API's host resolves to the local gateway, for libraries that read no proxy variable.

The sitecustomize that the program had before, if any, runs afterwards.
"""

import os
import socket
import sys
from pathlib import Path


def _redirect() -> None:
    host, _, port = os.environ.get("KREA_CLIENT_GATEWAY", "").partition("|")
    if not host:
        return
    resolve = socket.getaddrinfo

    def getaddrinfo(name, service, *args, **kwargs):  # type: ignore[no-untyped-def]  # the signature is the original's
        text = name.decode("ascii", "replace") if isinstance(name, (bytes, bytearray)) else name
        if isinstance(text, str) and text.rstrip(".").lower() == host and str(service) in ("443", "https"):
            kwargs.pop("family", None)
            return resolve("127.0.0.1", int(port), socket.AF_INET, *args[1:], **kwargs)
        return resolve(name, service, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo


def _run_the_next() -> None:
    here = str(Path(__file__).parent)
    sys.path[:] = [folder for folder in sys.path if folder != here]
    ours = sys.modules.pop("sitecustomize", None)
    try:
        import sitecustomize  # noqa: F401  # the program's own
    except ModuleNotFoundError as error:
        if error.name != "sitecustomize":
            raise
        if ours is not None:
            sys.modules["sitecustomize"] = ours


_redirect()
_run_the_next()
