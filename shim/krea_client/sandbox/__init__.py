"""A Krea API of your own for tests and demos: jobs, prices, limits and pictures, without network or bill.

`Sandbox().transport()` goes into a client; `running(Sandbox())` serves it on loopback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from krea_client.sandbox.fault_script import Fault, FaultScript
    from krea_client.sandbox.http_messages import Delivery, Request, Response
    from krea_client.sandbox.httpx_transport import SandboxTransport
    from krea_client.sandbox.ledger import LedgerRow, Totals
    from krea_client.sandbox.on_demand import KreaSandbox
    from krea_client.sandbox.sandbox import Sandbox, State
    from krea_client.sandbox.server import running, serve
    from krea_client.sandbox.virtual_clock import VirtualClock

__all__ = [
    "Delivery",
    "Fault",
    "FaultScript",
    "KreaSandbox",
    "LedgerRow",
    "Request",
    "Response",
    "Sandbox",
    "SandboxTransport",
    "State",
    "Totals",
    "VirtualClock",
    "running",
    "serve",
]

_MODULES = {
    "Delivery": "http_messages",
    "Fault": "fault_script",
    "FaultScript": "fault_script",
    "KreaSandbox": "on_demand",
    "LedgerRow": "ledger",
    "Request": "http_messages",
    "Response": "http_messages",
    "Sandbox": "sandbox",
    "SandboxTransport": "httpx_transport",
    "State": "sandbox",
    "Totals": "ledger",
    "VirtualClock": "virtual_clock",
    "running": "server",
    "serve": "server",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
