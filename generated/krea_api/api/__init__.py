# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""The operations, by tag."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import assets as assets
    from . import audio as audio
    from . import enhance as enhance
    from . import exports as exports
    from . import image as image
    from . import jobs as jobs
    from . import node_apps as node_apps
    from . import styles as styles
    from . import three_d as three_d
    from . import usage as usage
    from . import video as video
else:
    _HOMES = {
        "assets": ".assets",
        "audio": ".audio",
        "enhance": ".enhance",
        "exports": ".exports",
        "image": ".image",
        "jobs": ".jobs",
        "node_apps": ".node_apps",
        "styles": ".styles",
        "three_d": ".three_d",
        "usage": ".usage",
        "video": ".video",
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
