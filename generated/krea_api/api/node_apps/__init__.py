# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""Operations of one tag; each module has sync, sync_detailed, asyncio and asyncio_detailed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import execute_node_app as execute_node_app
    from . import get_node_app as get_node_app
else:
    _HOMES = {
        "execute_node_app": ".execute_node_app",
        "get_node_app": ".get_node_app",
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
