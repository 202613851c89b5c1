# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""Operations of one tag; each module has sync, sync_detailed, asyncio and asyncio_detailed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import get_style as get_style
    from . import get_style_share_link as get_style_share_link
    from . import search_styles as search_styles
    from . import share_style as share_style
    from . import train_style as train_style
    from . import unshare_style as unshare_style
    from . import update_style as update_style
else:
    _HOMES = {
        "get_style": ".get_style",
        "get_style_share_link": ".get_style_share_link",
        "search_styles": ".search_styles",
        "share_style": ".share_style",
        "train_style": ".train_style",
        "unshare_style": ".unshare_style",
        "update_style": ".update_style",
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
