# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""The Krea API as Python: one function per operation, one class per request and answer."""

TYPE_CHECKING = False  # typing itself would cost 3 ms; type checkers know this name
if TYPE_CHECKING:
    from . import api as api
    from . import client as client
    from . import errors as errors
    from . import models as models
    from . import types as types
    from .client import AuthenticatedClient as AuthenticatedClient
    from .client import Client as Client
else:
    _HOMES = {
        "AuthenticatedClient": ".client",
        "Client": ".client",
        "api": ".api",
        "client": ".client",
        "errors": ".errors",
        "models": ".models",
        "types": ".types",
    }

    def __getattr__(name):
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        module = import_module(home, __name__)
        value = globals()[name] = module if home == f".{name}" else getattr(module, name)
        return value

    def __dir__():
        return sorted({*globals(), *_HOMES})
