# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""Operations of one tag; each module has sync, sync_detailed, asyncio and asyncio_detailed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import get_usage as get_usage
else:
    _HOMES = {
        "get_usage": ".get_usage",
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
