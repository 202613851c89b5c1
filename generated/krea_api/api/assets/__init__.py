# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""Operations of one tag; each module has sync, sync_detailed, asyncio and asyncio_detailed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import delete_asset as delete_asset
    from . import get_asset as get_asset
    from . import list_assets as list_assets
    from . import upload_asset as upload_asset
else:
    _HOMES = {
        "delete_asset": ".delete_asset",
        "get_asset": ".get_asset",
        "list_assets": ".list_assets",
        "upload_asset": ".upload_asset",
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
