"""A Krea API of your own for tests and demos: jobs, prices, limits and pictures, without network or bill.

`Sandbox().transport()` goes into a client; `running(Sandbox())` serves it on loopback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .box import Sandbox
    from .faults import Fault, FaultScript
    from .ledger import LedgerRow, Totals
    from .messages import Delivery, Request, Response
    from .ondemand import KreaSandbox
    from .server import running, serve
    from .state import State
    from .transport import SandboxTransport
    from .virtualclock import VirtualClock

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

_HOMES = {
    "Delivery": "messages",
    "Fault": "faults",
    "FaultScript": "faults",
    "KreaSandbox": "ondemand",
    "LedgerRow": "ledger",
    "Request": "messages",
    "Response": "messages",
    "Sandbox": "box",
    "SandboxTransport": "transport",
    "State": "state",
    "Totals": "ledger",
    "VirtualClock": "virtualclock",
    "running": "server",
    "serve": "server",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
