"""Legacy programs, which send deprecated field names, run unchanged: `legacy.install()` in one line, or an adapter of your choice.

Only JSON bodies of POSTs to the API's generating operations are looked at. Deprecated names are renamed by the operation's own table, with
the policies, warnings and hook of the clients. Everything else passes as it is, and what cannot be translated is warned about and sent.
"""

from __future__ import annotations

TYPE_CHECKING = (
    False  # public names come in on first use, so that a program gets no HTTP library that it has not asked for
)
if TYPE_CHECKING:
    from krea_client.legacy.httpx_adapter import AsyncTransport, Transport
    from krea_client.legacy.installation import Installation, install, uninstall
    from krea_client.legacy.requests_adapter import RequestsAdapter
    from krea_client.legacy.urllib_adapter import UrllibHandler

_HOMES = {
    "AsyncTransport": "httpx_adapter",
    "Installation": "installation",
    "RequestsAdapter": "requests_adapter",
    "Transport": "httpx_adapter",
    "UrllibHandler": "urllib_adapter",
    "install": "installation",
    "uninstall": "installation",
}

__all__ = [
    "AsyncTransport",
    "Installation",
    "RequestsAdapter",
    "Transport",
    "UrllibHandler",
    "install",
    "uninstall",
]

if not TYPE_CHECKING:  # a type checker that saw it would take any misspelt name for a public one

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
