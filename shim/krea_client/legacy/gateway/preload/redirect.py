"""Loaded into Python programs by start.py: the API's host resolves to the local gateway, for libraries that read no proxy variable.

The gateway's certificates are trusted, too, by programs that name a file of certificates themselves, such as certifi's.
The program's Python may be older than this package's: 3.7.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

_HOST, _PORT, _FOLDER = (*os.environ.get("KREA_CLIENT_GATEWAY", "").split("|", 2), "", "")[:3]


def _is_api(name: object, service: object) -> bool:
    text = name.decode("ascii", "replace") if isinstance(name, (bytes, bytearray)) else name
    return isinstance(text, str) and text.rstrip(".").lower() == _HOST and str(service) in ("443", "https")


def _redirect_names() -> None:
    resolve: Any = socket.getaddrinfo

    def getaddrinfo(name: Any, service: Any, *args: Any, **kwargs: Any) -> Any:
        if _is_api(name, service):
            kwargs.pop("family", None)
            return resolve("127.0.0.1", int(_PORT), socket.AF_INET, *args[1:], **kwargs)
        return resolve(name, service, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo  # type: ignore[assignment]  # it passes on whatever it is given


def _aiohttp_resolver(module: Any) -> None:
    """With aiodns or uvloop, aiohttp looks names up without Python's socket module."""
    for resolver in (module.ThreadedResolver, module.AsyncResolver):
        resolver.resolve = _resolving(resolver.resolve)


def _resolving(resolve: Any) -> Any:
    async def redirected(self: Any, host: str, port: int = 0, *args: Any, **kwargs: Any) -> Any:
        if not _is_api(host, port):
            return await resolve(self, host, port, *args, **kwargs)
        place = {"hostname": host, "host": "127.0.0.1", "port": int(_PORT)}
        return [{**place, "family": socket.AF_INET, "proto": 0, "flags": socket.AI_NUMERICHOST}]

    return redirected


def _certifi(module: Any) -> None:
    bundle = Path(_FOLDER) / "trusted.pem"  # which has certifi's certificates
    module.where = lambda: str(bundle)
    module.contents = lambda: bundle.read_text("ascii", "replace")


def _ssl(module: Any) -> None:
    load = module.SSLContext.load_verify_locations

    def load_verify_locations(self: Any, *args: Any, **kwargs: Any) -> None:
        load(self, *args, **kwargs)
        load(self, str(Path(_FOLDER) / "authority.pem"))

    module.SSLContext.load_verify_locations = load_verify_locations


def _pycurl(module: Any) -> None:
    """Name the certificates where the program does not; libcurl reads no variable for them."""
    base: Any = module.Curl

    class Curl(base):  # type: ignore[misc,unused-ignore]  # a class only when the program runs
        def __init__(self, *args: Any) -> None:
            base.__init__(self, *args)
            self.setopt(module.CAINFO, str(Path(_FOLDER) / "trusted.pem"))

        def reset(self) -> None:
            base.reset(self)
            self.setopt(module.CAINFO, str(Path(_FOLDER) / "trusted.pem"))

    module.Curl = Curl


class _Arrivals:
    """Changes modules when the program imports them; importing them ahead of it would be too early for gevent, for example."""

    actions: ClassVar[dict[str, Callable[[Any], None]]] = {
        "ssl": _ssl,
        "certifi.core": _certifi,
        "aiohttp.resolver": _aiohttp_resolver,
        "pycurl": _pycurl,
    }

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        action = self.actions.get(fullname)
        if action is None:
            return None
        specs = (finder.find_spec(fullname, path, target) for finder in sys.meta_path if finder is not self)
        spec = next((spec for spec in specs if spec is not None), None)
        if spec is not None and spec.loader is not None:
            _call_after(spec.loader, action)
        return spec


def _call_after(loader: Any, action: Callable[[Any], None]) -> None:
    execute = loader.exec_module

    def exec_module(module: Any) -> None:
        execute(module)
        del loader.exec_module
        action(module)

    loader.exec_module = exec_module


if _HOST:
    _redirect_names()
    _arrivals: Any = _Arrivals()
    sys.meta_path.insert(0, _arrivals)
    for _name, _action in _Arrivals.actions.items():
        if _name in sys.modules:
            _action(sys.modules[_name])
