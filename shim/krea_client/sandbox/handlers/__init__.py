"""What the sandbox does for each operation: a module per resource, whose `HANDLERS` names a function by operation id."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from krea_client.sandbox.account import Account
from krea_client.sandbox.api_document import ApiOperation
from krea_client.sandbox.http_messages import Request, Response

Handler = Callable[[Account, ApiOperation, Request], Response]


def by_operation_id() -> dict[str, Handler]:
    """Return the handler of each operation that the sandbox plays; a module in this folder needs no other entry."""
    handlers: dict[str, Handler] = {}
    for module in iter_modules(__path__):
        handlers.update(import_module(f"{__name__}.{module.name}").HANDLERS)
    return handlers
