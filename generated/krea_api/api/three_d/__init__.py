# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""Operations of one tag; each module has sync, sync_detailed, asyncio and asyncio_detailed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import generate_hunyuan3d_2_1 as generate_hunyuan3d_2_1
    from . import generate_hunyuan3d_3_1_pro as generate_hunyuan3d_3_1_pro
    from . import generate_hunyuan3d_3_1_rapid as generate_hunyuan3d_3_1_rapid
    from . import generate_meshy_7 as generate_meshy_7
    from . import generate_rodin_2_5 as generate_rodin_2_5
    from . import generate_rodin_2_5_fast as generate_rodin_2_5_fast
    from . import generate_trellis as generate_trellis
    from . import generate_trellis_2 as generate_trellis_2
    from . import generate_tripo as generate_tripo
    from . import generate_tripo_h3_1 as generate_tripo_h3_1
else:
    _HOMES = {
        "generate_hunyuan3d_2_1": ".generate_hunyuan3d_2_1",
        "generate_hunyuan3d_3_1_pro": ".generate_hunyuan3d_3_1_pro",
        "generate_hunyuan3d_3_1_rapid": ".generate_hunyuan3d_3_1_rapid",
        "generate_meshy_7": ".generate_meshy_7",
        "generate_rodin_2_5": ".generate_rodin_2_5",
        "generate_rodin_2_5_fast": ".generate_rodin_2_5_fast",
        "generate_trellis": ".generate_trellis",
        "generate_trellis_2": ".generate_trellis_2",
        "generate_tripo": ".generate_tripo",
        "generate_tripo_h3_1": ".generate_tripo_h3_1",
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
