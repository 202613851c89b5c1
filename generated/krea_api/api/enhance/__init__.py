# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""Operations of one tag; each module has sync, sync_detailed, asyncio and asyncio_detailed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import generate_black_forest_labs_flux_video_upscale as generate_black_forest_labs_flux_video_upscale
    from . import generate_bytedance_seedvr_2 as generate_bytedance_seedvr_2
    from . import generate_krea_enhance as generate_krea_enhance
    from . import generate_krea_legacy_enhance as generate_krea_legacy_enhance
    from . import generate_magnific_creative_enhance as generate_magnific_creative_enhance
    from . import generate_magnific_precise_enhance as generate_magnific_precise_enhance
    from . import generate_runway_ruby as generate_runway_ruby
    from . import generate_topaz_astra as generate_topaz_astra
    from . import generate_topaz_astra_2 as generate_topaz_astra_2
    from . import generate_topaz_bloom_2_enhance as generate_topaz_bloom_2_enhance
    from . import generate_topaz_bloom_enhance as generate_topaz_bloom_enhance
    from . import generate_topaz_generative_enhance as generate_topaz_generative_enhance
    from . import generate_topaz_hyperion as generate_topaz_hyperion
    from . import generate_topaz_standard_enhance as generate_topaz_standard_enhance
    from . import generate_topaz_starlight_precise as generate_topaz_starlight_precise
    from . import generate_topaz_starlight_precise_25 as generate_topaz_starlight_precise_25
    from . import generate_topaz_video_upscale as generate_topaz_video_upscale
    from . import generate_topaz_wonder_35_enhance as generate_topaz_wonder_35_enhance
else:
    _HOMES = {
        "generate_black_forest_labs_flux_video_upscale": ".generate_black_forest_labs_flux_video_upscale",
        "generate_bytedance_seedvr_2": ".generate_bytedance_seedvr_2",
        "generate_krea_enhance": ".generate_krea_enhance",
        "generate_krea_legacy_enhance": ".generate_krea_legacy_enhance",
        "generate_magnific_creative_enhance": ".generate_magnific_creative_enhance",
        "generate_magnific_precise_enhance": ".generate_magnific_precise_enhance",
        "generate_runway_ruby": ".generate_runway_ruby",
        "generate_topaz_astra": ".generate_topaz_astra",
        "generate_topaz_astra_2": ".generate_topaz_astra_2",
        "generate_topaz_bloom_2_enhance": ".generate_topaz_bloom_2_enhance",
        "generate_topaz_bloom_enhance": ".generate_topaz_bloom_enhance",
        "generate_topaz_generative_enhance": ".generate_topaz_generative_enhance",
        "generate_topaz_hyperion": ".generate_topaz_hyperion",
        "generate_topaz_standard_enhance": ".generate_topaz_standard_enhance",
        "generate_topaz_starlight_precise": ".generate_topaz_starlight_precise",
        "generate_topaz_starlight_precise_25": ".generate_topaz_starlight_precise_25",
        "generate_topaz_video_upscale": ".generate_topaz_video_upscale",
        "generate_topaz_wonder_35_enhance": ".generate_topaz_wonder_35_enhance",
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
